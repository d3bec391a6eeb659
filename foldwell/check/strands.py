"""Finding laid out lines again in what a viewer reads: each line whole, each strand in order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple, Protocol

from foldwell.check.comparable import BREAK, Comparable, comparable

TRIALS_LIMIT = 20_000
"""How many ways of taking lines for what was read are tried."""


class LaidOut(Protocol):
    """One line of a laid out page, as typesetting tells it."""

    @property
    def text(self) -> str:
        """Its words, in the order in which they are read; BREAK where runs of text meet."""

    @property
    def added(self) -> bool:
        """Whether the layout added it to the words of the text."""

    @property
    def strand(self) -> int:
        """Lines of one strand stand in their order; strands may be anywhere."""


def place_after(
    start: int, lines: Sequence[LaidOut], drawn: Sequence[Comparable], page: Comparable
) -> int:
    """Where a page goes on behind all lines of a panel, each found once; -1 if one is not found.

    Args:
        start: Where the panel starts among the characters of the page.
        lines: The lines of the panel.
        drawn: Words that may stand before, between and behind them.
        page: What a viewer read.
    """
    strands: dict[int, list[Comparable]] = {}
    for line in lines:
        strands.setdefault(line.strand, []).extend(_pieces(line.text))
    rows = [strands[number] for number in sorted(strands)]
    whole = tuple(map(len, rows))
    first = _State(start, 0, (0,) * len(rows))
    tried = {first}
    if not any(rows):
        return _behind_drawings(start, drawn, page)
    ways = [_ways_on(first, rows, drawn, page)]
    while ways and len(tried) < TRIALS_LIMIT:
        state = next(ways[-1], None)
        if state is None:
            ways.pop()
        elif state not in tried:
            if state.done == whole:
                return _behind_drawings(state.place, drawn, page)
            tried.add(state)
            ways.append(_ways_on(state, rows, drawn, page))
    return -1


class _State(NamedTuple):
    """How far a page is read: the place, the strand of the last line, and how far each one is."""

    place: int
    strand: int
    done: tuple[int, ...]


def _ways_on(
    state: _State, rows: list[list[Comparable]], drawn: Sequence[Comparable], page: Comparable
) -> Iterator[_State]:
    """What may come next, the likeliest first: the strand goes on, another, a drawing."""
    place, last, done = state
    seen: set[str] = set()
    for index in (last, *range(last), *range(last + 1, len(rows))):
        row, count = rows[index], done[index]
        if count == len(row):
            continue
        piece = row[count]
        if len(row) == 1:
            if piece.characters in seen:
                continue  # one bullet is like the other
            seen.add(piece.characters)
        if end := _end_of(piece, page, place):
            yield _State(end, index, (*done[:index], count + 1, *done[index + 1 :]))
    for words in drawn:
        if end := _end_of(words, page, place):
            yield _State(end, last, done)


@lru_cache(maxsize=2048)  # the media of an edition say the same lines
def _pieces(text: str) -> tuple[Comparable, ...]:
    """The parts of a line between which a viewer may read what is beside it, such as a counter.

    A line that is read from right to left is one, as viewers take it apart in their own ways.
    """
    if not text.isascii() and (whole := comparable(text)).runs_left:
        return (whole,)
    parts = [comparable(part) for part in text.split(BREAK)]
    return tuple(part for part in parts if part.characters)


def _behind_drawings(place: int, drawn: Sequence[Comparable], page: Comparable) -> int:
    ends = [end for words in drawn if (end := _end_of(words, page, place))]
    return _behind_drawings(max(ends), drawn, page) if ends else place


def _end_of(piece: Comparable, page: Comparable, place: int) -> int:
    """Where a piece ends that stands at a place of a page; 0 if it does not stand there."""
    characters = piece.characters
    end = place + len(characters)
    if page.characters.startswith(characters, place) and characters:
        return end if page.gaps_agree(piece, place) else 0
    if piece.runs_left and piece.in_any_order(0, len(characters)) == page.in_any_order(place, end):
        return end
    return 0
