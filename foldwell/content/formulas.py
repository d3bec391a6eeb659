"""Cells of XLSX and ODS whose formula has no value: the reader of values takes them for empty.

A program that writes a workbook without calculating it leaves formulas without their values, and
a formula that failed has an error in place of one. Nothing is calculated here.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring, iterparse

NOT_CALCULATED = "#NOT-CALCULATED!"
"""What stands for the value that a formula has not got."""

Cells = dict[tuple[int, int], str]
"""What stands in a cell, by its row and column, counted from 0."""

_TYPE_OF_ODS = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}value-type"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def without_values(content: bytes) -> dict[str, Cells]:
    """The cells whose formula has no value, by sheet: the name of the error, or that it has none.

    Args:
        content: The file, whose unpacked size is known to be bearable.

    Raises:
        Exception: Of many kinds, if the file is not sound.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if "content.xml" in archive.namelist():
            return _in_ods(archive.read("content.xml"))
        return {name: _in_sheet(archive.read(part)) for name, part in _sheets(archive)}


def _sheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """The name of each sheet of an XLSX file, and the part that holds it."""
    parts = {
        item.get("Id"): posixpath.normpath(posixpath.join("xl", item.get("Target", "")))
        for item in fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    }
    for item in fromstring(archive.read("xl/workbook.xml")).iter():
        part = parts.get(item.get(_RELATED), "").lstrip("/") if _local(item) == "sheet" else ""
        if part in archive.namelist():
            yield item.get("name", ""), part


def _in_sheet(xml: bytes) -> Cells:
    found: Cells = {}
    if b't="e"' not in xml and b"<f" not in xml and b":f" not in xml:
        return found
    row = column = -1
    for event, item in iterparse(io.BytesIO(xml), events=("start", "end")):
        name = _local(item)
        if event == "start":
            if name == "row":
                row, column = int(item.get("r", row + 2)) - 1, -1
            elif name == "c":
                column = _column(item.get("r", "")) if item.get("r") else column + 1
        elif name == "c":
            inner = {_local(part): part.text or "" for part in item}
            if item.get("t") == "e":
                found[row, column] = inner.get("v") or NOT_CALCULATED
            elif "f" in inner and not inner.get("v") and item.get("t") != "str":
                found[row, column] = NOT_CALCULATED
        elif name == "row":
            item.clear()
    return found


def _column(reference: str) -> int:
    number = 0
    for letter in reference:
        if letter.isalpha():
            number = number * 26 + ord(letter.upper()) - 64
    return number - 1


def _in_ods(xml: bytes) -> dict[str, Cells]:
    sheets: dict[str, Cells] = {}
    if b":formula=" not in xml and b'="error"' not in xml:
        return sheets
    name, row = "", 0
    for event, item in iterparse(io.BytesIO(xml), events=("start", "end")):
        if event == "start" and item.tag == f"{_TABLE}table":
            name, row = item.get(f"{_TABLE}name", ""), 0
        elif event == "end" and item.tag == f"{_TABLE}table-row":
            for column, text in _in_row(item):
                sheets.setdefault(name, {})[row, column] = text
            row += int(item.get(f"{_TABLE}number-rows-repeated", 1))
            item.clear()
    return sheets


def _in_row(row: Element) -> Iterator[tuple[int, str]]:
    column = 0
    for cell in row:
        if cell.get(_TYPE_OF_ODS) == "error":
            yield column, "".join(cell.itertext()) or NOT_CALCULATED
        elif cell.get(f"{_TABLE}formula") and not cell.get(f"{_OFFICE}value-type"):
            yield column, NOT_CALCULATED
        column += int(cell.get(f"{_TABLE}number-columns-repeated", 1))


def _local(item: Any) -> str:
    """The name of an element without its namespace."""
    return str(item.tag).rpartition("}")[2]
