"""The form for the answers of readers: a row a question, two columns a person, as on the sheet.

Answers are what somebody typed into it; a question that was not asked stays empty and is counted
nowhere.
"""

from __future__ import annotations

import csv
import datetime
import io
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from foldwell.build.key_points import Question
from foldwell.content.trials import PEOPLE, Answer
from foldwell.errors import FoldwellError, Mistakes, Place, UsageError

_YES = frozenset("y yes true 1 x ✓ ✔".split())
_NO = frozenset("n no false 0 -".split())
_FORM_LIMIT_BYTES = 1024 * 1024
_HEAD = ("question", "ask", *(f"{n} {what}" for n in range(1, PEOPLE + 1)
                              for what in ("found", "right")))  # fmt: skip
"""The first line of the form: two columns a person, as on the sheet."""


def empty_form(asked: Sequence[Question]) -> bytes:
    """The form before anybody was asked."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")  # spreadsheets open it by a double click
    writer.writerow(_HEAD)
    for one in asked:
        writer.writerow([one.id, one.ask, *[""] * (2 * PEOPLE)])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def answers_in(form: Path, asks: Mapping[str, str], by: str, day: datetime.date) -> list[Answer]:
    """The answers in a form that somebody filled in, person by person.

    Args:
        form: The file.
        asks: The words of the questions that the leaflet asks now, by their ids.
        by: Who asked.
        day: The day on which they did.

    Raises:
        UsageError: If it is no such form.
        Mistakes: With every cell that is no answer.
    """
    rows = _rows(form)
    if not rows or [cell.strip().lower() for cell in rows[0]][: len(_HEAD)] != [*_HEAD]:
        raise UsageError(
            "This is not the form for answers.",
            Place(str(form), 1),
            f"Its first line is '{','.join(_HEAD)}'; 'try' makes an empty one.",
        )
    found: list[Answer] = []
    errors: list[FoldwellError] = []
    for line, row in enumerate(rows[1:], 2):
        cells = [cell.strip() for cell in row] + [""] * (len(_HEAD) - len(row))
        if not any(cells):
            continue
        if cells[0] not in asks:
            errors.append(
                FoldwellError(
                    f"The leaflet does not ask '{cells[0]}', or asks it otherwise now.",
                    Place(str(form), line),
                    "Answers count only for the words that were read: make a new sheet, ask again.",
                )
            )
            continue
        for person in range(1, PEOPLE + 1):
            pair = cells[2 * person : 2 * person + 2]
            if pair == ["", ""]:
                continue
            try:
                was_found, was_right = (_said(cell) for cell in pair)
            except ValueError as error:
                what = f"Person {person}, question {cells[0]}: {error}."
                hint = "Write 'yes' or 'no' in both columns, or leave both empty."
                errors.append(FoldwellError(what, Place(str(form), line), hint))
                continue
            found.append(Answer(day, by, person, cells[0], was_found, was_right, asks[cells[0]]))
    if errors:
        raise Mistakes(errors)
    return sorted(found, key=lambda one: one.person)


def _rows(form: Path) -> list[list[str]]:
    try:
        content = form.read_bytes() if form.stat().st_size <= _FORM_LIMIT_BYTES else b"\xff"
        text = content.decode("utf-8-sig")
    except FileNotFoundError:
        raise UsageError("There is no such file.", Place(str(form)), "Check its name.") from None
    except UnicodeDecodeError:
        raise UsageError(
            "This is not a form in UTF-8.", Place(str(form)), "Save it as CSV in UTF-8."
        ) from None
    first = text.split("\n", 1)[0]
    separator = ";" if first.count(";") > first.count(",") else ","  # as Excel writes in Europe
    try:
        return list(csv.reader(io.StringIO(text), delimiter=separator))
    except csv.Error as error:
        hint = "Save it again as CSV in UTF-8."
        raise UsageError(f"This is no CSV ({error}).", Place(str(form)), hint) from None


def _said(cell: str) -> bool:
    word = re.sub(r"[.\s]", "", cell).casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise ValueError(f"'{cell}' is no answer" if cell else "one of the two answers is missing")
