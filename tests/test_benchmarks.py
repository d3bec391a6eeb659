"""The benchmark's own project, builds that are only recorded, and what one more clinic costs."""

import re
import sys
from pathlib import Path

import pytest

from benchmarks import one_more
from benchmarks.corpus import make_project
from benchmarks.stubs import build_stubs
from foldwell.cli import main


def test_outputs_that_are_stubs_are_up_to_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    project = make_project(tmp_path / "project", 3, 2)
    build_stubs(project)
    assert len(list(project.glob("output/*/en/*-a5-screen.pdf"))) == 6
    monkeypatch.setenv("FOLDWELL_PROJECT", str(project))
    with pytest.raises(SystemExit, match="0"):
        main(["build"])
    assert capsys.readouterr().out.startswith("Nothing to do: 6 files in ")


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_one_more_clinic_is_measured_and_so_is_the_memory_of_a_build(
    capsys: pytest.CaptureFixture[str],
) -> None:
    one_more.main(["6", "--leaflet", "starting-methadone", "--format", "a4"])
    said = capsys.readouterr().out
    cost = re.search(r"6 clinics: (\S+) ms a file \((\S+) to compose\), (\d+) as a whole", said)
    held = re.search(r"6 clinics, built: no process held more than (\d+) MiB", said)
    assert cost and held, said
    made, composed, whole = map(float, cost.groups())
    assert 0 < composed < made and whole > 0
    assert 20 < int(held[1]) <= 300


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--format", "nope"], "invalid choice: 'nope' (choose from 'a4', 'letter'"),
        (["--leaflet", "nope"], "invalid choice: 'nope' (choose from 'stopping-kratom'"),
        (["--medium", "web"], "invalid choice: 'web'"),
        (["2"], "3 clinics are the fewest"),
        (
            ["--format", "large-print", "--medium", "press"],
            "large-print is measured with --medium screen alone.",
        ),
    ],
)
def test_what_cannot_be_measured_is_refused(
    words: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        one_more.main(words)
    told = capsys.readouterr().err.replace("'", "")  # not every Python puts them
    assert said.replace("'", "") in told
