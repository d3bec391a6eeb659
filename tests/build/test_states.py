"""Shipped leaflets in each state of their review: all fit, and say what they have to.

The fold and the card have the least room; every leaflet in every format, for both clinics, and for
a dozen made up ones, is built where ``FOLDWELL_LONG_TESTS`` is set.
"""

from __future__ import annotations

import datetime
import os
import re
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
from foldwell.content.edition import Status
from foldwell.content.leaflet import Reviewer
from foldwell.content.library import Library
from foldwell.content.region import Region
from foldwell.content.withdrawals import Withdrawal
from foldwell.typeset import templates

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


STATES: dict[str, tuple[dict[str, Any], Status]] = {
    "draft": ({}, "draft"),
    "reviewed": (reviewed("2026-12-01", "2027-12-01"), ""),
    "reviewed by three": (reviewed("2026-12-01", "2027-12-01", *LONG_NAMES), ""),
    "due in thirty days": (reviewed("2026-12-01", "2027-01-01", *LONG_NAMES), ""),
    "past its date": (reviewed("2026-10-05", "2026-12-01", *LONG_NAMES), "expired"),
    "review to come": (reviewed("2026-12-20", "2027-12-20", *LONG_NAMES), "draft"),
    "facts not checked": (reviewed("2026-12-01", "2027-12-01"), "draft"),
    "withdrawn": (reviewed("2026-12-01", "2027-12-01"), "withdrawn"),
}
"""The facts of each state, and what every page of a leaflet in its own language then has to say."""


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
    library = replace(library, leaflets=leaflets, regions=regions)
    return replace(library, withdrawn=withdrawals(library)) if state == "withdrawn" else library


def withdrawals(library: Library) -> dict[str, Withdrawal]:
    """Withdrawals of all that a library makes, by the ids of the editions."""
    plan = make_plan(library, Selection(), TODAY, Options(draft=True))
    return {
        job.order.edition: Withdrawal.model_validate(
            {
                "edition": job.order.edition,
                "leaflet": job.order.leaflet,
                "language": job.order.language,
                "clinic": job.order.clinic,
                "withdrawn": day("2026-12-01"),
                "reason": "It told people to wait too long before they call.",
            }
        )
        for job in plan.jobs
    }


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
    """What is made in a state; a print shop gets what was reviewed without asking for drafts.

    A translation that nobody compared with its source is a draft whatever the source is, and so
    are those of a language whose own words nobody checked.
    """
    status = STATES[state][1]
    plan = make_plan(library, selection, TODAY, Options(draft=bool(status)))
    assert plan.broken == ()
    refused = [name for name, reason in plan.left_out if "review" in reason]
    assert not [name for name in refused if status or ", en, " in name]
    assert plan.jobs
    for job in plan.jobs:
        assert job.order.status == (status or ("" if job.order.language == "en" else "draft"))
    return plan.jobs


def check_words(job: Job, outcome: Outcome) -> None:
    """It was made, and each printed page says whether it may be handed out, and nothing else."""
    assert isinstance(outcome, Made), (job.name, outcome)
    if job.order.format:
        with pypdfium2.PdfDocument(outcome.content) as pdf:
            pages = [page.get_textpage().get_text_range() for page in pdf]
    else:
        pages = [outcome.content.decode()]
    strings = templates.strings(job.order.language)
    marks = {status: strings[f"{status}_mark"] for status in ("draft", "expired", "withdrawn")}
    # The side of a cover says it in a sentence.
    sentences = [
        re.split(r"[.{]", strings[f"{kind}_long"])[0].strip() for kind in KINDS[job.order.status]
    ]
    for number, text in enumerate(pages, 1):
        words = " ".join(text.split())
        said = {status for status, mark in marks.items() if re.search(rf"\b{mark}\b", words)}
        assert said <= {job.order.status}, (job.name, number, said)
        told = bool(said) or any(sentence in words for sentence in sentences)
        assert told == bool(job.order.status), (job.name, number, words)


KINDS: dict[Status, tuple[str, ...]] = {
    "": (),
    "draft": ("draft", "awaited", "unchecked"),
    "expired": ("expired",),
    "withdrawn": ("withdrawn",),
}
"""The reasons for each status, by the names of their sentences."""


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(
    ("leaflet", "clinic", "format_", "medium"),
    [
        ("kratom-opioid-withdrawal", "hollin-lane", "letter-fold", "office"),
        ("using-naloxone", "hollin-lane", "poster", "office"),
        ("starting-buprenorphine", "river-bend", "letter-fold", "screen"),
        ("treatment-card", "river-bend", "card", "press"),
        ("treatment-card", "river-bend", "sticker-sheet", "screen"),
        ("treatment-card", "hollin-lane", "sticker-sheet", "office"),
        ("treatment-card", "river-bend", "bookmark", "screen"),
    ],
)
def test_what_has_the_least_room(
    state: str, leaflet: str, clinic: str, format_: str, medium: str, own: Library
) -> None:
    selection = Selection((leaflet,), (clinic,), ("en",), (format_,), (medium,))
    (job,) = jobs_of(in_state(own, state), selection, state)
    check_words(job, compose_and_make(job))


@pytest.mark.parametrize(
    "state", ["draft", "reviewed", "past its date", "review to come", "withdrawn"]
)
def test_a_small_format_in_another_language(state: str, own: Library) -> None:
    """Each side says it, although the words are longer than in English."""
    leaflet = own.leaflets["treatment-card"]["en"]
    spanish = replace(
        leaflet,
        language="es",
        path=leaflet.path.replace("en.md", "es.md"),
        checked=state != "reviewed",
    )
    both = {"en": leaflet, "es": spanish}
    library = replace(own, leaflets={**own.leaflets, "treatment-card": both})
    selection = Selection(
        ("treatment-card",), (), ("es",), ("card", "bookmark", "sticker-sheet"), ("screen",)
    )
    jobs = jobs_of(in_state(library, state), selection, state)
    assert {job.order.format for job in jobs} == set(selection.formats)
    for job in jobs:
        outcome = compose_and_make(job)
        check_words(job, outcome)
        assert isinstance(outcome, Made)
        assert outcome.pages == (1 if job.order.format == "sticker-sheet" else 2)


@pytest.mark.skipif(not LONG, reason="takes half an hour")
@pytest.mark.parametrize("state", STATES)
def test_all_that_is_shipped(state: str, own: Library) -> None:
    workers = Workers()
    try:
        for job, end in workers.run(jobs_of(in_state(own, state), Selection(), state)):
            if end is not None:
                check_words(job, end)
    finally:
        workers.close()


@pytest.mark.skipif(not LONG, reason="takes an hour")
@pytest.mark.parametrize("seed", range(12))
def test_a_dozen_other_clinics(seed: int, own: Library) -> None:
    facts = {key: _frozen(value) for key, value in clinic_facts(seed).items()}
    clinic = Clinic.model_validate(facts, context="GB" if facts["region"] == "uk" else "US")
    library = replace(in_state(own, "reviewed by three"), clinics={"made-up": clinic})
    for job in jobs_of(library, Selection(), "reviewed by three"):
        check_words(job, compose_and_make(job))


def _frozen(value: object) -> object:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
