"""Every build holds leaflets to what ``check`` calls an error: a reviewed one to all of it."""

import datetime
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from conftest import TODAY

from foldwell.build import worker
from foldwell.build.check_leaflets import check_leaflets
from foldwell.build.job import Job, Selection
from foldwell.build.made import Made
from foldwell.build.parts import EditionParts
from foldwell.build.plan import make_plan
from foldwell.build.request import Jobs
from foldwell.check.wording.table import (
    OF_ANY_FILE,
    OF_THE_CLINIC,
    SAID_ON_EVERY_PAGE,
    checks,
    errors_of,
)
from foldwell.content.edition import Edition
from foldwell.content.library import read_library
from foldwell.finding import Finding
from foldwell.rules import RULES, Severity
from foldwell.typeset.page_source import Composition

sys.path.append(str(Path(__file__).parents[1] / "check"))
from test_wording import ELSEWHERE, HERE, reading, texts

LEAFLET = "content/leaflets/sleep/en.md"
BY_HAND = "reviewed: 2026-01-09\nclinical_reviewers: [{name: Dr A, role: GP, date: 2026-01-09}]"
CAN_STOP = [name for name in checks() if RULES[name].severity is Severity.ERROR]


def plan(root: Path, today: datetime.date = TODAY) -> Jobs:
    return make_plan(read_library(root, today), Selection(), today)


def job(root: Path, today: datetime.date = TODAY) -> Job:
    (only,) = plan(root, today).jobs
    return only


def composed(root: Path) -> list[str] | Composition | Made:
    """What becomes of the job of a project: its composition, or what is wrong with it."""
    outcome = worker.compose(job(root))
    return [str(error) for error in outcome] if isinstance(outcome, tuple) else outcome


def write(root: Path, words: str, *, reviewed: bool = True, waivers: str = "") -> None:
    """The sound leaflet with other words: of a clinician who was typed in by hand, or a draft."""
    path = root / LEAFLET
    front, _ = path.read_text().split("## Good habits")
    text = f"{front}## Good habits\n\n{words}\n"
    if reviewed:
        text = text.replace("clinical_reviewers: []", BY_HAND)
    path.write_text(text.replace("funding: none\n", f"funding: none\n{waivers}"))


