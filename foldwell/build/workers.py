"""The pool of worker processes, started early so that they warm up while content is read."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from typing import Any

from foldwell.build.job import Job, Made
from foldwell.build.worker import start, work
from foldwell.errors import FoldwellError, Place

TIME_LIMIT_S = 30
JOBS_A_WORKER = 100
"""A worker is replaced after this many jobs, because WeasyPrint's memory grows slowly."""

Outcome = Made | tuple[FoldwellError, ...]


class Workers:
    """Worker processes that make jobs.

    Where there is a fork server, it imports everything once and each worker is a copy of it;
    elsewhere (Windows) each worker imports on its own.
    """

    def __init__(self) -> None:
        methods = multiprocessing.get_all_start_methods()
        method = "forkserver" if "forkserver" in methods else "spawn"
        self._context: Any = multiprocessing.get_context(method)
        if method == "forkserver":
            from multiprocessing import forkserver

            self._context.set_forkserver_preload(["foldwell.build.warm"])
            forkserver.ensure_running()

    def run(self, jobs: Sequence[Job], done: Callable[[Job, Outcome], None]) -> None:
        """Make all jobs; ``done`` is called in this process as each of them ends."""
        from pebble import ProcessPool

        pool: Any = ProcessPool(
            max_workers=max(1, min(len(jobs), os.cpu_count() or 1)),
            max_tasks=JOBS_A_WORKER,
            initializer=start,
            context=self._context,
        )
        try:
            futures = {pool.schedule(work, args=[job], timeout=TIME_LIMIT_S): job for job in jobs}
            pending = set(futures)
            while pending:
                finished, pending = wait(pending, return_when=FIRST_COMPLETED)
                for future in finished:
                    done(futures[future], _outcome(future, futures[future]))
            pool.close()
        except BaseException:
            pool.stop()
            raise
        finally:
            pool.join()


def _outcome(future: Future[Outcome], job: Job) -> Outcome:
    from pebble import ProcessExpired

    here = Place(job.edition.leaflet.path)
    try:
        return future.result()
    except TimeoutError:
        return (
            FoldwellError(
                f"The job took longer than {TIME_LIMIT_S} seconds and was stopped.",
                here,
                "Simplify the text: nested lists, long tables and large pictures take longest.",
            ),
        )
    except ProcessExpired as error:
        return (
            FoldwellError(
                f"The worker process ended by itself (code {error.exitcode}).",
                here,
                "Build again; if it happens again, simplify pictures and tables.",
            ),
        )
    except Exception as error:
        return (
            FoldwellError(
                f"Foldwell itself failed ({type(error).__name__}: {error}).",
                here,
                "This is a fault of Foldwell: please report it with the leaflet.",
            ),
        )
