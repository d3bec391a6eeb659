"""What readers answered when somebody tried a leaflet on them: ``content/trials/*.csv``.

One file for each leaflet and language, a row an answer. It is written from the sheets that people
fill in, and never by anything else: a result that nobody entered does not exist.
"""

from __future__ import annotations

import csv
import datetime
import io
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from foldwell.content.facts import Text
from foldwell.content.reading import read_text
from foldwell.content.values import Facts
from foldwell.errors import FoldwellError, Mistakes, Place

FOLDER = "content/trials"
COLUMNS = ("day", "by", "person", "question", "found", "right", "ask")
PEOPLE = 5
"""So many are asked in one round, which one sheet holds."""
ENOUGH, OF = 16, 20
"""So many of so many people have to find a thing and say it rightly (European Commission,
Guideline on the readability of the labelling and package leaflet, 2009, chapter 3)."""


class TrialQuestion(Facts):
    """What readers are asked when a leaflet is tried on them."""

    ask: Text
    """The question, in the readers' language."""
    answer: Text
    """What they should say, as the leaflet says it."""


@dataclass(frozen=True)
class Answer:
    """What one person made of one question.

    Attributes:
        day: The day on which they were asked.
        by: Who asked them.
        person: Their number in that round.
        question: The id of the question, which stands for its words and the right answer.
        found: Whether they found the place.
        right: Whether they then said rightly what it means.
        ask: The question as it was asked.
    """

    day: datetime.date
    by: str
    person: int
    question: str
    found: bool
    right: bool
    ask: str

    @property
    def passed(self) -> bool:
        """Whether the leaflet did what it is for."""
        return self.found and self.right

    @property
    def who(self) -> tuple[object, ...]:
        """What makes one person another than the next."""
        return self.day, self.by, self.person


@dataclass(frozen=True)
class Result:
    """How one question fared with all who were asked it.

    Attributes:
        question: Its id.
        ask: Its words.
        asked: How many people.
        passed: How many of them found it and said it rightly.
    """

    question: str
    ask: str
    asked: int
    passed: int

    @property
    def fails(self) -> bool:
        """Whether fewer than 16 in 20 passed, of however many were asked."""
        return self.passed * OF < ENOUGH * self.asked


def path_of(slug: str, language: str) -> str:
    """Where the answers to a leaflet stand."""
    return f"{FOLDER}/{slug}-{language}.csv"


def read_answers(root: Path, slug: str, language: str) -> list[Answer]:
    """All answers to a leaflet that were recorded, in their order; none where nobody was asked.

    Raises:
        Mistakes: With each row that is none.
    """
    path = path_of(slug, language)
    if not os.path.lexists(root / path):
        return []
    rows = list(csv.reader(io.StringIO(read_text(root, path))))
    if not rows or tuple(rows[0]) != COLUMNS:
        hint = f"Its first line is '{','.join(COLUMNS)}'."
        raise Mistakes([FoldwellError("These are no answers of readers.", Place(path, 1), hint)])
    answers: list[Answer] = []
    errors: list[FoldwellError] = []
    for line, row in enumerate(rows[1:], 2):
        if not row:
            continue
        try:
            answers.append(_answer(row))
        except ValueError as error:
            hint = "Correct it, or take the row away."
            errors.append(
                FoldwellError(f"This row is no answer ({error}).", Place(path, line), hint)
            )
    if errors:
        raise Mistakes(errors)
    return answers


class _AnswerError(ValueError):
    """A row that is none."""


def _answer(row: Sequence[str]) -> Answer:
    if len(row) != len(COLUMNS):
        raise _AnswerError(f"it has {len(row)} of {len(COLUMNS)} columns")
    day, by, person, question, found, right, ask = row
    return Answer(datetime.date.fromisoformat(day), by, int(person), question,
                  _said(found), _said(right), ask)  # fmt: skip


def _said(word: str) -> bool:
    if word not in ("yes", "no"):
        raise _AnswerError(f"'{word}' is neither yes nor no")
    return word == "yes"


def as_csv(answers: Iterable[Answer]) -> bytes:
    """The file that holds some answers."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    words = {True: "yes", False: "no"}
    for one in answers:
        row = (one.day, one.by, one.person, one.question)
        writer.writerow([*row, words[one.found], words[one.right], one.ask])
    return out.getvalue().encode()


def results(answers: Iterable[Answer]) -> list[Result]:
    """How each question fared, in the order in which it was first asked."""
    by_question = dict[str, list[Answer]]()
    for answer in answers:
        by_question.setdefault(answer.question, []).append(answer)
    return [
        Result(name, held[0].ask, len(held), sum(one.passed for one in held))
        for name, held in by_question.items()
    ]
