"""Preflight behind limits, its command, and the proofs beside the files."""

import json
import os
import time
from pathlib import Path
from typing import Any

import pytest
from sheet import Sheet

from foldwell.build import preflight as build
from foldwell.build.preflight import Outcome, check_and_prove, preflight_files, write_proofs
from foldwell.check.preflight import Examined
from foldwell.check.report import Checked
from foldwell.check.standard import Expected
from foldwell.cli import main
from foldwell.errors import FoldwellError, UsageError

GOOD = Sheet()
BAD = Sheet(ink="0.7 0.6 0.6 0.9 k")
WARNED = Sheet(more="0.1 w 100 200 m 200 200 l S")


def command(*words: str) -> int:
    """Run a command line; the exit code."""
    with pytest.raises(SystemExit) as caught:
        main(["preflight", *words])
    assert isinstance(caught.value.code, int)
    return caught.value.code


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with some files, to stand in."""
    for name, sheet in (("good", GOOD), ("bad", BAD), ("warned", WARNED)):
        (tmp_path / f"{name}.pdf").write_bytes(sheet.bytes())
    (tmp_path / "note.txt").write_text("no PDF")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("names", "code"),
    [
        (["good.pdf"], 0),
        (["warned.pdf"], 0),
        (["bad.pdf"], 1),
        (["good.pdf", "bad.pdf"], 1),
        (["note.txt"], 1),
        (["missing.pdf"], 2),
        (["good.pdf", "missing.pdf"], 2),
        ([], 2),
        (["."], 2),
        (["good.pdf", "--medium", "pres"], 2),
        (["good.pdf", "--format", "a66"], 2),
        (["good.pdf", "--format", "a6"], 0),
        (["good.pdf", "--format", "a5"], 1),
        (["bad.pdf", "--medium", "office"], 0),
    ],
)
def test_exit_codes(here: Path, names: list[str], code: int) -> None:
    assert command(*names) == code


def test_the_report(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command("good.pdf", "bad.pdf", "note.txt")
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "good.pdf (press, 1 page):"
    assert lines[1] == "  nothing found"
    assert lines[3].startswith("  page 1: X5 error: The black text")
    assert lines[4:] == [
        "note.txt:",
        "  The file is no PDF. Name a PDF file.",
        "3 files: 1 error, 0 warnings, 0 notes.",
        "1 file could not be checked.",
    ]


def test_the_report_as_json(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command("bad.pdf", "--json", "--proof") == 1
    told = capsys.readouterr()
    facts = json.loads(told.out)
    assert facts["counts"]["errors"] == 1
    assert facts["files"][0]["findings"][0]["rule"] == "X5"
    assert "Wrote bad-proof.pdf." in told.err


def test_messages_of_wrong_calls(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command("good.pdf", "--medium", "pres")
    assert capsys.readouterr().err == "--medium cannot be 'pres'. Did you mean 'press'?\n"
    command("good.pdf", "--format", "a66")
    assert capsys.readouterr().err.startswith("There is no format 'a66'.")
    command("missing.pdf")
    assert capsys.readouterr().err.startswith("missing.pdf: This file cannot be read (No such file")


def test_proofs(here: Path) -> None:
    before = (here / "bad.pdf").read_bytes()
    assert command("bad.pdf", "--proof") == 1
    names = {path.name for path in here.iterdir()}
    assert {"bad-proof.pdf", "bad-proof-1.png", "bad-proof-2.png"} <= names
    assert (here / "bad.pdf").read_bytes() == before
    assert command("bad.pdf", "--proof") == 1  # over its own proofs


def test_nothing_else_is_written(here: Path) -> None:
    names = {path.name for path in here.iterdir()}
    command("bad.pdf", "good.pdf")
    assert {path.name for path in here.iterdir()} == names


@pytest.mark.parametrize("name", ["bad-proof.pdf", "bad-proof-2.png"])
def test_what_is_no_proof_is_never_written_over(
    here: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    (here / name).write_bytes(b"somebody's own")
    assert command("bad.pdf", "--proof") == 1
    assert (here / name).read_bytes() == b"somebody's own"
    assert not (here / "bad-proof-1.png").exists()
    assert "which is no proof of Foldwell's" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_in_the_place_of_a_proof(here: Path) -> None:
    (here / "bad-proof.pdf").symlink_to(here / "good.pdf")
    outcome = Outcome(Checked(str(here / "bad.pdf"), "", None), b"proof")
    with pytest.raises(FoldwellError, match="no proof of Foldwell's"):
        write_proofs(outcome)


@pytest.mark.skipif(os.name == "nt", reason="there are no named pipes there")
def test_a_pipe_is_not_read(here: Path) -> None:
    os.mkfifo(here / "pipe.pdf")
    with pytest.raises(UsageError, match="This is no file"):
        preflight_files([str(here / "pipe.pdf")], Expected())


def test_a_file_that_is_too_large(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "MOST_BYTES", 100)
    with pytest.raises(UsageError, match="larger than"):
        preflight_files([str(here / "good.pdf")], Expected())


def test_files_keep_their_order(here: Path) -> None:
    names = [str(here / f"{name}.pdf") for name in ("warned", "good", "bad", "good")]
    outcomes = preflight_files(names, Expected())
    assert [outcome.checked.file for outcome in outcomes] == names[:3]
    assert all(isinstance(outcome.checked.examined, Examined) for outcome in outcomes)


def take_for_ever(*_: Any) -> None:
    """Stands for the check of a file that never ends."""
    time.sleep(600)


def test_a_file_that_takes_too_long(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "check_and_prove", take_for_ever)
    (outcome,) = preflight_files([str(here / "good.pdf")], Expected(), time_limit_s=0.01)
    assert outcome.checked.examined is None
    assert str(outcome.checked.trouble).startswith(
        "Checking the file took longer than 0.01 seconds and was stopped."
    )


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (MemoryError(), "Checking the file needs too much memory."),
        (RecursionError(), "The file is nested too deep."),
        (FoldwellError("The file is empty."), "The file is empty."),
    ],
)
def test_what_goes_wrong_comes_back_as_a_value(
    monkeypatch: pytest.MonkeyPatch, error: Exception, message: str
) -> None:
    def fail(*_: Any) -> None:
        raise error

    monkeypatch.setattr("foldwell.check.preflight.examine", fail)
    told = check_and_prove(b"", Expected(), False)
    assert isinstance(told, FoldwellError)
    assert told.message == message
