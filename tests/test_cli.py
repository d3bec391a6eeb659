"""The command as a user calls it: what it prints, and how it ends."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import BASE

LEAFLET = "content/leaflets/sleep/en.md"
PDF = "output/riverside/en/sleep-a4-screen.pdf"


def foldwell(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "FOLDWELL_PROJECT": str(project),
        "SOURCE_DATE_EPOCH": "1769900000",
    }
    root = Path(__file__).resolve().parent.parent
    environment["PYTHONPATH"] = str(root)
    return subprocess.run(
        [sys.executable, "-m", "foldwell", *arguments],
        env=environment,
        cwd=project,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_a_build_writes_the_file_and_says_so(project: Path) -> None:
    done = foldwell(project)
    assert (done.returncode, done.stderr) == (0, "")
    assert "[1/1] built riverside/en/sleep-a4-screen.pdf" in done.stdout
    assert "Built 1 file in" in done.stdout
    assert "DRAFT: no clinician has reviewed these leaflets" in done.stdout
    assert (project / PDF).read_bytes().startswith(b"%PDF-1.7")
    assert os.listdir(project / "output/riverside/en") == ["sleep-a4-screen.pdf"]


def test_a_mistake_fails_and_leaves_the_last_good_file(project: Path) -> None:
    (project / PDF).parent.mkdir(parents=True)
    (project / PDF).write_text("the last good file")
    with open(project / LEAFLET, "a") as file:
        file.write("\nGive 3*4*5 mg.\n")
    done = foldwell(project, "--quiet")
    assert done.returncode == 1
    assert done.stdout == ""
    assert "en.md:20: A * or _ inside a word or number would print as" in done.stderr
    assert "Traceback" not in done.stderr
    assert (project / PDF).read_text() == "the last good file"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["lsit"], "There is no leaflet or command 'lsit'. Did you mean the command 'list'?"),
        (["slepe"], "There is no leaflet 'slepe'. Did you mean 'sleep'?"),
        (["--clinic", "nope"], "There is no clinic 'nope'. Known here: riverside."),
        (["--format", "a5"], "There is no format 'a5'. Known here: a4,"),
        (["--format", "letter"], "There is nothing to build for these words."),
        (["--hepl"], "No such option '--hepl'"),
        (["--output", "content/leaflets"], "'content/leaflets' is part of the project itself."),
        (["--output", LEAFLET], f"'{LEAFLET}' is a file. Name a folder."),
        (["--quiet", "--verbose"], "--quiet and --verbose were both given."),
    ],
)
def test_wrong_words_end_with_2(arguments: list[str], message: str) -> None:
    done = foldwell(BASE, *arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


def test_list_says_what_would_be_built() -> None:
    done = foldwell(BASE, "list")
    assert (done.returncode, done.stdout) == (0, f"{PDF}\n")


def test_help_is_for_people() -> None:
    done = foldwell(BASE, "--help")
    assert done.returncode == 0
    for word in ("--clinic", "--format", "list", "doctor", "clean", "builds everything"):
        assert word in done.stdout
    assert "\\b" not in done.stdout


def test_no_content_is_told(tmp_path: Path) -> None:
    done = foldwell(tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("There is no folder 'content' in")
