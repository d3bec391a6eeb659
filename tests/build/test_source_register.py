"""The register: which statement cites what, who opened it when, and what people write into it."""

import datetime
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from conftest import TODAY

from foldwell.build.source_register import record_opening, register_json, register_table, standings
from foldwell.cli import cli
from foldwell.content.library import read_library
from foldwell.content.source_records import RECORDS
from foldwell.errors import Mistakes, UsageError

LEAFLET = "content/leaflets/sleep/en.md"


@pytest.fixture(autouse=True)
def place(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOLDWELL_PROJECT", str(project))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769900000")
    with open(project / LEAFLET, "a") as file:
        file.write("\nSleep heals [@lee2021].\n")


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(cli, words, standalone_mode=False)
    if done.exception:
        return 2, str(done.exception)
    return done.return_value, done.output


def states(project: Path, today: datetime.date = TODAY) -> dict[str, str]:
    return {one.id: one.state for one in standings(read_library(project, TODAY), today)}


def test_each_source_is_told_with_what_cites_it(project: Path) -> None:
    lee, smith = standings(read_library(project, TODAY), TODAY)
    (cited,) = lee.cited
    assert (cited.path, cited.line, cited.text, cited.regions) == (
        LEAFLET, 20, "Sleep heals.", ("uk",),
    )  # fmt: skip
    assert smith.cited == () and smith.holds
    table = register_table([lee, smith])
    assert f"unrecorded lee2021: Lee 2021\n           {LEAFLET}:20: Sleep heals. [uk]\n" in table
    assert "2 sources: 0 opened in time, 0 too long ago, 2 by nobody that is recorded" in table
    assert [one.id for one in standings(read_library(project, TODAY), TODAY, ["sleep"])] == [
        "lee2021"
    ]
    told = register_json([lee], TODAY)["sources"][0]
    assert told["state"] == "unrecorded" and told["cited"][0]["line"] == 20
    with pytest.raises(UsageError, match="There is no leaflet 'slep'"):
        standings(read_library(project, TODAY), TODAY, ["slep"])


def test_an_opening_is_recorded_and_runs_out(project: Path) -> None:
    code, told = run("sources", "opened", "lee2021", "--by", "Ann Example", "--on", "2026-01-10")
    assert (code, told) == (0, f"{RECORDS}: lee2021: opened on 2026-01-10 by Ann Example.\n")
    assert states(project) == {"lee2021": "opened", "smith2022": "unrecorded"}
    assert states(project, datetime.date(2027, 1, 10))["lee2021"] == "opened"
    assert states(project, datetime.date(2027, 1, 11))["lee2021"] == "stale"
    assert states(project, datetime.date(2026, 1, 9))["lee2021"] == "unrecorded"
    with open(project / "content/build.yml", "a") as file:
        file.write("check: {opened_days: 20}\n")
    assert states(project)["lee2021"] == "stale"
    assert (
        "C7 warning: Nobody has opened 1 of its 1 sources for 20 days: lee2021." in run("check")[1]
    )
    assert "lee2021: no note, opened 2026-01-10 by Ann Example" in run("sources", "sleep")[1]


def test_what_people_wrote_into_the_file_stays(project: Path) -> None:
    before = (
        "# Ours.\nsources:\n  # Look at page 3.\n  smith2022:\n    opened: 2025-12-01 # by post\n"
        "    by: 'Bob'\n    superseded_by: the 2027 edition\n"
    )
    (project / RECORDS).write_text(before)
    day = datetime.date(2026, 1, 10)
    record_opening(project, read_library(project, TODAY), ["lee2021", "smith2022"], "Ann: GP", day)
    after = (project / RECORDS).read_text()
    assert after == (
        "# Ours.\nsources:\n  # Look at page 3.\n  smith2022:\n    opened: 2026-01-10 # by post\n"
        "    by: 'Ann: GP'\n    superseded_by: the 2027 edition\n"
        "  lee2021:\n    opened: 2026-01-10\n    by: 'Ann: GP'\n"
    )
    assert states(project) == {"lee2021": "opened", "smith2022": "gone"}
    assert run("sources", "status")[0] == 0  # no leaflet cites the one that is gone


def test_what_cannot_be_recorded(project: Path) -> None:
    assert run("sources", "opened", "lee2021")[1].startswith("--by says who opened them.")
    late = run("sources", "opened", "lee2021", "--by", "Ann", "--on", "2030-01-01")[1]
    assert late.startswith("2030-01-01 is still to come.")
    assert "Did you mean 'lee2021'?" in run("sources", "opened", "lee2012", "--by", "Ann")[1]
    assert not (project / RECORDS).exists()
    run("sources", "opened", "lee2021", "--by", "Ann", "--on", "2026-01-10")
    early = run("sources", "opened", "lee2021", "--by", "Ann", "--on", "2026-01-09")[1]
    assert "was opened on 2026-01-10, which is later than 2026-01-09" in early
    (project / RECORDS).write_text("sources:\n  lee2021: {opend: 2026-01-10}\n")
    with pytest.raises(Mistakes, match="Unknown key 'opend'"):
        record_opening(project, read_library(project, TODAY), ["lee2021"], "Ann", TODAY)


def test_a_source_that_was_taken_back_stops_check_and_build(project: Path) -> None:
    assert run("build", "--quiet")[0] == 0
    (project / RECORDS).write_text("sources:\n  lee2021: {retracted: by its journal}\n")
    code, told = run("check")
    assert code == 1
    assert f"{LEAFLET}:20: C8 error: 'lee2021' was retracted (by its journal)." in told
    code, told = run("sources", "status")
    assert code == 1 and "gone       lee2021: Lee 2021, was retracted (by its journal)" in told
    code, told = run("build")
    assert code == 1 and f"{LEAFLET}:20: 'lee2021' was retracted" in told
    assert run("build", "--quiet")[0] == 1  # and again, though nothing has changed since
    (project / RECORDS).write_text("sources: {}\n")
    assert run("build", "--quiet")[0] == 0


def test_numbers_of_a_wrong_form_are_told(project: Path) -> None:
    path = project / "content/references.json"
    references = json.loads(path.read_text())
    references[0]["DOI"] = "doi:10.1000/182"
    path.write_text(json.dumps(references))
    code, told = run("sources", "status")
    assert code == 1 and "wrong: 'doi:10.1000/182' is no DOI" in told
    code, told = run("check")
    assert code == 1 and f"{LEAFLET}:20: C9 error: 'lee2021': 'doi:10.1000/182' is no DOI." in told
