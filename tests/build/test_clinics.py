"""Made up clinics: each shipped leaflet fits each of them, in the formats with the least room.

All sixty, in every format, are built where ``FOLDWELL_LONG_TESTS`` is set.
"""

from __future__ import annotations

import datetime
import os
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import compose_and_make
from generated_clinics import clinic_facts

from foldwell.build.job import Selection
from foldwell.build.made import Made
from foldwell.build.plan import make_plan
from foldwell.content.clinic import Clinic
from foldwell.content.library import Library, read_library

ROOT = Path(__file__).resolve().parents[2]
TODAY = datetime.date(2026, 11, 28)
ALL = bool(os.environ.get("FOLDWELL_LONG_TESTS"))
SEEDS = range(60) if ALL else (5, 22)
FORMATS = () if ALL else ("letter-fold", "card", "poster")


@pytest.fixture(scope="module")
def shipped() -> Library:
    """The shipped content."""
    return read_library(ROOT, TODAY)


def _frozen(value: object) -> object:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value


@pytest.mark.parametrize("seed", SEEDS)
def test_every_shipped_leaflet_fits_a_made_up_clinic(seed: int, shipped: Library) -> None:
    facts = {key: _frozen(value) for key, value in clinic_facts(seed).items()}
    clinic = Clinic.model_validate(facts, context="GB" if facts["region"] == "uk" else "US")
    library = replace(shipped, clinics={"made-up": clinic})
    plan = make_plan(library, Selection(media=("screen",), formats=FORMATS), TODAY)
    assert plan.jobs
    for job in plan.jobs:
        outcome = compose_and_make(job)
        assert isinstance(outcome, Made), (clinic.name, job.name, outcome)


def test_what_must_never_be_left_out_has_no_mark_for_it() -> None:
    """The name, the main phone and the emergency number stand in no piece that gives way."""
    for template in (ROOT / "templates" / "parts").glob("*.html"):
        for line in template.read_text().splitlines():
            if "gives-" in line:
                assert "emergency" not in line and "clinic.phone" not in line, (template, line)
                assert "{{ clinic.name }}" not in line, (template, line)
