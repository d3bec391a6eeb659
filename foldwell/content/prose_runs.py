"""Checks on lines of a leaflet that belong together: lists, tables, and what is defined once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from foldwell.content.lists import LETTERED, RULE, Marker, lists_in, marker_of
from foldwell.content.pasted_lists import looks_left_over
from foldwell.content.tidyings import Tidyings
from foldwell.errors import FoldwellError, Place

MEANING = re.compile(r" {0,3}\*\[([^\]]+)\]: *(.*)")
"""An abbreviation and its meaning."""
_FOOTNOTE = re.compile(r"\[\^([^\]]+)\](:?)")


_TABLE_RULE = re.compile(r" {0,3}\|? *:?-+:? *(?:\| *:?-+:? *)*\|? *")


COLUMNS_LIMIT, ROWS_LIMIT = 20, 1_000
"""More than fits on the largest sheet, and in the longest booklet."""
_ITEM = re.compile(r" *(?:[-*+]|\d+[.)]) +\S")


def check_lists(text: str, path: str, first_line: int) -> list[FoldwellError]:
    """Lines that look like items, and would be printed in the words above them."""
    lines = text.split("\n")
    suspects = [n for n, line in enumerate(lines, first_line) if _ITEM.match(line)]
    if not suspects and LETTERED not in text:
        return []
    items = {
        at + item.start - found.items[0].start
        for found, at in lists_in(lines, first_line)
        for item in found.items
    }
    suspects = [
        number
        for number in suspects
        if number not in items
        and not RULE.match(lines[number - first_line])
        and number > first_line
        and _is_words(lines[number - first_line - 1])
    ]
    return [
        FoldwellError(
            "This line looks like an item of a list, but would be printed as words of what"
            " stands above it.",
            Place(path, number),
            "Put an empty line above it, or start it further left.",
        )
        for number in suspects
    ] + [
        FoldwellError(
            f"This line looks like the next item of a list, but '{words}' does not follow what"
            " stands above it.",
            Place(path, number),
            "Mend the numbers, or put an empty line above it.",
        )
        for number, words in _left_over(lines, first_line, items)
        if number not in suspects
    ]


def _left_over(lines: list[str], first_line: int, items: set[int]) -> Iterator[tuple[int, str]]:
    """Lines that carry on an item and begin as one does."""
    item = ""
    for number, line in enumerate(lines, first_line):
        if number in items:
            item = line
        elif not line.strip():
            item = ""
        elif item and looks_left_over(line, item):
            yield number, line.split()[0]


def _is_words(line: str) -> bool:
    """Whether a line is plain text, which may swallow the next one."""
    return bool(line.strip()) and not (
        line.lstrip(" ").startswith("///")
        or line.startswith(("#", "|", ":", "[^", "*["))
        or _TABLE_RULE.fullmatch(line)
    )


def note_lists(text: str, first_line: int, tidyings: Tidyings) -> None:
    """Note lists that may not be what the writer saw: odd numbers, and items between two levels."""
    previous: tuple[int, Marker] | None = None
    for found, at in lists_in(text.split("\n"), first_line):
        expected = found.numbers[0]
        for item, number in zip(found.items, found.numbers, strict=True):
            if found.items[0].marker.number and number != expected:
                here = at + item.start - found.items[0].start
                message = f"The item behind {expected - 1} is numbered {number}, as it was written."
                tidyings.note("D7", message, here)
            expected = number + 1
    lines = text.split("\n")
    for number, line in enumerate(lines, first_line):
        marker = marker_of(line)
        if marker and previous and previous[0] == number - 1:
            before = previous[1]
            if before.indent < marker.indent < before.column:
                least = before.column
                message = f"This item stands at the level of line {number - 1}, not below it."
                hint = f"Start it with {least} spaces if it belongs to line {number - 1}."
                tidyings.note("D7", message, number, line.strip()[:1], hint)
        previous = (number, marker) if marker else None


def check_tables(text: str, path: str, first_line: int) -> list[FoldwellError]:
    """Rows with more cells than their head; the parser would drop what is over."""
    errors = []
    columns = rows = 0
    lines = text.split("\n")
    for index, line in enumerate(lines):
        if "|" in line and _TABLE_RULE.fullmatch(line) and index and "|" in lines[index - 1]:
            columns, rows = _cells(lines[index - 1]), 0
            if columns > COLUMNS_LIMIT:
                errors.append(
                    FoldwellError(
                        f"This table has {columns} columns; at most {COLUMNS_LIMIT} fit any page.",
                        Place(path, first_line + index - 1),
                        "Make several tables of it, or turn it on its side.",
                    )
                )
                columns = 0
        elif "|" not in line:
            columns = 0
        elif columns and (rows := rows + 1) == ROWS_LIMIT + 1:
            errors.append(
                FoldwellError(
                    f"This table has more than {ROWS_LIMIT} rows; no format has room for them.",
                    Place(path, first_line + index),
                    "Keep the rows that a reader needs.",
                )
            )
        elif columns and (cells := _cells(line)) > columns:
            errors.append(
                FoldwellError(
                    f"This line of the table has {cells} cells, and its head has {columns}.",
                    Place(path, first_line + index),
                    r"Add a column, or write \| for a plain bar.",
                )
            )
    return errors


def _cells(row: str) -> int:
    bare = row.strip().replace(r"\|", "").removeprefix("|").removesuffix("|")
    return bare.count("|") + 1


_ADDRESS = re.compile(r" {0,3}\[(?!\^)([^\]]+)\]:")
_WHOLE_ADDRESS = re.compile(
    r""" {0,3}\[[^\]]+\]: *<?[^\s<>\\]+>?(?: +(?:"[^"\\]*"|'[^'\\]*'|\([^()\\]*\)))? *"""
)
_PARTED = re.compile(r"\] +\[([^\[\]]+)\](?![(:])")
_FIRST = re.compile(r" *\[([^\[\]]+)\](?![(:])")
_BY_NAME = re.compile(r"\[([^\[\]]+)\](?: ?\[(?![@^])([^\]]*)\])?(?![(:])")


