"""Glimpses: the pages of a job that nobody builds, set and drawn by one process that stays warm.

A glimpse shows the pages of the finished file, and sooner: they are laid out as for that, and only
what was not seen before is made a picture. What a finished file has to keep beside its looks is
asked afterwards, of the very same pages.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection
from concurrent.futures import BrokenExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from foldwell.build import worker
from foldwell.build.dispatch import TIME_LIMIT_S
from foldwell.build.job import Job, seal_jobs
from foldwell.build.lost import Lost, lost, result_of
from foldwell.build.made import Made
from foldwell.build.pieces import HERE
from foldwell.build.processes import no_interrupts, start_engine
from foldwell.build.workers import POLL_S, end
from foldwell.errors import FoldwellError

if TYPE_CHECKING:
    from foldwell.build.page_pictures import Sheet

GLIMPSES_A_PROCESS = 1000
"""The process is replaced after so many: the engine's memory grows slowly."""


@dataclass(frozen=True)
class Glimpse:
    """What a job looks like.

    Attributes:
        pages: Its pages.
        notes: How the words were fitted, by kind.
    """

    pages: tuple[Sheet, ...]
    notes: tuple[tuple[str, str], ...] = ()


def start_glimpser() -> None:
    """Load what setting and drawing need, and limit this process."""
    import foldwell.build.composing
    import foldwell.build.page_pictures
    import foldwell.build.plan  # noqa: F401

    worker.start_typesetter()


def glimpse(job: Job, width_px: int, known: Collection[str]) -> Glimpse | worker.Errors:
    """Set and draw a job; runs in the process.

    Args:
        job: The job; somebody looks at its medium unbuilt.
        width_px: How wide each picture is.
        known: The digests of pictures that are not needed again.
    """
    from foldwell.build.page_pictures import draw

    composition = worker.compose(job)
    if isinstance(composition, tuple):
        return composition

    def seen() -> Glimpse:
        look = job.order.medium.look
        if look is None:
            raise FoldwellError(f"Nobody looks at '{job.order.medium.name}' before it is built.")
        panels, content = look(job.order, composition)
        return Glimpse(tuple(draw(content, (), width_px, True, known)), panels.notes)

    return worker.told(seen)


def examine(job: Job) -> tuple[str, ...] | worker.Errors:
    """Finish a job and check it like a built file; what there is to say, or what is wrong with it.

    Of pages that were just looked at, nothing is laid out again.
    """
    composition = worker.compose(job)
    if isinstance(composition, tuple):
        return composition
    made = composition if isinstance(composition, Made) else worker.typeset(job.order, composition)
    return made.findings if isinstance(made, Made) else made


class Glimpser:
    """The process, replaced when it is lost."""

    def __init__(self) -> None:
        self._pool: Any = None
        self._starting = threading.Lock()

    def start(self) -> None:
        """Let it warm up; it ends with the thread that starts it."""
        from pebble import CONSTS, ProcessPool

        with self._starting:
            if self._pool is not None and self._pool.active:
                return
            if self._pool is not None:
                end([self._pool])
            with no_interrupts():
                context = start_engine()
                CONSTS.sleep_unit = POLL_S
                self._pool = ProcessPool(
                    max_workers=1, max_tasks=GLIMPSES_A_PROCESS, initializer=start_glimpser,
                    context=context,
                )  # fmt: skip
                self._pool.schedule(worker.nothing)

    def glimpse(
        self, job: Job, width_px: int, known: Collection[str] = ()
    ) -> Glimpse | worker.Errors:
        """What a job looks like, or what is wrong with it; see ``glimpse``."""
        found: Glimpse | worker.Errors = self._asked(glimpse, job, width_px, known)
        return found

    def examine(self, job: Job) -> tuple[str, ...] | worker.Errors:
        """What there is to say of the finished file of a job, or what is wrong with it."""
        found: tuple[str, ...] | worker.Errors = self._asked(examine, job)
        return found

    def close(self) -> None:
        """End the process, whatever it does."""
        if self._pool is not None:
            end([self._pool])
            self._pool = None

    def _asked(self, work: Callable[..., Any], job: Job, *arguments: Any) -> Any:
        """What the process gives back; asked once more if it was lost."""
        answer: Any = None
        for _ in range(2):
            try:
                answer = self._once(work, job, arguments)
            except (BrokenExecutor, RuntimeError, TimeoutError):  # it was killed
                answer = lost(job, "The process that shows pages ended by itself, twice.")
            if not isinstance(answer, Lost):
                return answer
        return (answer.error,)

    def _once(self, work: Callable[..., Any], job: Job, arguments: tuple[Any, ...]) -> Any:
        self.start()
        sealed = seal_jobs((job,), *arguments)
        wanted = frozenset(HERE.fresh())
        while True:
            pieces = {digest: HERE.held[digest] for digest in wanted if digest in HERE.held}
            future = self._pool.schedule(
                worker.each, args=[work, sealed, pieces], timeout=TIME_LIMIT_S
            )
            answer = result_of(future, job, TIME_LIMIT_S)
            if not isinstance(answer, worker.Answer):
                return answer
            HERE.hold(answer.pieces)
            if answer.results is not None:
                return answer.results[0]
            wanted |= answer.wanted
