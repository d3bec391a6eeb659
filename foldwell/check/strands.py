"""Finding laid out lines again in what a viewer reads: each line whole, each strand in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
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
        """Lines of one strand stand in their order; strands of a panel may be mixed."""


DRAWN = -1
"""The strand of words in drawings: they may stand anywhere, as often as may be, or not at all."""


class _State(NamedTuple):
    """How far a page is read.

    Attributes:
        place: How many of its characters.
        panel: The panel that is being found.
        strand: The strand of its last line.
        done: How many pieces of each strand were found.
    """

    place: int
    panel: int
    strand: int
    done: tuple[int, ...]


Rows = tuple[tuple[Comparable, ...], ...]


def all_found(panels: Sequence[Sequence[LaidOut]], page: Comparable) -> bool:
    """Whether a page holds the lines of its panels, panel after panel, and nothing beside them.

    What stands on one level of a page that is read from right to left is one line for viewers, of
    which they turn round what they take for words of the other direction. There the numbers and
    the letters of the page are compared.

    Args:
        panels: The lines of each panel.
        page: What a viewer read.
    """
    if page.runs_left:
        return _same_signs(panels, page)
    rows: list[Rows] = [*map(_rows, panels), ()]
    drawn = {words for panel in panels for line in panel if line.strand == DRAWN
             for words in _pieces(line.text)}  # fmt: skip
    whole = [tuple(map(len, strands)) for strands in rows]
    first = _State(0, 0, 0, (0,) * len(rows[0]))
    tried: set[_State] = set()
    ways = [iter([first])]
    while ways and len(tried) < TRIALS_LIMIT:
        state = next(ways[-1], None)
        if state is None:
            ways.pop()
            continue
        while state.panel < len(panels) and state.done == whole[state.panel]:
            panel = state.panel + 1
            state = _State(state.place, panel, 0, (0,) * len(rows[panel]))
        if state in tried:
            continue
        tried.add(state)
        if state.panel == len(panels) and state.place == len(page.characters):
            return True
        ways.append(_ways_on(state, rows[state.panel], drawn, page))
    return False


def _same_signs(panels: Sequence[Sequence[LaidOut]], page: Comparable) -> bool:
    lines = [line for panel in panels for line in panel]
    have = page.in_any_order(0, len(page.characters))
    for kind in (0, 1):
        wanted, drawn = Counter[str](), Counter[str]()
        for line in lines:
            words = comparable(line.text)
            signs = words.in_any_order(0, len(words.characters))[kind]
            (drawn if line.strand == DRAWN else wanted).update(signs)
        found = Counter(have[kind])
        if wanted - found or (found - wanted).keys() - drawn.keys():
            return False
    return True


def _rows(lines: Sequence[LaidOut]) -> Rows:
    strands: dict[int, list[Comparable]] = {}
    for line in lines:
        if line.strand != DRAWN:
            strands.setdefault(line.strand, []).extend(_pieces(line.text))
    return tuple(tuple(strands[number]) for number in sorted(strands))


def _ways_on(
    state: _State, rows: Rows, drawn: Collection[Comparable], page: Comparable
) -> Iterator[_State]:
    """What may come next, the likeliest first: the strand goes on, another, a drawing."""
    place, panel, last, done = state
    seen: set[str] = set()
    for index in (last, *range(last), *range(last + 1, len(rows))):
        if not rows or done[index] == len(rows[index]):
            continue
        row, count = rows[index], done[index]
        piece = row[count]
        if len(row) == 1:
            if piece.characters in seen:
                continue  # one bullet is like the other
            seen.add(piece.characters)
        if end := _end_of(piece, page, place):
            yield _State(end, panel, index, (*done[:index], count + 1, *done[index + 1 :]))
    for words in drawn:
        if end := _end_of(words, page, place):
            yield state._replace(place=end)


@lru_cache(maxsize=2048)  # the media of an edition say the same lines
def _pieces(text: str) -> tuple[Comparable, ...]:
    """The parts of a line between which a viewer may read what is beside it, such as a counter.

    A line that is read from right to left is one, as viewers take it apart in their own ways.
    """
    if not text.isascii() and (whole := comparable(text)).runs_left:
        return (whole,)
    parts = [comparable(part) for part in text.split(BREAK)]
    return tuple(part for part in parts if part.characters)


def _end_of(piece: Comparable, page: Comparable, place: int) -> int:
    """Where a piece ends that stands at a place of a page; 0 if it does not stand there."""
    characters = piece.characters
    end = place + len(characters)
    if page.characters.startswith(characters, place) and characters:
        return end if page.gaps_agree(piece, place) else 0
    if piece.runs_left and piece.in_any_order(0, len(characters)) == page.in_any_order(place, end):
        return end
    return 0
