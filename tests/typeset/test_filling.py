"""Filling, by property: whatever the lengths, what belongs together stays together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foldwell.typeset.filling import ROUNDING, Chunk, chunks_of, fill, halves, height_of, lines_over
from foldwell.typeset.measures import (
    BETWEEN_BLOCKS,
    IN_PARAGRAPH,
    JOINED,
    LONELY,
    TIED,
    Block,
    Piece,
)

LINE = 20.0


def paragraph(lines: int, before: float = 10.0) -> Block:
    """A paragraph as it is measured: two lines stay together at either end."""
    pieces = tuple(
        Piece(
            n * LINE,
            (n + 1) * LINE,
            BETWEEN_BLOCKS if n == 0 else TIED if n < 2 or lines - n < 2 else IN_PARAGRAPH,
            letters=n,
            lines=1,
        )
        for n in range(lines)
    )
    return Block(before, lines * LINE, pieces, section=False)


def box(lines: int, cost: float = JOINED) -> Block:
    """A box that is not torn."""
    pieces = tuple(
        Piece(n * LINE, (n + 1) * LINE, cost if n else 0.0, (n,), lines=1) for n in range(lines)
    )
    return Block(15.0, lines * LINE, pieces, section=True)


def heading() -> Block:
    return Block(20.0, LINE, (Piece(0, LINE, 0.0, lines=1, heading=True),), True, "Heading")


def whole(chunks: tuple[Chunk, ...]) -> float:
    return chunks[-1].bottom - chunks[0].top


blocks = st.lists(
    st.one_of(st.integers(1, 12).map(paragraph), st.integers(1, 8).map(box), st.builds(heading)),
    min_size=1,
    max_size=25,
)


@given(blocks, st.integers(1, 6), st.integers(200, 700))
def test_every_panel_holds_what_it_was_given(
    measured: list[Block], panels: int, height: int
) -> None:
    chunks = chunks_of(measured, height)
    starts = fill(chunks, [height] * panels)
    if starts is None:
        # Filled to the foot one after the other it does not fit either, or a panel stays empty.
        assert lines_over(chunks, [height] * panels) or _greedy(chunks, height) != panels
        return
    assert starts[0] == 0 and list(starts) == sorted(set(starts))
    for first, end in zip(starts, [*starts[1:], len(chunks)], strict=True):
        assert height_of(chunks, first, end) <= height + ROUNDING


def _greedy(chunks: tuple[Chunk, ...], height: float) -> int:
    first = count = 0
    while first < len(chunks):
        end = first + 1
        while end < len(chunks) and height_of(chunks, first, end + 1) <= height:
            end += 1
        first, count = end, count + 1
    return count


@given(blocks, st.integers(300, 700))
def test_no_break_where_there_must_be_none(measured: list[Block], height: int) -> None:
    """Every box is lower than a panel here, so none is torn, and no heading is left alone."""
    chunks = chunks_of(measured, height)
    assert sum(chunk.lines for chunk in chunks) == sum(block.lines for block in measured)
    for chunk in chunks[1:]:
        piece = measured[chunk.block].pieces[chunk.piece]
        group = chunks[chunks.index(chunk) - 1]
        joined = chunk.bottom - group.top
        # Only what would be higher than a panel together is parted all the same.
        assert piece.cost < LONELY or joined > height - LINE
    for number, chunk in enumerate(chunks[:-1]):
        last = measured[chunks[number + 1].block - 1] if not chunks[number + 1].piece else None
        if last is not None and last.title == "Heading":
            assert chunks[number + 1].bottom - chunk.top > height - LINE


def test_panels_are_filled_alike() -> None:
    chunks = chunks_of([paragraph(4) for _ in range(9)], 400)
    starts = fill(chunks, [400, 400, 400])
    assert starts is not None
    assert [chunks[start].block for start in starts] == [0, 3, 6]


def test_what_is_higher_than_a_panel_is_torn_between_its_parts() -> None:
    chunks = chunks_of([box(30)], 200)
    starts = fill(chunks, [200.0] * 3)
    assert starts is not None
    assert len(starts) == 3


@given(blocks)
def test_two_columns_hold_a_run_in_order(measured: list[Block]) -> None:
    chunks = chunks_of(measured, 700)
    half = halves(chunks, 0, len(chunks))
    left, right = height_of(chunks, 0, half.split), height_of(chunks, half.split, len(chunks))
    assert half.height == pytest.approx(max(left, right))
    highest = max(chunk.bottom - chunk.top for chunk in chunks)
    assert half.height <= whole(chunks) / 2 + highest + 30


def test_a_head_that_is_set_again_counts() -> None:
    rows = tuple(
        Piece(n * LINE, (n + 1) * LINE, 3.0 if n > 2 else JOINED, (0, n), lines=1, repeats=50.0)
        for n in range(12)
    )
    chunks = chunks_of([Block(0, 12 * LINE, rows, section=True)], 150)
    assert fill(chunks, [150, 150]) is None
    assert fill(chunks, [150, 150, 150]) is not None


@given(blocks)
def test_the_first_column_is_never_left_empty(measured: list[Block]) -> None:
    chunks = chunks_of(measured, 700)
    assert halves(chunks, 0, len(chunks)).split > 0


@pytest.mark.parametrize(("last", "begins"), [(2, 1), (3, 2)])
def test_the_last_lines_of_a_section_do_not_begin_a_panel_alone(last: int, begins: int) -> None:
    """A little more room is left instead; three lines may begin one."""
    flow = [paragraph(9), paragraph(2, 5.0), paragraph(last, 5.0), heading(), paragraph(6)]
    chunks = chunks_of(flow, 270.0)
    starts = fill(chunks, [270.0, 270.0])
    assert starts is not None
    assert (chunks[starts[1]].block, chunks[starts[1]].piece) == (begins, 0)