SOUND = "Get up at the same time each day [@smith2022]."
FAULTS = {
    "no source": (f"{SOUND}\n\nTea heals.", ":21: 'Tea heals.' has no source."),
    "no source at all": ("Get up each day.", ":2: It cites no source."),
    "micrograms": (f"{SOUND} Take 5 mcg.", ":19: '5 mcg' is read as milligrams."),
    "a placeholder": (f"{SOUND} TODO", ":19: 'TODO' stands for something still to come."),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_leaflet_that_says_it_was_reviewed_is_held_to_all(name: str, project: Path) -> None:
    words, told = FAULTS[name]
    write(project, words)
    (error,) = composed(project)  # type: ignore[misc]
    assert error.startswith(f"{LEAFLET}{told}")


def test_sound_words_are_made(project: Path) -> None:
    write(project, SOUND)
    outcome = composed(project)
    assert isinstance(outcome, Composition) and outcome.notes == ()


LISTS = {
    "never-print": ("all:\n  - {pattern: same time, why: a dose}\n", "never printed: a dose"),
    "must-say": ("all: {both: [call your dentist]}\n", "does not say 'call your dentist'"),
    "evidence": (
        "sources: {smith2022: {says: [tea]}}\n",
        "'smith2022' is known for something else",
    ),
}


@pytest.mark.parametrize("name", LISTS)
def test_the_lists_hold_in_every_build(name: str, project: Path) -> None:
    listed, told = LISTS[name]
    write(project, SOUND)
    (project / f"content/{name}.yml").write_text(listed)
    (error,) = composed(project)  # type: ignore[misc]
    assert error.startswith(LEAFLET) and told in error


def test_what_is_never_printed_is_in_no_draft_either(project: Path) -> None:
    write(project, "Take two tablets.", reviewed=False)
    (project / "content/never-print.yml").write_text("all: [{pattern: two tablets, why: a dose}]\n")
    (error,) = composed(project)  # type: ignore[misc]
    assert error.startswith(f"{LEAFLET}:18: 'two tablets' is never printed: a dose.")


def test_a_draft_says_what_stands_between_it_and_the_press(project: Path) -> None:
    write(project, "Tea heals. Take 5 mcg.", reviewed=False)
    usual = composed(project)
    assert isinstance(usual, Composition)
    assert {line.split(": ")[1] for _, line in usual.notes} == {"T7 error", "C1 error"}
    (project / "content/must-say.yml").write_text("all: {both: [call your dentist]}\n")
    other = composed(project)
    assert isinstance(other, Composition)
    assert {line.split(": ")[1] for _, line in other.notes} == {"T7 error", "C1 error", "C5 error"}
    # The pages are the same, and yet the file is not just kept with what was told of it before.
    assert other.pages == usual.pages and other.key != usual.key
    (checked,) = check_leaflets(project, TODAY)
    assert len(other.notes) == sum(one.severity is Severity.ERROR for one in checked.findings)


def test_a_waiver_is_honoured_until_its_day(project: Path) -> None:
    waiver = (
        "waivers: [{rule: C1, words: Tea, reason: all know, name: Dr A, expires: 2026-02-01}]\n"
    )
    write(project, f"{SOUND}\n\nTea heals.", waivers=waiver)
    assert isinstance(composed(project), Composition)
    late = TODAY + datetime.timedelta(days=1)
    (error,) = worker.compose(job(project, late))  # type: ignore[misc]
    assert str(error).endswith("The waiver by Dr A ran out on 2026-02-01.")
    before, after = (job(project, day).depends["rules"] for day in (TODAY, late))
    assert before != after


def test_what_a_leaflet_is_held_to_is_a_part_of_its_jobs(
    project: Path, edition: Callable[..., Edition]
) -> None:
    write(project, SOUND)
    known = [job(project).depends["rules"]]
    for name, listed, counts in (
        ("never-print", "all: []\nonly: {tea: [{pattern: x, why: y}]}\n", False),  # of another
        ("never-print", "all: []\nonly: {sleep: [{pattern: x, why: y}]}\n", True),
        ("never-print", "all: [{pattern: x, why: y, region: us}]\n", True),  # the last one went
        ("must-say", "leaflets: {tea: {both: [rest]}}\n", False),
        ("must-say", "leaflets: {sleep: {both: [day]}}\n", True),
        ("evidence", "sources: {smith2022: {says: [day]}}\n", True),
        ("evidence", "sources: {smith2022: {says: [day]}, lee2021: {says: [x]}}\n", False),
    ):
        (project / f"content/{name}.yml").write_text(listed)
        known.append(job(project).depends["rules"])
        assert (known[-1] != known[-2]) is counts, listed
    # Clinics of one region share it.
    parts = EditionParts()
    one = edition()
    both = [parts.of(each)["rules"] for each in (one, replace(one, clinic_slug="other"))]
    assert both[0] == both[1]


@pytest.mark.parametrize("name", ["never-print", "must-say", "evidence"])
def test_nothing_is_made_where_a_list_cannot_be_read(name: str, project: Path) -> None:
    (project / f"content/{name}.yml").write_text("al: []\n")
    found = plan(project)
    assert found.jobs == () and len(found.spared) == 1
    assert str(found.broken[0]).startswith(f"content/{name}.yml:1: ")


@pytest.mark.parametrize("rule", [name for name in CAN_STOP if name not in ELSEWHERE])
def test_each_error_of_check_stops_a_reviewed_leaflet(
    rule: str, library: Callable[..., object]
) -> None:
    for facts, marked in texts(rule, 0):
        read = reading(library, marked.replace(HERE, ""), facts)  # type: ignore[arg-type]
        found = [one for one in checks()[rule](read) if one.severity is Severity.ERROR]
        if read.edition.leaflet.facts.reviewed is None or not found:
            continue
        stopped = {said(one) for one in errors_of(replace(read.edition, today=TODAY)).stop}
        assert {said(one) for one in found} & stopped == (
            set() if rule in SAID_ON_EVERY_PAGE | OF_THE_CLINIC else {said(one) for one in found}
        )


def said(finding: Finding) -> tuple[str, int | None, str]:
    """A finding without its column, which only ``check`` knows."""
    return finding.rule, finding.place.line, finding.message


def test_some_errors_stop_drafts_too() -> None:
    assert set(OF_ANY_FILE) <= set(CAN_STOP)
