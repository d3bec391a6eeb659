"""Tracking: a single word on the last line of a paragraph is taken back where that needs little.

Letters are set closer by up to a hundredth of their size, which nobody sees; a word that stands
alone is seen. Letters that join, as those of Arabic, are left as they are.
"""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from typing import Any

from weasyprint.formatting_structure import boxes

from foldwell.typeset.cutting import add_style
from foldwell.typeset.variable.fields import CLOSEST, SPACE

LATIN = 0x24F
"""The last of the Latin letters; signs such as quotes stand at 0x2000 and beyond."""

Paragraph = tuple[str, str]
"""A tag, and the words in it."""


def tracked(document: Any) -> dict[Paragraph, float]:
    """The paragraphs that end in a word of its own, and what takes it back.

    Args:
        document: A laid out document.

    Returns:
        For each paragraph by how many CSS pixels its letters are to be set closer.
    """
    found = dict[Paragraph, float]()
    for page in document.pages:
        for box in page._page_box.descendants():
            if isinstance(box, boxes.BlockBox) and (closer := _closer(box)):
                found[_paragraph(box.element)] = closer
    return found


def track(body: ET.Element, paragraphs: Mapping[Paragraph, float]) -> None:
    """Set the letters of some paragraphs closer."""
    tags = {tag for tag, _ in paragraphs}
    for element in body.iter():
        if element.tag in tags and (closer := paragraphs.get(_paragraph(element))):
            add_style(element, f"letter-spacing: {-closer:.3f}px")


def _paragraph(element: ET.Element) -> Paragraph:
    return element.tag, " ".join("".join(element.itertext()).split())


def _closer(box: Any) -> float:
    """By how much the letters of a box have to be set closer; 0 where that is no help."""
    lines = [child for child in box.children if isinstance(child, boxes.LineBox)]
    if len(lines) < 2 or len(lines) != len(box.children) or box.element is None:
        return 0.0
    before, last = (list(_texts(line)) for line in lines[-2:])
    words, word = ("".join(text.text for text in line) for line in (before, last))
    alone = len(word.split()) == 1 and words and words[-1] not in "-/\u00ad"
    if not alone or not all(ord(c) <= LATIN or 0x2000 <= ord(c) < 0x2C00 for c in words + word):
        return 0.0
    if not _is_whole(box, lines):
        return 0.0
    size = before[-1].style["font_size"]
    needed = _width(before) + SPACE * size + _width(last) - box.width
    closer = math.ceil(max(needed, 0.2) / len(words + word) * 1000) / 1000
    return closer if closer <= CLOSEST * size else 0.0


def _is_whole(box: Any, lines: list[Any]) -> bool:
    """Whether the lines of a box hold all the words of its element, by which it is known."""
    said = "".join(text.text for line in lines for text in _texts(line))
    return "".join(said.split()) == "".join("".join(box.element.itertext()).split())


def _texts(line: Any) -> Iterator[Any]:
    return (box for box in line.descendants() if isinstance(box, boxes.TextBox) and box.text)


def _width(texts: list[Any]) -> float:
    """How wide a line is, from the start of its first letter to the end of its last."""
    start = min(text.position_x for text in texts)
    return float(max(text.position_x + text.width for text in texts) - start)
