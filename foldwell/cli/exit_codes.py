"""How a command ends."""

BUILT, FAILED, USAGE = 0, 1, 2
"""All was built; something failed or has errors; the command was called wrongly."""
