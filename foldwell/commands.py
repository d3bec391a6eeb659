"""The commands: words of the command line, after which no leaflet can be called."""

from pathlib import Path

_OTHERS = {"__init__", "arguments", "exit_codes", "telling"}
"""Modules of the command line that are no commands."""
_NAMES = {"importing": "import", "listing": "list", "opening": "open", "trying": "try"}
"""Commands whose names would hide Python's own as modules, or are words of its language."""

COMMANDS = {
    _NAMES.get(path.stem, path.stem): path.stem
    for path in sorted(Path(__file__).with_name("cli").glob("*.py"))
    if path.stem not in _OTHERS
}
"""For each command its module in ``foldwell.cli``, which has a function ``command``."""
USUAL = "build"
"""The one that need not be named; no other builds."""
