"""What is foretold of a change is what a build then does, and no fact is printed uncounted."""

import datetime
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from foldwell.build import worker
from foldwell.build.impact import touched_by
from foldwell.build.job import Job, Options, Selection
from foldwell.build.made import Made
from foldwell.build.plan import make_plan
from foldwell.content.clinic import Clinic
from foldwell.content.library import Library, read_library
from foldwell.errors import UsageError

ROOT = Path(__file__).resolve().parents[2]
TODAY = datetime.date(2026, 11, 28)
OTHER: dict[str, Any] = {
    "name": "Another Surgery",
    "address": ("9 Other Road", "Leedham"),
    "phone": "0113 496 0199",
    "phones": ({"label": "Prescriptions", "phone": "0113 496 0198"},),
    "text_number": "07700 900199",
    "fax": "0113 496 0197",
    "out_of_hours": {"name": "Other night team", "phone": "0113 496 0196"},
    "email": "other@example.org",
    "website": "other.example.org",
    "hours": "Mon-Fri 10am-4pm",
    "facts": {"Parking": "Behind the library"},
    "feedback": "Write to other@example.org.",
    "other_formats": "Ask the other desk.",
    "map": "maps.example.org/other",
    "cover": "light",
}
BARE = """---
title: Plain words
kind: information
---

## One

Some words.

/// only | format: a4
Mind the fax: {{ clinic.fax }}.
///
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The shipped content with one leaflet that has no contact panel, a card and a poster."""
    import shutil

    root = tmp_path_factory.mktemp("impact")
    for name in ("brands", "regions", "clinics", "references.json"):
        source, to = ROOT / "content" / name, root / "content" / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, to)
    (root / "content/clinics/river-bend.yml").unlink()
    clinic = root / "content/clinics/hollin-lane.yml"
    clinic.write_text(clinic.read_text() + "fax: 0113 496 0190\n")
    for name in ("using-naloxone", "treatment-card"):
        shutil.copytree(ROOT / "content/leaflets" / name, root / "content/leaflets" / name)
    (root / "content/leaflets/plain").mkdir()
    (root / "content/leaflets/plain/en.md").write_text(BARE)
    (root / "content/build.yml").write_text(
        "runs:\n"
        "  - leaflets: [plain]\n    also: [text]\n"
        "    formats: {a4: [screen, press], poster: [office], card: [screen]}\n"
        "  - leaflets: [using-naloxone]\n    formats: {letter-fold: [screen, press]}\n"
        "  - leaflets: [treatment-card]\n    web: false\n    formats: {card: [screen]}\n"
    )
    return root


def with_fact(library: Library, fact: str, value: Any) -> Library:
    clinic = library.clinics["hollin-lane"]
    facts = {**clinic.model_dump(exclude_none=True), fact: value}
    facts["hours"] = facts["hours"] if fact == "hours" else clinic.hours
    changed = Clinic.model_validate(facts, context="GB")
    assert changed != clinic
    return replace(library, clinics={**library.clinics, "hollin-lane": changed})


def jobs_of(library: Library) -> dict[str, Job]:
    plan = make_plan(library, Selection(), TODAY, Options(draft=True))
    assert not plan.broken
    return {job.path: job for job in plan.jobs}


def key_of(job: Job) -> object:
    made = worker.compose(job)
    return made.content if isinstance(made, Made) else getattr(made, "key", made)


@pytest.mark.parametrize("fact", OTHER)
def test_what_is_foretold_of_a_fact_comes_true(fact: str, project: Path) -> None:
    """Files whose page would be another, and no others, are named; and the edition id tells it."""
    library = read_library(project, TODAY)
    assert not library.broken
    before, after = jobs_of(library), jobs_of(with_fact(library, fact, OTHER[fact]))
    assert before.keys() == after.keys()
    other_id = {p for p in before if before[p].order.edition != after[p].order.edition}
    other_page = {p for p in before if key_of(before[p]) != key_of(after[p])}
    touched = touched_by(library, TODAY, fact, "hollin-lane", draft=True)
    named = {path for edition in touched for path in edition.files}
    assert named == other_id
    assert other_page <= other_id
    # Each page shows its edition id, so a page of a touched edition is another page.
    assert other_page == other_id or fact == "cover"


def test_facts_that_few_pages_print(project: Path) -> None:
    library = read_library(project, TODAY)

    def leaflets(fact: str) -> set[str]:
        return {edition.leaflet for edition in touched_by(library, TODAY, fact)}

    assert leaflets("fax") == {"plain", "using-naloxone", "treatment-card"}
    assert leaflets("address") == {"using-naloxone", "treatment-card"}
    assert leaflets("facts.Parking") == {"using-naloxone", "treatment-card"}
    assert leaflets("variables") == leaflets("parent") == leaflets("without") == set()


def test_names_that_mean_nothing(project: Path) -> None:
    library = read_library(project, TODAY)
    with pytest.raises(UsageError, match="Did you mean 'phone'"):
        touched_by(library, TODAY, "phne")
    with pytest.raises(UsageError, match="Did you mean 'hollin-lane'"):
        touched_by(library, TODAY, "phone", "holin-lane")
