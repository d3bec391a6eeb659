"""Making a job: the fit contract. What is in the finished files is tested in test_outputs."""

import datetime
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from conftest import TODAY, compose_and_make, job_messages, purpose

from foldwell.build import panels
from foldwell.build.job import Options
from foldwell.build.jobs import make_job
from foldwell.build.made import Made
from foldwell.build.plan import plan_edition
from foldwell.build.variable import FILES
from foldwell.content.edition import Edition
from foldwell.content.facts import Text
from foldwell.content.leaflet import Reviewer
from foldwell.content.library import Library, read_library
from foldwell.paper.formats import FORMATS
from foldwell.typeset.compose import compose_print
from foldwell.typeset.copyfit import copyfit as fit
from foldwell.typeset.fit import Fitted
from foldwell.typeset.page_source import PageSource
from foldwell.typeset.templates import style_sheet

Editions = Callable[..., Edition]


def over(edition: Edition, format_name: str) -> int:
    """How many lines a text has too many."""
    (message,) = job_messages(make_job(edition, FORMATS[format_name], "screen"), typeset=True)
    match = re.search(r"is (\d+) lines? over", message)
    assert match
    return int(match.group(1))


@pytest.mark.parametrize("format_name", ["bifold", "letter-fold"])
def test_the_lines_over_are_counted(format_name: str, edition: Editions) -> None:
    long, longer = (over(edition("A line.\n\n" * count), format_name) for count in (240, 245))
    assert longer - long == 5


@pytest.mark.parametrize(
    ("format_name", "medium", "pages"),
    [
        ("a4", "screen", 1),
        ("letter-fold", "screen", 6),
        ("letter-fold", "office", 2),
        ("large-print", "screen", 1),
    ],
)
def test_what_fits_has_the_panels_of_its_format(
    format_name: str, medium: str, pages: int, edition: Editions
) -> None:
    job = make_job(edition("A line.\n"), FORMATS[format_name], medium)
    made = compose_and_make(job)
    assert isinstance(made, Made)
    assert made.pages == pages


def test_words_printed_over_others_are_refused(edition: Editions) -> None:
    sound = edition("One line.\n\nTwo lines.\n")
    css = "p { margin-bottom: -3em }"
    broken = replace(sound, overrides={"css/large-print.css": css})
    assert isinstance(compose_and_make(make_job(sound, FORMATS["large-print"], "screen")), Made)
    messages = job_messages(make_job(broken, FORMATS["large-print"], "screen"), typeset=True)
    assert any("' and 'One line.' would be printed over each other" in m for m in messages)


SHIPPED = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def shipped() -> Library:
    return read_library(SHIPPED, TODAY)


@pytest.mark.parametrize("medium", ["screen", "office", "press"])
@pytest.mark.parametrize(
    ("phone", "reviewed"),
    [("0113 496 0100", False), ("0113 496 0100", True), ("01134960222", False), ("222", True)],
)
def test_a_card_cites_nothing_whatever_digits_a_clinic_has(
    phone: str, reviewed: bool, medium: str, shipped: Library
) -> None:
    """Its citations are left out when it is composed; no digit of a phone stands for them."""
    card = shipped.leaflets["treatment-card"]["en"]
    if reviewed:
        facts = {
            "reviewed": datetime.date(2026, 11, 20),
            "clinical_reviewers": (
                Reviewer(
                    name=Text("Dr A. Lee"),
                    role=Text("pharmacist"),
                    date=datetime.date(2026, 11, 20),
                ),
            ),
        }
        card = replace(card, facts=card.facts.model_copy(update=facts))
    made = plan_edition(shipped, card, "hollin-lane", datetime.date(2026, 11, 24))
    made = replace(made, clinic=made.clinic.model_copy(update={"phone": phone}))
    assert "cite" not in compose_print(made, FORMATS["card"], purpose(medium)).pages.html
    job = make_job(made, FORMATS["card"], medium, Options(draft=True, instructions=True))
    outcome = compose_and_make(job)
    assert isinstance(outcome, Made), outcome


@pytest.mark.parametrize("medium", ["screen", "office", "press"])
@pytest.mark.parametrize("format_name", ["letter-fold", "card", "a5"])
def test_a_word_that_a_style_sheet_hides_is_a_loss(
    format_name: str, medium: str, edition: Editions
) -> None:
    sound = edition("Take **2** tablets, never 22.\n\n## More\n\nWords.\n")
    css = style_sheet("css/blocks.css", {}) + "strong { display: none }"
    row = FORMATS[format_name]
    hidden = replace(sound, overrides={"css/blocks.css": css})
    options = Options(draft=True)
    assert isinstance(compose_and_make(make_job(sound, row, medium, options)), Made)
    messages = job_messages(make_job(hidden, row, medium, options), typeset=True)
    assert any("The word '2' of the text is not on the finished page" in m for m in messages)


def test_the_same_job_gives_the_same_bytes(
    edition: Editions, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = make_job(edition("A line.\n"), FORMATS["a4"], "screen")
    made = compose_and_make(job)
    monkeypatch.setattr(panels, "_last", None)
    again = compose_and_make(job)
    assert isinstance(made, Made) and isinstance(again, Made)
    assert "stamped" in dict(again.notes)["stamp"]  # from its own pages
    assert replace(again, notes=()) == replace(made, notes=())


def test_panels_that_jobs_share_are_laid_out_once(
    edition: Editions, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid_out = []

    def copyfit(pages: PageSource, *place: Any) -> Fitted:
        laid_out.append(pages)
        return fit(pages, *place)

    monkeypatch.setattr(panels, "copyfit", copyfit)
    monkeypatch.setattr(panels, "_last", None)
    monkeypatch.setattr(FILES, "find", lambda key: [])  # from fields nothing is laid out
    row = FORMATS["letter-fold"]
    media: tuple[str, ...] = ("screen", "office", "press", "office", "screen")
    alike = edition("A line.\n", cover="light")  # else the desktop printer saves toner
    jobs = [make_job(alike, row, m, Options(draft=True)) for m in media]
    together = [compose_and_make(job) for job in jobs]
    assert len(laid_out) == 3  # what is pressed has bleed
    for job, made in zip(jobs, together, strict=True):
        monkeypatch.setattr(panels, "_last", None)
        again = compose_and_make(job)
        assert isinstance(made, Made) and isinstance(again, Made)
        assert replace(again, notes=()) == replace(made, notes=())  # they say how it was made
    compose_and_make(make_job(edition("Another line.\n"), row, "screen"))
    compose_and_make(make_job(edition("Another line.\n"), FORMATS["z-fold"], "screen"))
    assert len(laid_out) == 3 + 5 + 2


def test_mistakes_come_back_as_values(edition: Editions) -> None:
    outcome = compose_and_make(make_job(edition("[@nobody] :zzz:\n"), FORMATS["a4"], "screen"))
    assert isinstance(outcome, tuple)
    assert [error.place.line for error in outcome if error.place] == [15, 15]
