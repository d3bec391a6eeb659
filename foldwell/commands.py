"""The commands: words of the command line, after which no leaflet can be called."""

COMMANDS = (
    "approvals",
    "approve",
    "bench",
    "brand",
    "build",
    "check",
    "clean",
    "clinics",
    "doctor",
    "due",
    "list",
    "new",
    "open",
    "pack",
    "preflight",
    "review",
    "rules",
    "sources",
    "status",
    "test",
    "verify",
    "watch",
)
"""Each has a module of its name in ``foldwell.cli`` with a function ``command``."""
USUAL = "build"
"""The one that need not be named; no other builds."""
