"""Sheets: pages on which columns of text alternate with what is as wide as the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from foldwell.typeset.bands import Band, Grid, strips_of
from foldwell.typeset.filling import (
    INFINITE,
    ROUNDING,
    UNEVEN,
    cheapest,
    chunks_of,
    halves,
    height_of,
)
from foldwell.typeset.flows import Place
from foldwell.typeset.gauge import Measured
from foldwell.typeset.notes import height_of_lines, lines_in
from foldwell.typeset.paging import LAST, MOST_EXTRA, foot_of, is_foot
from foldwell.typeset.spots import LEAST_HOLE
from foldwell.typeset.strips import Page, Strip
from foldwell.typeset.units import PX_PER_MM

NEARLY_EMPTY = 0.7
"""A last page that is empty to this share is filled from the pages before it."""
MOST_BEFORE_TAIL = 8 * PX_PER_MM
"""The most room that is left above what stands at the foot of the last page."""
LEAST_ABOVE = 3.5 * PX_PER_MM
"""The least room between two bands."""
LEAST_BELOW = 4 * PX_PER_MM
"""The least room between what stands at the side and the text below it."""
ACROSS = 0.5
"""What a break from one column to the next costs against one that a page is turned at."""
HOLLOW = 0.6
"""No page but the last should be filled to less than this share."""


REMEMBERED = 200
"""How many flows on sheets are remembered."""


@dataclass(frozen=True)
class OnSheets:
    """A flow that was set on sheets.

    Attributes:
        pages: Its pages; None if there were too few.
        cost: What they cost: what is torn, and the holes in them.
        beside: The share of the narrow column that is filled.
    """

    pages: tuple[Page, ...] | None
    cost: float
    beside: float


_known: dict[object, OnSheets] = {}


def on_sheets(
    measured: Measured,
    wide: Measured | None,
    grid: Grid,
    height: float,
    limit: int,
    *,
    way: str = "columns",
) -> OnSheets:
    """Set a flow on the fewest sheets that hold it, filled alike.

    What has the measures of something set before gets its pages, for the next clinic's facts
    mostly take as many lines.

    Args:
        measured: The flow, its text measured at the width of a column.
        wide: The same at the width of text beside a narrow column; None for columns alone.
        grid: The columns.
        height: The height of a page's text.
        limit: The most pages.
        way: Where what may stand beside the text stands, as in ``plans.WAYS``.
    """
    kinds = tuple((block.place, is_foot(block.element)) for block in measured.flow.blocks)
    along = wide.blocks if wide else None
    key = (measured.blocks, along, kinds, grid, height, limit, way)
    if key not in _known:
        if len(_known) >= REMEMBERED:
            _known.clear()
        sheets = _Sheets(measured, wide, grid, height, way)
        pages = sheets.pages(limit)
        _known[key] = OnSheets(pages, sheets.cost, sheets.beside)
    return _known[key]


class _Sheets:
    """Sets a flow on sheets: bands of columns, and of what is as wide as the page."""

    def __init__(
        self,
        measured: Measured,
        wide: Measured | None,
        grid: Grid,
        height: float,
        way: str,
    ):
        places: list[Place] = [block.place for block in measured.flow.blocks]
        apart = frozenset(n for n in range(1, len(places)) if places[n] != places[n - 1])
        self.chunks = chunks_of(measured.blocks, height, apart)
        self._measured, self._grid, self._height = measured, grid, height
        self._places = [places[chunk.block] for chunk in self.chunks]
        self._segment_end = [0] * len(self.chunks)
        end = len(self.chunks)
        for index in range(len(self.chunks) - 1, -1, -1):
            if index + 1 < len(self.chunks) and self._places[index + 1] != self._places[index]:
                end = index + 1
            self._segment_end[index] = end
        self._wide = _positions(wide) if wide else None
        """For the place of each piece in the wide text, what ends above it and where it begins."""
        self._known: dict[tuple[int, int], list[Band] | None] = {}
        self._way = way
        self.beside = self.cost = 0.0

    def pages(self, limit: int) -> tuple[Page, ...] | None:
        """The fewest pages that hold the flow, filled alike; None beyond the limit."""
        if not self.chunks:
            return ()
        breaks = [
            chunk.cost + (UNEVEN if chunk.letters else 0.0) for chunk in self.chunks
        ]  # a paragraph that goes on over the page changes its width
        for count in range(1, limit + 1):
            starts = cheapest(len(self.chunks), count, breaks, self._cost)
            if starts is not None:
                ends = [*starts[1:], len(self.chunks)]
                self.cost = sum(breaks[start] for start in starts[1:]) + sum(
                    self._cost(first, end, page) or 0.0
                    for page, (first, end) in enumerate(zip(starts, ends, strict=True))
                )
                return tuple(
                    self._page(first, end, last=end == len(self.chunks))
                    for first, end in zip(starts, ends, strict=True)
                )
        return None

    def _cost(self, first: int, end: int, page: int) -> float | None:
        bands = self._bands(first, end)
        if bands is None:
            return INFINITE  # no page can end here, but a later one may
        used = sum(band.above + band.height for band in bands)
        if used > self._height + ROUNDING:
            # A run grows evenly, but a little may still fit when its columns fit better.
            return None if used > self._height * 1.15 + ROUNDING else INFINITE
        torn = sum(ACROSS * band.torn + UNEVEN * (band.hole / self._height) ** 2 for band in bands)
        empty = max(0.0, self._height - used) / self._height
        if end == len(self.chunks) and page:  # the last page takes what is left, if that is enough
            return torn + LAST * UNEVEN * empty**2 + (UNEVEN if empty > NEARLY_EMPTY else 0.0)
        return torn + UNEVEN * empty**2 + (UNEVEN if 1 - empty < HOLLOW else 0.0)

    def _bands(self, first: int, end: int) -> list[Band] | None:
        key = (first, end)
        if key not in self._known:
            self._known[key] = self._make_bands(first, end)
        return self._known[key]

    def _make_bands(self, first: int, end: int) -> list[Band] | None:
        chunks, bands, index = self.chunks, list[Band](), first
        while index < end:
            stop = min(self._segment_end[index], end)
            above = 0.0
            if index > first:
                above = max(chunks[index].top - chunks[index - 1].bottom, LEAST_ABOVE)
            height = height_of(chunks, index, stop)
            place = self._places[index]
            beside = place == "side" and self._way != "above"
            if beside and stop == end and end < len(chunks):
                return None  # text stands beside it
            if beside and stop < end and self._places[stop] == "column":
                run = min(self._segment_end[stop], end)
                if self._way == "heads":
                    band: Band | None = self._below(index, stop, run, above)
                else:
                    band = self._beside(index, stop, run, above, height)
                if band is None:
                    return None
                bands.append(band)
                index = run
                continue
            if place == "column" or (place == "side" and self._way in ("above", "heads")):
                half = halves(chunks, index, stop)
                left = height_of(chunks, index, half.split)
                right = height_of(chunks, half.split, stop)
                bands.append(
                    Band(index, stop, half.split, above, half.height, left, right, torn=half.cost)
                )
            else:
                bands.append(Band(index, stop, stop, above, height, height, full=True))
            index = stop
        return bands

    def _below(self, first: int, side: int, end: int, above: float) -> Band:
        """Two columns of text, each below its part of what stands at the side."""
        chunks = self.chunks
        heads = halves(chunks, first, side)
        left = height_of(chunks, first, heads.split)
        right = height_of(chunks, heads.split, side)
        gap = max(chunks[side].top - chunks[side - 1].bottom, LEAST_BELOW)
        ahead = (left + gap, right + gap if right else 0.0)
        half = halves(chunks, side, end, ahead)
        below = (height_of(chunks, side, half.split), height_of(chunks, half.split, end))
        return Band(
            first, end, half.split, above, max(half.height, left, right),
            ahead[0] + below[0], ahead[1] + below[1], side, left,
            torn=heads.cost + half.cost, parted=heads.split, gap=gap,
        )  # fmt: skip

    def _beside(self, first: int, side: int, end: int, above: float, beside: float) -> Band | None:
        """Text beside what stands at the side: one wide column, or two with it over the second."""
        chunks = self.chunks
        if self._wide is not None:
            if end < len(chunks) and chunks[end].letters:
                return None  # the lines of a paragraph differ by width
            top, bottom = self._wide[self._key(side)][1], self._wide[self._key(end)][0]
            left = bottom - top
            height = max(beside, left)
            return Band(first, end, end, above, height, left, 0.0, side, beside, tall=True)
        gap = chunks[side].top - chunks[side - 1].bottom
        gap = max(gap, LEAST_BELOW)
        half = halves(chunks, side, end, (0.0, beside + gap))
        left = height_of(chunks, side, half.split)
        right = height_of(chunks, half.split, end)
        height = max(half.height, beside)
        return Band(
            first, end, half.split, above, height, left, right + beside + gap, side, beside,
            torn=half.cost,
        )  # fmt: skip

    def _key(self, index: int) -> tuple[int, tuple[int, ...]]:
        if index == len(self.chunks):
            return len(self._measured.blocks), ()
        chunk = self.chunks[index]
        return chunk.block, self._measured.blocks[chunk.block].pieces[chunk.piece].path

    def _page(self, first: int, end: int, *, last: bool) -> Page:
        bands = self._bands(first, end) or []
        self.beside = max([self.beside, *(b.beside / b.height for b in bands if b.tall)])
        used = sum(band.above + band.height for band in bands)
        spare = max(0.0, self._height - used - 1)
        steps = [self._steps(band) for band in bands]
        foot = foot_of(self._measured, self.chunks[first]) if last else None
        lines = lines_in(spare) if foot is not None else 0
        spare -= height_of_lines(lines)
        each = min(MOST_EXTRA, spare / max(1, sum(steps) + len(bands) - 1))
        strips, extra = list[Strip](), dict[int, float]()
        for number, (band, count) in enumerate(zip(bands, steps, strict=True)):
            above = band.above + (each if number else 0.0)
            more = each * count
            spare -= more + (each if number else 0.0)
            if last and number and number == self._tail(bands):
                above += min(spare, MOST_BEFORE_TAIL)
            if number == len(bands) - 1 and not (last or band.full) and spare < LEAST_HOLE:
                more, spare = more + spare, 0.0  # the hole of a column goes down to the foot
            own, room = strips_of(band, self.chunks, self._grid, above, band.height + more)
            strips += own
            extra |= room
        hole = 0.0 if last or spare < LEAST_HOLE else spare
        return Page(tuple(strips), used / self._height, extra, lines, foot or 0, hole)

    def _tail(self, bands: Sequence[Band]) -> int:
        """The first band of those that end the leaflet and are as wide as the page."""
        number = len(bands)
        while number > 0 and bands[number - 1].full:
            number -= 1
        return number

    def _steps(self, band: Band) -> int:
        """In how many places of its higher column a band may grow."""
        if band.full:
            return 0
        start = band.side if band.side >= 0 else band.first
        return max(
            sum(self.chunks[n].section for n in range(a + 1, b))
            for a, b in ((start, band.split), (band.split, band.end), (start, start + 1))
        )


def _positions(measured: Measured) -> dict[tuple[int, tuple[int, ...]], tuple[float, float]]:
    """For the place of each piece, where the one before it ends, and where it begins."""
    found: dict[tuple[int, tuple[int, ...]], tuple[float, float]] = {}
    head = before = 0.0
    for index, block in enumerate(measured.blocks):
        head += block.before
        for piece in block.pieces:
            if not piece.letters:
                found[index, piece.path] = before, head + piece.top
            before = head + piece.bottom
        head += block.height
    found[len(measured.blocks), ()] = before, before
    return found
