"""A build that the studio runs: one at a time, its events kept for every page that listens."""

from __future__ import annotations

import datetime
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from pathlib import Path

from foldwell.build.events import Built, Done, Event, Failed, Kept, Planned, as_json
from foldwell.build.job import Job, Selection
from foldwell.build.known import Known
from foldwell.build.on_demand import OnDemand, Wanted
from foldwell.build.request import Request, Told
from foldwell.build.workers import Workers
from foldwell.errors import FoldwellError, Mistakes, Place
from foldwell.project import Project

MOST_EVENTS = 20_000


class _Stopped(Exception):  # noqa: N818 - somebody wanted it so
    """Somebody has stopped the build."""


class Builder:
    """Builds, and tells how it goes on.

    Args:
        root: The project folder.
        output: The output folder.
    """

    def __init__(self, root: Path, output: Path) -> None:
        self._root, self._output = root, output
        self._workers = Workers()
        # One thread, which lives as long as the processes that it may start.
        self._printer, self._turn = ThreadPoolExecutor(1, "on-demand"), threading.Lock()
        self._on_demand = OnDemand(output, self._workers, self._say)
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
        if not self._begin():
            return False
        self._thread = threading.Thread(target=self._run, args=(request,), daemon=True)
        self._thread.start()
        return True

    def make(self, job: Job, told: Told, known: Known, today: datetime.date) -> None:
        """Print the file of one job on demand, and wait for it.

        Args:
            job: The job, as the project stands.
            told: What the register of editions has to know beside it.
            known: What was read for the plan, and Foldwell itself as it is now.
            today: The day of the plan.

        Raises:
            FoldwellError: If a build is running, or the file cannot be made.
        """
        order = job.order
        media = ((one,) if one else () for one in (order.format, order.medium.name))
        selection = Selection((order.leaflet,), (order.clinic,), (order.language,), *media)
        wanted = Wanted(job, Request(selection, order.options, today), told, known)
        with self._turn:  # one after another: each takes a moment
            if not self._begin():
                raise FoldwellError(
                    "A build is running, so that this file cannot be made now.",
                    Place(order.path),
                    "Ask for it again when the build has ended.",
                )
            self._printer.submit(self._carry_out, lambda: self._print(wanted)).result()
            why = [words for name, words in self.failed if name == job.name] or [*self.trouble]
            if why and self.state != "done":
                raise FoldwellError(why[0], Place(order.path))

    def stop(self) -> None:
        """End the build after the files that are being made; finished ones are kept."""
        self._stop.set()

    def _begin(self) -> bool:
        """Begin anew; False if a build is running."""
        with self._changed:
            if self.state == "running":
                return False
            self.lines, self.built, self.failed = [], [], []
            self.jobs = self.ended = 0
            self.state, self.trouble = "running", ()
            self.number += 1
            self._stop.clear()
        return True

    def _run(self, request: Request) -> None:
        self._carry_out(lambda: self._build(request))

    def _build(self, request: Request) -> tuple[str, ...]:
        with Project(self._root, self._output, self._say) as project:
            plan = project.plan(request, self._workers)
            with closing(plan.build(self._workers)) as stream:  # type: ignore[type-var]
                for event in stream:
                    self._take(event)
                    if self._stop.is_set() and not isinstance(event, Done):
                        raise _Stopped(*map(str, plan.broken))
            return tuple(map(str, plan.broken))

    def _print(self, wanted: Wanted) -> tuple[str, ...]:
        for event in self._on_demand.events(wanted):
            self._take(event)
        return ()

    def _carry_out(self, work: Callable[[], tuple[str, ...]]) -> None:
        """Do some work, which gives back what is wrong beside its files, and say how it ended."""
        state, trouble = "done", tuple[str, ...]()
        try:
            trouble = work()
            if self.failed or trouble:
                state = "failed"
        except _Stopped as stopped:
            state, trouble = "stopped", stopped.args
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
        with suppress(RuntimeError):  # it is closed already
            self._printer.submit(self._on_demand.close)
        self._printer.shutdown(wait=False)
