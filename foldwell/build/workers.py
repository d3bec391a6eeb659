"""The pools of worker processes, started early so that they warm up while content is read.

Two kinds of worker: composers read content and turn it into page sources, typesetters turn
these into files. A typesetter never loads the models of content, so both kinds get ready side by
side. This module imports little, because what it imports delays that.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from foldwell.build import worker
from foldwell.build.processes import CopyOrSpawn, no_interrupts, start_engine
from foldwell.errors import FoldwellError, Mistakes, Place

if TYPE_CHECKING:
    import datetime
    from pathlib import Path

    from foldwell.build.job import Job, Options, Outcome, Plan, Selection
    from foldwell.typeset.page_source import Composition

TIME_LIMIT_S = 30
"""The longest that composing, or typesetting, one job may take, or those of one batch."""
PLAN_LIMIT_S = 300
"""The longest that reading all content may take."""
JOBS_A_WORKER = 100
"""A worker is replaced after this many batches, because WeasyPrint's memory grows slowly."""
TYPESETTERS_A_COMPOSER = 4
AHEAD = 3
"""How many batches a typesetter are under way at once: enough to keep it busy, and no more."""
IDLE_S = 20
"""If warm workers do nothing for this long, though jobs wait, one died with its pool's lock."""
STUCK_S = TIME_LIMIT_S + 15
"""If no job ends for this long, although each may only take half a minute, a pool is stuck."""
LOOK_S = 1
"""How often a run looks after its pools, while no job ends."""
CLOSE_S = 5
POLL_S = 0.01
"""How often a pool looks after its workers; ending one waits for the next look."""


class Workers:
    """Worker processes that make jobs.

    Where there is a fork server, it imports the engine once and each typesetter is a copy of
    it; elsewhere (Windows) each typesetter imports it on its own.

    Args:
        count: How many typesetters work at once; 0 for one a core.
    """

    stuck_s: float | None = STUCK_S
    """How long to wait for any job to end; None for ever."""

    def __init__(self, count: int = 0) -> None:
        self.count = count or os.cpu_count() or 1
        self.context: Any = None
        self.composers: Any = None
        self._typesetters: Any = None
        self._size = 0

    def start(self) -> None:
        """Let the workers warm up, if they do not yet."""
        if self.composers is not None:
            return
        with no_interrupts():
            self.context = start_engine()
        self.start_composers()

    def start_composers(self) -> None:
        """Let those workers warm up that planning needs, if they do not yet."""
        if self.composers is None:
            with no_interrupts():
                self.composers = self._new_composers()

    def _new_composers(self) -> Any:
        pool = self.pool(self._composer_count(), worker.start_composer, CopyOrSpawn())
        pool.schedule(worker.nothing)  # a pool starts with its first task
        return pool

    def _composer_count(self) -> int:
        return 1 + self.count // TYPESETTERS_A_COMPOSER // 2

    def are_sound(self) -> bool:
        """Whether no pool broke, as one may whose worker is killed."""
        pools = [pool for pool in (self._typesetters, self.composers) if pool is not None]
        return all(pool.active for pool in pools)

    def renew(self) -> None:
        """Replace all worker processes of this machine, whatever state they are in."""
        pools = [pool for pool in (self._typesetters, self.composers) if pool is not None]
        self._typesetters = None
        with no_interrupts():
            self.composers = self._new_composers()
        _end(pools)

    def plan(
        self,
        root: Path,
        selection: Selection,
        today: datetime.date,
        options: Options,
        stamps: Mapping[str, str],
        stamp: str,
    ) -> Plan:
        """Read the content and plan a build, in a composer.

        Raises:
            FoldwellError: If there is no content, nothing that the selection names, or content
                that cannot be read in time.
        """
        from pebble import ProcessExpired

        self.start_composers()
        arguments = [root, selection, today, options, stamps, stamp]
        try:
            try:
                plan = self._plan(arguments)
            except (BrokenExecutor, ProcessExpired):  # a process was killed: tried once more
                self.renew()
                plan = self._plan(arguments)
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
        if isinstance(plan, tuple):
            raise plan[0] if len(plan) == 1 else Mistakes(plan)
        return plan

    def _plan(self, arguments: list[Any]) -> Plan | worker.Errors:
        try:
            future = self.composers.schedule(worker.plan, args=arguments, timeout=PLAN_LIMIT_S)
        except RuntimeError as error:  # the pool broke while it had nothing to do
            raise BrokenExecutor from error
        # The pool counts from when a worker takes it, which one that hangs never does.
        result: Plan | worker.Errors = future.result(PLAN_LIMIT_S + STUCK_S)
        return result

    def pool(self, size: int, start: Callable[[], None], context: Any) -> Any:
        """Some workers of one kind."""
        from pebble import CONSTS, ProcessPool

        CONSTS.sleep_unit = POLL_S
        return ProcessPool(
            max_workers=size, max_tasks=JOBS_A_WORKER, initializer=start, context=context
        )

    def warm_up(self, jobs: int) -> None:
        """Let the typesetters warm up, while the first job is composed."""
        try:
            self.typesetters(jobs).schedule(worker.nothing)  # with its first task it starts
        except RuntimeError:  # no process could be started; the first job tries again
            self._typesetters = None

    def typesetters(self, jobs: int) -> Any:
        """The typesetters, no more of them than there are jobs; kept for the next run."""
        size = max(1, min(jobs, self.count))
        if self._typesetters is None or size > self._size:
            if self._typesetters is not None:
                self._typesetters.stop()
            self._typesetters = self.pool(size, worker.start_typesetter, self.context)
            self._size = size
        return self._typesetters

    def close(self) -> None:
        """End all processes, whatever they do."""
        pools = [pool for pool in (self._typesetters, self.composers) if pool is not None]
        self._typesetters = self.composers = None
        _end(pools)

    def run(
        self,
        jobs: Sequence[Job],
        done: Callable[[Job, Outcome], None],
        same: Callable[[Job, str], bool] = lambda job, key: False,
    ) -> None:
        """Make all jobs; a worker that is lost with one is replaced, and the job tried again.

        Args:
            jobs: What to make, in this order.
            done: Called in this process as each of them ends.
            same: Asked with a job and the key of what it is made from, whether its file was
                made from just that; then it is not typeset.
        """
        self.start()
        _Run(self, jobs, done, same).to_the_end()


