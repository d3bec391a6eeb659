"""Trying a leaflet on readers: a sheet for five people, the record of answers, how it fared."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from foldwell.build.check_leaflets import check_leaflets, one_a_region
from foldwell.build.key_points import Question, questions
from foldwell.build.trial_form import answers_in, empty_form
from foldwell.build.write import write_file
from foldwell.content.edition import Edition, make_edition
from foldwell.content.leaflet import Leaflet
from foldwell.content.library import Library
from foldwell.content.trials import (
    ENOUGH,
    OF,
    PEOPLE,
    Answer,
    Result,
    as_csv,
    path_of,
    read_answers,
    results,
)
from foldwell.errors import Place, UsageError
from foldwell.typeset.desk_sheet import desk_sheet

_SHOWN = 150
"""So many characters of a right answer stand on the sheet; the leaflet lies beside it."""


@dataclass(frozen=True)
class Trial:
    """What somebody needs to try a leaflet on five people.

    Attributes:
        pdf: The sheet, one page.
        form: The empty form for the answers, a row a question.
        left_out: Questions for which the page had no room.
        checked: Whether somebody has checked the words of those that are the same everywhere.
    """

    pdf: bytes
    form: bytes
    left_out: tuple[str, ...]
    checked: bool = True


def trial(library: Library, leaflet: Leaflet, clinic: str, today: datetime.date) -> Trial:
    """The sheet and the form for a leaflet as a clinic hands it out.

    Raises:
        UsageError: If there is nothing to ask.
    """
    edition = _edition(library, leaflet, clinic, today)
    asked = tuple(questions_of(library, leaflet, edition.clinic_slug, today))
    if not asked:
        raise UsageError(
            f"There is nothing to ask about '{leaflet.slug}' in '{leaflet.language}'.",
            Place(leaflet.path),
            "Write some questions in its language under 'trial_questions' in its front matter.",
        )
    count = len(asked)
    while True:
        pdf, pages = desk_sheet("trial", _values(edition, asked[:count], today))
        if pages == 1 or count == 1:
            break
        count -= 1
    left_out = tuple(question.ask for question in asked[count:])
    return Trial(pdf, empty_form(asked[:count]), left_out, edition.words_checked)


def questions_of(
    library: Library, leaflet: Leaflet, clinic: str, today: datetime.date
) -> list[Question]:
    """The questions of a leaflet as a clinic hands it out."""
    edition = make_edition(library, leaflet, clinic, today)
    checked = check_leaflets(library.root, today, [leaflet.slug], clinic, library=library)
    mine = next(one for one in checked if one.path == leaflet.path)
    return questions(edition, mine.doses)


def _edition(library: Library, leaflet: Leaflet, clinic: str, today: datetime.date) -> Edition:
    slugs = [clinic] if clinic else one_a_region(library)
    if not slugs:
        raise UsageError("There is no clinic that hands it out.", None, "Add one first.")
    return make_edition(library, leaflet, slugs[0], today)


def _values(edition: Edition, asked: Sequence[Question], today: datetime.date) -> dict[str, Any]:
    rows = [
        {"number": n, "id": one.id, "ask": one.ask, "answer": _short(one.answer)}
        for n, one in enumerate(asked, 1)
    ]
    return {
        "title": edition.leaflet.facts.title,
        "language": edition.leaflet.language,
        "direction": "rtl" if edition.right_to_left else "ltr",
        "slug": edition.leaflet.slug,
        "edition": edition.id,
        "clinic": edition.clinic.name,
        "day": str(today),
        "rows": rows,
        "people": range(1, PEOPLE + 1),
        "enough": ENOUGH,
        "of": OF,
    }


def _short(answer: Sequence[str]) -> str:
    ended = [part if part.endswith((".", "!", "?", "”")) else f"{part};" for part in answer]
    text = " ".join(ended).rstrip(";")
    if len(text) <= _SHOWN:
        return text
    return f"{text[:_SHOWN].rpartition(' ')[0]} …"


def record(
    library: Library,
    leaflet: Leaflet,
    form: Path,
    by: str,
    day: datetime.date,
    today: datetime.date,
) -> list[Answer]:
    """Record the answers of a form that somebody filled in.

    Args:
        library: What there is.
        leaflet: The leaflet.
        form: The form.
        by: Who asked.
        day: The day on which they did.
        today: The day of the record.

    Raises:
        UsageError: If it holds no answer, or was recorded already.
        Mistakes: With every cell that is no answer.
    """
    asks = {question.id: question.ask for slug in one_a_region(library)
            for question in questions_of(library, leaflet, slug, today)}  # fmt: skip
    answers = list(answers_in(form, asks, by, day))
    if not answers:
        raise UsageError("Nobody's answers stand in it.", Place(str(form)), "Fill it in first.")
    known = read_answers(library.root, leaflet.slug, leaflet.language)
    if {one.who for one in known} & {one.who for one in answers}:
        raise UsageError(
            f"Answers that {by} took on {day} are recorded already.",
            Place(path_of(leaflet.slug, leaflet.language)),
            "Give another day with --on; or correct that file by hand.",
        )
    path = path_of(leaflet.slug, leaflet.language)
    write_file(library.root, path, as_csv([*known, *answers]))
    return answers


@dataclass(frozen=True)
class Readers:
    """How a leaflet fared with readers.

    Attributes:
        people: How many answered questions that it asks as it stands now.
        results: How each question fared.
        overtaken: How many answers were to other words, and count no more.
    """

    people: int = 0
    results: tuple[Result, ...] = ()
    overtaken: int = 0

    def told(self) -> list[str]:
        """What there is to say, a line each; nothing where nobody was ever asked."""
        lines = [
            f"'{one.ask}' fails: {one.passed} of {one.asked} found it and said it right"
            f" ({ENOUGH} of {OF} are asked for)"
            for one in self.results
            if one.fails
        ]
        if self.people:
            more = f"; ask {OF - self.people} more" if self.people < OF else ""
            failed = f"{len(lines)} of {len(self.results)} questions fail"
            lines.insert(0, f"{self.people} of {OF} people asked, {failed}{more}")
        if self.overtaken:
            lines.append(f"{self.overtaken} answers were to other words, and count no more")
        return lines

    def facts(self) -> dict[str, Any]:
        """The same for programs."""
        asked = [{**asdict(one), "fails": one.fails} for one in self.results]
        return {"people": self.people, "questions": asked, "overtaken": self.overtaken}


def readers(library: Library, leaflet: Leaflet, today: datetime.date) -> Readers:
    """How a leaflet fared with readers.

    Raises:
        Mistakes: If the record cannot be read.
    """
    answers = read_answers(library.root, leaflet.slug, leaflet.language)
    if not answers:
        return Readers()
    present = {question.id for slug in one_a_region(library)
               for question in questions_of(library, leaflet, slug, today)}  # fmt: skip
    counted = [one for one in answers if one.question in present]
    people = len({one.who for one in counted})
    return Readers(people, tuple(results(counted)), len(answers) - len(counted))
