"""Checks on lines of a leaflet that belong together: lists, tables, and what is defined once."""

from __future__ import annotations

import re

from foldwell.errors import FoldwellError, Place

MEANING = re.compile(r" {0,3}\*\[([^\]]+)\]: *(.*)")
"""An abbreviation and its meaning."""
_FOOTNOTE = re.compile(r"\[\^([^\]]+)\](:?)")


_TABLE_RULE = re.compile(r" {0,3}\|? *:?-+:? *(?:\| *:?-+:? *)*\|? *")


_ITEM = re.compile(r"( *)(?:[-*+]|(\d+)[.)]) +\S")


def check_lists(text: str, path: str, first_line: int) -> list[FoldwellError]:
    """Lists that the parser would run into a paragraph, or number otherwise than written."""
    errors = []
    numbers: dict[int, int] = {}
    before = ""
    inner = False  # inside a paragraph that belongs to a list item
    for index, line in enumerate(text.split("\n")):
        item = _ITEM.match(line)
        here = Place(path, first_line + index)
        if line.startswith(" ") and not item and not before.strip():
            inner = True
        elif not line.strip():
            inner = False
        if item and before.strip() and _is_words(before) and (inner or not before.startswith(" ")):
            errors.append(
                FoldwellError(
                    "This list would be printed as part of the paragraph above it.",
                    here,
                    "Put an empty line above its first item.",
                )
            )
        if item and item.group(2):
            indent, number = len(item.group(1)), int(item.group(2))
            last = numbers.get(indent)
            if last is not None and number != last + 1 and not number == last == 1:
                errors.append(
                    FoldwellError(
                        f"This item is numbered {number} after {last}, and would be printed as"
                        f" {last + 1}.",
                        here,
                        f"Write {last + 1}, or put words between the two lists.",
                    )
                )
            numbers = {key: value for key, value in numbers.items() if key < indent}
            numbers[indent] = number
        elif line.strip() and not line.startswith(" ") and not item:
            numbers = {}
        inner = inner and not item
        before = line
    return errors


def _is_words(line: str) -> bool:
    """Whether a line is plain text, which a list cannot follow without an empty line."""
    return not (
        _ITEM.match(line)
        or line.lstrip(" ").startswith("///")
        or line.startswith(("#", ">", "|", ":", "[^", "*["))
        or _TABLE_RULE.fullmatch(line)
    )


def check_tables(text: str, path: str, first_line: int) -> list[FoldwellError]:
    """Rows with more cells than their head; the parser would drop what is over."""
    errors = []
    columns = 0
    lines = text.split("\n")
    for index, line in enumerate(lines):
        if "|" in line and _TABLE_RULE.fullmatch(line) and index and "|" in lines[index - 1]:
            columns = _cells(lines[index - 1])
        elif "|" not in line:
            columns = 0
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


def check_definitions(text: str, path: str, first_line: int) -> list[FoldwellError]:
    """Abbreviations and footnotes whose words would vanish, or whose marks would be printed."""
    errors = []
    lines = list(enumerate(text.split("\n"), first_line))
    body = "\n".join(line for _, line in lines if not MEANING.match(line))
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
