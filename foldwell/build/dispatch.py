"""Dispatch: the jobs of a build go to workers in batches, and come back made, or are tried again.

A worker that is lost takes nothing along: its batch is tried again job by job, so that only a
guilty job can fail. This module imports little, because the process that the user started loads
it first of all.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

from foldwell.build import worker
from foldwell.build.lost import Lost, lost, result_of
from foldwell.build.made import Composed, Made, Outcome, Same
from foldwell.build.pieces import HERE

if TYPE_CHECKING:
    from foldwell.build.job import Job

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

    Clinic after clinic gets the same leaflet, before any gets the next: a worker that has read and
    measured its words for one of them need not do so again for another. With fewer of them than
    workers, some would have nothing to do; then each job is by itself.
    """
    families: dict[object, list[Job]] = {}
    for job in jobs:
        order = job.order
        family = (order.clinic, order.language, order.leaflet, order.format)
        families.setdefault(family if order.row else job.path, []).append(job)
    if len(families) < workers:
        return [(job,) for job in jobs]
    return sorted(map(tuple, families.values()), key=_words)


def _words(batch: Batch) -> tuple[str, str, str]:
    """What stands alike in the files of many clinics, so that one is made from the other."""
    order = batch[0].order
    return order.leaflet, order.language, order.format


class Pools(Protocol):
    """The pools of workers, as much of them as a run needs; see ``Workers``."""

    stuck_s: float | None
    stamps: bool
    count: int
    composers: Any

    def typesetters(self, jobs: int) -> Any:
        """The pool that typesets, fit for a number of jobs."""

    def warm_up(self, jobs: int) -> None:
        """Let the typesetters warm up."""

    def are_sound(self) -> bool:
        """Whether no pool broke."""

    def renew(self) -> None:
        """Replace all workers."""


