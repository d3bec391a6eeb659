"""Real builds of real files whose processes are killed, stopped and deprived of their folders.

Whatever is killed at whatever moment: a path holds the complete old file or the complete new one,
no process is left, and the next build gives the same bytes as a clean one and leaves nothing lying
about.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import BASE
from faults.processes import Process, family, wait_for
from faults.projects import files, make_project, memory_folder

REPOSITORY = BASE.parents[2]
LONG = bool(os.environ.get("FOLDWELL_LONG_TESTS"))
KILLS = 300 if LONG else 12
CLINICS = ("riverside", "bayside", "hillside", "lakeside", "northside")
LEAFLETS = ("sleep", "rest", "tea", "walk", "calm")
WHOLE = "runs:\n  - formats: {a4: [screen, office], a5: [screen]}\n"
SMALL = "runs:\n  - formats: {a4: [screen]}\n"
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


class Building:
    """A project of many files, its two states, and builds of it.

    Attributes:
        project: The project.
        states: For each of two telephone numbers, what a clean build makes.
        seconds: What a build of everything takes.
    """

    def __init__(self, folder: Path) -> None:
        clinics, leaflets = (CLINICS, LEAFLETS) if LONG else (CLINICS[:2], LEAFLETS[:3])
        build = WHOLE if LONG else SMALL
        self.project = make_project(folder / "project", leaflets, clinics, build)
        for path in self.project.glob("content/clinics/*.yml"):  # all print on A4
            path.write_text(path.read_text().replace("region: us", "region: uk"))
        self.output = self.project / "output"
        self.states: list[dict[str, bytes]] = []
        for number in (0, 1):
            self.turn_to(number)
            shutil.rmtree(self.output, ignore_errors=True)
            started = time.monotonic()
            self.build()
            self.seconds = time.monotonic() - started
            self.states.append(files(self.output))
        assert len(self.states[0]) == (100 if LONG else 12)
        assert set(self.states[0]) == set(self.states[1])
        assert all(self.states[0][path] != self.states[1][path] for path in self.states[0])

    def turn_to(self, number: int) -> None:
        """Change every file: the clinics have another telephone number."""
        for path in self.project.glob("content/clinics/*.yml"):
            path.write_text(re.sub(r"0142|0199", ("0142", "0199")[number], path.read_text()))

    def start(
        self, *words: str, program: tuple[str, ...] = ("-m", "foldwell")
    ) -> subprocess.Popen[str]:
        """Start a build, in a session of its own."""
        return subprocess.Popen(
            [sys.executable, *program, *words],
            env={
                **os.environ,
                "FOLDWELL_PROJECT": str(self.project),
                "PYTHONPATH": f"{REPOSITORY}{os.pathsep}{REPOSITORY / 'tests/build'}",
                "SOURCE_DATE_EPOCH": "1769900000",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def build(self, *words: str) -> str:
        """Build to the end, without a word of complaint; what was said."""
        process = self.start(*words)
        out, err = process.communicate(timeout=600)
        assert (process.returncode, err) == (0, ""), out + err
        return out

    def is_whole(self) -> bool:
        """Whether each path that is there holds one of the two files."""
        return all(
            content in (self.states[0].get(path), self.states[1].get(path))
            for path, content in files(self.output).items()
            if not path.endswith(".part")
        )

    def left_over(self) -> list[str]:
        """What a build that came to its end must not leave."""
        usual = {"lock", "ledger.sqlite", "rack"}
        left = [path for path in files(self.output) if path not in self.states[0]]
        return left + sorted(set(os.listdir(self.output / ".foldwell")) - usual)


@pytest.fixture(scope="module")
def building() -> Iterator[Building]:
    with memory_folder() as folder:
        yield Building(folder)


def test_kill_9_of_the_parent_at_any_moment(building: Building) -> None:
    dice, killed, finished, parts = random.Random(20260201), 0, [], 0
    for number in range(KILLS):
        state = number % 2  # the outputs are of the other one
        building.turn_to(state)
        assert files(building.output) == building.states[1 - state]
        process = building.start()
        time.sleep(dice.random() * building.seconds)
        process.kill()
        process.communicate()
        killed += process.returncode == -signal.SIGKILL
        assert wait_for(lambda: family(process.pid) == []), family(process.pid)  # noqa: B023
        there = files(building.output)
        assert building.is_whole()
        assert set(building.states[0]) <= set(there)
        new = building.states[state]
        finished.append(sum(there[path] == new[path] for path in new))
        parts += sum(path.endswith(".part") for path in there)
        building.build("--jobs", "1")  # what it must put right is not the typesetters' work
        assert files(building.output) == building.states[state]
        assert building.left_over() == []
    assert killed >= KILLS / 4  # a busy machine measured more time than a build then takes
    print(f"killed {killed} of {KILLS}; files finished before: {sorted(finished)}; parts {parts}")


# Workers.


def server(processes: list[Process], parent: int) -> list[int]:
    return [p.number for p in processes if p.kind == "forkserver" and p.parent == parent]


def typesetters(processes: list[Process], parent: int) -> list[int]:
    servers = server(processes, parent)
    return [p.number for p in processes if p.parent in servers]


def composers(processes: list[Process], parent: int) -> list[int]:
    return [
        p.number
        for p in processes
        if p.kind == "spawn_main" or (p.kind == "parent" and p.parent == parent)
    ]


@pytest.mark.parametrize("whom", [server, typesetters, composers])
def test_kill_9_of_workers(
    whom: Callable[[list[Process], int], list[int]], building: Building
) -> None:
    """They are replaced, and their jobs made by others."""
    before = files(building.output)
    for _ in range(10 if LONG else 1):
        process = building.start("--force")
        assert process.stdout
        process.stdout.readline()  # the first file was built: all are at work
        victims = whom(family(process.pid), process.pid)
        for victim in victims:
            os.kill(victim, signal.SIGKILL)
        _, err = process.communicate(timeout=120)
        assert victims
        assert "Traceback" not in err
        assert process.returncode == 0, err
        assert files(building.output) == before
        assert wait_for(lambda: family(process.pid) == []), family(process.pid)  # noqa: B023


# Ctrl-C.


def from_the_keyboard(number: int) -> None:
    os.killpg(number, signal.SIGINT)


def to_the_parent(number: int) -> None:
    os.kill(number, signal.SIGINT)


def as_services_are_stopped(number: int) -> None:
    os.kill(number, signal.SIGTERM)


@pytest.mark.parametrize("stop", [from_the_keyboard, to_the_parent, as_services_are_stopped])
def test_who_stops_a_build_keeps_what_was_finished(
    stop: Callable[[int], None], building: Building
) -> None:
    shutil.rmtree(building.output)
    process = building.start()
    assert process.stdout
    for _ in range(2):
        process.stdout.readline()  # two files are built
    stop(process.pid)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130, out + err
    assert err.lstrip() == "Stopped. Files that were finished are kept.\n"
    assert wait_for(lambda: family(process.pid) == []), family(process.pid)
    finished = files(building.output)
    assert 2 <= len(finished) < len(building.states[0])
    assert building.is_whole()
    assert [path for path in finished if path.endswith(".part")] == []
    out = building.build()
    assert f"Up to date: {len(finished)} files." in out
    assert files(building.output) in building.states
    assert building.left_over() == []


def test_who_stops_a_build_early_sees_no_traceback(building: Building) -> None:
    for number in range(60 if LONG else 8):
        process = building.start("--force")
        time.sleep(0.1 + building.seconds * number / (60 if LONG else 8))
        if process.poll() is None:
            from_the_keyboard(process.pid)
        out, err = process.communicate(timeout=60)
        if process.returncode == 0:  # it came to its end first
            continue
        # Python itself ends by the signal where it comes amid certain imports.
        assert process.returncode in (130, -signal.SIGINT), out + err
        said = ("Stopped. Files that were finished are kept.", "")
        assert err.strip() in said or is_of_python_alone(err), err
        assert wait_for(lambda: family(process.pid) == []), family(process.pid)  # noqa: B023
    building.build("--force")


def is_of_python_alone(trace: str) -> bool:
    """Whether Python was stopped before it came to any line of Foldwell, as on a busy machine."""
    frames = re.findall(r'(?m)^  File "([^"]*)"', trace)
    return bool(frames) and all(frame.startswith("<frozen ") for frame in frames)


def test_ctrl_c_again_and_again(building: Building) -> None:
    """Somebody impatient."""
    process = building.start("--force")
    assert process.stdout
    process.stdout.readline()
    while process.poll() is None:
        os.killpg(process.pid, signal.SIGINT)
        time.sleep(0.02)
    process.communicate()
    assert wait_for(lambda: family(process.pid) == []), family(process.pid)
    assert building.is_whole()
    building.build()
    assert building.left_over() == []


# A worker that hangs does not outlive its parent.


@pytest.mark.parametrize("step", ["compose", "typeset"])
def test_a_hung_worker_dies_with_a_killed_parent(step: str, building: Building) -> None:
    process = building.start("--force", program=("-m", "faults.hanging", step))
    whom = composers if step == "compose" else typesetters

    def hangs() -> bool:
        workers = whom(family(process.pid), process.pid)
        return any("hrtimer" in wait_channel(worker) or is_asleep(worker) for worker in workers)

    assert wait_for(hangs, 60)
    time.sleep(0.5)
    process.kill()
    process.communicate()
    assert wait_for(lambda: family(process.pid) == []), family(process.pid)


def wait_channel(number: int) -> str:
    try:
        return Path(f"/proc/{number}/wchan").read_text()
    except OSError:
        return ""


def is_asleep(number: int) -> bool:
    try:
        return "clock_nanosleep" in Path(f"/proc/{number}/stack").read_text()
    except OSError:
        return False


# The output folder goes.


def test_the_output_folder_is_deleted_while_it_is_built_into(building: Building) -> None:
    process = building.start("--force")
    assert process.stdout
    for _ in range(2):
        process.stdout.readline()
    building.output.rename(building.output.with_name("gone"))
    shutil.rmtree(building.output.with_name("gone"))
    _, err = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "Traceback" not in err
    assert re.search(r"were deleted from this folder|cannot be written", err)
    assert building.is_whole()
    building.build()
    assert files(building.output) in building.states
    assert building.left_over() == []