Batch = tuple["Job", ...]
"""Jobs that are made by one worker, one after another: one edition in one format."""


def _batches(jobs: Sequence[Job], workers: int) -> list[Batch]:
    """The jobs of one edition in one format together, since their panels may be the same.

    With fewer of them than workers, some would have nothing to do; then each job is by itself.
    """
    families: dict[object, list[Job]] = {}
    for job in jobs:
        order = job.order
        family = (order.clinic, order.language, order.leaflet, order.format)
        families.setdefault(family if order.row else job.path, []).append(job)
    if len(families) < workers:
        return [(job,) for job in jobs]
    return [tuple(family) for family in families.values()]


class _Run:
    """One run through a list of jobs: what waits, what is under way, what is tried again."""

    def __init__(
        self,
        workers: Workers,
        jobs: Sequence[Job],
        done: Callable[[Job, Outcome], None],
        same: Callable[[Job, str], bool],
    ) -> None:
        self._waiting = deque(_batches(jobs, workers.count))
        self._again: deque[Batch] = deque()
        self._tried: set[str] = set()
        self._pending: dict[Future[Any], Batch] = {}
        self._keys: dict[str, str] = {}
        self._started: dict[str, float] = {}
        self._done, self._same = done, same
        self._workers = workers
        self._count = sum(job.order.row is not None for job in jobs)  # that are typeset
        self._ahead = AHEAD * max(1, min(len(jobs), workers.count))
        self._is_getting_on = True
        self._is_warm, self._last_end = False, time.monotonic()

    def to_the_end(self) -> None:
        """Make the jobs."""
        self._next()
        if self._count:
            self._workers.warm_up(self._count)
        while self._next():
            ended = wait(self._pending, LOOK_S, FIRST_COMPLETED).done
            if ended:
                self._last_end = time.monotonic()
            elif not self._workers.are_sound():  # what was put into a broken pool never ends
                self._renew_workers(BROKE)
            elif self._is_stuck():
                self._renew_workers("did nothing for too long")
            for future in ended:
                if batch := self._pending.pop(future, None):  # else it was given up meanwhile
                    self._take(future, batch)

    def _is_stuck(self) -> bool:
        limit_s = self._workers.stuck_s
        if limit_s is None:
            return False
        if self._is_warm and not any(future.running() for future in self._pending):
            limit_s = min(limit_s, IDLE_S)
        return time.monotonic() - self._last_end > limit_s

    def _renew_workers(self, why: str) -> None:
        """Replace all workers, and give up what they had under way: it is tried again, alone.

        A job is blamed only if none came to its end since workers were last replaced.
        """
        lost, self._pending = list(self._pending.values()), {}
        blameless, self._is_getting_on = self._is_getting_on, False
        self._workers.renew()
        self._is_warm, self._last_end = False, time.monotonic()
        for batch in lost:
            if blameless or len(batch) > 1:
                self._again += [(job,) for job in batch]
            else:
                self._settle(batch[0], _lost(batch[0], f"The worker processes {why}, twice."))

    def _next(self) -> bool:
        """Keep the workers busy; false when there is nothing left to wait for."""
        while self._waiting and len(self._pending) < self._ahead:
            self._compose(self._waiting.popleft())
        while not self._pending and self._again:  # alone, so that only the guilty job can fail
            self._compose(self._again.popleft())  # which comes back if the pool breaks just now
        return bool(self._pending)

    def _compose(self, batch: Batch) -> None:
        for job in batch:
            self._started[job.path] = time.monotonic()
        self._schedule(self._workers.composers, worker.compose, [(job,) for job in batch], batch)

    def _typeset(self, made_from: Sequence[tuple[Job, Composition]]) -> None:
        """Have compositions typeset, those that look the same one after another."""
        alike: dict[str, list[tuple[Job, Composition]]] = {}
        for job, composition in made_from:
            alike.setdefault(composition.pages.layout_key, []).append((job, composition))
        for some in alike.values():
            work = [(job.order, composition) for job, composition in some]
            pool = self._workers.typesetters(self._count)
            self._schedule(pool, worker.typeset, work, tuple(job for job, _ in some))

    def _schedule(
        self, pool: Any, work: Callable[..., Any], calls: list[Any], batch: Batch
    ) -> None:
        try:
            future = pool.schedule(worker.each, args=[work, calls], timeout=TIME_LIMIT_S)
        except RuntimeError:  # a worker was killed that had nothing to do, and took its pool along
            self._pending[Future()] = batch
            self._renew_workers(BROKE)
        else:
            self._pending[future] = batch

    def _take(self, future: Future[Any], batch: Batch) -> None:
        try:
            result = _result(future, batch[0])
        except BrokenExecutor:
            self._pending[future] = batch
            self._renew_workers(BROKE)
            return
        if isinstance(result, list):
            composed = [self._settle(*pair) for pair in zip(batch, result, strict=True)]
            self._typeset([pair for pair in composed if pair])
        elif len(batch) > 1:
            if isinstance(result, _Lost) and result.late:
                self._tried |= {job.path for job in batch}
            self._again += [(job,) for job in batch]
        else:
            self._settle(batch[0], result)

    def _settle(self, job: Job, result: Any) -> tuple[Job, Composition] | None:
        """Take what became of a job; what is to be typeset comes back."""
        from foldwell.build.job import Made, Same
        from foldwell.typeset.page_source import Composition

        match result:
            case Composition() as composition:
                key = job.key_of(composition)
                if self._same(job, key):
                    self._finish(job, Same(key))
                    return None
                self._keys[job.path] = key
                return job, composition
            case Made() as made:
                key = self._keys.get(job.path) or job.key_of(made)
                if job.order.row is None and self._same(job, key):
                    self._finish(job, Same(key))
                    return None
                seconds = time.monotonic() - self._started[job.path]
                self._finish(job, replace(made, key=key, seconds=seconds))
            case _Lost() if job.path not in self._tried:
                self._tried.add(job.path)
                self._again.append((job,))
            case _Lost(error):
                self._finish(job, (error,))
            case errors:
                self._finish(job, errors)
        return None

    def _finish(self, job: Job, outcome: Outcome) -> None:
        self._is_getting_on = self._is_warm = True
        self._done(job, outcome)


