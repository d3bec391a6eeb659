"""Paging: which pages, panels and columns a measured flow becomes.

``panels`` fills panels and pages of one or more equal columns; ``sheets`` fills pages on which
columns of text alternate with what is as wide as the page. All lengths are CSS pixels.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from foldwell.typeset.filling import (
    ROUNDING,
    Chunk,
    chunks_of,
    fill,
    height_of,
)
from foldwell.typeset.gauge import Measured
from foldwell.typeset.measures import classes_of
from foldwell.typeset.notes import height_of_lines, lines_in
from foldwell.typeset.spots import LEAST_HOLE
from foldwell.typeset.strips import Page, Strip
from foldwell.typeset.units import PX_PER_MM

MOST_EXTRA = 6 * PX_PER_MM
"""The most room that is left before a section beyond the usual."""
LAST = 0.1
"""How little an empty part of the last page of a sheet counts against one of the others."""
EVEN = 0.6
"""Panels that could not all be filled to this share are filled one after the other instead."""


@dataclass(frozen=True)
class Panel:
    """The room of one page or panel.

    Attributes:
        height: The height of its text.
        columns: How many columns it has.
        style: The style of a strip that fills it alone.
        gutter: The room between its columns.
        width: The width of a column.
        spot: Whether a large hole in it is filled with a picture.
    """

    height: float
    columns: int = 1
    style: str = ""
    gutter: float = 0.0
    width: float = 0.0
    spot: bool = False


def panels(measured: Measured, rooms: Sequence[Panel]) -> tuple[Page, ...] | None:
    """A flow set on a fixed number of panels, or on fewer if it would leave them half empty.

    Returns:
        The pages; None if there is no room.
    """
    chunks = chunks_of(measured.blocks, max(room.height for room in rooms))
    if not chunks:
        return ()
    total = chunks[-1].bottom - chunks[0].top
    whole = sum(room.height * room.columns for room in rooms)
    counts = list(range(1, len(rooms) + 1))
    if total >= EVEN * whole:
        counts = [len(rooms), *counts[:-1]]
    for count in counts:
        slots = [room.height for room in rooms[:count] for _ in range(room.columns)]
        if (starts := fill(chunks, slots)) is not None:
            return _pages(chunks, starts, rooms[:count])
    return None


def running(
    measured: Measured, room: Panel, limit: int, *, ruled: bool = False
) -> tuple[Page, ...] | None:
    """A flow set on as many pages as it takes, all filled alike; None beyond the limit.

    Args:
        measured: The flow.
        room: One page.
        limit: The most pages.
        ruled: Whether the last page may be emptier, as lines for notes fill it.
    """
    chunks = chunks_of(measured.blocks, room.height)
    if not chunks:
        return ()
    total = chunks[-1].bottom - chunks[0].top
    least = max(1, int(total / (room.height + ROUNDING)))
    for count in range(least, limit + 1):
        starts = fill(chunks, [room.height] * count, LAST if ruled else 1.0)
        if starts is not None:
            foot = foot_of(measured, chunks[starts[-1]]) if ruled else None
            if foot is None:
                return _pages(chunks, starts, [room] * count)
            used = height_of(chunks, starts[-1], len(chunks))
            lines = lines_in(room.height - used)
            last = replace(room, height=room.height - height_of_lines(lines))
            *pages, page = _pages(chunks, starts, [room] * (count - 1) + [last])
            page = replace(page, filled=used / room.height, lines=lines, lines_before=foot)
            return (*pages, page)
    return None


def foot_of(measured: Measured, first: Chunk) -> int | None:
    """The block of the last page that stands at its foot: the contact card, or what follows it.

    Args:
        measured: The flow.
        first: The first chunk of the page.
    """
    for number, block in enumerate(measured.flow.blocks):
        begins = number > first.block or (number == first.block and not first.piece)
        if begins and is_foot(block.element):
            return number
    return None


def is_foot(element: ET.Element) -> bool:
    """Whether a block stands at the foot of the last page."""
    return bool(classes_of(element) & {"block-contact", "colophon"})


def _pages(
    chunks: Sequence[Chunk], starts: Sequence[int], rooms: Sequence[Panel]
) -> tuple[Page, ...]:
    """The pages of slots that begin with these chunks."""
    out = []
    ends = [*starts[1:], len(chunks)]
    slots = list(zip(starts, ends, strict=True))
    for room in rooms:
        own, slots = slots[: room.columns], slots[room.columns :]
        strips, extra, used, above, hole = [], dict[int, float](), 0.0, 0.0, 0.0
        for number, (first, end) in enumerate(own):
            height = height_of(chunks, first, end)
            used += height
            spare = room.height - height
            own_extra = spread(chunks, first, end, spare)
            extra |= own_extra
            hole = spare - grown(chunks, first, end, own_extra) if room.spot else 0.0
            style = room.style
            if room.columns > 1:
                tall = room.height - 1  # a hair less than the panel, so that both stay on it
                beside = number * (room.width + room.gutter)
                style = (
                    f"width: {room.width:.2f}px; height: {tall:.2f}px;"
                    f" margin-inline-start: {beside:.2f}px; margin-top: {-above:.2f}px"
                )
                above = tall
            strips.append(Strip(chunks[first], style))
        hole = hole if hole >= LEAST_HOLE and room.columns == 1 else 0.0
        out.append(Page(tuple(strips), used / (room.height * room.columns), extra, hole=hole))
    return tuple(out)


def grown(chunks: Sequence[Chunk], first: int, end: int, extra: Mapping[int, float]) -> float:
    """How much higher a column is with the room that was left above its sections."""
    return sum(
        extra[chunks[n].block] - (chunks[n].top - chunks[n - 1].bottom)
        for n in range(first + 1, end)
        if chunks[n].block in extra and chunks[n].piece == 0
    )


def spread(
    chunks: Sequence[Chunk], first: int, end: int, spare: float, most: float = MOST_EXTRA
) -> dict[int, float]:
    """Room above the sections of a column, alike, so that it fills its panel."""
    heads = [number for number in range(first + 1, end) if chunks[number].section]
    # What heads a section is not parted from it, so a chunk that only follows a heading is none.
    if not heads or spare <= 1:
        return {}
    extra = min(most, (spare - 1) / len(heads))
    return {
        chunks[n].block: chunks[n].top - chunks[n - 1].bottom + extra
        for n in heads
        if chunks[n].piece == 0
    }
