"""Dispatch: the jobs of a build go to workers in batches, and come back made, or are tried again.

A worker that is lost takes nothing along: its batch is tried again job by job, so that only a
guilty job can fail. This module imports little, because the process that the user started loads
it first of all.
"""

from __future__ import annotations

import signal
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from foldwell.build import worker
from foldwell.errors import FoldwellError, Place

if TYPE_CHECKING:
    from foldwell.build.job import Job, Outcome
    from foldwell.build.workers import Workers
    from foldwell.typeset.page_source import Composition

TIME_LIMIT_S = 30
"""The longest that composing, or typesetting, one job may take, or those of one batch."""
AHEAD = 3
"""How many batches a typesetter are under way at once: enough to keep it busy, and no more."""
IDLE_S = 20
"""If warm workers do nothing for this long, though jobs wait, one died with its pool's lock."""
LOOK_S = 1
"""How often a run looks after its pools, while no job ends."""

Batch = tuple["Job", ...]
"""Jobs that are made by one worker, one after another: one edition in one format."""


def batches(jobs: Sequence[Job], workers: int) -> list[Batch]:
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


class Dispatch:
    """One run through a list of jobs: what waits, what is under way, what is tried again.

    Args:
        workers: Who makes them.
        jobs: What to make, in this order.
        done: Called in this process as each of them ends.
        same: Asked with a job and the key of what it is made from, whether its file was made
            from just that; then it is not typeset.
    """

    def __init__(
        self,
        workers: Workers,
        jobs: Sequence[Job],
        done: Callable[[Job, Outcome], None],
        same: Callable[[Job, str], bool],
    ) -> None:
        self._waiting = deque(batches(jobs, workers.count))
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
