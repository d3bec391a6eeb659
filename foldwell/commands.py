"""The commands: words of the command line, after which no leaflet can be called."""

COMMANDS = (
    "bench", "build", "clean", "clinics", "doctor", "gallery", "icons", "list", "new", "open",
    "pack", "preflight", "sources", "status", "test", "verify", "watch",
)  # fmt: skip
"""Each has a module of its name in ``foldwell.cli`` with a function ``command``."""
USUAL = "build"
"""The one that need not be named; no other builds."""
