"""A leaflet that is made for screens alone is told of."""

import pytest

from foldwell.build.twins import without_twin
from foldwell.content.library import Library
from foldwell.content.settings import Run, Settings


@pytest.mark.parametrize(
    ("runs", "told"),
    [
        ([{"formats": {"a4": ["screen"]}, "web": False}], True),
        ([{"formats": {"a4": ["screen"]}}], False),
        ([{"formats": {"a4": ["office"]}, "web": False}], False),
        ([{"formats": {"a4": ["screen"]}, "web": False}, {"formats": {}}], False),
        ([{"formats": {"a4": ["screen"]}, "web": False}, {"clinics": ["other"]}], True),
        ([{"formats": {"a4": ["screen"]}, "web": False, "leaflets": ["wake"]}], False),
        ([{"formats": {"a4": ["screen"]}, "web": False, "also": ["web"]}], False),
    ],
)
def test_screens_alone(runs: list[dict[str, object]], told: bool, library: Library) -> None:
    settings = Settings(runs=tuple(Run.model_validate(run, strict=False) for run in runs))
    found = without_twin(library.leaflets["sleep"]["en"], "riverside", settings)
    assert [one.rule for one in found] == (["A2"] if told else [])


def test_nothing_is_told_of_a_project_without_settings(library: Library) -> None:
    assert without_twin(library.leaflets["sleep"]["en"], "riverside", None) == []
