"""A stamped file is the very file that typesetting its whole pages makes, or nothing is stamped.

Some clinics of each kind are always tried; two thousand files of all leaflets, languages, formats
and media where ``FOLDWELL_LONG_TESTS`` is set.
"""

from __future__ import annotations

import datetime
import os
import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from generated_clinics import breaking, neighbour

from foldwell.build import worker
from foldwell.build.job import Job, Options, Selection
from foldwell.build.made import Made
from foldwell.build.plan import make_plan
from foldwell.build.variable import HOW
from foldwell.content.clinic import Clinic
from foldwell.content.library import Library, read_library
from foldwell.typeset.page_source import Composition

ROOT = Path(__file__).resolve().parents[2]
TODAY = datetime.date(2026, 11, 28)
LONG = bool(os.environ.get("FOLDWELL_LONG_TESTS"))
CASES, PARTS = 2000, 4
KINDS, A_KIND = 4, 10
"""How many kinds of file are taken of a leaflet, and how many clinics each is made for."""
SEED = 7
"""The seed of the ordinary clinics."""


@pytest.fixture(scope="module")
def shipped() -> Library:
    """The shipped content."""
    return read_library(ROOT, TODAY)


def frozen(value: Any) -> Any:
    return tuple(map(frozen, value)) if isinstance(value, list) else value


def jobs_for(library: Library, clinics: Sequence[dict[str, Any]], asked: Selection) -> list[Job]:
    """The jobs of some clinics, one after another for each leaflet, format and medium."""
    made_up = {}
    for number, facts in enumerate(clinics):
        plain = {key: frozen(value) for key, value in facts.items()}
        country = "GB" if facts["region"] == "uk" else "US"
        made_up[f"made-up-{number:04}"] = Clinic.model_validate(plain, context=country)
    plan = make_plan(replace(library, clinics=made_up), asked, TODAY, Options(draft=True))
    jobs = [job for job in plan.jobs if job.order.row]
    return sorted(jobs, key=lambda job: (job.order.leaflet, job.order.language, job.order.format))


def both_ways(job: Job) -> str | None:
    """Make a job as a whole and stamped, and compare; how the second was made."""
    composition = worker.compose(job)
    if not isinstance(composition, Composition):
        return None
    whole = worker.typeset_in_full(job.order, composition)
    stamped = worker.typeset(job.order, composition)
    if not isinstance(whole, Made):
        assert stamped == whole, job.name
        return None
    assert isinstance(stamped, Made), (job.name, stamped)
    assert stamped.content == whole.content, job.name
    assert stamped.beside == whole.beside, job.name
    assert stamped.findings == whole.findings, job.name
    notes = [dict(made.notes) for made in (stamped, whole)]
    how = notes[0].pop("stamp")
    assert notes[1].pop("stamp") == "" and notes[0] == notes[1], job.name
    return how


@pytest.mark.parametrize(
    "asked",
    [
        Selection(("using-naloxone",), (), ("ar",), ("letter-fold",), ("screen",)),
        Selection(("kratom-opioid-withdrawal",), (), ("es",), ("a4", "letter"), ("office",)),
        Selection(("treatment-card",), (), ("en",), ("card",), ("press",)),
    ],
    ids=["folded from right to left", "columns of a sheet", "cards for a print shop"],
)
def test_ordinary_clinics_are_stamped_and_the_same(shipped: Library, asked: Selection) -> None:
    clinics = [neighbour(SEED, number) for number in (0, 15, 30)]
    hows = [both_ways(job) for job in jobs_for(shipped, clinics, asked)]
    assert len(hows) == 3
    assert sum("stamped" in (how or "") for how in hows) >= 1, hows


def test_what_takes_other_room_is_never_different(shipped: Library) -> None:
    clinics = [neighbour(SEED, 0), *(breaking(SEED, number) for number in (1, 2, 3))]
    asked = Selection(("treatment-card",), (), ("en",), ("card",), ("screen",))
    hows = Counter(both_ways(job) for job in jobs_for(shipped, clinics, asked))
    assert sum("typeset as a whole" in (how or "") for how in hows.elements()) >= 2, hows


def test_a_page_with_nothing_like_it_is_not_stamped(shipped: Library) -> None:
    asked = Selection(("using-naloxone",), (), ("en",), ("poster",), ("screen",))
    first, second = jobs_for(shipped, [neighbour(3, 0), neighbour(3, 1)], asked)
    for job, said in ((first, "no page like it was there"), (second, "stamped, with")):
        made = worker.typeset(job.order, worker.compose(job))  # type: ignore[arg-type]
        assert isinstance(made, Made) and said in dict(made.notes)["stamp"]


@pytest.mark.skipif(not LONG, reason="two thousand files, each made twice")
@pytest.mark.parametrize("part", range(PARTS))
def test_two_thousand_files(shipped: Library, part: int) -> None:
    chance, hows = random.Random(part), Counter[str]()
    while hows.total() < CASES // PARTS:
        seed, numbers = chance.randrange(60), chance.sample(range(900), A_KIND)
        clinics = [(breaking if n % 4 == 0 else neighbour)(seed, n) for n in numbers]
        leaflet = chance.choice(sorted(shipped.leaflets))
        kinds = defaultdict[Any, list[Job]](list)
        for job in jobs_for(shipped, clinics, Selection((leaflet,))):
            order = job.order
            kinds[order.language, order.format, order.medium.name].append(job)
        for kind in chance.sample(sorted(kinds), min(len(kinds), KINDS)):
            hows.update(how.partition(",")[0] for job in kinds[kind] if (how := both_ways(job)))
    assert hows["stamped"] + hows[HOW] > CASES // PARTS // 2, hows
    assert hows[HOW] > CASES // PARTS // 4, hows
