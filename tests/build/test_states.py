"""Shipped leaflets in each state of their review: all fit, and say what they have to.

The fold and the card have the least room; every leaflet in every format, for both clinics, and for
a dozen made up ones, is built where ``FOLDWELL_LONG_TESTS`` is set.
"""

from __future__ import annotations

import datetime
import os
from dataclasses import replace
from typing import Any

import pypdfium2
import pytest
from conftest import compose_and_make
from generated_clinics import clinic_facts

from foldwell.build.job import Job, Options, Selection
from foldwell.build.made import Made, Outcome
from foldwell.build.plan import make_plan
from foldwell.build.workers import Workers
from foldwell.content.clinic import Clinic
from foldwell.content.leaflet import Reviewer
from foldwell.content.library import Library
from foldwell.content.region import Region

LONG = bool(os.environ.get("FOLDWELL_LONG_TESTS"))
TODAY = datetime.date(2026, 12, 2)
LONG_NAMES = (
    ("Professor Dame Wilhelmina Featherstonehaugh-Cholmondeley", "consultant addiction physician"),
    ("Dr Maximiliano Hernández de la Cruz", "lead clinical pharmacist for substance use services"),
    ("Sister Bartholomea Okonkwo-Vandersteen", "advanced nurse practitioner in primary care"),
)


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def reviewed(on: str, due: str, *people: tuple[str, str]) -> dict[str, Any]:
    """The facts of a leaflet that was, or will be, reviewed."""
    named = people or (("Dr Ann Example", "addiction physician"),)
    return {
        "published": min(day(on), day("2026-11-28")),
        "reviewed": day(on),
        "review_due": day(due),
        "clinical_reviewers": tuple(
            Reviewer.model_validate({"name": name, "role": role, "date": day(on)})
            for name, role in named
        ),
    }


STATES: dict[str, tuple[dict[str, Any], str]] = {
    "draft": ({}, "DRAFT"),
    "reviewed": (reviewed("2026-12-01", "2027-12-01"), ""),
    "reviewed by three": (reviewed("2026-12-01", "2027-12-01", *LONG_NAMES), ""),
    "due in thirty days": (reviewed("2026-12-01", "2027-01-01", *LONG_NAMES), ""),
    "past its date": (reviewed("2026-10-05", "2026-12-01", *LONG_NAMES), "EXPIRED"),
    "review to come": (reviewed("2026-12-20", "2027-12-20", *LONG_NAMES), "DRAFT"),
    "facts not checked": (reviewed("2026-12-01", "2027-12-01"), "DRAFT"),
}
"""The facts of each state, and the word that every page then has to say."""


def in_state(library: Library, state: str) -> Library:
    """The same leaflets, all in one state."""
    facts = STATES[state][0]
    leaflets = {
        slug: {
            language: replace(leaflet, facts=leaflet.facts.model_copy(update=facts))
            for language, leaflet in each.items()
        }
        for slug, each in library.leaflets.items()
    }
    regions = library.regions if state == "facts not checked" else checked(library)
    return replace(library, leaflets=leaflets, regions=regions)


def checked(library: Library) -> dict[str, Region]:
    """The regions, as if somebody had opened every source."""

    def with_day(facts: dict[str, Any]) -> dict[str, Any]:
        return {
            name: fact.model_copy(update={"reviewed": day("2026-11-28")} if fact.written else {})
            for name, fact in facts.items()
        }

    return {
        slug: region.model_copy(
            update={kind: with_day(getattr(region, kind)) for kind in ("lines", "laws", "texts")}
        )
        for slug, region in library.regions.items()
    }


def jobs_of(library: Library, selection: Selection, state: str) -> tuple[Job, ...]:
    """What is made in a state; a print shop gets what was reviewed without asking for drafts."""
    plan = make_plan(library, selection, TODAY, Options(draft=bool(STATES[state][1])))
    assert plan.broken == ()
    assert not [reason for _, reason in plan.left_out if "review" in reason]
    assert plan.jobs
    return plan.jobs


def check_words(job: Job, outcome: Outcome, state: str) -> None:
    """It was made, and each printed page says whether it may be handed out."""
    assert isinstance(outcome, Made), (job.name, outcome)
    if job.order.format:
        with pypdfium2.PdfDocument(outcome.content) as pdf:
            pages = [page.get_textpage().get_text_range() for page in pdf]
    else:
        pages = [outcome.content.decode()]
    word = STATES[state][1]
    for text in pages:
        said = {mark for mark in ("DRAFT", "EXPIRED") if mark in text}
        # The side of a cover says it in a sentence, and so does the web page.
        assert said <= {word} if word else not said, (job.name, said)
    if word:
        assert any(word in text for text in pages), job.name


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(
    ("leaflet", "clinic", "format_", "medium"),
    [
        ("kratom-opioid-withdrawal", "hollin-lane", "letter-fold", "office"),
        ("treatment-card", "river-bend", "card", "press"),
    ],
)
def test_what_has_the_least_room(
    state: str, leaflet: str, clinic: str, format_: str, medium: str, own: Library
) -> None:
    selection = Selection((leaflet,), (clinic,), (), (format_,), (medium,))
    (job,) = jobs_of(in_state(own, state), selection, state)
    check_words(job, compose_and_make(job), state)


@pytest.mark.skipif(not LONG, reason="takes half an hour")
@pytest.mark.parametrize("state", STATES)
def test_all_that_is_shipped(state: str, own: Library) -> None:
    workers = Workers()
    try:
        for job, end in workers.run(jobs_of(in_state(own, state), Selection(), state)):
            if end is not None:
                check_words(job, end, state)
    finally:
        workers.close()


@pytest.mark.skipif(not LONG, reason="takes an hour")
@pytest.mark.parametrize("seed", range(12))
def test_a_dozen_other_clinics(seed: int, own: Library) -> None:
    facts = clinic_facts(seed)
    clinic = Clinic.model_validate(facts, context="GB" if facts["region"] == "uk" else "US")
    library = replace(in_state(own, "reviewed by three"), clinics={"made-up": clinic})
    for job in jobs_of(library, Selection(), "reviewed by three"):
        check_words(job, compose_and_make(job), "reviewed by three")