class Dispatch:
    """One run through a list of jobs: what waits, what is under way, what is tried again.

    Args:
        workers: Who makes them.
        jobs: What to make, in this order.
        same: Asked with a job and the key of what it is made from, whether its file was made
            from just that; then it is not typeset.
    """

    def __init__(
        self,
        workers: Pools,
        jobs: Sequence[Job],
        same: Callable[[Job, str], bool],
    ) -> None:
        self._waiting = deque(batches(jobs, workers.count))
        self._again: deque[Batch] = deque()
        self._tried: set[str] = set()
        self._pending: dict[Future[Any], _Task] = {}
        self._news: deque[tuple[Job, Outcome | None]] = deque()
        self._keys: dict[str, str] = {}
        self._started: dict[str, float] = {}
        self._same, self._workers = same, workers
        self._count = sum(job.order.row is not None for job in jobs)  # that are typeset
        self._ahead = AHEAD * max(1, min(len(jobs), workers.count))
        self._is_getting_on = True
        self._is_warm, self._last_end = False, time.monotonic()

    def outcomes(self) -> Iterator[tuple[Job, Outcome | None]]:
        """Make the jobs: each comes with None when it is begun, and when it ends."""
        self._next()
        if self._count:
            self._workers.warm_up(self._count)
        while self._next():
            yield from self._told()
            ended = wait(self._pending, LOOK_S, FIRST_COMPLETED).done
            if ended:
                self._last_end = time.monotonic()
            elif not self._workers.are_sound():  # what was put into a broken pool never ends
                self._renew_workers(BROKE)
            elif self._is_stuck():
                self._renew_workers("did nothing for too long")
            for future in ended:
                if task := self._pending.pop(future, None):  # else it was given up meanwhile
                    self._take(future, task)
        yield from self._told()

    def _told(self) -> Iterator[tuple[Job, Outcome | None]]:
        while self._news:
            yield self._news.popleft()

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
        given_up, self._pending = [task.batch for task in self._pending.values()], {}
        blameless, self._is_getting_on = self._is_getting_on, False
        self._workers.renew()
        self._is_warm, self._last_end = False, time.monotonic()
        for batch in given_up:
            if blameless or len(batch) > 1:
                self._again += [(job,) for job in batch]
            else:
                self._settle(batch[0], lost(batch[0], f"The worker processes {why}, twice."))

    def _next(self) -> bool:
        """Keep the workers busy; false when there is nothing left to wait for."""
        while self._waiting and len(self._pending) < self._ahead:
            self._compose(self._waiting.popleft())
        while not self._pending and self._again:  # alone, so that only the guilty job can fail
            self._compose(self._again.popleft())  # which comes back if the pool breaks just now
        return bool(self._pending)

    def _compose(self, batch: Batch) -> None:
        from foldwell.build.job import seal_jobs

        for job in batch:
            if job.path not in self._started:
                self._news.append((job, None))
            self._started[job.path] = time.monotonic()
        sealed = seal_jobs(batch)
        # What was named for the first time goes along at once: else all batches that are under
        # way before the first answer would come back for it, each of them.
        new = frozenset(HERE.fresh())
        self._schedule(_Task(batch, worker.compose, sealed, typesets=False, wanted=new))

    def _typeset(self, composed: Sequence[tuple[Job, Composed]]) -> None:
        """Have compositions typeset, those that look the same one after another."""
        alike: dict[str, list[tuple[Job, Composed]]] = {}
        for job, composition in composed:
            alike.setdefault(composition.layout_key, []).append((job, composition))
        for some in alike.values():
            calls = [(job.order, composition) for job, composition in some]
            batch = tuple(job for job, _ in some)
            sealed = HERE.seal(calls, [order.medium for order, _ in calls])
            work = worker.typeset if self._workers.stamps else worker.typeset_in_full
            self._schedule(_Task(batch, work, sealed, typesets=True))

    def _schedule(self, task: _Task) -> None:
        workers = self._workers
        pool = workers.typesetters(self._count) if task.typesets else workers.composers
        pieces = {digest: HERE.held[digest] for digest in task.wanted}
        call = [task.work, task.sealed, pieces]
        try:
            future = pool.schedule(worker.each, args=call, timeout=TIME_LIMIT_S)
        except RuntimeError:  # a worker was killed that had nothing to do, and took its pool along
            self._pending[Future()] = task
            self._renew_workers(BROKE)
        else:
            self._pending[future] = task

    def _take(self, future: Future[Any], task: _Task) -> None:
        batch = task.batch
        try:
            result = result_of(future, batch[0], TIME_LIMIT_S)
        except BrokenExecutor:
            self._pending[future] = task
            self._renew_workers(BROKE)
            return
        if isinstance(result, worker.Answer):
            HERE.hold(result.pieces)
            if result.results is None:  # with all that was wanted before: it may be another worker
                self._schedule(replace(task, wanted=task.wanted | result.wanted))
                return
            settled = [self._settle(*pair) for pair in zip(batch, result.results, strict=True)]
            self._typeset([pair for pair in settled if pair])
        elif len(batch) > 1:
            if isinstance(result, Lost) and result.late:
                self._tried |= {job.path for job in batch}
            self._again += [(job,) for job in batch]
        else:
            self._settle(batch[0], result)

    def _settle(self, job: Job, result: Any) -> tuple[Job, Composed] | None:
        """Take what became of a job; what is to be typeset comes back."""
        match result:
            case Composed() as composition:
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
            case Lost() if job.path not in self._tried:
                self._tried.add(job.path)
                self._again.append((job,))
            case Lost(error):
                self._finish(job, (error,))
            case errors:
                self._finish(job, errors)
        return None

    def _finish(self, job: Job, outcome: Outcome) -> None:
        self._is_getting_on = self._is_warm = True
        self._news.append((job, outcome))


BROKE = "ended by themselves"


@dataclass(frozen=True)
class _Task:
    """What one worker is asked for.

    Attributes:
        batch: The jobs.
        work: What is done with each of them.
        sealed: With what.
        typesets: Whether it is for a typesetter.
        wanted: The digests of pieces that are sent along.
    """

    batch: Batch
    work: Callable[..., Any]
    sealed: bytes
    typesets: bool
    wanted: frozenset[bytes] = frozenset()
