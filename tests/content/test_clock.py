"""A leaflet expires by the day where it is handed out."""

import datetime
from pathlib import Path

import pytest
from conftest import TODAY

from foldwell.cli import arguments
from foldwell.content.clock import day_in
from foldwell.content.library import read_library

NOON = datetime.datetime(2026, 12, 31, 12, 30, tzinfo=datetime.UTC)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("time_zone: Pacific/Auckland", datetime.date(2027, 1, 1)),
        ("time_zone: 'America/New_York'", datetime.date(2026, 12, 31)),
        ("site: https://www.example.org # no time_zone", None),
        ("time_zone: Pacific/Aukland", None),
        ("time_zone: [Pacific/Auckland]", None),
        ("time_zone: [", None),
    ],
)
def test_the_day_in_the_zone_of_a_project(
    written: str, day: datetime.date | None, project: Path
) -> None:
    (project / "content/build.yml").write_text(f"{written}\n")
    assert day_in(project, NOON) == day


def test_without_settings_there_is_no_zone(tmp_path: Path) -> None:
    assert day_in(tmp_path, NOON) is None


def test_commands_ask_it(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOLDWELL_PROJECT", str(project))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(NOON.timestamp())))
    assert arguments.today() == datetime.date(2026, 12, 31)
    with open(project / "content/build.yml", "a") as file:
        file.write("time_zone: Pacific/Auckland\n")
    assert arguments.today() == datetime.date(2027, 1, 1)
    assert arguments.request_of().today == datetime.date(2027, 1, 1)
    assert arguments.request_of(on="2027-05-01").today == datetime.date(2027, 5, 1)


def test_a_zone_that_does_not_exist_is_told(project: Path) -> None:
    (project / "content/build.yml").write_text("time_zone: Pacific/Aukland\n")
    (told,) = read_library(project, TODAY).broken["content/build.yml"]
    assert "Did you mean 'Pacific/Auckland'?" in str(told)
