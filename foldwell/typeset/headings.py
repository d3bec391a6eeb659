"""Headings: their names for links, the order of their levels, and the levels of block titles."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from markdown.extensions.toc import slugify_unicode

from foldwell.typeset.reading import Reading
from foldwell.typeset.tokens import TOKEN
from foldwell.typeset.tree_checks import text_of

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def name_headings(root: ET.Element) -> None:
    """Give every heading a name for links."""
    ids = {element.get("id") for element in root.iter() if element.get("id")}
    for element in root.iter():
        if element.tag in HEADINGS:
            if not element.get("id"):
                element.set("id", _new_id(text_of(element).strip(), ids))
            ids.add(element.get("id"))


def finish_headings(root: ET.Element, reading: Reading) -> None:
    """Hold the order of headings, and give block titles a level.

    A panel that is taken out of the flow stands behind the title or behind other words than it
    does in the text, so that its levels start anew.
    """
    for section in root.iter("section"):
        if section[0].get("class") == "no-title":
            section.remove(section[0])
    level = 1
    for child in root:
        if child.get("data-panel") in reading.setting.take:
            _finish_headings_of(child, 1, reading)
        else:
            level = _finish_headings_of(child, level, reading)


def _finish_headings_of(part: ET.Element, level: int, reading: Reading) -> int:
    """The same for one part of the text, behind a heading of some level; the level at its end."""
    for element in part.iter():
        if element.tag in HEADINGS:
            own = HEADINGS.index(str(element.tag)) + 1
            _check_heading(element, own, level, reading)
            level = own
            if own == 2:
                inner = "".join(
                    [element.text or "", *(text_of(c) + (c.tail or "") for c in element)]
                )
                reading.headings.append((str(element.get("id")), inner.strip()))
        elif element.get("class") == "block-title":
            element.tag = f"h{min(level + 1, 4)}"
    return level


def _check_heading(element: ET.Element, own: int, level: int, reading: Reading) -> None:
    """Refuse a heading of a level that cannot stand behind one of another."""
    words = text_of(element).strip()
    start = re.escape(words.split("\ue000")[0].strip()[:20])
    line = reading.line_of(re.compile(rf"^ {{0,3}}#{{{own}}}(?!#) *{start}"))
    if own == 1:
        reading.wrong(
            "'#' is the title's level; the title stands in the front matter.",
            line,
            "Use '##'.",
        )
    elif own > 4:
        reading.wrong("Headings go down to '####' only.", line, "Use fewer #.")
    elif own > level + 1:
        reading.wrong(
            f"This heading skips a level ({'#' * own} after {'#' * level}).",
            line,
            f"Use '{'#' * (level + 1)}'.",
        )
    if not words:
        reading.wrong("A heading has no words.", line, "Write them after the #.")


def _new_id(words: str, ids: set[str | None]) -> str:
    base = slugify_unicode(TOKEN.sub("", words), "-") or "section"
    name, number = base, 2
    while name in ids:
        name, number = f"{base}-{number}", number + 1
    return name
