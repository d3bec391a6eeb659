"""Overflows: by how much the words of a part are too long, and what takes the room."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence

from foldwell.paper.formats import Format
from foldwell.paper.geometry import Geometry
from foldwell.typeset.engine import Typeset
from foldwell.typeset.filling import chunks_of, lines_over
from foldwell.typeset.fit import Overflow
from foldwell.typeset.gauge import Measured
from foldwell.typeset.measures import Block, classes_of, title_of

FACTS = frozenset(["block-contact", "colophon", "masthead", "card-head", "poster-end"])
"""Blocks that hold a clinic's facts and those about the leaflet."""


def overflow_of(measured: Measured, room: int, heights: Sequence[float]) -> Overflow:
    """By how much a flow is too long, and what its sections take.

    Args:
        measured: The flow.
        room: How many panels it has.
        heights: The height of each of their columns, in CSS pixels.
    """
    heights, blocks = list(heights), list[Block](measured.blocks)
    elements = [block.element for block in measured.flow.blocks]
    while len(blocks) > 1 and "strip" in classes_of(elements[len(blocks) - 1]):
        strip = blocks.pop()  # the words make room for it, at the foot of the last panel
        heights[-1] -= strip.before + strip.height
    chunks = chunks_of(blocks, max(heights))
    over = max(1, lines_over(chunks, heights))
    tall = next((c.block for c in chunks if c.bottom - c.top > max(heights)), None)
    unparted = "" if tall is None else _words_of(elements[tall])
    facts = sum(
        own.lines
        for own, element in zip(measured.blocks, elements, strict=True)
        if classes_of(element) & FACTS
    )
    lines = sum(block.lines for block in measured.blocks)
    return Overflow(measured.flow.part, room, over, _sections(measured), facts, lines, unparted)


def beyond(typeset: Typeset, format_: Format, geometry: Geometry) -> tuple[Overflow, ...]:
    """The parts that have more pages than panels."""
    names = geometry.names
    parts = [page.name for page in typeset.pages]
    if format_.flows or not any(parts):
        names, parts = ("",) * len(names), [""] * len(parts)
    over = []
    for part in dict.fromkeys(parts):
        room = names.count(part)
        pages = [p for p, name in zip(typeset.pages, parts, strict=True) if name == part]
        if len(pages) > room:
            lines = sum(page.lines for page in pages[room:])
            over.append(Overflow(part, room, max(1, lines), ()))
    return tuple(over)


def _words_of(element: ET.Element) -> str:
    return " ".join(" ".join(element.itertext()).split())


def _sections(measured: Measured) -> tuple[tuple[str, int], ...]:
    """For each second-level heading how many lines stand below it, its own among them.

    Lines before the first heading, and those of sections that may not be left out, belong to
    the empty name.
    """
    sections: dict[str, int] = {}
    title = ""
    for begins, guarded, lines in _titled(measured):
        if guarded:
            sections[""] = sections.get("", 0) + sections.pop(title, 0)
            title = ""
        elif begins is not None:
            title = begins
        sections[title] = sections.get(title, 0) + lines
    return tuple(sections.items())


def _titled(measured: Measured) -> Iterator[tuple[str | None, bool, int]]:
    """(title, whether it is never to be left out, lines) of each block, and of what a box holds."""
    for own, block in zip(measured.blocks, measured.flow.blocks, strict=True):
        held = list(block.element)
        if block.element.tag != "div" or own.guarded or not held:
            yield own.title, own.guarded, own.lines
            continue
        lines = [0] * len(held)
        for piece in own.pieces:
            lines[piece.path[0] if piece.path else 0] += piece.lines
        for element, count in zip(held, lines, strict=True):
            yield *title_of(element), count
