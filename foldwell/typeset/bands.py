"""Bands: what stands across a page of a sheet, and the strips that it is carried out as."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from foldwell.typeset.filling import Chunk, height_of
from foldwell.typeset.paging import MOST_EXTRA, grown, spread
from foldwell.typeset.spots import LEAST_HOLE
from foldwell.typeset.strips import Strip


@dataclass(frozen=True)
class Grid:
    """The columns of a sheet.

    Attributes:
        width: The width of the text of a page.
        column: The width of each of two equal columns.
        narrow: The width of the column beside the text.
        gutter: The room between columns.
    """

    width: float
    column: float
    narrow: float
    gutter: float

    @property
    def wide(self) -> float:
        """The width of the text beside the narrow column."""
        return self.width - self.narrow - self.gutter


@dataclass(frozen=True)
class Band:
    """What stands across a page: something as wide as it is, or columns of text.

    Attributes:
        first: The first chunk.
        end: The one after the last.
        split: Where the second column begins; the end where there is none.
        above: The room between the band before and this one.
        height: Its height.
        left: The height of its first column.
        right: The height of its second column.
        side: What of it stands beside the text, as the chunk after its last.
        beside: The height of that.
        tall: Whether the text beside it has one wide column in place of two.
        torn: What the break between its columns costs.
        full: Whether it is as wide as the page.
        parted: Where the part of what stands at the side begins that heads the second column; none
            where all of it stands in one column.
        gap: The room below it then.
    """

    first: int
    end: int
    split: int
    above: float
    height: float
    left: float
    right: float = 0.0
    side: int = -1
    beside: float = 0.0
    tall: bool = False
    torn: float = 0.0
    full: bool = False
    parted: int = -1
    gap: float = 0.0

    @property
    def hole(self) -> float:
        """How much of its height a column of text leaves empty."""
        if self.full:
            return 0.0
        return self.height - (self.left if self.tall else min(self.left, self.right))


def strips_of(
    band: Band, chunks: Sequence[Chunk], grid: Grid, above: float, height: float
) -> tuple[list[Strip], dict[int, float]]:
    """A band as strips, each moved to its place from the one before it.

    Args:
        band: The band.
        chunks: All chunks of the flow.
        grid: The columns.
        above: The room above the band.
        height: Its height, with the room that is left in it.

    Returns:
        The strips, and for blocks by index the room above them where it is not the usual.
    """
    extra = dict[int, float]()
    if band.full:
        return [Strip(chunks[band.first], f"margin-top: {above:.2f}px")], extra
    if band.parted >= 0:
        return _below(band, chunks, grid, above, height)
    out, start = list[Strip](), band.first
    beside = 0.0
    if band.side >= 0:
        start, beside = band.side, band.beside
        width = grid.narrow if band.tall else grid.column
        out.append(_strip(chunks[band.first], above, width, grid.width - width, beside))
        above = -beside

    def hole(first: int, end: int, used: float) -> float:
        return height - used - grown(chunks, first, end, extra)

    if band.tall:
        extra |= spread(chunks, start, band.end, height - band.left, 2 * MOST_EXTRA)
        left = hole(start, band.end, band.left)
        return [*out, _strip(chunks[start], above, grid.wide, 0, height, left)], extra
    offset = band.beside + max(
        0.0, band.right - band.beside - height_of(chunks, band.split, band.end)
    ) if beside else 0.0  # fmt: skip
    if band.split > start:
        extra |= spread(chunks, start, band.split, height - band.left, 2 * MOST_EXTRA)
        left = hole(start, band.split, band.left)
        out.append(_strip(chunks[start], above, grid.column, 0, height, left))
        above = -height
    if band.split < band.end:
        extra |= spread(chunks, band.split, band.end, height - band.right, 2 * MOST_EXTRA)
        out.append(
            _strip(
                chunks[band.split], above + offset, grid.column, grid.column + grid.gutter,
                height - offset, hole(band.split, band.end, band.right),
            )
        )  # fmt: skip
    return out, extra


def _below(
    band: Band, chunks: Sequence[Chunk], grid: Grid, above: float, height: float
) -> tuple[list[Strip], dict[int, float]]:
    """Both columns of text, each below its part of what stands at the side."""
    second, out, at = grid.column + grid.gutter, list[Strip](), -above
    extra = dict[int, float]()
    for first, end, heads, start in (
        (band.first, band.parted, True, 0.0),
        (band.parted, band.side, True, second),
        (band.side, band.split, False, 0.0),
        (band.split, band.end, False, second),
    ):
        if first == end:
            continue
        side = height_of(chunks, band.parted, band.side) if start else band.beside
        top = 0.0 if heads or not side else side + band.gap
        tall = side if heads else height - top
        hole = 0.0
        if not heads:
            spare = height - (band.right if start else band.left)
            extra |= spread(chunks, first, end, spare, 2 * MOST_EXTRA)
            hole = spare - grown(chunks, first, end, extra)
        elif (band.split == band.end) if start else (band.side == band.split):
            hole, tall = height - side, height  # no text stands below it
        out.append(_strip(chunks[first], top - at, grid.column, start, tall, hole))
        at = top + tall
    return out, extra


def _strip(
    first: Chunk, above: float, width: float, start: float, height: float, hole: float = 0.0
) -> Strip:
    return Strip(
        first,
        f"margin-top: {above:.2f}px; width: {width:.2f}px; margin-inline-start: {start:.2f}px;"
        f" height: {height:.2f}px",
        hole if hole >= LEAST_HOLE else 0.0,
    )
