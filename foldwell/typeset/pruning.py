"""Pruning: a page without the blocks that nobody asks for, and blocks as wide as their places."""

from __future__ import annotations

import copy
import xml.etree.ElementTree as ET
from collections.abc import Mapping

from foldwell.typeset.cutting import add_style
from foldwell.typeset.flows import THROUGH, Flow, Place
from foldwell.typeset.measures import classes_of

Widths = Mapping[Place, float]
"""The width of a block by its place, in CSS pixels; that of the page where none is named."""
HANGING = frozenset(
    f"block-{name}" for name in ("emergency", "warning", "tip", "questions", "contact")
)
"""Boxes that begin before the edge of their column and end with it, as in ``css/sheet.css``."""


def add_targets(body: ET.Element) -> None:
    """Give links places to lead to; the engine asks for those that a table of contents counts."""
    links = {a.get("href", "")[1:] for a in body.iter("a") if a.get("href", "").startswith("#")}
    for name in sorted(links - {element.get("id") for element in body.iter()}):
        ET.SubElement(body[-1], "p", {"id": name})


def pruned(
    flow: Flow, needed: list[bool], widths: Widths
) -> tuple[ET.Element, list[tuple[int, ET.Element]]]:
    """A copy of a flow with the blocks that are needed, and each one before such a block."""
    kept: dict[int, int] = {}
    for index, block in enumerate(flow.blocks):
        if needed[index] or (index + 1 < len(needed) and needed[index + 1]):
            kept[id(block.element)] = index
    places: list[tuple[int, ET.Element]] = []

    def copied(element: ET.Element) -> ET.Element:
        own = ET.Element(element.tag, dict(element.attrib))
        for child in element:
            if id(child) in kept:
                index = kept[id(child)]
                one = alone(child, widths.get(flow.blocks[index].place))
                own.append(one)
                places.append((index, one))
            elif child.tag == "main" or classes_of(child) & THROUGH:
                own.append(copied(child))
        return own

    return copied(flow.element), places


def alone(element: ET.Element, width: float | None) -> ET.Element:
    """A copy of a block, as wide as its place."""
    one = copy.deepcopy(element)
    if width:
        hangs = HANGING & classes_of(one)
        rest = f"margin-inline-end: calc(100% - {width:.3f}px)"
        add_style(one, rest if hangs else f"width: {width:.3f}px")
    return one
