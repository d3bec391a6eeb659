"""Cells of XLSX and ODS whose formula has no value: the reader of values takes them for empty.

A program that writes a workbook without calculating it leaves formulas without their values, and
a formula that failed has an error in place of one. Nothing is calculated here. The reader of values
lays out a whole sheet up to its last cell, so what stands too far out is refused here.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring, iterparse

from foldwell.errors import FoldwellError, Place

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
"""The size of a sheet in Excel and LibreOffice."""
MOST_CELLS = 8_000_000
"""So many are laid out at once, empty ones among them: about half a gigabyte."""
NOT_CALCULATED = "#NOT-CALCULATED!"
"""What stands for the value that a formula has not got."""

Cells = dict[tuple[int, int], str]
"""What stands in a cell, by its row and column, counted from 0."""

_TYPE_OF_ODS = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_ANEW = "Save it again from the spreadsheet program, or as CSV UTF-8."
_REFERENCE = re.compile("([A-Za-z]{1,3})([0-9]{1,9})")
_RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass
class _Reach:
    """How far the cells of a sheet reach."""

    place: Place
    rows: int = 0
    columns: int = 0

    def take(self, row: int, column: int) -> None:
        """Take a cell in, counted from 0.

        Raises:
            FoldwellError: If it is beyond the end of any sheet, or too far from the first.
        """
        self.rows, self.columns = max(self.rows, row + 1), max(self.columns, column + 1)
        if min(row, column) < 0 or self.rows > MOST_ROWS or self.columns > MOST_COLUMNS:
            raise FoldwellError(
                f"Row {row + 1}, column {column + 1} is outside of any sheet, which has"
                f" {MOST_ROWS} rows and {MOST_COLUMNS} columns at most.",
                self.place,
                _ANEW,
            )
        if self.rows * self.columns > MOST_CELLS:
            raise FoldwellError(
                f"It reaches to row {self.rows} and column {self.columns}, which is too much.",
                self.place,
                "Delete what stands far from the table, or save it as CSV UTF-8.",
            )


def without_values(content: bytes, path: str) -> dict[str, Cells]:
    """The cells whose formula has no value, by sheet: the name of the error, or that it has none.

    Args:
        content: The file, whose unpacked size is known to be bearable.
        path: The file, for messages.

    Raises:
        FoldwellError: If a cell stands so far out that its sheet cannot be laid out.
        Exception: Of many kinds, if the file is not sound.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name.lower(): name for name in archive.namelist()}  # as the reader looks for them
        if "xl/workbook.xml" not in parts:
            return _in_ods(archive.read("content.xml"), path)
        return {
            name: _in_sheet(archive.read(part), _Reach(_place(path, name)))
            for name, part in _sheets(archive, parts)
        }


def _place(path: str, sheet: str) -> Place:
    return Place(path, cell=f"sheet '{sheet}'")


def _sheets(archive: zipfile.ZipFile, parts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The name of each sheet of an XLSX file that is not hidden, and the part that holds it."""
    related = {
        item.get("Id"): posixpath.normpath(posixpath.join("xl", item.get("Target", "")))
        for item in fromstring(archive.read(parts["xl/_rels/workbook.xml.rels"]))
    }
    for item in fromstring(archive.read(parts["xl/workbook.xml"])).iter():
        if _local(item) == "sheet" and item.get("state", "visible") == "visible":
            part = related.get(item.get(_RELATED), "").lstrip("/").lower()
            if part in parts:
                yield item.get("name", ""), parts[part]


def _in_sheet(xml: bytes, reach: _Reach) -> Cells:
    found: Cells = {}
    row = column = -1
    for event, item in iterparse(io.BytesIO(xml), events=("start", "end")):
        name = _local(item)
        if event == "start":
            if name == "row":
                row, column = int(item.get("r", row + 2)) - 1, -1
            elif name == "c":
                row, column = _referred(item.get("r", ""), row, column, reach.place)
        elif name == "c" and len(item):
            reach.take(row, column)
            inner = {_local(part): part.text or "" for part in item}
            if item.get("t") == "e":
                found[row, column] = inner.get("v") or NOT_CALCULATED
            elif "f" in inner and not inner.get("v") and item.get("t") != "str":
                found[row, column] = NOT_CALCULATED
        elif name == "row":
            item.clear()
    return found


def _referred(reference: str, row: int, column: int, place: Place) -> tuple[int, int]:
    """Where a cell stands, counted from 0: where it says, or else behind the last."""
    if not reference:
        return row, column + 1
    said = _REFERENCE.fullmatch(reference)
    if said is None:
        raise FoldwellError(f"'{reference[:40]}' is no cell.", place, _ANEW)
    number = 0
    for letter in said[1].upper():
        number = number * 26 + ord(letter) - 64
    return int(said[2]) - 1, number - 1


def _in_ods(xml: bytes, path: str) -> dict[str, Cells]:
    sheets: dict[str, Cells] = {}
    name, row, reach = "", 0, _Reach(_place(path, ""))
    for event, item in iterparse(io.BytesIO(xml), events=("start", "end")):
        if event == "start" and item.tag == f"{_TABLE}table":
            name, row = item.get(f"{_TABLE}name", ""), 0
            reach = _Reach(_place(path, name))
        elif event == "end" and item.tag == f"{_TABLE}table-row":
            times = _times(item, "rows", reach.place)
            for column, last, text in _in_row(item, reach.place):
                reach.take(row + times - 1, last)
                if text:
                    sheets.setdefault(name, {})[row, column] = text
            row += times
            item.clear()
    return sheets


def _in_row(row: Element, place: Place) -> Iterator[tuple[int, int, str]]:
    """First and last column of each cell that holds something, and what it has for a value."""
    column = 0
    for cell in row:
        last = column + _times(cell, "columns", place) - 1
        if cell.get(_TYPE_OF_ODS) == "error":
            yield column, last, "".join(cell.itertext()) or NOT_CALCULATED
        elif cell.get(f"{_TABLE}formula") and not cell.get(f"{_OFFICE}value-type"):
            yield column, last, NOT_CALCULATED
        elif len(cell) or cell.get(f"{_OFFICE}value-type"):
            yield column, last, ""
        column = last + 1


def _times(item: Element, what: str, place: Place) -> int:
    """How often a row or a cell stands there."""
    times = int(item.get(f"{_TABLE}number-{what}-repeated", 1))
    if times < 1:
        raise FoldwellError(f"It repeats something {times} times.", place, _ANEW)
    return times


def _local(item: Any) -> str:
    """The name of an element without its namespace."""
    return str(item.tag).rpartition("}")[2]