BROKE = "ended by themselves"


@dataclass(frozen=True)
class _Lost:
    """A worker was lost with its job: killed, crashed, or past its time."""

    error: FoldwellError
    late: bool = False


def _lost(job: Job, what: str) -> _Lost:
    hint = "Build again; if it happens again, simplify pictures and tables."
    return _Lost(FoldwellError(what, Place(job.order.leaflet_path), hint))


def _end(pools: Sequence[Any]) -> None:
    """End pools, at the same time; a worker that was killed may have left one that cannot."""
    for pool in pools:
        pool.stop()
    threads = [threading.Thread(target=pool.join, daemon=True) for pool in pools]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(CLOSE_S)


def _result(future: Future[Any], job: Job) -> Any:
    """What a worker gave back, or the reason why it gave nothing."""
    from pebble import ProcessExpired

    try:
        return future.result()
    except TimeoutError:
        what = f"The job took longer than {TIME_LIMIT_S} seconds and was stopped, twice."
        hint = "Simplify the text: nested lists, long tables and large pictures take longest."
    except ProcessExpired as error:
        return _lost(job, f"The worker process ended by itself, twice ({_cause(error.exitcode)}).")
    except (KeyboardInterrupt, BrokenExecutor):
        raise
    except BaseException as error:  # SystemExit in a worker must not end the build
        what = f"Foldwell itself failed ({type(error).__name__}: {error})."
        hint = "This is a fault of Foldwell: please report it with the leaflet."
        return (FoldwellError(what, Place(job.order.leaflet_path), hint),)
    return _Lost(FoldwellError(what, Place(job.order.leaflet_path), hint), late=True)


def _cause(code: int) -> str:
    """An exit code in words: which signal ended a process, if one did."""
    if code >= 0:
        return f"code {code}"
    try:
        return f"signal {signal.Signals(-code).name}"
    except ValueError:
        return f"signal {-code}"
