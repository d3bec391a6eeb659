"""The command as a user calls it: what it prints, and how it ends."""

import hashlib
import io
import json
import os
import signal
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest
from conftest import BASE

from foldwell.build.workers import Workers
from foldwell.cli import main
from foldwell.fonts import FONTS

REPOSITORY = BASE.parents[2]
LEAFLET = "content/leaflets/sleep/en.md"
PDF = "output/riverside/en/sleep-a4-screen.pdf"


class Lasting(Workers):
    """Workers that one command leaves to the next."""

    def close(self) -> None:
        """Stay."""


@pytest.fixture(scope="module", autouse=True)
def workers() -> Iterator[Workers]:
    workers = Lasting()
    yield workers
    Workers.close(workers)


@dataclass(frozen=True)
class Ended:
    """What a command printed, and how it ended."""

    returncode: int
    stdout: str
    stderr: str


Command = Callable[..., Ended]


@pytest.fixture
def foldwell(workers: Workers, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs a command in this process, with workers that are there already."""

    def run(project: Path, *arguments: str) -> Ended:
        monkeypatch.setenv("FOLDWELL_PROJECT", str(project))
        monkeypatch.setenv("SOURCE_DATE_EPOCH", "1769900000")
        monkeypatch.chdir(project)
        out, err = io.StringIO(), io.StringIO()
        former = signal.getsignal(signal.SIGTERM)
        try:
            with redirect_stdout(out), redirect_stderr(err), pytest.raises(SystemExit) as ended:
                main(arguments, workers)
        finally:
            signal.signal(signal.SIGTERM, former)
        assert isinstance(ended.value.code, int)
        return Ended(ended.value.code, out.getvalue(), err.getvalue())

    return run


def started(project: Path, *arguments: str) -> Ended:
    """Run a command in a process of its own, as a user does."""
    surroundings = {
        "FOLDWELL_PROJECT": str(project),
        "SOURCE_DATE_EPOCH": "1769900000",
        "PYTHONPATH": str(REPOSITORY),
    }
    done = subprocess.run(
        [sys.executable, "-m", "foldwell", *arguments],
        env={**os.environ, **surroundings},
        cwd=project,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return Ended(done.returncode, done.stdout, done.stderr)


def test_a_build_writes_the_file_and_says_so(project: Path) -> None:
    done = started(project)
    assert (done.returncode, done.stderr) == (0, "")
    assert "[1/1] built riverside/en/sleep-a4-screen.pdf" in done.stdout
    assert "Built 1 file in" in done.stdout
    assert "DRAFT: no clinician has reviewed these leaflets" in done.stdout
    assert (project / PDF).read_bytes().startswith(b"%PDF-1.7")
    assert os.listdir(project / "output/riverside/en") == ["sleep-a4-screen.pdf"]


def test_a_fact_that_nobody_checked_in_time_is_named(project: Path, foldwell: Command) -> None:
    with open(project / "content/regions/uk.yml", "a") as file:
        file.write("texts:\n  tea: {text: Tea is good., reviewed: 2025-01-10}\n")
    with open(project / LEAFLET, "a") as file:
        file.write("\n{{ region.texts.tea.text }}\n")
    done = foldwell(project)
    assert (done.returncode, done.stderr) == (0, "")
    assert "EXPIRED: some leaflets are past their review date" in done.stdout
    named = "Nobody has checked, or not in time: texts.tea (content/regions/)."
    assert named in done.stdout
    again = foldwell(project)
    assert "Nothing to do" in again.stdout and named in again.stdout
    asked = foldwell(project, "sources", "sleep")
    assert asked.returncode == 1
    assert "[statement] Tea is good." in asked.stdout
    assert "C4 error: 'texts.tea' of the region 'uk' was checked on 2025-01-10" in asked.stderr


def test_a_draft_says_what_stands_between_it_and_the_press(
    project: Path, foldwell: Command
) -> None:
    with open(project / LEAFLET, "a") as file:
        file.write("\nTea heals. Coffee harms.\n")
    told = "2 errors stand between 'sleep' and the press: 'check sleep' names them.\n"
    done = foldwell(project)
    assert (done.returncode, done.stderr) == (0, "")
    assert told in done.stdout
    again = foldwell(project)
    assert "Nothing to do" in again.stdout and told in again.stdout
    # Another list changes what is told of a file whose pages stay as they are.
    (project / "content/must-say.yml").write_text("all: {both: [call your dentist]}\n")
    why = foldwell(project, "--why")
    assert "sleep-a4-screen.pdf: changed: rules" in why.stdout
    assert told.replace("2 errors", "3 errors") in why.stdout
    assert "content/leaflets/sleep/en.md: C5 error" in foldwell(project, "check", "sleep").stdout
    # Once somebody says that it was reviewed, no build takes it, and the draft stays as it was.
    draft, path = (project / PDF).read_bytes(), project / LEAFLET
    path.write_text(path.read_text().replace("clinical_reviewers: []", REVIEW))
    refused = foldwell(project)
    assert refused.returncode == 1 and "'Tea heals.' has no source." in refused.stderr
    assert (project / PDF).read_bytes() == draft


def test_a_mistake_fails_and_leaves_the_last_good_file(project: Path, foldwell: Command) -> None:
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
        (["--format", "b5"], "There is no format 'b5'. Known here: a4,"),
        (["--format", "letter"], "There is nothing to build for these words."),
        (["--hepl"], "No such option '--hepl'"),
        (["--output", "content/leaflets"], "'content/leaflets' is part of the project itself."),
        (["--output", LEAFLET], f"'{LEAFLET}' is a file. Name a folder."),
        (["--quiet", "--verbose"], "--quiet and --verbose were both given."),
        (["--fit", "all"], "--fit cannot be 'all'. Write '--fit report'."),
        (["--sheet", "sra4"], "There is no press sheet 'sra4'. Did you mean 'sra3'?"),
        (["--condition", "coatd"], "There is no printing condition 'coatd'. Did you mean"),
        (["pack", "sl*", "--clinic", "riverside"], "'sl*' is a pattern. An archive holds one"),
        (["pack", "slepe", "--clinic", "riverside"], "There is no leaflet 'slepe'."),
        (["pack", "sleep"], "Missing option '--clinic'"),
    ],
)
def test_wrong_words_end_with_2(arguments: list[str], message: str, foldwell: Command) -> None:
    done = foldwell(BASE, *arguments)
    assert done.returncode == 2
    assert message in done.stderr
    assert "Traceback" not in done.stderr


TEXT = "\n" + (
    "Get up at the same time each day, and go out into the light before you do anything else. "
    "Keep your bed for sleep. Have no tea after lunch, and nothing to eat late at night.\n\n" * 5
)
REVIEW = "reviewed: 2026-01-09\nclinical_reviewers: [{name: Dr A, role: GP, date: 2026-01-09}]"


@pytest.fixture
def press(project: Path) -> Path:
    """A project that makes a press file of its one leaflet, which nobody has reviewed."""
    (project / "content/build.yml").write_text(
        "runs:\n  - formats: {bifold: [screen, press]}\n    web: false\n"
    )
    with open(project / LEAFLET, "a") as file:
        file.write(TEXT)
    return project


def test_a_print_shop_gets_no_draft(press: Path, foldwell: Command) -> None:
    done = foldwell(press)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Built 1 file in" in done.stdout
    assert (
        "Skipped 1 file: This leaflet is not made for a print shop, because no clinician has"
        " reviewed it: --draft makes marked proofs." in done.stdout
    )
    asked = foldwell(press, "--medium", "press")
    assert asked.returncode == 1
    assert asked.stderr.splitlines()[0] == (
        f"{LEAFLET}: This leaflet is not made for a print shop, because no clinician has reviewed"
        " it. Have it reviewed, or ask for a marked proof with --draft."
    )
    assert os.listdir(press / "output/riverside/en") == ["sleep-bifold-screen.pdf"]


def test_a_proof_lies_beside_its_ticket_and_its_colours_are_told(
    press: Path, foldwell: Command
) -> None:
    done = foldwell(press, "--medium", "press", "--draft", "--fit", "report")
    assert done.returncode == 0
    stem = "sleep-bifold-press-draft"
    assert sorted(os.listdir(press / "output/riverside/en")) == [
        f"{stem}-ticket.pdf",
        f"{stem}-ticket.yml",
        f"{stem}.pdf",
    ]
    assert "sleep, riverside, en, bifold press: primary #0f5c73 → CMYK" in done.stdout
    assert "sleep, riverside, en, bifold press: 14 pt\n" in done.stdout
    assert "  inside: " in done.stdout
    (press / "output/riverside/en/order.pdf").write_text("kept")
    cleaned = foldwell(press, "clean")
    assert (cleaned.returncode, cleaned.stderr) == (0, "")
    assert os.listdir(press / "output/riverside/en") == ["order.pdf"]


def test_a_pack_holds_everything_of_one_leaflet(press: Path, foldwell: Command) -> None:
    leaflet = press / LEAFLET
    text = leaflet.read_text().replace("clinical_reviewers: []", REVIEW)
    leaflet.write_text(f"{text}\nRest [@smith2022].\n")
    done = foldwell(press, "pack", "sleep", "--clinic", "riverside")
    assert (done.returncode, done.stderr) == (0, "")
    path = press / "output/riverside/en/sleep-pack.zip"
    with zipfile.ZipFile(path) as archive:
        assert archive.namelist() == [
            "SHA256SUMS",
            *sorted(f"licences/{font.licence_name}" for font in FONTS),
            "sleep-bifold-press-ticket.pdf",
            "sleep-bifold-press-ticket.yml",
            "sleep-bifold-press.pdf",
            "sleep-bifold-screen.pdf",
        ]
    first = path.read_bytes()
    path.unlink()
    again = foldwell(press, "pack", "sleep", "--clinic", "riverside")
    assert again.returncode == 0
    assert path.read_bytes() == first


def test_a_pack_of_a_draft_is_named_so(press: Path, foldwell: Command) -> None:
    refused = foldwell(press, "pack", "sleep", "--clinic", "riverside")
    assert refused.returncode == 1
    assert "is not made for a print shop" in refused.stderr
    assert not list(press.glob("output/**/*.zip"))
    done = foldwell(press, "pack", "sleep", "--clinic", "riverside", "--draft")
    assert (done.returncode, done.stderr) == (0, "")
    (archive,) = press.glob("output/**/*.zip")
    assert archive.name == "sleep-pack-draft.zip"
    with zipfile.ZipFile(archive) as opened:
        assert "sleep-bifold-press-draft.pdf" in opened.namelist()


def test_list_says_what_would_be_built(foldwell: Command) -> None:
    done = foldwell(BASE, "list")
    assert (done.returncode, done.stdout) == (0, f"{PDF}\n")


def test_help_is_for_people() -> None:
    done = started(BASE, "--help")
    assert done.returncode == 0
    for word in ("--clinic", "--format", "list", "doctor", "clean", "builds everything"):
        assert word in done.stdout
    assert "\\b" not in done.stdout


def test_no_content_is_told(tmp_path: Path, foldwell: Command) -> None:
    done = foldwell(tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("There is no folder 'content' in")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--output", ""), "--output names no folder."),
        (("verify", "--output", "nowhere"), "Build first, then verify."),
        (("--output", "x" * 300), "The system refuses this (File name too long)."),
    ],
)
def test_no_folder_is_made_for_a_command_that_cannot_work(
    arguments: tuple[str, ...], message: str, project: Path, foldwell: Command
) -> None:
    done = foldwell(project, *arguments)
    assert done.returncode in (1, 2)
    assert message in done.stderr and "Traceback" not in done.stderr
    assert os.listdir(project) == ["content"]


@pytest.mark.parametrize("arguments", [(), ("verify",), ("list",), ("pack", "sleep")])
def test_a_folder_that_is_no_project_stays_as_it_is(
    arguments: tuple[str, ...], tmp_path: Path, foldwell: Command
) -> None:
    done = foldwell(tmp_path, *arguments)
    assert done.returncode in (1, 2)
    assert "Traceback" not in done.stderr
    assert os.listdir(tmp_path) == []


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no /dev/full")
def test_a_log_on_a_full_disk_is_told(project: Path) -> None:
    environment = {**os.environ, "FOLDWELL_PROJECT": str(project), "PYTHONPATH": str(REPOSITORY)}
    with open("/dev/full", "w") as full:
        done = subprocess.run(
            [sys.executable, "-m", "foldwell"], env=environment, stdout=full,
            stderr=subprocess.PIPE, text=True, timeout=120, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "No space left on device" in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps a folder that somebody is in")
def test_a_current_folder_that_was_deleted_is_told(project: Path) -> None:
    script = f"mkdir x && cd x && rmdir ../x && exec {sys.executable} -m foldwell"
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    environment.pop("FOLDWELL_PROJECT", None)
    done = subprocess.run(
        ["sh", "-c", script], cwd=project, env=environment, capture_output=True, text=True,
        timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.startswith("The system refuses this (No such file or directory).")


# What happens, as it happens.


def test_events_are_written_as_they_come(project: Path, foldwell: Command) -> None:
    done = foldwell(project, "--events", "events.jsonl")
    assert done.returncode == 0
    lines = (project / "events.jsonl").read_text().splitlines()
    kinds = [json.loads(line)["event"] for line in lines]
    assert kinds == ["planned", "started", "built", "done"]
    built = json.loads(lines[2])
    (path,) = built["files"]
    content = (project / "output" / path).read_bytes()
    assert built["files"][path] == hashlib.sha256(content).hexdigest()
    again = foldwell(project, "--events", "events.jsonl")
    assert "Nothing to do" in again.stdout
    lines = (project / "events.jsonl").read_text().splitlines()
    assert [json.loads(line)["event"] for line in lines] == ["planned", "kept", "done"]
    assert json.loads(lines[-1])["idle"] is True


def test_a_file_of_events_that_cannot_be_written_is_told(project: Path, foldwell: Command) -> None:
    done = foldwell(project, "--events", "nowhere/events.jsonl")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("nowhere/events.jsonl: The system refuses this (No such file")


def test_the_summary_names_what_is_no_longer_planned(project: Path, foldwell: Command) -> None:
    assert "No longer planned" not in foldwell(project).stdout
    build = project / "content/build.yml"
    build.write_text(build.read_text().replace("a4", "large-print"))
    named = "No longer planned: riverside/en/sleep-a4-screen.pdf. 'clean --stale' deletes it."
    for _ in range(2):  # built, and nothing to do
        assert named in foldwell(project).stdout
    assert named not in foldwell(project, "--format", "large-print").stdout
    assert foldwell(project, "clean", "--stale").returncode == 0
    assert "No longer planned" not in foldwell(project).stdout


def test_pages_of_a_second_clinic_are_stamped_and_hold_against_whole_ones(
    foldwell: Command, project: Path
) -> None:
    clinics = project / "content/clinics"
    text = (clinics / "riverside.yml").read_text()
    (clinics / "lakeside.yml").write_text(text.replace("Riverside Clinic", "Riverside House"))
    asked = ("--format", "a4", "--medium", "screen")
    # In a process of its own: workers that are there already have pages of other tests.
    built = started(project, *asked, "--why", "--jobs", "1")
    assert built.returncode == 0, built.stderr
    assert built.stdout.count("; stamped, with") == 1
    verified = foldwell(project, "verify", "--full", *asked)
    assert verified.returncode == 0, verified.stderr
    whole = foldwell(project, *asked, "--why", "--force", "--no-stamp")
    assert whole.returncode == 0 and "stamped" not in whole.stdout
