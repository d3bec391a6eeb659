"""Strips: pages as they were planned, carried out as plain containers.

A page is one strip of a flow, or several: what is as wide as the page, and columns. A column
beside another is moved up by what stands beside it, whose height is known. So the engine lays
everything out once, in reading order, with no grid, float or balancing.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from foldwell.typeset.cutting import add_style, cut
from foldwell.typeset.filling import Chunk
from foldwell.typeset.flows import Flow
from foldwell.typeset.measures import Block
from foldwell.typeset.spots import put_spot


@dataclass(frozen=True)
class Strip:
    """A part of a flow that stands in one column.

    Attributes:
        first: The chunk that it begins with.
        style: Its style: width, height, and where it stands beside others.
        hole: The height below its text that a picture fills; 0 for none.
    """

    first: Chunk
    style: str = ""
    hole: float = 0.0


@dataclass(frozen=True)
class Page:
    """A planned page or panel.

    Attributes:
        strips: Its strips, in reading order.
        filled: The share of its height that is filled, before room is left between sections.
        extra: For blocks by index, the room above them in CSS pixels where it is not the usual.
        lines: How many ruled lines for notes stand on it.
        lines_before: The index of the block that they stand before.
        hole: The height that a picture fills; 0 for none.
    """

    strips: tuple[Strip, ...]
    filled: float
    extra: Mapping[int, float] = field(default_factory=dict)
    lines: int = 0
    lines_before: int = 0
    hole: float = 0.0


def carry_out(
    parent: ET.Element, flow: Flow, blocks: Sequence[Block], pages: Sequence[Page]
) -> None:
    """Put planned pages in the place of a flow.

    Args:
        parent: What holds the flow.
        flow: The flow; its element is cut.
        blocks: Its blocks, measured.
        pages: The pages.
    """
    for page in pages:
        for index, room in page.extra.items():
            add_style(flow.blocks[index].element, f"margin-top: {room:.2f}px")
    strips = [strip for page in pages for strip in page.strips]
    elements: list[ET.Element] = []
    for number in range(len(strips) - 1, -1, -1):
        first = strips[number].first
        piece = blocks[first.block].pieces[first.piece]
        path = flow.blocks[first.block].path + piece.path
        if number == 0:
            element = flow.element
            if blocks[0].before >= 0:
                _without_head_margins(element, len(path))
        else:
            while path[-1] == 0 and not piece.letters and len(path) > 1:
                path = path[:-1]  # nothing stands before it, so what holds it begins with it
            element = cut(flow.element, path, piece.letters, f"{flow.part}/{number}")
            _without_head_margins(element, len(path))
        if strips[number].style:
            add_style(element, strips[number].style)
        if strips[number].hole:
            put_spot(element, strips[number].hole)
        elements.insert(0, element)
    place = list(parent).index(flow.element)
    parent.remove(flow.element)
    for offset, page in enumerate(pages):
        own = elements[: len(page.strips)]
        elements = elements[len(page.strips) :]
        if len(own) == 1:
            element = own[0]
        else:
            element = ET.Element("div", {"class": "page"})
            element.extend(own)
            for strip in own[1:]:
                add_style(strip, "break-before: auto")  # whatever the flow itself begins with
        if offset:
            add_style(element, "break-before: page")
        if page.hole:
            put_spot(element, page.hole)
        parent.insert(place + offset, element)


def _without_head_margins(strip: ET.Element, depth: int) -> None:
    """The first line of a strip stands at its head."""
    element = strip
    for _ in range(depth + 1):
        if len(element) == 0:
            return
        element = element[0]
        add_style(element, "margin-top: 0")
        if element.tag not in ("div", "main", "ul", "ol", "li", "section"):
            return
        if element.tag == "section":
            depth = min(depth, 0)
