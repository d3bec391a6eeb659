"""Learning fields from pages that stand: where words on them came from, what room they have.

Words that differed between two clinics become fields if they stand on static lines, in plain type,
with room that is known in every setting that was tried for the pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from weasyprint.formatting_structure import boxes
from weasyprint.pdf.anchors import resolve_links

from foldwell.typeset.page_words import Word
from foldwell.typeset.stamping.shapes import Path, Unlike
from foldwell.typeset.stamping.standing import Standing
from foldwell.typeset.variable.columns import sharing_table
from foldwell.typeset.variable.faces import facts_of
from foldwell.typeset.variable.fields import Closing, Line, Link, Picture, Room, Run, Told
from foldwell.typeset.variable.font_words import FontFacts
from foldwell.typeset.variable.lines_found import (
    LineFound,
    Lines,
    Place,
    feet_shown,
    lines_in_margins,
)
from foldwell.typeset.variable.pages import VariablePages
from foldwell.typeset.variable.rooms import face_and_tail, is_whole, lines_there, rooms_of
from foldwell.typeset.variable.static_lines import group_of, is_static, moves_alone, room_of
from foldwell.typeset.variable.words import Said, in_a_line

IsRead = Callable[[int, Any], bool]
"""Whether a run of text, as checks have it, can be read on a page, whatever is behind it."""
Measured = Callable[[set[int]], list[Any] | None]
"""For the numbers of words where blocks with them were measured; None if that is not known."""


class Fields:
    """The fields that differing words have on pages that stand.

    Args:
        standing: The pages.
        said: What they say.
        differ: The numbers of the words that may differ.
        measured: The blocks in which words were measured.

    Raises:
        Unlike: If any of the words has no field.
    """

    def __init__(
        self,
        standing: Standing,
        said: Said,
        differ: set[int],
        measured: Measured,
        is_read: IsRead,
    ) -> None:
        self._standing, self._said, self._differ = standing, said, differ
        self._is_read = is_read
        self._pages = [page._page_box for page in standing.document.pages]
        self._found = Lines(self._pages)
        self._places = self._all_places()
        self._shown = self._words_shown()
        self._measured = self._other_settings(measured)
        numbers = {place.line for places in self._shown.values() for place in places}
        self._numbers = [*self._blocks_of(numbers)]

    @property
    def paths(self) -> list[Path]:
        """Where the runs and pictures stand that are drawn anew: each needs a hole."""
        lines = {place.line for places in self._shown.values() for place in places}
        runs = [path for n in lines for path, _ in self._seen(self._found.lines[n])]
        return [*runs, *(path for path, _ in self._codes())]

    def pages(self) -> VariablePages:
        """The pages with fields; the holes that they need are there.

        Raises:
            Unlike: If anything of them cannot be drawn anew.
        """
        standing = self._standing
        _, parts = standing.bodies()
        lines = tuple(self._lines())
        told = tuple(
            Told(order, standing.mark_of(key), dict(words), dict(widths))
            for order, key, words, widths in standing.static
        )
        return VariablePages(
            self._said, frozenset(self._differ), lines, tuple(self._closings()),
            tuple(self._links()), tuple(self._pictures()), tuple(parts), told, self._fonts(),
        )  # fmt: skip

    def _fonts(self) -> dict[str, FontFacts]:
        found = {}
        for font in self._standing.fonts:
            facts = facts_of(font, self._standing.options)
            if facts is None:
                raise Unlike
            found[str(font.hash)] = facts
        return found

    # --- where words stand

    def _all_places(self) -> dict[int, list[Place]]:
        places = {number: [*own] for number, own in self._found.places.items()}
        count = self._said.count
        for number, foot in enumerate(self._said.feet, count):
            if number in self._differ:
                places[number] = lines_in_margins(self._found, number, self._said, foot)
        return places

    def _words_shown(self) -> dict[int, list[Place]]:
        """The words that stand on lines, where they do; links and pictures say the others."""
        shown = {}
        unseen = self._unseen()
        for number in self._differ:
            places = self._places.get(number, [])
            if not places:
                if number not in unseen:
                    raise Unlike
                continue
            for place in places:
                line, text = self._found.lines[place.line], place.run.text
                own = f"{place.before}{in_a_line(self._said.text(number))}{place.after}"
                if text != own or not is_static(line):
                    raise Unlike
            shown[number] = places
        for number in {place.line for places in shown.values() for place in places}:
            line = self._found.lines[number]
            runs = [p.run for own in shown.values() for p in own if p.line == number]
            if not moves_alone(line, runs):
                raise Unlike
        return shown

    def _unseen(self) -> set[int]:
        """The words that are links' and pictures' own, and those of feet that no page shows."""
        found = {word for *_, word in self._all_links() if word >= 0}
        for _, box in self._codes():
            if isinstance(alt := box.element.get("alt"), Word):
                found.add(alt.number)
        shown = feet_shown(self._found)
        feet = enumerate(self._said.feet, self._said.count)
        return found | {number for number, foot in feet if foot not in shown}

    def _blocks_of(self, numbers: set[int]) -> Iterable[int]:
        """The numbers of all lines of the blocks that some lines stand in."""
        blocks: dict[int, list[int]] = {id(group_of(self._found.lines[n])): [] for n in numbers}
        for number, line in enumerate(self._found.lines):
            if (group := id(group_of(line))) in blocks:
                blocks[group].append(number)
        return (number for own in blocks.values() for number in own)

    # --- their room

    def _other_settings(self, measured: Measured) -> list[Lines]:
        words = {number for number in self._shown if number < self._said.count}
        blocks = measured(words) if words else []
        if blocks is None or any(not one.differ <= self._differ for one in blocks):
            raise Unlike
        return [Lines([one.box], one.numbers) for one in blocks]

    def _blocks(self) -> Iterable[list[int]]:
        """The numbers of the lines of each block with words of a clinic's own."""
        same: dict[int, list[int]] = {}
        for number in self._numbers:
            same.setdefault(id(group_of(self._found.lines[number])), []).append(number)
        return same.values()

    def _rooms(self, numbers: list[int]) -> list[tuple[Room, ...]]:
        """For each line of a block its room, on the pages and in each setting that was measured."""
        lines = [self._found.lines[number] for number in numbers]
        own = [self._on_line(number) for number in numbers]
        sizes = [[place.run.style["font_size"] for place in places] for places in own]
        settings = [rooms_of(lines, [[one.run for one in places] for places in own], sizes)]
        words = {place.number for places in own for place in places}
        for other in self._measured:
            if words.isdisjoint(other.places):
                continue
            there, runs = lines_there(other, own, self._shown)
            settings.append(rooms_of(there, runs, sizes))
        return [*zip(*settings, strict=True)]

    # --- as values

    def _on_line(self, number: int) -> list[Place]:
        """The words of a clinic's own on a line, in their order."""
        found = [p for own in self._shown.values() for p in own if p.line == number]
        return sorted(found, key=lambda place: place.path)

    def _lines(self) -> Iterable[Line]:
        """The lines of all blocks, block by block."""
        for numbers in self._blocks():
            rooms = self._rooms(numbers)
            for number, own in zip(numbers, rooms, strict=True):
                yield self._line(number, own)

    def _line(self, number: int, rooms: tuple[Room, ...]) -> Line:
        line, words = self._found.lines[number], {id(p.run): p for p in self._on_line(number)}
        runs = tuple(self._run(path, box, words.get(id(box)), drawn=bool(words))
                     for path, box in self._seen(line))  # fmt: skip
        flows = any(room.chunk or room.chunk_scale for room in rooms)
        behind = self._numbers.index(number) + 1 if flows else -1
        cell = self._cell(line)
        if not words:
            return Line(runs, rooms if flows or cell else (), next=behind, cell=cell)
        aligned = room_of(line)[1]
        left = line.box.position_x - aligned * (rooms[0].px - line.box.width)
        looks = [self._standing.look_of(path) for path, _ in self._seen(line)]
        if all(self._is_read(look.page, look.shown(left, rooms[0].px)) for look in looks):
            looks = []
        return Line(runs, rooms, aligned, behind, tuple(looks), cell)

    def _cell(self, line: LineFound) -> tuple[int, int] | None:
        """The table and the column of a line, if columns share its room."""
        if sharing_table(line.above) is None:
            return None
        group = group_of(line)
        first = next(n for n in self._numbers if group_of(self._found.lines[n]) is group)
        return first, line.block.grid_x

    def _seen(self, line: LineFound) -> list[tuple[Path, Any]]:
        return [(path, box) for path, box in line.runs() if box.text.strip()]

    def _run(self, path: Path, box: Any, place: Place | None, *, drawn: bool) -> Run:
        baseline = box.position_y + box.baseline
        word = place.number if place else -1
        before, after = (place.before, place.after) if place else ("", "")
        known = (word, before, after, box.text, box.position_x, box.width, baseline)
        if not drawn:
            return Run(*known)
        face, tail = face_and_tail(box)
        order, step = self._standing.step_at(path)
        return Run(*known, face, step, order, tail, is_whole(box))

    def _closings(self) -> Iterable[Closing]:
        own = [self._found.lines[number] for number in self._numbers]
        for last, line in enumerate(own):
            if line.is_last and last and own[last - 1].block is line.block:
                before = self._seen(own[last - 1])
                if before and self._seen(line):
                    size = before[-1][1].style["font_size"]
                    yield Closing(last - 1, last, line.block.width, size)

    def _all_links(self) -> Iterable[tuple[Any, int, tuple[Any, ...], int]]:
        """Each link: its page, its object, what the engine has of it, the word it leads to."""
        numbers = iter(self._standing.link_numbers)
        document = self._standing.document
        for page, (links, _) in zip(document.pages, resolve_links(document.pages), strict=True):
            for link in links:
                element = link[3].element
                href = element.get("href") if element is not None else None
                yield page, next(numbers), link, href.number if isinstance(href, Word) else -1

    def _links(self) -> Iterable[Link]:
        here = {n: index for index, n in enumerate(self._numbers)}
        on_line = {
            id(box): (number, at)
            for number in self._numbers
            for at, (_, box) in enumerate(self._seen(self._found.lines[number]))
        }
        for page, number, (kind, target, place, box), word in self._all_links():
            said = self._standing.link_says(page, kind, target, place)
            word = word if word in self._differ else -1
            if word >= 0 and (kind != "external" or target != self._said.text(word)):
                raise Unlike
            inside = [on_line[id(one)] for one in box.descendants() if id(one) in on_line]
            if isinstance(box, boxes.InlineBox) and inside:
                (line, first), (_, last) = inside[0], inside[-1]
                yield Link(number, word, said, place, page.height, here[line], first, last)
            else:
                yield Link(number, word, said, place, page.height)

    def _codes(self) -> Iterable[tuple[Path, Any]]:
        """The pictures of the edition's code."""
        for number, page in enumerate(self._pages):
            for path, box in _pictures(page, (number,)):
                if box.element is not None and box.element.get("src") == "asset:qr.svg":
                    yield path, box

    def _pictures(self) -> Iterable[Picture]:
        for path, box in self._codes():
            alt = box.element.get("alt")
            if not isinstance(alt, Word):
                raise Unlike
            _, step = self._standing.step_at(path)
            figure = self._standing.figure_at(path)
            yield Picture(step, -1 if figure is None else figure, alt.number)


def _pictures(box: Any, path: Path) -> Iterable[tuple[Path, Any]]:
    for index, child in enumerate(getattr(box, "children", ())):
        one = getattr(child, "_box", child)
        if isinstance(one, boxes.ReplacedBox):
            yield (*path, index), one
        yield from _pictures(one, (*path, index))
