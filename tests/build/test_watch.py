"""Watching: every save is told once, whenever it comes and whatever becomes of the folders."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import BASE
from faults.processes import family, wait_for
from faults.projects import leaflet, make_project, write

from foldwell.build import watch
from foldwell.build.watch import changes

REPOSITORY = BASE.parents[2]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "templates").mkdir()
    (tmp_path / "content").mkdir()
    monkeypatch.setattr(watch, "templates_folder", lambda: tmp_path / "templates")
    monkeypatch.setattr(watch, "TICK_MS", 20)
    return tmp_path


class Watched:
    """Watches in a thread, and counts what it is told."""

    def __init__(self, root: Path) -> None:
        self.told = threading.Semaphore(0)
        self.go_on = threading.Semaphore(0)
        self._stop = False
        self._thread = threading.Thread(target=self._watch, args=(root,))
        self._thread.start()

    def _watch(self, root: Path) -> None:
        for _ in changes(root):
            if self._stop:
                return
            self.told.release()
            self.go_on.acquire()  # as long as a build takes

    def is_told(self) -> bool:
        """Whether a change is told before long; the build that it starts goes on."""
        return self.told.acquire(timeout=30)

    def is_quiet(self) -> bool:
        """Whether nothing is told for a while."""
        return not self.told.acquire(timeout=0.5)

    def end(self, change: Callable[[], object]) -> None:
        """End it, at the next change."""
        self._stop = True
        self.go_on.release()
        change()
        self._thread.join(30)
        assert not self._thread.is_alive()


@pytest.fixture
def watched(root: Path) -> Iterator[Watched]:
    watched = Watched(root)
    assert watched.is_told()  # at once: the first build
    yield watched
    (root / "content").mkdir(exist_ok=True)
    watched.end(lambda: write(root / "content/end", "x"))


def save(root: Path, path: str, watched: Watched) -> None:
    watched.go_on.release()
    write(root / path, "saved")


@pytest.mark.parametrize(
    "path", ["content/build.yml", "content/leaflets/sleep/en.md", "templates/css/base.css"]
)
def test_a_save_is_told(path: str, root: Path, watched: Watched) -> None:
    save(root, path, watched)
    assert watched.is_told()


def test_nothing_is_told_without_a_save(root: Path, watched: Watched) -> None:
    watched.go_on.release()
    assert watched.is_quiet()
    write(root / "output/a/en/x.pdf", "built")
    write(root / "notes.txt", "x")
    assert watched.is_quiet()


def test_what_is_saved_during_the_first_build_is_told_after_it(
    root: Path, watched: Watched
) -> None:
    write(root / "content/build.yml", "saved")
    watched.go_on.release()
    assert watched.is_told()


def test_what_is_saved_during_a_later_build_is_told_after_it(root: Path, watched: Watched) -> None:
    save(root, "content/build.yml", watched)
    assert watched.is_told()
    write(root / "content/build.yml", "saved again")
    watched.go_on.release()
    assert watched.is_told()


def test_many_saves_at_once_are_few_builds(root: Path, watched: Watched) -> None:
    watched.go_on.release()
    for number in range(200):
        write(root / f"content/leaflets/{number}/en.md", "saved")
    assert watched.is_told()
    builds = 1
    watched.go_on.release()
    while not watched.is_quiet():
        builds += 1
        watched.go_on.release()
    assert builds <= 20


def test_a_deleted_file_is_told(root: Path, watched: Watched) -> None:
    save(root, "content/build.yml", watched)
    assert watched.is_told()
    watched.go_on.release()
    (root / "content/build.yml").unlink()
    assert watched.is_told()


def test_a_folder_that_takes_the_place_of_another_is_watched(root: Path, watched: Watched) -> None:
    write(root / "other/build.yml", "other")
    watched.go_on.release()
    shutil.rmtree(root / "content")
    (root / "other").rename(root / "content")
    assert watched.is_told()
    watched.go_on.release()
    while not watched.is_quiet():
        watched.go_on.release()
    save(root, "content/build.yml", watched)
    assert watched.is_told()


def test_a_folder_that_comes_later_is_watched(root: Path) -> None:
    (root / "content").rmdir()
    watched = Watched(root)
    assert watched.is_told()
    watched.go_on.release()
    assert watched.is_quiet()
    write(root / "content/build.yml", "new")
    assert watched.is_told()
    watched.end(lambda: write(root / "content/end", "x"))


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_the_command(tmp_path: Path) -> None:
    """A first build, a save, a mistake, its mending, and Ctrl-C."""
    project = make_project(
        tmp_path / "project", ("sleep",), ("riverside",), "runs:\n  - formats: {a4: [screen]}\n"
    )
    path = project / "content/leaflets/sleep/en.md"
    command = subprocess.Popen(
        [sys.executable, "-u", "-m", "foldwell", "watch"],
        env={
            **os.environ,
            "FOLDWELL_PROJECT": str(project),
            "PYTHONPATH": str(REPOSITORY),
            "SOURCE_DATE_EPOCH": "1769900000",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    assert command.stdout

    def until(words: str) -> str:
        lines = ""
        for line in command.stdout or ():
            lines += line
            if words in line:
                return lines
        raise AssertionError(lines)

    assert "Built 2 files" in until("Watching…")
    path.write_text(leaflet("sleep", "Another advice."))
    assert "Built 2 files" in until("Watching…")
    path.write_text(leaflet("sleep", "Give 3*4*5 mg."))
    assert "would print as" in until("Watching…")
    write(project / "content/build.yml", "runs: [")
    until("build.yml")
    write(project / "content/build.yml", "runs:\n  - formats: {a4: [screen]}\n    web: false\n")
    path.write_text(leaflet("sleep", "The third advice."))
    until("Built 1 file")
    os.killpg(command.pid, signal.SIGINT)
    out, _ = command.communicate(timeout=60)
    assert "Traceback" not in out
    assert command.returncode == 130
    assert wait_for(lambda: family(command.pid) == [])
