"""Ways to measure: whole processes, loops in one warm process, and memory of workers."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path


def seconds(work: Callable[[], object]) -> float:
    """How long a piece of work takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def median(values: Sequence[float]) -> float:
    """The middle of some values."""
    ordered = sorted(values)
    return ordered[len(ordered) // 2]


def build(project: Path, *words: str) -> None:
    """Run the build command as a whole process.

    Raises:
        RuntimeError: If it fails.
    """
    environment = os.environ | {"FOLDWELL_PROJECT": str(project)}
    done = subprocess.run(
        [sys.executable, "-m", "foldwell", *words],
        env=environment | {"PYTHONPATH": str(Path(__file__).resolve().parent.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(done.stdout + done.stderr)


@contextlib.contextmanager
def watching(project: Path) -> Iterator[Callable[[], None]]:
    """The ``watch`` command, while it runs; yields what waits until it has built something."""
    repository = str(Path(__file__).resolve().parent.parent)
    with subprocess.Popen(
        [sys.executable, "-u", "-m", "foldwell", "watch"],
        env=os.environ | {"FOLDWELL_PROJECT": str(project), "PYTHONPATH": repository},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:

        def finished() -> None:
            for line in process.stdout or ():
                if line.startswith("[1/1] built"):
                    return
            raise RuntimeError("watching has ended")

        try:
            yield finished
        finally:
            process.terminate()


@contextlib.contextmanager
def worker_memory(samples: list[tuple[float, int, int]]) -> Iterator[None]:
    """Sample the memory of all processes below this one (Linux only).

    Args:
        samples: (time, process, resident bytes) is added to it ten times a second.
    """
    ended = threading.Event()

    def sample() -> None:
        page = os.sysconf("SC_PAGE_SIZE")
        while not ended.wait(0.1):
            for process in _descendants(os.getpid()):
                with contextlib.suppress(OSError, ValueError, IndexError):
                    resident = int(Path(f"/proc/{process}/statm").read_text().split()[1])
                    samples.append((time.perf_counter(), process, resident * page))

    thread = threading.Thread(target=sample, daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()


PR_SET_CHILD_SUBREAPER = 36
"""The option of Linux' prctl(2) by which processes whose parent has ended come to this one."""


def cpu_of_build(project: Path, *words: str) -> float:
    """CPU seconds of a build command and of all processes that it started (Linux only).

    The server that copies the engine outlives the command for a moment, so it is waited for.
    """
    import ctypes
    import resource

    def spent() -> float:
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
    before = spent()
    build(project, *words)
    with contextlib.suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)
    return spent() - before


def _descendants(root: int) -> list[int]:
    parents: dict[int, list[int]] = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            with contextlib.suppress(OSError, IndexError, ValueError):
                fields = Path(f"/proc/{entry}/stat").read_text().rpartition(")")[2].split()
                parents.setdefault(int(fields[1]), []).append(int(entry))
    found, pending = [], [root]
    while pending:
        children = parents.get(pending.pop(), [])
        found += children
        pending += children
    return found
