"""Making a job: the fit contract. What is in the finished files is tested in test_outputs."""

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from conftest import compose_and_make, job_messages

from foldwell.build import make
from foldwell.build.job import Made, Options, make_job
from foldwell.content.edition import Edition
from foldwell.press.formats import FORMATS, Medium
from foldwell.typeset.copyfit import Fitted
from foldwell.typeset.page_source import PageSource

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
    job = make_job(edition("A line.\n"), FORMATS[format_name], medium)  # type: ignore[arg-type]
    made = compose_and_make(job)
    assert isinstance(made, Made)
    assert made.pages == pages


def test_words_printed_over_others_are_refused(edition: Editions) -> None:
    sound = edition("One line.\n\nTwo lines.\n")
    css = "p { margin-bottom: -3em }"
    broken = replace(sound, overrides={"css/large-print.css": css})
    assert isinstance(compose_and_make(make_job(sound, FORMATS["large-print"], "screen")), Made)
    messages = job_messages(make_job(broken, FORMATS["large-print"], "screen"), typeset=True)
    assert any(
        "'Two lines.' and 'Sleep well' would be printed over each other" in m for m in messages
    )


def test_the_same_job_gives_the_same_bytes(
    edition: Editions, monkeypatch: pytest.MonkeyPatch
) -> None:
    job = make_job(edition("A line.\n"), FORMATS["a4"], "screen")
    made = compose_and_make(job)
    monkeypatch.setattr(make, "_last", None)
    assert compose_and_make(job) == made


def test_panels_that_jobs_share_are_laid_out_once(
    edition: Editions, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid_out = []

    def copyfit(pages: PageSource, *place: Any) -> Fitted:
        laid_out.append(pages)
        return copyfit_(pages, *place)

    copyfit_ = make.copyfit
    monkeypatch.setattr(make, "copyfit", copyfit)
    monkeypatch.setattr(make, "_last", None)
    row = FORMATS["letter-fold"]
    media: tuple[Medium, ...] = ("screen", "office", "press", "office", "screen")
    jobs = [make_job(edition("A line.\n"), row, m, Options(draft=True)) for m in media]
    together = [compose_and_make(job) for job in jobs]
    assert len(laid_out) == 3  # what is pressed has bleed
    for job, made in zip(jobs, together, strict=True):
        monkeypatch.setattr(make, "_last", None)
        assert isinstance(made, Made)
        assert compose_and_make(job) == made
    compose_and_make(make_job(edition("Another line.\n"), row, "screen"))
    compose_and_make(make_job(edition("Another line.\n"), FORMATS["z-fold"], "screen"))
    assert len(laid_out) == 3 + 5 + 2


def test_mistakes_come_back_as_values(edition: Editions) -> None:
    outcome = compose_and_make(make_job(edition("[@nobody] :zzz:\n"), FORMATS["a4"], "screen"))
    assert isinstance(outcome, tuple)
    assert [error.place.line for error in outcome if error.place] == [15, 15]
