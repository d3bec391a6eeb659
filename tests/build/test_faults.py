"""Faults of the disk, injected for real into builds that are processes of their own.

Every call that a build makes on its output folder fails once in each way; then the next build is
a sound one. Whatever happened, a path held the complete old file or the complete new one.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from faults.layer import KILL, KINDS
from faults.projects import CLINIC, files, make_project, memory_folder, write
from faults.zygote import Ended, Zygote, running

LONG = bool(os.environ.get("FOLDWELL_LONG_TESTS"))
BUILD = "runs:\n  - formats: {a4: [screen]}\n"
LEFTOVER = re.compile(r"\.foldwell-.*\.part")
HARMLESS = re.compile(
    r"(unlink|stat|lstat) \.foldwell/(holder.json|ledger.sqlite)"  # then it sweeps once more
    r"|(flock|close) \.foldwell/lock"  # the system lets go of it as the process ends
    r"|open \.foldwell/lock"  # it is tried in another way
    r"|scandir .*"  # what cannot be looked through is not swept
    r"|sqlite .*"  # then more is made than needed
    r"|close ([a-z/]+(/sleep\S*)?|\.)"  # of a folder that was flushed, or of a file that was read
    r"|mkdir .*"  # of a folder that is there
    r"|(open|lstat) [a-z/]+/sleep\S*"  # what cannot be read is made again
    r"|\w+ \.foldwell/rack(/.*)?"  # what is not on the rack is found anew
)
"""Where a fault may cost time, or tidiness, but no file, so that a build may go on."""


@pytest.fixture(scope="module")
def zygote() -> Iterator[Zygote]:
    with running() as zygote:
        yield zygote


class Stage:
    """A project whose outputs are out of date: what they are, and what they must become."""

    def __init__(self, folder: Path, zygote: Zygote, built_before: bool) -> None:
        self.folder, self._project = folder, folder / "project"
        make_project(self._project, ("sleep",), ("riverside",), BUILD)
        if built_before:
            assert zygote.build(self._project).code == 0
        self.old = files(self._project / "output")
        clinic = CLINIC.replace("0142", "0199")
        write(self._project / "content/clinics/riverside.yml", clinic)
        clean = self.copy()
        shutil.rmtree(clean / "output", ignore_errors=True)
        assert zygote.build(clean).code == 0
        self.new = files(clean / "output")
        self.events = zygote.build(self.copy()).events

    def copy(self) -> Path:
        """The project with its outputs, in the place of the copy before."""
        folder = self.folder / "copy"
        shutil.rmtree(folder, ignore_errors=True)
        return Path(shutil.copytree(self._project, folder, symlinks=True))

    def is_whole(self, project: Path) -> bool:
        """Whether each path holds the old file or the new one."""
        there = {
            path: content
            for path, content in files(project / "output").items()
            if not LEFTOVER.fullmatch(path.rpartition("/")[2])
        }
        whole = all(content in (self.old.get(p), self.new.get(p)) for p, content in there.items())
        return whole and set(self.old) <= set(there) <= set(self.new)


@pytest.fixture(scope="module")
def rebuild(zygote: Zygote) -> Iterator[Stage]:
    """A project that was built before."""
    with memory_folder() as folder:
        yield Stage(folder, zygote, built_before=True)


@pytest.fixture(scope="module")
def first_build(zygote: Zygote) -> Iterator[Stage]:
    """A project that was not."""
    with memory_folder() as folder:
        yield Stage(folder, zygote, built_before=False)


@pytest.fixture(params=["rebuild", "first_build"])
def stage(request: pytest.FixtureRequest) -> Stage:
    """Either."""
    stage: Stage = request.getfixturevalue(request.param)
    return stage


def chosen(events: tuple[str, ...], kind: str, built_before: bool) -> list[int]:
    """The numbers of the events that fail: all but those that only look.

    Of looks at the ledger and at outputs one kind of fault is enough; whether a folder is there
    is asked again and again, and its not being there is told by the call that needs it. A first
    build differs from a later one only until it has written a file.
    """
    looks = re.compile(r"(stat|lstat|readlink|listdir) ")
    told = re.compile(r"lstat (\.foldwell/|[a-z]+/[a-z]+/sleep)")
    last = len(events) if built_before or LONG else events.index("sqlite COMMIT") + 1
    return [
        number
        for number, event in enumerate(events[:last], 1)
        if not looks.match(event) or (told.match(event) and kind == "EIO")
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_every_call_that_fails(kind: str, stage: Stage, zygote: Zygote) -> None:
    wrong = []
    for at in chosen(stage.events, kind, bool(stage.old)):
        project = stage.copy()
        ended = zygote.build(project, at=at, kind=kind)
        event = stage.events[at - 1]
        problems = list(problems_of(ended, event, kind, stage, project))
        again = zygote.build(project)
        if again.code or "Traceback" in again.err:
            problems.append(f"next build: {again.code} {again.err}")
        if files(project / "output") != stage.new:
            problems.append(f"next build left {sorted(files(project / 'output'))}")
        wrong += [f"{at} {event}: {problem}" for problem in problems]
    assert not wrong, "\n".join(wrong)


def problems_of(ended: Ended, event: str, kind: str, stage: Stage, project: Path) -> Iterator[str]:
    """What a build did not do as it must when a call of it failed."""
    if ended.fired != event:
        yield f"the fault did not happen, but '{ended.fired}'"
    if not stage.is_whole(project):
        yield "a file is neither the old one nor the new one"
    if kind == KILL:
        if ended.code != -9:
            yield f"not killed: {ended.code}"
        return
    if "Traceback" in ended.err or ended.code not in (0, 1):
        yield f"{ended.code} {ended.err}"
    elif ended.code == 1 and not re.search(
        r"cannot be (written|read|deleted)|were deleted", ended.err
    ):
        yield f"no clear message: {ended.err}"
    elif ended.code == 0:
        flush = re.fullmatch(r"(open|fsync) ([a-z/]+|\.)", event) and kind == "EACCES"
        if not (HARMLESS.fullmatch(event) or flush):
            yield f"nothing was said: {ended.err}"
        if files(project / "output") != stage.new:
            yield "exit 0 without the files"


@pytest.mark.parametrize("kind", ["EIO", "EACCES"])
@pytest.mark.parametrize("watched", ["content", "templates", "foldwell"])
def test_a_file_that_cannot_be_read(
    watched: str, kind: str, rebuild: Stage, zygote: Zygote
) -> None:
    folder = zygote.installed / watched
    events: tuple[str, ...] = ()
    at = 0
    while at <= len(events):
        project = rebuild.copy()
        if watched == "content":
            folder = project / watched
        ended = zygote.build(project, watched=folder, at=at, kind=kind)
        events = events or ended.events
        if at:
            assert ended.fired == events[at - 1]
        assert rebuild.is_whole(project), ended.fired
        assert "Traceback" not in ended.err, ended.fired
        if ended.code:
            assert (ended.code, "cannot be opened" in ended.err) == (1, True), ended.fired
        else:
            assert files(project / "output") == rebuild.new, ended.fired
        assert zygote.build(project).code == 0
        assert files(project / "output") == rebuild.new, ended.fired
        at = next((n for n, e in enumerate(events, 1) if n > at and e.startswith("open ")), 10**6)


@contextlib.contextmanager
def mounted(*options: str, at: Path) -> Iterator[Path]:
    """Something mounted at a folder; only root may."""
    if os.geteuid() != 0 or not shutil.which("mount"):
        pytest.skip("only root may mount")
    at.mkdir(exist_ok=True)
    done = subprocess.run(["mount", *options, str(at)], capture_output=True, check=False)
    if done.returncode:
        pytest.skip(f"nothing can be mounted here: {done.stderr.decode()}")
    try:
        yield at
    finally:
        subprocess.run(["umount", "-l", str(at)], check=True)


def test_a_disk_that_is_full(rebuild: Stage, zygote: Zygote) -> None:
    ends = set()
    for free in range(0, 260, 4 if LONG else 20):
        project = rebuild.copy()
        disk = rebuild.folder / "disk"
        with mounted("-t", "tmpfs", "-o", "size=1m", "tmpfs", at=disk) as output:
            shutil.copytree(project / "output", output, dirs_exist_ok=True)
            filler = output / "filler"
            with contextlib.suppress(OSError):
                filler.write_bytes(bytes(2**21))
            os.truncate(filler, filler.stat().st_size // 4096 * 4096 - free * 1024)
            ended = zygote.build(project, "--output", str(output))
            ends.add(ended.code)
            assert "Traceback" not in ended.err
            told = re.search(r"cannot be (written|read)|could not be written", ended.err)
            assert (ended.code, bool(told)) in ((1, True), (0, True), (0, False))
            there = {p: c for p, c in files(output).items() if p != "filler"}
            if ended.code:
                assert "Check the free space" in ended.err
            else:
                assert there == rebuild.new
            assert [p for p in there if LEFTOVER.search(p)] == []
            assert all(c in (rebuild.old.get(p), rebuild.new.get(p)) for p, c in there.items())
            filler.unlink()
            assert zygote.build(project, "--output", str(output)).code == 0
            assert files(output) == rebuild.new
    assert ends == {0, 1}


def test_a_disk_that_is_read_only(rebuild: Stage, zygote: Zygote) -> None:
    project = rebuild.copy()
    output = project / "output"
    with mounted("-t", "tmpfs", "-o", "ro,size=1m", "tmpfs", at=output):
        ended = zygote.build(project)
        assert ended.code == 1
        assert ended.err.endswith(
            "output: The output folder cannot be written (Read-only file system). Check the free"
            " space and the permissions, or name another folder with --output.\n"
        )


NOBODY = 65534


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may build as somebody else")
@pytest.mark.parametrize(
    ("path", "mode", "message"),
    [
        ("output/.foldwell", 0o555, "cannot be written (Permission denied)."),
        ("output/.foldwell/lock", 0o400, "The output folder cannot be written (Permission"),
        ("output/.foldwell/ledger.sqlite", 0o000, "The ledger of builds cannot be written"),
        ("output/.foldwell/ledger.sqlite", 0o444, "The ledger could not be written (attempt to"),
        ("output/riverside/en", 0o555, "This file cannot be written (Permission denied)."),
        ("output/riverside", 0o000, "sleep-a4-screen.pdf: This file cannot be written"),
        ("content/clinics/riverside.yml", 0o000, "riverside.yml: This file cannot be opened"),
        ("content/leaflets", 0o000, "leaflets: This folder cannot be read"),
    ],
)
def test_no_permission(path: str, mode: int, message: str, rebuild: Stage, zygote: Zygote) -> None:
    project = rebuild.copy()
    for here in (project, *project.rglob("*")):
        os.chown(here, NOBODY, NOBODY)
    usual = (project / path).stat().st_mode
    (project / path).chmod(mode)
    ended = zygote.build(project, user=NOBODY)
    assert message in ended.err
    code = 0 if "could not" in message else 1  # a ledger that cannot be written costs only time
    assert (ended.code, "Traceback" in ended.err) == (code, False)
    assert rebuild.is_whole(project)
    (project / path).chmod(usual)
    assert zygote.build(project, user=NOBODY).code == 0
    assert files(project / "output") == rebuild.new


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may build as somebody else")
def test_no_permission_to_make_the_output_folder(first_build: Stage, zygote: Zygote) -> None:
    project = first_build.copy()
    project.chmod(0o555)
    ended = zygote.build(project, user=NOBODY)
    assert "The output folder cannot be written (Permission denied)." in ended.err
    assert (ended.code, "Traceback" in ended.err) == (1, False)
