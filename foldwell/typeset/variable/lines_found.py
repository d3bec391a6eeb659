"""Lines found on laid out pages, and which of the words of the pages stand on them."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from weasyprint.formatting_structure import boxes

from foldwell.typeset.page_words import Word
from foldwell.typeset.stamping.shapes import Path
from foldwell.typeset.stamping.slots import unwrapped
from foldwell.typeset.variable.words import Said, in_a_line


@dataclass(frozen=True)
class Place:
    """Where some of the words of a page stand.

    Attributes:
        number: Which of the words.
        before: What stands before them in their run of text: a space.
        after: What stands behind them.
        run: Their run of text, the box.
        path: Where that is.
        line: The number of their line among the lines that were found.
    """

    number: int
    before: str
    after: str
    run: Any
    path: Path
    line: int


@dataclass(frozen=True)
class LineFound:
    """A line, and what holds it.

    Attributes:
        box: The line.
        above: The boxes around it, the page first.
        path: Where it is.
        is_last: Whether it is the last line of its block.
    """

    box: Any
    above: tuple[Any, ...]
    path: Path
    is_last: bool

    @property
    def block(self) -> Any:
        """What holds it."""
        return self.above[-1]

    def runs(self) -> list[tuple[Path, Any]]:
        """The runs of text on it, with their paths."""
        return [
            (path, box) for path, box in inside(self.box, self.path)
            if isinstance(box, boxes.TextBox)
        ]  # fmt: skip


class Lines:
    """The lines of a tree of boxes, and the words on them.

    Args:
        trees: The boxes of pages, or blocks.
        numbers: For the numbers of words those that they have in these trees, if they are others.
    """

    def __init__(self, trees: list[Any], numbers: Mapping[int, int] | None = None) -> None:
        self.lines: list[LineFound] = []
        runs: dict[int, list[tuple[Path, Any, int]]] = defaultdict(list)
        elements: dict[int, ET.Element] = {}
        for number, tree in enumerate(trees):
            for line in _lines(tree, (number,), ()):
                for path, run in line.runs():
                    element = run.element
                    if element is None or run.element_tag != element.tag or not run.text.strip():
                        continue
                    runs[id(element)].append((path, run, len(self.lines)))
                    elements[id(element)] = element
                self.lines.append(line)
        self.places: dict[int, list[Place]] = defaultdict(list)
        """Where the words stand, by their numbers."""
        for key, element in elements.items():
            for place in _placed(element, runs[key]):
                self.places[place.number].append(place)
        if numbers is not None:
            there = self.places
            self.places = {one: there[other] for one, other in numbers.items() if other in there}


def _lines(box: Any, path: Path, above: tuple[Any, ...]) -> Iterator[LineFound]:
    """All lines in a box."""
    children = [unwrapped(child) for child in getattr(box, "children", ())]
    own = [child for child in children if isinstance(child, boxes.LineBox)]
    for index, child in enumerate(children):
        if isinstance(child, boxes.LineBox):
            yield LineFound(child, (*above, box), (*path, index), child is own[-1])
        yield from _lines(child, (*path, index), (*above, box))


def inside(box: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """What stands on a line, down to runs of text and to what holds lines of its own."""
    for index, child in enumerate(box.children):
        one = unwrapped(child)
        yield (*path, index), one
        if isinstance(one, boxes.InlineBox):
            yield from inside(one, (*path, index))


def _placed(element: ET.Element, runs: list[tuple[Path, Any, int]]) -> Iterator[Place]:
    """The words of an element on its runs of text; none if any of them is not whole on one."""
    texts = (element.text, *(child.tail for child in element))
    parts = [text for text in texts if text and text.strip()]
    if len(parts) != len(runs):
        return
    found = []
    for part, (path, run, line) in zip(parts, runs, strict=True):
        text = in_a_line(part)
        if run.text.strip(" ") != text.strip(" "):
            return
        if isinstance(part, Word):
            words = text.strip()
            before, _, after = run.text.partition(words)
            found.append(Place(part.number, before, after, run, path, line))
    yield from found


def lines_in_margins(found: Lines, number: int, said: Said, foot: str) -> list[Place]:
    """Where words at the foot of pages stand, if each line there is one of these words.

    Args:
        found: The lines of the pages.
        number: The number of the words.
        said: What the pages say.
        foot: The place of the words, such as ``bottom-left``.
    """
    own = [said.text(n) for n, place in enumerate(said.feet, said.count) if place == foot]
    text = said.text(number).strip(" ")
    if sum(one.strip(" ") == text for one in own) != 1:
        return []
    places = []
    for index, line in enumerate(found.lines):
        box = line.above[1] if len(line.above) > 1 else None
        if isinstance(box, boxes.MarginBox) and box.at_keyword == f"@{foot}":
            runs = line.runs()
            if len(runs) == 1 and runs[0][1].text == text:
                path, run = runs[0]
                places.append(Place(number, "", "", run, path, index))
    return places


def feet_shown(found: Lines) -> set[str]:
    """The places at the feet of pages, such as ``bottom-left``, that show any words."""
    boxes_shown = (line.above[1] for line in found.lines if len(line.above) > 1)
    return {box.at_keyword[1:] for box in boxes_shown if isinstance(box, boxes.MarginBox)}
