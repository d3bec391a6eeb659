"""A build that the studio runs: one at a time, its events kept for every page that listens."""

from __future__ import annotations

import datetime
import threading
from contextlib import closing
from pathlib import Path

from foldwell.build.events import Built, Done, Event, Failed, Kept, Planned, as_json
from foldwell.build.job import Job, Selection
from foldwell.build.request import Request
from foldwell.build.workers import Workers
from foldwell.errors import FoldwellError, Mistakes, Place
from foldwell.project import Project

MOST_EVENTS = 20_000


class Builder:
    """Builds, and tells how it goes on.

    Args:
        root: The project folder.
        output: The output folder.
    """

    def __init__(self, root: Path, output: Path) -> None:
        self._root, self._output = root, output
        self._workers = Workers()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self.lines: list[str] = []
        self.jobs = self.ended = 0
        self.built: list[str] = []
        self.failed: list[tuple[str, str]] = []
        self.state = "idle"
        """``idle``, ``running``, ``stopped``, ``failed`` or ``done``."""
        self.trouble: tuple[str, ...] = ()
        self.number = 0

    def warm_up(self) -> None:
        """Let the workers start, from a thread that lives as long as the studio."""
        self._workers.start()

    def start(self, request: Request) -> bool:
        """Begin a build; False if one is running."""
        with self._changed:
            if self.state == "running":
                return False
            self.lines, self.built, self.failed = [], [], []
            self.jobs = self.ended = 0
            self.state, self.trouble = "running", ()
            self.number += 1
            self._stop.clear()
            self._thread = threading.Thread(target=self._run, args=(request,), daemon=True)
            self._thread.start()
        return True

    def make(self, job: Job, today: datetime.date) -> None:
        """Build the file of one job, and wait for it.

        Raises:
            FoldwellError: If another build is running, or the file cannot be made.
        """
        order = job.order
        wanted = ((one,) if one else () for one in (order.format, order.medium.name))
        selection = Selection((order.leaflet,), (order.clinic,), (order.language,), *wanted)
        if not self.start(Request(selection, order.options, today)):
            raise FoldwellError(
                "A build is running, so that this file cannot be made now.",
                Place(order.path),
                "Ask for it again when the build has ended.",
            )
        thread = self._thread
        assert thread is not None
        thread.join()
        why = [words for name, words in self.failed if name == job.name] or [*self.trouble]
        if why and self.state != "done":
            raise FoldwellError(why[0], Place(order.path))

    def stop(self) -> None:
        """End the build after the files that are being made; finished ones are kept."""
        self._stop.set()

    def _run(self, request: Request) -> None:
        state, trouble = "done", tuple[str, ...]()
        try:
            with Project(self._root, self._output, self._say) as project:
                plan = project.plan(request, self._workers)
                with closing(plan.build(self._workers)) as stream:  # type: ignore[type-var]
                    for event in stream:
                        self._take(event)
                        if self._stop.is_set() and not isinstance(event, Done):
                            state = "stopped"
                            break
                trouble = tuple(str(error) for error in plan.broken)
            if state == "done" and (self.failed or trouble):
                state = "failed"
        except (FoldwellError, Mistakes) as error:
            state, trouble = "failed", tuple(str(error).splitlines())
        except Exception as error:  # the page must say that it ended, whatever it was
            state, trouble = "failed", (f"The build ended early ({type(error).__name__}).",)
        with self._changed:
            self.state, self.trouble = state, trouble
            self._changed.notify_all()

    def _say(self, line: str) -> None:
        with self._changed:
            self.trouble = (line,)
            self._changed.notify_all()

    def _take(self, event: Event) -> None:
        with self._changed:
            match event:
                case Planned():
                    self.jobs = event.jobs
                case Built():
                    self.built += event.files
                case Failed():
                    self.failed.append((event.name, " ".join(map(str, event.errors))))
            self.ended += isinstance(event, Built | Kept | Failed)
            if len(self.lines) < MOST_EVENTS:
                self.lines.append(as_json(event))
            self._changed.notify_all()

    def wait(self, after: int, seconds: float) -> tuple[list[str], bool]:
        """The events after a number of them, as soon as there are some; and whether it ended."""
        with self._changed:
            self._changed.wait_for(
                lambda: len(self.lines) > after or self.state != "running", seconds
            )
            return self.lines[after:], self.state != "running"

    def close(self) -> None:
        """End everything."""
        self.stop()
        if self._thread:
            self._thread.join(5)
        self._workers.close()
