"""A process that has loaded Foldwell, and makes a child of itself for every build it is asked for.

Each build is a process of its own that may be killed at will, yet costs a fork and no start of
Python. Requests and answers are lines of JSON; ``Zygote`` is the other end.
"""

from __future__ import annotations

import contextlib
import gc
import io
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from faults.projects import install, make_project, memory_folder

TESTS = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Ended:
    """How a build ended.

    Attributes:
        code: Its exit code; minus the number of the signal that killed it.
        out: What it printed.
        err: What it said.
        events: What the layer saw, in order.
        fired: The event at which the fault happened; empty if it did not.
    """

    code: int
    out: str
    err: str
    events: tuple[str, ...]
    fired: str


class Zygote:
    """The parent of builds.

    Args:
        installed: The folder with the ``foldwell`` and ``templates`` that builds look at.
    """

    def __init__(self, installed: Path) -> None:
        paths = os.pathsep.join(str(path) for path in (TESTS.parent, TESTS, TESTS / "build"))
        self._process = subprocess.Popen(
            [sys.executable, "-m", "faults.zygote", str(installed)],
            env={**os.environ, "PYTHONPATH": paths, "SOURCE_DATE_EPOCH": "1769900000"},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self.installed = installed

    def build(
        self,
        project: Path,
        *words: str,
        watched: Path | None = None,
        at: int = 0,
        kind: str = "",
        user: int = 0,
    ) -> Ended:
        """Run one command.

        Args:
            project: The project folder.
            words: The words of the command line.
            watched: Where faults may happen; the output folder unless said.
            at: The event that fails; 0 for none.
            kind: How it fails.
            user: Who builds; 0 for whoever runs the tests.
        """
        assert self._process.stdin and self._process.stdout
        watched = watched or project / "output"
        request = [str(project), words, str(watched), at, kind, user]
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        code, out, err, log = json.loads(self._process.stdout.readline())
        fired = next((line[6:] for line in log if line.startswith("FIRED ")), "")
        return Ended(code, out, err, tuple(line.removeprefix("FIRED ") for line in log), fired)

    def close(self) -> None:
        """End it."""
        self._process.communicate(timeout=20)


@contextlib.contextmanager
def running() -> Iterator[Zygote]:
    """The parent of builds that look at a Foldwell of their own."""
    with memory_folder() as folder:
        install(folder)
        zygote = Zygote(folder)
        try:
            yield zygote
        finally:
            zygote.close()


def _child(
    project: str, words: list[str], watched: str, at: int, kind: str, user: int, folder: str
) -> None:
    """One build, from here to its end."""
    from faults.layer import Layer
    from foldwell import cli

    for number, name in ((1, "out"), (2, "err")):
        handle = os.open(f"{folder}/{name}", os.O_WRONLY | os.O_CREAT)
        os.dup2(handle, number)
        os.close(handle)
    sys.stdout = os.fdopen(1, "w", encoding="utf-8")
    sys.stderr = os.fdopen(2, "w", encoding="utf-8")
    os.environ["FOLDWELL_PROJECT"] = project
    Layer(Path(watched), at, kind, Path(folder, "log")).install()
    if user:
        os.setgroups([])
        os.setgid(user)
        os.setuid(user)
    code: Any = 99
    try:
        cli.main(words)
    except SystemExit as exit_:
        code = exit_.code
    except BaseException:
        import traceback

        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code or 0)


def _serve(installed: Path) -> None:

    import foldwell.build.known
    import foldwell.build.lock
    import foldwell.build.verify
    import foldwell.build.worker
    import foldwell.build.workers
    import foldwell.cli.build
    import foldwell.cli.telling
    import foldwell.content.library
    import foldwell.project
    import foldwell.typeset.compose
    from faults import layer, stub  # noqa: F401

    known, worker = foldwell.build.known, foldwell.build.worker
    worker.compose, worker.typeset = stub.compose, stub.typeset
    foldwell.build.workers.Workers = stub.Hands  # type: ignore[assignment, misc]
    known.templates_folder = lambda: installed / "templates"  # type: ignore[attr-defined]
    known.__file__ = str(installed / "foldwell/build/known.py")
    foldwell.build.lock.WAIT_S = 1
    _warm_up()
    for line in sys.stdin:
        with tempfile.TemporaryDirectory() as folder:
            child = os.fork()
            if child == 0:
                signal.alarm(60)
                _child(*[*json.loads(line), folder])
            _, status = os.waitpid(child, 0)
            texts = [
                Path(folder, name).read_text(errors="replace")
                if Path(folder, name).exists()
                else ""
                for name in ("out", "err", "log")
            ]
        answer = [os.waitstatus_to_exitcode(status), *texts[:2], texts[2].splitlines()]
        print(json.dumps(answer), flush=True)


def _warm_up() -> None:
    """Build once, so that all is loaded that a build loads, and the usual files are parsed."""
    from faults.world import read_once
    from foldwell import cli
    from foldwell.content import leaflet, reading

    reading.read_yaml = leaflet.read_yaml = read_once  # type: ignore[attr-defined]
    with memory_folder() as folder, contextlib.redirect_stdout(io.StringIO()):
        os.environ["FOLDWELL_PROJECT"] = str(make_project(folder))
        with contextlib.suppress(SystemExit):
            cli.main([])
    gc.collect()
    gc.freeze()  # the children then copy less


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
