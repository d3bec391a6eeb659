from pathlib import Path

import pytest
from conftest import TODAY

from foldwell.build.tell_sources import tell_sources
from foldwell.errors import Mistakes, UsageError


def add(project: Path, text: str) -> None:
    leaflet = project / "content/leaflets/sleep/en.md"
    leaflet.write_text(leaflet.read_text() + f"\n{text}\n")


def test_the_sources_are_told_for_one_clinic_of_each_region(project: Path) -> None:
    add(project, "Sleep heals [@lee2021].")
    lines, complaints = tell_sources(project, TODAY, "sleep")
    assert lines[0] == "For riverside:"
    assert any(line.endswith("[statement] Sleep heals.") for line in lines)
    assert not [line for line in complaints if "Sleep heals" in line]


def test_claims_without_a_source_are_complaints(project: Path) -> None:
    add(project, "Sleep cures all.")
    _, complaints = tell_sources(project, TODAY, "sleep", "riverside")
    assert any("'Sleep cures all.' has no source." in line for line in complaints)
    assert all(line.startswith("content/leaflets/sleep/en.md:") for line in complaints)


def test_unsound_lists_are_mistakes(project: Path) -> None:
    (project / "content/never-print.yml").write_text("all:\n  - {pattern: '[', why: a dose}\n")
    with pytest.raises(Mistakes, match=r"content/never-print.yml:2: .*it is no pattern"):
        tell_sources(project, TODAY, "sleep")


@pytest.mark.parametrize(
    "asked", [("slep", "", "en"), ("sleep", "riversid", "en"), ("sleep", "", "fr")]
)
def test_unknown_names_are_told(asked: tuple[str, str, str], project: Path) -> None:
    with pytest.raises(UsageError, match="There is no "):
        tell_sources(project, TODAY, *asked)
