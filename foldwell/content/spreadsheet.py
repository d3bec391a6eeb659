"""Spreadsheets as rows of plain text: CSV, XLSX and ODS.

CSV comes in the encodings and separators that programs write. Of workbooks the values are read,
never formulas or macros.
"""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from foldwell.content.encoding import decoded
from foldwell.content.formulas import Cells, without_values
from foldwell.content.reading import read_file
from foldwell.content.tidy import tidy_characters
from foldwell.content.tidyings import Tidyings
from foldwell.errors import FoldwellError, Mistakes, Place

LIMIT_BYTES = 32 * 2**20
UNPACKED_LIMIT_BYTES = 256 * 2**20
"""XLSX and ODS are archives; one that grows beyond this in memory is refused unread."""
ENDINGS = (".csv", ".xlsx", ".ods")
SEPARATORS = ";,\t¬|"
_SAMPLE = 40
"""So many rows are looked at to find the separator."""

Row = tuple[str, ...]


@dataclass(frozen=True)
class Sheet:
    """A sheet.

    Attributes:
        path: The file, as the user knows it.
        name: As the workbook calls it; empty for CSV.
        rows: All rows from the first, each with its cells from column A.
    """

    path: str
    name: str
    rows: tuple[Row, ...]

    def place(self, row: int, column: int | None = None, heading: str = "") -> Place:
        """Where a row or a cell stands, counted from 1 as spreadsheet programs do."""
        words = [f"sheet '{self.name}'"] if self.name else []
        words.append(f"row {row}")
        if column is not None:
            words.append(f"column {letters(column)}{f' ({heading})' if heading else ''}")
        return Place(self.path, row, column, cell=", ".join(words))


@lru_cache
def letters(column: int) -> str:
    """The name of a column, counted from 1: A to Z, AA and so on."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def read_sheets(
    root: Path, relative: str, tidyings: Tidyings, known: Callable[[Row], int]
) -> list[Sheet]:
    """The sheets of a file; hidden ones are left out, with a note.

    Args:
        root: The project folder.
        relative: The path below it.
        tidyings: What was converted is noted here.
        known: How many headings a row holds; it tells which separator a CSV file has.

    Raises:
        Mistakes: If the file cannot be read.
    """
    try:
        content = read_file(root, relative, LIMIT_BYTES)
        if relative.endswith(".csv"):
            return [Sheet(relative, "", _csv_rows(content, relative, tidyings, known))]
        return _workbook(content, relative, tidyings)
    except FoldwellError as error:
        raise Mistakes([error]) from error


def _csv_rows(
    content: bytes, path: str, tidyings: Tidyings, known: Callable[[Row], int]
) -> tuple[Row, ...]:
    text = decoded(content, tidyings)
    if text is None:
        raise FoldwellError(
            "This file is neither UTF-8 nor Windows-1252 text.",
            Place(path),
            "Save it again as 'CSV UTF-8'.",
        )
    text = tidy_characters(text.replace("\r", "\n"), tidyings, "\n")
    first, _, rest = text.partition("\n")
    said = first.strip().strip('"')
    if said.lower().startswith("sep=") and len(said) == 5:  # Excel's own way to say it
        # Its row is kept, so that rows are counted as they stand.
        return ((first,), *_split(rest, said[4], path, 1))
    found = [(max(map(known, _sample(text, one)), default=0), one) for one in SEPARATORS]
    best = max(score for score, _ in found)
    separator = next(one for score, one in found if score == best)
    return tuple(_split(text, separator, path))


def _sample(text: str, separator: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text), delimiter=separator)
    try:
        for _, row in zip(range(_SAMPLE), reader, strict=False):
            yield tuple(row)
    except csv.Error:
        return


def _split(text: str, separator: str, path: str, before: int = 0) -> list[Row]:
    rows: list[Row] = []
    reader = csv.reader(io.StringIO(text), delimiter=separator, strict=True)
    try:
        rows.extend(map(tuple, reader))
    except csv.Error as error:
        number = len(rows) + 1 + before
        what = "A quotation mark is never closed"
        if "end of data" not in str(error):
            what = f"The quotation marks of this row do not match ({error})"
        raise FoldwellError(
            f"{what}.",
            Place(path, number, cell=f"row {number}"),
            "Put a cell in quotes whole, and write quotes inside it twice; or save the file anew"
            " from the spreadsheet program.",
        ) from None
    return rows


def _workbook(content: bytes, path: str, tidyings: Tidyings) -> list[Sheet]:
    _refuse_bomb(content, path)
    import python_calamine

    sheets = []
    try:
        lacking = without_values(content, path)
        book = python_calamine.CalamineWorkbook.from_object(io.BytesIO(content))
        for facts in book.sheets_metadata:
            if facts.typ != python_calamine.SheetTypeEnum.WorkSheet:
                continue
            if facts.visible != python_calamine.SheetVisibleEnum.Visible:
                tidyings.note("D8", f"The sheet '{facts.name}' is hidden and was not read.", None)
                continue
            cells = book.get_sheet_by_name(facts.name).to_python(skip_empty_area=False)
            rows = tuple(tuple(map(_as_text, row)) for row in cells)
            rows = _with(rows, lacking.get(facts.name, {}))
            sheets.append(Sheet(path, facts.name, _tidied(rows, tidyings)))
    except (FoldwellError, KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic of the library's is no Exception
        raise FoldwellError(
            f"This spreadsheet cannot be read ({str(error)[:120] or type(error).__name__}).",
            Place(path),
            "Save it again, without a password, or as CSV UTF-8.",
        ) from None
    return sheets


def _with(rows: tuple[Row, ...], lacking: Cells) -> tuple[Row, ...]:
    """The rows with what stands for formulas without a value, which are read as empty cells."""
    if not lacking:
        return rows
    filled = [list(row) for row in rows]
    for (row, column), text in lacking.items():
        filled += [[] for _ in range(row + 1 - len(filled))]
        filled[row] += [""] * (column + 1 - len(filled[row]))
        filled[row][column] = text
    return tuple(map(tuple, filled))


def _tidied(rows: tuple[Row, ...], tidyings: Tidyings) -> tuple[Row, ...]:
    """Cells without what nobody sees; most sheets hold nothing of the kind."""
    if all(cell.isascii() for row in rows for cell in row):
        return rows
    original = tidyings.original
    tidied = tuple(
        tuple(cell if cell.isascii() else tidy_characters(cell, tidyings, "\n") for cell in row)
        for row in rows
    )
    tidyings.original = original
    return tidied


def _refuse_bomb(content: bytes, path: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            size = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError):
        raise FoldwellError(
            "This is no XLSX or ODS file.", Place(path), "Save it again, or as CSV UTF-8."
        ) from None
    if size > UNPACKED_LIMIT_BYTES:
        raise FoldwellError(
            f"This file unpacks to {size // 2**20} MB.",
            Place(path),
            "Delete pictures and empty rows, or save it as CSV UTF-8.",
        )


def _as_text(value: Any) -> str:
    """A cell as it would be typed: whole numbers without a point, days and times in ISO 8601."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime.time):
        return value.strftime("%H:%M")
    return str(value)
