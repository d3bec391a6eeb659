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
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from foldwell.build import worker
from foldwell.build.lanes import Batch, Lane, Lanes
from foldwell.build.lost import Lost, lost, result_of
from foldwell.build.made import Composed, Made, Outcome, Same
from foldwell.build.pieces import HERE
from foldwell.build.pools import Pools
from foldwell.build.tasks import By, Task

if TYPE_CHECKING:
    from foldwell.build.job import Job
    from foldwell.build.rack import Rack

TIME_LIMIT_S = 30
"""The longest that composing, or typesetting, one job may take, or those of one batch."""
AHEAD = 3
"""How many batches a typesetter are under way at once: enough to keep it busy, and no more."""
IDLE_S = 20
"""If warm workers do nothing for this long, though jobs wait, one died with its pool's lock."""
LOOK_S = 1
"""How often a run looks after its pools, while no job ends."""
FEW = 100
"""So many files are printed by composers, where they can be; for more, typesetters are started."""


Turn = tuple[tuple["Job", Outcome | None], ...]
"""Jobs that were begun or have ended meanwhile."""


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
        self._count = sum(job.order.row is not None for job in jobs)  # that are typeset
        self._lanes = Lanes(jobs, workers.lanes(self._count), workers.count)
        self._again: deque[tuple[Job, Lane]] = deque()
        self._tried: set[str] = set()
        self._pending: dict[Future[Any], Task] = {}
        self._held: list[Task] = []
        self._news: list[tuple[Job, Outcome | None]] = []
        self._keys: dict[str, str] = {}
        self._spent: dict[str, float] = {}
        self._same, self._workers = same, workers
        self._ahead = AHEAD * -(-max(1, min(len(jobs), workers.count)) // len(self._lanes.all))
        self._is_getting_on = True
        self._is_warm, self._last_end = False, time.monotonic()
        # Typesetters that are far off cannot look on the rack; those here can, and print the rest.
        self._prints = (self._count <= FEW or workers.is_far) and self._is_filled()
        # Of one file nothing is left to compose meanwhile, and one core does one thing at a time.
        self._has_printers = min(self._count, workers.count) > 1
        self._told_printers: set[bytes] = set()

    def _is_filled(self) -> bool:
        workers = self._workers
        return workers.racking is not None and workers.stamps and workers.racking.is_filled

    def turns(self) -> Iterator[Turn]:
        """Make the jobs: each comes with None when it is begun, and when it ends."""
        self._next()
        if self._count and not self._prints:  # else with the first that does not fit in fields
            self._workers.warm_up(self._count)
        while self._next():
            yield self._told()
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
            held, self._held = self._held, []
            for task in held:
                task.lane.under_way -= 1
                self._schedule(task)
        yield self._told()

    def _told(self) -> Turn:
        told, self._news = tuple(self._news), []
        return told

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
        given_up, self._pending = [*self._pending.values()], {}
        blameless, self._is_getting_on = self._is_getting_on, False
        self._workers.renew()
        self._is_warm, self._last_end = False, time.monotonic()
        for task in (*given_up, *self._held):
            task.lane.under_way = 0
        self._again += [(job, task.lane) for task in self._held for job in task.left]
        self._held = []
        for task in given_up:
            if blameless or len(task.left) > 1:
                self._again += [(job, task.lane) for job in task.left]
            else:
                self._settle(
                    task, task.left[0], lost(task.left[0], f"The worker processes {why}, twice.")
                )

    def _next(self) -> bool:
        """Keep the workers busy; false when there is nothing left to wait for."""
        self._lanes.widen(self._workers.lanes(self._count))
        bare_last = self._prints and self._has_printers  # who go on with what is composed
        for lane in self._lanes.in_turn(bare_last=bare_last):
            while lane.under_way < self._ahead and (batch := self._lanes.next(lane)):
                self._compose(batch, lane)
        while not self._pending and self._again:  # alone, so that only the guilty job can fail
            job, lane = self._again.popleft()  # which comes back if the pool breaks just now
            self._compose((job,), lane)
        return bool(self._pending)

    def _compose(self, batch: Batch, lane: Lane) -> None:
        from foldwell.build.job import seal_jobs

        for job in batch:
            if job.path not in self._spent:
                self._news.append((job, None))
                self._spent[job.path] = 0
        sealed = seal_jobs(batch)
        # What was named for the first time goes along at once: else all batches that are under
        # way before the first answer would come back for it, each of them.
        new = frozenset(HERE.fresh())
        self._schedule(Task(batch, lane, worker.compose, sealed, wanted=new))

    def _make(
        self, composed: Sequence[tuple[Job, Composed]], after: Task, new: frozenset[bytes]
    ) -> None:
        """Have compositions made into files, those that look the same one after another.

        Args:
            composed: The compositions of some jobs.
            after: What they came back from.
            new: The pieces that were made for them, which nobody else can hold.
        """
        from foldwell.build.job import in_common

        alike: dict[str, list[tuple[Job, Composed]]] = {}
        for job, composition in composed:
            alike.setdefault(composition.layout_key, []).append((job, composition))
        in_turn = [one for some in alike.values() for one in some]
        calls = [(job.order, composition) for job, composition in in_turn]
        common = in_common([order for order, _ in calls])
        sealed = HERE.seal(calls, common)
        named = {HERE.share(part) for part in common}
        batch, lane = tuple(job for job, _ in in_turn), after.lane
        by: By = "typesetter"
        work: Any = worker.typeset if self._workers.stamps else worker.typeset_in_full
        told = lane.told
        if self._prints and self._has_printers and after.by == "composer":
            by, work, told = "printer", worker.printed, self._told_printers
        self._schedule(Task(batch, lane, work, sealed, by, new | (named - told)))
        told |= named

    def _schedule(self, task: Task) -> None:
        if task.waits_for(self._pending.values()):
            self._held.append(task)
            task.lane.under_way += 1
            return
        if task.typesets:
            task.lane.turned_to = task.kind
        pieces = {digest: HERE.held[digest] for digest in task.wanted}
        kind = task.kind if task.typesets and not self._workers.is_far else None
        call = [task.work, task.sealed, pieces, task.done, self._rack_for(task), kind]
        try:
            future = self._pool(task).schedule(worker.each, args=call, timeout=TIME_LIMIT_S)
        except RuntimeError:  # a worker was killed that had nothing to do, and took its pool along
            self._hold(Future(), task)
            self._renew_workers(BROKE)
        else:
            self._hold(future, task)

    def _pool(self, task: Task) -> Any:
        if task.typesets:
            return self._workers.typesetter(task.lane.number)
        if task.by == "composer":
            return self._workers.composers
        self._workers.start_printers()
        return self._workers.printers

    def _rack_for(self, task: Task) -> Rack | None:
        """What a worker may know of files with fields; nothing if none may be put to use."""
        racking, workers = self._workers.racking, self._workers
        if racking is None or not workers.stamps:
            return None
        if task.typesets:
            return racking.rack(reads=not workers.is_far)
        return racking.rack(prints=self._prints and not self._has_printers)

    def _hold(self, future: Future[Any], task: Task) -> None:
        self._pending[future] = task
        task.lane.under_way += 1

    def _take(self, future: Future[Any], task: Task) -> None:
        left = task.left
        task.lane.under_way -= 1
        try:
            result = result_of(future, left[0], TIME_LIMIT_S)
        except BrokenExecutor:
            self._hold(future, task)
            self._renew_workers(BROKE)
            return
        if isinstance(result, worker.Answer):
            HERE.hold(result.pieces)
            if self._workers.racking:
                self._workers.racking.keep(result.racked, result.used)
                if result.racked and self._workers.is_far:
                    self._prints = self._is_filled()
            if result.results is None:  # with all that was wanted before: it may be another worker
                return self._schedule(replace(task, wanted=task.wanted | result.wanted))
            done = len(result.results)
            for job in left[:done]:
                self._spent[job.path] += result.seconds / done
            if task.typesets and done:
                task.lane.came(left[:done], result.seconds)
            settled = [
                self._settle(task, *pair) for pair in zip(left, result.results, strict=False)
            ]
            if composed := [pair for pair in settled if pair]:
                passed_on = task.wanted if task.by == "printer" else frozenset[bytes]()
                self._make(composed, task, passed_on.union(result.pieces))
            if done < len(left):  # it took long, or its worker was full: another turn for the rest
                self._schedule(replace(task, done=task.done + done))
        elif len(left) > 1:
            if isinstance(result, Lost) and result.late:
                self._tried |= {job.path for job in left}
            self._again += [(job, task.lane) for job in left]
        else:
            self._settle(task, left[0], result)

    def _settle(self, task: Task, job: Job, result: Any) -> tuple[Job, Composed] | None:
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
                if not task.typesets and self._same(job, key):
                    self._finish(job, Same(key))
                    return None
                self._finish(job, replace(made, key=key, seconds=self._spent[job.path]))
            case Lost() if job.path not in self._tried:
                self._tried.add(job.path)
                self._again.append((job, task.lane))
            case Lost(error):
                self._finish(job, (error,))
            case errors:
                self._finish(job, errors)
        return None

    def _finish(self, job: Job, outcome: Outcome) -> None:
        self._is_getting_on = self._is_warm = True
        self._news.append((job, outcome))


BROKE = "ended by themselves"