def _check_addresses(lines: list[tuple[int, str]], path: str) -> list[FoldwellError]:
    """Addresses of links that no link names, and links whose address is nowhere."""
    defined = {
        _label(match[1]): (number, match[1])
        for number, line in lines
        if (match := _ADDRESS.match(line))
    }
    errors, named = [], set()
    seen: set[str] = set()
    text_of = dict(lines)
    before = ""
    for number, line in lines:
        if match := _ADDRESS.match(line):
            if (label := _label(match[1])) in seen:
                errors.append(
                    FoldwellError(
                        f"The link '{match[1]}' has two addresses.",
                        Place(path, number),
                        "Keep one of them.",
                    )
                )
            seen.add(label)
            after = text_of.get(number + 1, "").strip()
            if not _WHOLE_ADDRESS.fullmatch(line) or (after and not after.strip("=-")):
                errors.append(
                    FoldwellError(
                        f"The address of the link '{match[1]}' is not written in the usual way.",
                        Place(path, number),
                        "Write '[name]: https://…' on a line of its own, with an empty line below.",
                    )
                )
        parted = [words for words in _PARTED.findall(line) if _label(words) in defined]
        if not parted and before.endswith("]") and (first := _FIRST.match(line)):
            parted = [first[1]] if _label(first[1]) in defined else []
        errors += [
            FoldwellError(
                f"A space stands before '[{words}]', so that it is no link's name.",
                Place(path, number),
                f"Write '[words][{words}]'.",
            )
            for words in parted
        ]
        before = line.rstrip()
    for number, line in lines:
        for words, name in _BY_NAME.findall(line):
            label = _label(name or words)
            named.add(label)
            if name and label not in defined:
                errors.append(
                    FoldwellError(
                        f"There is no link '{name}'.",
                        Place(path, number),
                        "Write the address into the link: '[words](https://…)'.",
                    )
                )
    return errors + [
        FoldwellError(
            f"'[{words}]:' would be taken as a link's address, and not be printed.",
            Place(path, number),
            "Write the address into the link: '[words](https://…)'.",
        )
        for label, (number, words) in defined.items()
        if label not in named
    ]


def _label(words: str) -> str:
    return " ".join(words.split()).lower()


def check_definitions(text: str, path: str, first_line: int) -> list[FoldwellError]:
    """Abbreviations and footnotes whose words would vanish, or whose marks would be printed."""
    errors = []
    lines = list(enumerate(text.split("\n"), first_line))
    body = "\n".join(line for _, line in lines if not MEANING.match(line))
    errors += _check_addresses(lines, path)
    notes: dict[str, int] = {}
    calls: dict[str, int] = {}
    for number, line in lines:
        if (meaning := MEANING.match(line)) and meaning.group(1) not in body:
            errors.append(
                FoldwellError(
                    f"The abbreviation '{meaning.group(1)}' does not stand in the text, so its"
                    " meaning would not be printed.",
                    Place(path, number),
                    "Delete the line, or use the word.",
                )
            )
        for name, colon in _FOOTNOTE.findall(line):
            (notes if colon else calls).setdefault(name, number)
    for name, number in calls.items():
        if name not in notes:
            errors.append(
                FoldwellError(
                    f"There is no footnote '^{name}'.",
                    Place(path, number),
                    f"Add a line '[^{name}]: …'.",
                )
            )
    for name, number in notes.items():
        if name not in calls:
            errors.append(
                FoldwellError(
                    f"Nothing in the text calls the footnote '^{name}'.",
                    Place(path, number),
                    f"Put '[^{name}]' where it belongs, or delete it.",
                )
            )
    return errors
