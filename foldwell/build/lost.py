"""What comes back from a worker that was lost with its job, in words.

This module imports little, because the process that the user started loads it first of all.
"""

from __future__ import annotations

import signal
from concurrent.futures import BrokenExecutor, Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from foldwell.errors import FoldwellError, Place

if TYPE_CHECKING:
    from foldwell.build.job import Job


@dataclass(frozen=True)
class Lost:
    """A worker was lost with its job: killed, crashed, or past its time."""

    error: FoldwellError
    late: bool = False


def lost(job: Job, what: str) -> Lost:
    """A job whose worker was lost, and how."""
    hint = "Build again; if it happens again, simplify pictures and tables."
    return Lost(FoldwellError(what, Place(job.order.leaflet_path), hint))


def result_of(future: Future[Any], job: Job, limit_s: float) -> Any:
    """What a worker gave back within its time, or the reason why it gave nothing."""
    from pebble import ProcessExpired

    try:
        return future.result()
    except TimeoutError:
        what = f"The job took longer than {limit_s} seconds and was stopped, twice."
        hint = "Simplify the text: nested lists, long tables and large pictures take longest."
    except ProcessExpired as error:
        return lost(job, f"The worker process ended by itself, twice ({_cause(error.exitcode)}).")
    except (KeyboardInterrupt, BrokenExecutor):
        raise
    except BaseException as error:  # SystemExit in a worker must not end the build
        what = f"Foldwell itself failed ({type(error).__name__}: {error})."
        hint = "This is a fault of Foldwell: please report it with the leaflet."
        return (FoldwellError(what, Place(job.order.leaflet_path), hint),)
    return Lost(FoldwellError(what, Place(job.order.leaflet_path), hint), late=True)


def _cause(code: int) -> str:
    """An exit code in words: which signal ended a process, if one did."""
    if code >= 0:
        return f"code {code}"
    try:
        return f"signal {signal.Signals(-code).name}"
    except ValueError:
        return f"signal {-code}"
