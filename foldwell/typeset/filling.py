"""Filling: where the pieces of a flow are broken into panels, columns and pages.

A dynamic programme over all breaks that are allowed: what may not be torn never is, unless it is
higher than a panel; among the rest it takes those that leave the panels filled alike. It knows
lengths only (CSS pixels), no boxes and no words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from foldwell.typeset.measures import JOINED, LEAST_LINES, LONELY, TAIL, TIED, Block

ROUNDING = 0.05
"""How far sums of lengths may be off before they count as too high, in CSS pixels."""
INFINITE = float("inf")
WORTH = 4.0
"""How much higher two columns may be for a break between them that costs 1 less."""
UNEVEN = 100.0
"""What a panel costs that is empty; costs grow with the square of the share left empty."""


@dataclass(frozen=True)
class Chunk:
    """Pieces that stay together.

    Attributes:
        top: Where it begins, from the head of the flow.
        bottom: Where it ends.
        cost: What a break before it costs.
        block: The index of the block that it begins in.
        piece: The index of its first piece in that block.
        letters: Whether the block is cut inside a paragraph.
        section: Whether a section begins with it.
        lines: How many lines of text it holds.
        repeats: The height of what is set again above it when it begins a panel.
    """

    top: float
    bottom: float
    cost: float
    block: int
    piece: int
    letters: bool = False
    section: bool = False
    lines: int = 0
    repeats: float = 0.0

    @property
    def head(self) -> float:
        """Where a panel begins that begins with it."""
        return self.top - self.repeats


def height_of(chunks: Sequence[Chunk], first: int, end: int) -> float:
    """The height of chunks that begin a panel; 0 for none."""
    return chunks[end - 1].bottom - chunks[first].head if first < end else 0.0


def chunks_of(
    blocks: Sequence[Block], tallest: float, apart: frozenset[int] = frozenset()
) -> tuple[Chunk, ...]:
    """The pieces of a flow, those that belong together joined.

    Args:
        blocks: The blocks of the flow.
        tallest: The height of the highest panel; what is higher than that is torn all the same.
        apart: Blocks that are never joined to what stands before them, as their width differs.
    """
    single: list[Chunk] = []
    head, owed = 0.0, 0
    for index, block in enumerate(blocks):
        head += block.before
        owed = 0 if index in apart else owed
        for number, piece in enumerate(block.pieces):
            # No break below a heading before two lines stand there.
            begins = block.section and number == 0
            owed = 0 if begins and owed < LEAST_LINES else owed  # a section of one line is whole
            cost = piece.cost
            if owed > 0:
                cost = max(cost, LONELY if owed < LEAST_LINES and number == 0 else TIED)
            owed = LEAST_LINES if piece.heading else owed - piece.lines
            single.append(
                Chunk(
                    max(0.0, head + piece.top), head + piece.bottom, cost, index, number,
                    piece.letters > 0, begins, piece.lines, piece.repeats,
                )
            )  # fmt: skip
        head += block.height
    return tuple(_joined(_with_tails(single), tallest, (LONELY, JOINED, TIED)))


def _with_tails(single: list[Chunk]) -> list[Chunk]:
    """The same, with what it costs to begin a panel with the last lines of a section alone."""
    left, out = 0, list[Chunk]()
    for chunk in reversed(single):
        left += chunk.lines
        tail = 0 < left <= LEAST_LINES and not chunk.section
        out.append(replace(chunk, cost=chunk.cost + TAIL) if tail else chunk)
        left = 0 if chunk.section else left
    return out[::-1]


def _joined(single: list[Chunk], tallest: float, floors: tuple[float, ...]) -> list[Chunk]:
    """Chunks joined where a break costs the floor or more, if that is no higher than a panel."""
    floor = floors[0]
    out: list[Chunk] = []
    start = 0
    for end in range(1, len(single) + 1):
        if end < len(single) and single[end].cost >= floor:
            continue
        group = single[start:end]
        if group[-1].bottom - group[0].top <= tallest + ROUNDING or len(group) == 1:
            first = group[0]
            bottom = max(chunk.bottom for chunk in group)
            out.append(
                Chunk(
                    first.top, bottom, first.cost, first.block, first.piece, first.letters,
                    first.section, sum(chunk.lines for chunk in group), first.repeats,
                )
            )  # fmt: skip
        elif len(floors) > 1:
            out += _joined(group, tallest, floors[1:])
        else:
            out += group
        start = end
    return out


def fill(
    chunks: Sequence[Chunk], heights: Sequence[float], last: float = 1.0
) -> tuple[int, ...] | None:
    """Where each of so many panels begins, filled as evenly as the breaks allow.

    Args:
        chunks: What is to be set.
        heights: The height of each panel; every one gets at least one chunk.
        last: How little room that the last leaves empty counts against that of another.

    Returns:
        The index of the first chunk of each panel; None if there is no way.
    """

    def cost(first: int, end: int, page: int) -> float | None:
        used = height_of(chunks, first, end)
        height = heights[page]
        if used > height + ROUNDING:
            return None
        weight = last if page == len(heights) - 1 else 1.0
        return weight * UNEVEN * (max(0.0, height - used) / height) ** 2

    return cheapest(len(chunks), len(heights), [chunk.cost for chunk in chunks], cost)


def cheapest(
    count: int,
    pages: int,
    breaks: Sequence[float],
    cost: Callable[[int, int, int], float | None],
) -> tuple[int, ...] | None:
    """The cheapest way to part a row of things into pages.

    Args:
        count: How many things there are.
        pages: How many pages; each gets at least one thing.
        breaks: What a break before each thing costs.
        cost: What a page costs that holds the things from the first to before the end, with the
            page's number; infinite when they do not fit, and None when no more of them would.

    Returns:
        The first thing of each page; None if there is no way.
    """
    if count < pages or not pages:
        return None
    # For each page the ends that it may have: what all before costs, and where it begins.
    reached: dict[int, tuple[float, int]] = {0: (0.0, 0)}
    trail: list[dict[int, tuple[float, int]]] = []
    for page in range(pages):
        ends: dict[int, tuple[float, int]] = {}
        last = page == pages - 1
        for first, (before, _) in reached.items():
            for end in range(first + 1, count + 1):
                own = cost(first, end, page)
                if own is None:
                    break
                if own == INFINITE or (last and end < count):
                    continue
                total = before + own + (breaks[end] if end < count else 0.0)
                if end not in ends or total < ends[end][0]:
                    ends[end] = (total, first)
        trail.append(ends)
        reached = ends if last else {end: ends[end] for end in ends if end < count}
        if not reached:
            return None
    if count not in reached:
        return None
    starts, end = [], count
    for ends in reversed(trail):
        end = ends[end][1]
        starts.append(end)
    return tuple(reversed(starts))


def lines_over(chunks: Sequence[Chunk], heights: Sequence[float]) -> int:
    """How many lines have no room when each panel is filled to its foot."""
    first = 0
    for height in heights:
        end = first
        while end < len(chunks) and height_of(chunks, first, end + 1) <= height + ROUNDING:
            end += 1
        first = end
    return sum(chunk.lines for chunk in chunks[first:])


@dataclass(frozen=True)
class Halves:
    """A run of text in two columns.

    Attributes:
        split: The first chunk of the second column; the end where there is only one.
        height: The height of the higher of the two.
        cost: What the break between them costs.
    """

    split: int
    height: float
    cost: float


def halves(
    chunks: Sequence[Chunk], first: int, end: int, ahead: tuple[float, float] = (0.0, 0.0)
) -> Halves:
    """The two columns of a run, as even as its breaks allow.

    Args:
        chunks: All chunks of the flow.
        first: The first of the run.
        end: The one after its last.
        ahead: What stands at the head of each column already, with its distance to the text.
    """
    left, right = ahead
    top, bottom = chunks[first].head, chunks[end - 1].bottom
    middle = (top + bottom + right - left) / 2
    near = bisect_left(chunks, middle, first, end, key=lambda chunk: chunk.top)
    best: Halves | None = None
    least = first if left else first + 1  # the first column is never left empty
    for split in range(max(least, near - 3), min(end, max(least, near + 3)) + 1):
        above = chunks[split - 1].bottom - top + left if split > first else left
        below = bottom - chunks[split].head + right if split < end else right
        torn = chunks[split].cost if first < split < end else 0.0
        found = Halves(split, max(above, below), torn)
        if best is None or found.height + WORTH * torn < best.height + WORTH * best.cost:
            best = found
    assert best is not None
    return best
