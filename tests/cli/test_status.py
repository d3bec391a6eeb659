"""``status``: what stands between a leaflet and the press."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import TODAY, compose_and_make

from foldwell.build.job import Selection
from foldwell.build.plan import make_plan
from foldwell.cli.status import command
from foldwell.content.library import read_library


@pytest.fixture
def drafts(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = project / "content/leaflets/pressure"
    folder.mkdir()
    (folder / "en.md").write_text("---\ntitle: Your blood pressure\n---\n\n## One\n\nText.\n")
    monkeypatch.setenv("FOLDWELL_PROJECT", str(project))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769900000")
    return project


def test_what_is_missing(drafts: Path) -> None:
    done = CliRunner().invoke(command, ["pressure"])
    assert done.output == (
        "pressure, en: draft; 12 facts missing for press: subtitle, publisher, published, reviewed,"
        " review_due, authors, clinical_reviewers, audience, objective, main_message, conflicts,"
        " funding\n"
    )
    done = CliRunner().invoke(command, [])
    assert "sleep, en: draft; 2 facts missing for press: reviewed, clinical_reviewers\n" in (
        done.output
    )


def test_a_title_is_enough_for_a_draft(drafts: Path) -> None:
    library = read_library(drafts, TODAY)
    assert library.broken == {}
    day = library.leaflets["sleep"]["en"].facts.published
    assert day
    plan = make_plan(library, Selection(("pressure",)), day)
    outcome = compose_and_make(plan.jobs[0])
    assert getattr(outcome, "files", None), outcome


def test_a_broken_leaflet_is_named(drafts: Path) -> None:
    (drafts / "content/leaflets/pressure/en.md").write_text("---\nsubtitle: x\n---\n\nText.\n")
    done = CliRunner().invoke(command, ["pressure"], standalone_mode=False)
    assert done.return_value == 1


def test_facts_that_nobody_has_checked_are_named(drafts: Path) -> None:
    region = drafts / "content/regions/uk.yml"
    days = "written: 2026-01-02"
    region.write_text(region.read_text() + f"texts:\n  tea: {{text: Tea is good., {days}}}\n")
    leaflet = drafts / "content/leaflets/sleep/en.md"
    leaflet.write_text(leaflet.read_text() + "\n{{ region.texts.tea.text }}\n")
    told = "  uk: 1 fact not checked: texts.tea\n"
    assert told in CliRunner().invoke(command, ["sleep"]).output
    region.write_text(region.read_text().replace(days, f"{days}, reviewed: 2026-01-03"))
    assert told not in CliRunner().invoke(command, ["sleep"]).output
