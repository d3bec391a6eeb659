"""The pools of worker processes, started early so that they warm up while content is read.

Composers read content and turn it into page sources, typesetters turn these into files; where
files stand in whose fields their words fit, printers do, which need no engine. Only composers load
the models of content, so all kinds get ready side by side. This module imports little, because
what it imports delays that.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import BrokenExecutor
from typing import TYPE_CHECKING, Any

from foldwell.build import worker
from foldwell.build.dispatch import TIME_LIMIT_S, Dispatch, Turn
from foldwell.build.loading import load_composing
from foldwell.build.pieces import HERE
from foldwell.build.processes import CopyOrSpawn, no_interrupts, start_engine
from foldwell.build.sweeping import UntilFull
from foldwell.errors import FoldwellError, Mistakes, Place

if TYPE_CHECKING:
    import datetime
    from pathlib import Path

    from foldwell.build.job import Job, Options, Selection
    from foldwell.build.made import Outcome
    from foldwell.build.racking import Racking
    from foldwell.build.request import Jobs

PLAN_LIMIT_S = 300
"""The longest that reading all content may take."""
JOBS_A_WORKER = UntilFull(40)
"""A typesetter is replaced when it holds much; where that is not known, after so many batches."""
JOBS_A_COMPOSER = 2000
"""The same for a composer, whose memory grows by some megabytes in a thousand jobs."""
TYPESETTERS_A_COMPOSER = 4
STUCK_S = TIME_LIMIT_S + 15
"""If no job ends for this long, although each may only take half a minute, a pool is stuck."""
CLOSE_S = 5
POLL_S = 0.02
"""How often a pool looks after its workers; ending one waits for the next look."""
POLLED = 4
"""With more typesetters than that, each is looked after less often: every look takes time."""


class Workers:
    """Worker processes that make jobs.

    Where there is a fork server, it imports the engine once and each typesetter is a copy of
    it; elsewhere (Windows) each typesetter imports it on its own.

    Args:
        count: How many typesetters work at once; 0 for one a core.
    """

    stuck_s: float | None = STUCK_S
    """How long to wait for any job to end; None for ever."""
    stamps: bool = True
    """Whether pages are stamped from those of other clinics."""
    are_for_one_run: bool = False
    """Whether nobody will ask for more than one run."""
    is_far: bool = False
    """Whether typesetters are on other machines, and see no folder of this one."""
    racking: Racking | None = None
    """Where files with fields stand that were proven before, while a build goes on."""

    def __init__(self, count: int = 0) -> None:
        self.count = count or os.cpu_count() or 1
        self.context: Any = None
        self.composers: Any = None
        self._typesetters: dict[int, Any] = {}
        self.printers: Any = None
        self._ending: list[threading.Thread] = []

    def start(self) -> None:
        """Let the workers warm up, if they do not yet."""
        if self.context is None:
            self._start_engine()
        self.start_composers(worker.start_composer)

    def _start_engine(self) -> None:
        """Let typesetters be copied from what is loaded once, from now on."""
        with no_interrupts():
            self.context = start_engine()

    def start_composers(self, start: Callable[[], None] = worker.start_planner) -> None:
        """Let those workers warm up that planning needs, if they do not yet.

        Args:
            start: How each begins; one that only loaded what planning needs can compose too.
        """
        if self.composers is None:
            with no_interrupts():
                self.composers = self._new_composers(start)

    def start_printers(self) -> None:
        """Let those workers warm up that make files without an engine, if they do not yet."""
        self.start_composers()
        if self.printers is None and self.count > 1:
            with no_interrupts():
                self.printers = self._new_composers(worker.start_printer)

    def look_ahead(self) -> None:
        """Let printers read what stands on the rack, while there is nothing to print yet."""
        if self.printers is not None and self.racking:
            with contextlib.suppress(RuntimeError):  # the pool broke: whoever prints renews it
                rack = self.racking.rack()
                self.printers.schedule(worker.look_ahead, args=[rack], timeout=TIME_LIMIT_S)

    def _new_composers(self, start: Callable[[], None] = worker.start_composer) -> Any:
        pool = self.pool(self._composer_count(), start, CopyOrSpawn(), JOBS_A_COMPOSER)
        pool.schedule(worker.nothing)  # a pool starts with its first task
        return pool

    def _composer_count(self) -> int:
        return 1 + self.count // TYPESETTERS_A_COMPOSER // 2

    def are_sound(self) -> bool:
        """Whether no pool broke, as one may whose worker is killed."""
        return all(pool.active for pool in self._pools())

    def _pools(self) -> list[Any]:
        return [*self._typesetters.values(), *filter(None, [self.composers, self.printers])]

    def renew(self) -> None:
        """Replace all worker processes of this machine, whatever state they are in."""
        pools, self._typesetters = self._pools(), {}
        with no_interrupts():
            self.composers = self._new_composers()
            if self.printers is not None:
                self.printers = self._new_composers(worker.start_printer)
        end(pools)

    def plan(
        self,
        root: Path,
        selection: Selection,
        today: datetime.date,
        options: Options,
        stamps: Mapping[str, str],
        stamp: str,
        pictures: Path | None = None,
        meanwhile: Callable[[], None] = lambda: None,
    ) -> Jobs:
        """Read the content and find what there is to make, in a composer.

        Args:
            root: The project folder.
            selection: What is asked for.
            today: The day of the build.
            options: What is asked for beside the files themselves.
            stamps: Hashes of Foldwell itself, by name.
            stamp: One hash of what shapes every file beside its words.
            pictures: The folder of pictures that were normalised before; None to make all anew.
            meanwhile: What there is to do here until then.

        Raises:
            FoldwellError: If there is no content, nothing that the selection names, or content
                that cannot be read in time.
        """
        from pebble import ProcessExpired

        self.start_composers()
        arguments = (root, selection, today, options, stamps, stamp, pictures)
        try:
            try:
                found = self._plan(arguments, meanwhile)
            except (BrokenExecutor, ProcessExpired):  # a process was killed: tried once more
                self.renew()
                found = self._plan(arguments)
        except (BrokenExecutor, ProcessExpired):
            raise FoldwellError(
                "The process that reads the content ended by itself, twice.",
                Place("content"),
                "Take large or unusual files away; 'doctor' says whether anything is missing.",
            ) from None
        except TimeoutError:
            raise FoldwellError(
                f"Reading the content took longer than {PLAN_LIMIT_S} seconds.",
                Place("content"),
                "Take large or unusual files away.",
            ) from None
        if isinstance(found, tuple):
            raise found[0] if len(found) == 1 else Mistakes(found)
        return found

    def _plan(
        self, arguments: tuple[Any, ...], meanwhile: Callable[[], None] = lambda: None
    ) -> Jobs | worker.Errors:
        rack = self.racking.rack() if self.racking and self.stamps else None
        call = [worker.plan, HERE.seal([arguments], ()), {}, 0, rack]
        try:
            future = self.composers.schedule(worker.each, args=call, timeout=PLAN_LIMIT_S)
            if self.racking:  # what is planned is made; until then the plan is looked at here
                self.composers.schedule(load_composing)
        except RuntimeError as error:  # the pool broke while it had nothing to do
            raise BrokenExecutor from error
        meanwhile()
        # The pool counts from when a worker takes it, which one that hangs never does.
        answer: worker.Answer = future.result(PLAN_LIMIT_S + STUCK_S)
        HERE.hold(answer.pieces)
        if self.racking:
            self.racking.keep(answer.racked, answer.used)
        result: Jobs | worker.Errors = (answer.results or [()])[0]
        return result

    def pool(
        self, size: int, start: Callable[[], None], context: Any, tasks: int = JOBS_A_WORKER
    ) -> Any:
        """Some workers of one kind, each replaced after a number of tasks."""
        from pebble import CONSTS, ProcessPool

        CONSTS.sleep_unit = POLL_S * max(1, self.count // POLLED)
        return ProcessPool(max_workers=size, max_tasks=tasks, initializer=start, context=context)

    def lanes(self, jobs: int) -> int:
        """How many typesetters a number of jobs is given to, each with a pool of its own."""
        return max(1, min(jobs, self.count))

    def warm_up(self, jobs: int) -> None:
        """Let the typesetters warm up, while the first jobs are composed."""
        for lane in range(self.lanes(jobs)):
            try:
                self.typesetter(lane).schedule(worker.nothing)  # with its first task it starts
            except RuntimeError:  # no process could be started; the first job tries again
                self._typesetters.pop(lane, None)

    def typesetter(self, lane: int) -> Any:
        """The typesetter of a lane, as a pool of one; kept for the next run."""
        if self.context is None:
            self._start_engine()
        if lane not in self._typesetters:
            self._typesetters[lane] = self.pool(1, worker.start_typesetter, self.context)
        return self._typesetters[lane]

    def close(self) -> None:
        """End all processes, whatever they do."""
        self._let_go()
        for thread in self._ending:
            thread.join(CLOSE_S)
        self._ending.clear()

    def _let_go(self) -> None:
        """Let all processes end."""
        pools = self._pools()
        self._typesetters, self.printers, self.composers = {}, None, None
        self._ending += ending(pools)

    def run(
        self,
        jobs: Sequence[Job],
        same: Callable[[Job, str], bool] = lambda job, key: False,
    ) -> Iterator[tuple[Job, Outcome | None]]:
        """Make all jobs; a worker that is lost with one is replaced, and the job tried again.

        Args:
            jobs: What to make, in this order.
            same: Asked with a job and the key of what it is made from, whether its file was
                made from just that; then it is not typeset.

        Yields:
            Each job with None when it is begun, and with its outcome when it ends.
        """
        for turn in self.turns(jobs, same):
            yield from turn

    def turns(
        self,
        jobs: Sequence[Job],
        same: Callable[[Job, str], bool] = lambda job, key: False,
    ) -> Iterator[Turn]:
        """The same, with all together that have come to their end meanwhile."""
        self.start_composers(worker.start_composer)
        yield from Dispatch(self, jobs, same).turns()
        if self.are_for_one_run:  # they end while what was made is registered
            self._let_go()


def end(pools: Sequence[Any]) -> None:
    """End pools, at the same time; a worker that was killed may have left one that cannot."""
    for thread in ending(pools):
        thread.join(CLOSE_S)


def ending(pools: Sequence[Any]) -> list[threading.Thread]:
    """The same, without waiting: threads that are over when it is done."""
    for pool in pools:
        pool.stop()
    threads = [threading.Thread(target=pool.join, daemon=True) for pool in pools]
    for thread in threads:
        thread.start()
    return threads
