"""The page of icons that fit a word: each filled and in outline, under the name to write."""

from __future__ import annotations

from foldwell.errors import UsageError
from foldwell.typeset.icon_search import OUTLINE, icons_for, nearest_words
from foldwell.typeset.picture_sheet import Picture, Row, Section, picture_sheet
from foldwell.typeset.templates import icon, icon_names

SIDE_MM = 24.0
"""How large an icon is drawn; as a spot picture it is 18 to 30 mm."""


def found_icons(query: str) -> tuple[str, ...]:
    """The names of all icons that fit, those in outline behind their filled ones.

    Raises:
        UsageError: If there is none; it names the words that come nearest.
    """
    names = icons_for(query)
    if not names:
        near = ", ".join(f"'{word}'" for word in nearest_words(query))
        hint = f"Nearest words: {near}." if near else "Try a broader word, in English."
        raise UsageError(f"No icon fits '{query}'.", None, hint)
    both = [(name, f"{name}{OUTLINE}") for name in names]
    return tuple(name for pair in both for name in pair if name in icon_names())


def icon_page(query: str, names: tuple[str, ...]) -> tuple[bytes, bytes]:
    """The web page and the PDF that draw some icons.

    Args:
        query: The words that found them.
        names: The icons.
    """
    drawn = tuple(
        Picture(_black(name), "image/svg+xml", (SIDE_MM, SIDE_MM), caption=f":{name}:")
        for name in names
    )
    lead = "Write the name, with its colons, where the icon shall stand."
    return picture_sheet(f"Icons for '{query}'", lead, (Section("", (Row("", "", drawn),)),))


def _black(name: str) -> bytes:
    return icon(name).replace("currentColor", "#111111").encode()
