"""Where the files that are shipped with Foldwell stand, and what their fonts can print."""

from __future__ import annotations

from functools import cache
from pathlib import Path


def templates_folder() -> Path:
    """The shipped ``templates`` folder: inside the installed package, else beside it."""
    package = Path(__file__).resolve().parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


@cache
def printable_characters() -> frozenset[str]:
    """The characters that every bundled cut holds, and the line end.

    Read from ``fonts/characters.txt``, because reading the fonts themselves takes long; a test
    holds the list against the fonts.
    """
    text = (templates_folder() / "fonts" / "characters.txt").read_text(encoding="utf-8")
    return frozenset(text)
