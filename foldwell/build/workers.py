"""The pools of worker processes, started early so that they warm up while content is read.

Two kinds of worker: composers read content and turn it into page sources, typesetters turn
these into files. A typesetter never loads the models of content, so both kinds get ready side by
side. This module imports little, because what it imports delays that.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from typing import TYPE_CHECKING, Any

from foldwell.build import worker
from foldwell.errors import FoldwellError, Place

if TYPE_CHECKING:
    import datetime
    from pathlib import Path

    from foldwell.build.job import Job, Outcome, Plan, Selection

TIME_LIMIT_S = 30
"""The longest that composing, or typesetting, one job may take."""
PLAN_LIMIT_S = 300
"""The longest that reading all content may take."""
JOBS_A_WORKER = 100
"""A worker is replaced after this many jobs, because WeasyPrint's memory grows slowly."""
TYPESETTERS_A_COMPOSER = 4
POLL_S = 0.01
"""How often a pool looks after its workers; ending one waits for the next look."""


def start_engine() -> Any:
    """Start the fork server, which loads the engine, where there is one.

    Returns:
        The context that typesetters are made in.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    from multiprocessing import forkserver

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["foldwell.build.warm"])
    forkserver.ensure_running()
    return context


class Workers:
    """Worker processes that make jobs.

    Where there is a fork server, it imports the engine once and each typesetter is a copy of
    it; elsewhere (Windows) each typesetter imports it on its own.
    """

    def __init__(self) -> None:
        self._context = start_engine()
        self._typesetters = os.cpu_count() or 1
        self._composers = self._pool(
            1 + self._typesetters // TYPESETTERS_A_COMPOSER // 2,
            worker.start_composer,
            multiprocessing.get_context("spawn"),
        )

    def plan(self, root: Path, selection: Selection, today: datetime.date) -> Plan:
        """Read the content and plan a build, in a composer.

        Raises:
            FoldwellError: If there is no content, nothing that the selection names, or content
                that cannot be read in time.
        """
        future = self._composers.schedule(
            worker.plan, args=[root, selection, today], timeout=PLAN_LIMIT_S
        )
        try:
            plan: Plan = future.result()
        except TimeoutError:
            raise FoldwellError(
                f"Reading the content took longer than {PLAN_LIMIT_S} seconds.",
                Place("content"),
                "Take large or unusual files away.",
            ) from None
        return plan

    def _pool(self, size: int, start: Callable[[], None], context: Any) -> Any:
        from pebble import CONSTS, ProcessPool

        CONSTS.sleep_unit = POLL_S
        return ProcessPool(
            max_workers=size, max_tasks=JOBS_A_WORKER, initializer=start, context=context
        )

    def close(self) -> None:
        """End all processes, whatever they do."""
        self._composers.stop()
        self._composers.join()

    def run(self, jobs: Sequence[Job], done: Callable[[Job, Outcome], None]) -> None:
        """Make all jobs; ``done`` is called in this process as each of them ends."""
        from foldwell.build.job import Made, Spare
        from foldwell.typeset.page_source import PageSource

        typesetters = self._pool(
            max(1, min(len(jobs), self._typesetters)), worker.start_typesetter, self._context
        )
        pending: dict[Future[Any], Job] = {}
        filled: set[str] = set()

        def compose(job: Job, spare: int = 0) -> None:
            future = self._composers.schedule(
                worker.compose, args=[job, spare], timeout=TIME_LIMIT_S
            )
            pending[future] = job

        def typeset(job: Job, source: PageSource) -> None:
            future = typesetters.schedule(
                worker.typeset, args=[job.order, source], timeout=TIME_LIMIT_S
            )
            pending[future] = job

        try:
            for job in jobs:
                compose(job)
            while pending:
                for future in wait(pending, return_when=FIRST_COMPLETED).done:
                    job = pending.pop(future)
                    match _result(future, job):
                        case PageSource() as source:
                            typeset(job, source)
                        case Spare(panels) if job.path not in filled:
                            filled.add(job.path)
                            compose(job, panels)
                        case Spare(panels):
                            done(job, (_still_spare(job, panels),))
                        case Made() as made:
                            done(job, made)
                        case errors:
                            done(job, errors)
        finally:
            typesetters.stop()
            self._composers.stop()  # both end at the same time, as nothing is left to compose
            typesetters.join()


def _result(future: Future[Any], job: Job) -> Any:
    """What a worker gave back, or the reason why it gave nothing."""
    from pebble import ProcessExpired

    try:
        return future.result()
    except TimeoutError:
        what = f"The job took longer than {TIME_LIMIT_S} seconds and was stopped."
        hint = "Simplify the text: nested lists, long tables and large pictures take longest."
    except ProcessExpired as error:
        what = f"The worker process ended by itself (code {error.exitcode})."
        hint = "Build again; if it happens again, simplify pictures and tables."
    except KeyboardInterrupt:
        raise
    except BaseException as error:  # SystemExit in a worker must not end the build
        what = f"Foldwell itself failed ({type(error).__name__}: {error})."
        hint = "This is a fault of Foldwell: please report it with the leaflet."
    return (FoldwellError(what, Place(job.order.leaflet_path), hint),)


def _still_spare(job: Job, panels: int) -> FoldwellError:
    return FoldwellError(
        f"The template leaves {panels} panels empty, though it was told to fill them.",
        Place("content/templates/parts/panels.html"),
        "Let it make as many panels of notes as 'spare' says.",
    )
