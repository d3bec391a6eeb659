"""Lists as CommonMark reads them: by the column of their words, at any indentation.

Python-Markdown knows levels of four spaces only, and lists only behind an empty line. Here a text
is taken apart line by line as CommonMark 0.31 says (sections 5.2 and 5.3), with two differences:
the number of every item is kept as it was written, and lists may be lettered, behind a mark that
the tidying puts before letters it is certain of. No line of leaflets is code, so none is taken
for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

LETTERED = "\ue005"
"""Stands before a letter that numbers an item; private use, so no content holds it."""
EMPTY = "\ue004"
"""Stands for an empty line inside a list, where a parser would cut the list in two."""

_MARKER = re.compile(
    rf"(?P<indent> {{0,3}})(?P<marker>[-+*]|(?P<number>\d{{1,9}})[.)]"
    rf"|{LETTERED}(?P<letter>[a-zA-Z]{{1,5}})[.)])(?:(?P<space> +)(?P<words>\S.*)?)?$"
)
_BEGIN = frozenset(f"-+*0123456789{LETTERED}")
"""What a marker may begin with."""
RULE = re.compile(r" {0,3}(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,})$")
"""A line across the text."""
_HEADING = re.compile(r" {0,3}#{1,6}(?: |$)")
_NEW_BLOCK = re.compile(r" {0,3}(?:#{1,6}(?: |$)|>|/{3}|\ue009)")
_CONTAINERS = re.compile(rf"(?: *+(?:[-+*]|\d{{1,9}}[.)]|{LETTERED}[a-zA-Z]+[.)]|>)(?: ++|$))+")
_ANY = re.compile(rf"(?m)^[ >]*(?:[-+*]|\d{{1,9}}[.)]|{LETTERED}[a-zA-Z]{{1,5}}[.)])(?: |$)")
CODE_INDENT = 4
"""What is indented as far starts nothing."""
_CODE = 5
"""So many spaces behind a marker would start code, so only one of them belongs to the marker."""


@dataclass(frozen=True)
class Marker:
    """What starts an item.

    Attributes:
        kind: What all markers of a list have in common: ``-``, ``+``, ``*``, ``1.``, ``a)`` …
        number: The number of the item; 0 in a list without numbers.
        column: Where its words start, which is how far what belongs to it is indented.
        indent: How far it is indented itself.
        words: What stands behind it.
    """

    kind: str
    number: int
    column: int
    indent: int
    words: str


@dataclass(frozen=True)
class Item:
    """One item.

    Attributes:
        marker: What starts it.
        lines: What belongs to it, moved to the left edge.
        start: Which line of those that were read it starts on, counted from 0.
    """

    marker: Marker
    lines: tuple[str, ...]
    start: int


@dataclass(frozen=True)
class ItemList:
    """One list.

    Attributes:
        items: At least one.
        loose: Whether its words stand in paragraphs of their own.
        end: The line behind it, counted from 0.
    """

    items: tuple[Item, ...]
    loose: bool
    end: int

    @property
    def kind(self) -> str:
        """What its markers have in common."""
        return self.items[0].marker.kind

    @property
    def numbers(self) -> tuple[int, ...]:
        """The number of each item; a list that says 1 throughout counts."""
        numbers = [item.marker.number for item in self.items]
        if len(set(numbers)) == 1:
            numbers = [numbers[0] + n for n in range(len(numbers))]
        return tuple(numbers)


def marker_of(line: str) -> Marker | None:
    """The marker that a line starts with, if it starts an item."""
    if line.lstrip(" ")[:1] not in _BEGIN or RULE.match(line):
        return None
    match = _MARKER.match(line)
    if match is None:
        return None
    spaces = len(match["space"] or "")
    words = match["words"] or ""
    kept = 1 if not words or spaces >= _CODE else spaces
    width = len(match["marker"]) - match["marker"].startswith(LETTERED)
    number = int(match["number"] or 0)
    kind = "1" if match["number"] else ""
    if letter := match["letter"]:
        kind, number = ("i", _roman(letter)) if letter[0] in "iI" else ("a", ord(letter[0]) & 31)
        if letter[0].isupper():
            kind = kind.upper()
        if len(letter) > 1 or kind in "iI":
            number = _roman(letter)
    words = " " * (spaces - kept) + words if words else ""
    indent = len(match["indent"])
    return Marker(kind + match["marker"][-1], number, indent + width + kept, indent, words)


def _roman(letters: str) -> int:
    values = [{"i": 1, "v": 5, "x": 10}.get(letter, 0) for letter in letters.lower()]
    return sum(
        -value if value < after else value
        for value, after in zip(values, [*values[1:], 0], strict=True)
    )


def interrupts(marker: Marker, before: str) -> bool:
    """Whether a list may start right below a line: below words only with 1 and with words."""
    if not before.strip() or _HEADING.match(before) or RULE.match(before):
        return True
    return bool(marker.words) and marker.number in (0, 1)


def find_list(lines: list[str]) -> int | None:
    """The first line that starts a list, counted from 0."""
    before = ""
    for index, line in enumerate(lines):
        if (marker := marker_of(line)) and interrupts(marker, before):
            return index
        before = line
    return None


def read_list(lines: list[str], start: int) -> ItemList:
    """The list that starts on a line."""
    items: list[Item] = []
    loose = False
    at = start
    first = marker_of(lines[start])
    assert first is not None
    while at < len(lines) and (marker := marker_of(lines[at])) and marker.kind == first.kind:
        own, end = _item(lines, at, marker)
        while own and not own[-1].strip():
            own.pop()
        items.append(Item(marker, tuple(own), at))
        at = end
        while at < len(lines) and not lines[at].strip():
            at += 1
        loose = loose or _parted(own)
        goes_on = at < len(lines) and (after := marker_of(lines[at])) and after.kind == first.kind
        if not goes_on:
            at = end
            break
        loose = loose or at > end
    return ItemList(tuple(items), loose, at)


def _item(lines: list[str], start: int, marker: Marker) -> tuple[list[str], int]:
    """The lines of an item, moved to the left, and the line behind it."""
    own = [marker.words]
    at = start + 1
    last = at
    if not marker.words and at < len(lines) and not lines[at].strip():
        return own, at  # an item that starts with an empty line holds no second one
    while at < len(lines):
        line = lines[at]
        if not line.strip():
            own.append("")
        elif len(line) - len(line.lstrip(" ")) >= marker.column:
            own.append(line[marker.column :])
            last = at + 1
        elif carries_on(own[-1], line):
            bare = line.lstrip(" ")
            own.append(f"{' ' * CODE_INDENT}{bare}" if marker_of(bare) else bare)
            last = at + 1
        else:
            break
        at += 1
    return own[: last - start], last


def carries_on(before: str, line: str) -> bool:
    """Whether a line outside an item or quotation carries on the paragraph at its end."""
    bare = _CONTAINERS.sub("", before, count=1).strip()
    words = bool(bare) and not _HEADING.match(bare) and not RULE.match(before)
    return words and not (marker_of(line) or _NEW_BLOCK.match(line) or RULE.match(line))


def _parted(lines: list[str]) -> bool:
    """Whether an empty line stands between two blocks of an item, and not deeper."""
    at, before = 0, ""
    while at < len(lines):
        line = lines[at]
        if not line.strip():
            at += 1
        elif at and before and not lines[at - 1].strip():
            return True
        else:
            marker = marker_of(line)
            is_list = marker is not None and interrupts(marker, before)
            before, at = line, read_list(lines, at).end if is_list else at + 1
    return False


def joined(text: str) -> str:
    """The text with a mark on each empty line inside a list."""
    if not _ANY.search(text):
        return text
    lines = text.split("\n")
    before, at = "", 0
    while at < len(lines):
        marker = marker_of(lines[at])
        if marker and interrupts(marker, before):
            end = read_list(lines, at).end
            lines[at:end] = [line if line.strip() else EMPTY for line in lines[at:end]]
            at = end
            before = lines[at - 1]
            continue
        before, at = lines[at], at + 1
    return "\n".join(lines)


def lists_in(lines: list[str], first_line: int) -> Iterator[tuple[ItemList, int]]:
    """Every list of a text and those inside it, each with the line of the file it starts on."""
    before, at = "", 0
    while at < len(lines):
        marker = marker_of(lines[at])
        if marker and interrupts(marker, before):
            found = read_list(lines, at)
            yield found, first_line + at
            for item in found.items:
                yield from lists_in(list(item.lines), first_line + item.start)
            at = found.end
            before = lines[at - 1]
            continue
        before, at = lines[at], at + 1
