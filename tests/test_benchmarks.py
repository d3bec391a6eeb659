"""The benchmark's own project, and its builds that are only recorded."""

from pathlib import Path

import pytest

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
