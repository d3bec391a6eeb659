"""An outpost: a worker of a Dask cluster, with typesetters of its own.

Dask can stop none of the work that it has begun. So a job runs here as it runs at home: in a
process behind limits of time and memory, of which an outpost has one a thread, started with its
first job and kept: each is the typesetter of one lane, and knows the kinds of file that it is at.
A job that hangs or crashes ends its process alone, never the outpost.

A job comes and goes as bytes that only the process in the middle opens, so that the outpost
itself never holds the engine. This module is light, as it is imported wherever a build looks for
workers.
"""

from __future__ import annotations

import multiprocessing
import pickle
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.util import Finalize
from typing import Any, Literal

from foldwell.afar.installation import describe
from foldwell.build import worker
from foldwell.build.processes import start_engine
from foldwell.build.workers import JOBS_A_WORKER, POLL_S, POLLED

_turn = threading.Lock()
_pools: dict[int, Any] = {}
_facts: dict[str, str] = {}
_context: Any = None


@dataclass(frozen=True)
class Ended:
    """A job that gave nothing.

    Attributes:
        how: ``late`` if it was stopped at its time limit, ``lost`` if its process ended,
            ``fault`` if an exception was raised, ``stranger`` if this outpost is not the one
            that was asked for its versions.
        code: How the process ended: its exit code, or a signal as a negative number.
        what: The exception; the address of the stranger.
    """

    how: Literal["late", "lost", "fault", "stranger"]
    code: int = 0
    what: str = ""


def report() -> dict[str, str]:
    """The versions here, as they were when this process began to work for Foldwell.

    The engine is loaded at the first call. What is changed on the disk afterwards is not what
    works here, so it is not what is reported. Dask calls it in its main thread, whose end would
    be that of the fork server.
    """
    global _facts, _context
    with _turn:
        if not _facts:
            _context = start_engine()
            _facts = describe(own_stamp())
    return _facts


def own_stamp() -> str:
    """The hash of the files of Foldwell."""
    from foldwell.build.known import look_round
    from foldwell.shipped import templates_folder

    # A folder without content: the stamp is of what all projects share.
    return look_round(templates_folder() / "fonts", {}).stamp


def do(sealed: bytes, facts: dict[str, str], limit_s: float, number: int) -> bytes | Ended:
    """Do one piece of work in a process of this outpost.

    Args:
        sealed: The function and its arguments.
        facts: What this outpost reported when it was chosen.
        limit_s: The longest that it may take.
        number: Of the process.

    Returns:
        What the function returned, sealed.
    """
    from distributed import get_worker
    from pebble import ProcessExpired

    if _facts != facts:  # another process has taken over this address
        return Ended("stranger", 0, get_worker().address)
    try:
        future = _process(number).schedule(unseal, args=[sealed], timeout=limit_s)
        done: bytes | Ended = future.result()
    except TimeoutError:
        return Ended("late")
    except ProcessExpired as error:
        return Ended("lost", error.exitcode)
    except RuntimeError:  # a process ended before it had begun; the next work gets others
        return Ended("lost", 1)
    return done


def unseal(sealed: bytes) -> bytes | Ended:
    """Call a sealed function, and seal what it returns."""
    try:
        function, args = pickle.loads(sealed)
        return pickle.dumps(function(*args))
    except BaseException as error:  # Dask would end the whole worker for a SystemExit
        return Ended("fault", what=f"{type(error).__name__}: {error}")


def seal(function: Callable[..., object], args: list[Any]) -> bytes:
    """A function, by its name, and its arguments as bytes."""
    return pickle.dumps((function, args))


def _process(number: int) -> Any:
    """One of the typesetters, of which there is one for each thread that Dask gives work to."""
    from pebble import CONSTS, ProcessPool

    with _turn:
        pool = _pools.get(number)
        if pool is None or not pool.active:
            # Dask marks its workers as processes that may have none of their own, lest any be
            # left behind. Ours are marked the same, and end with the fork server, which ends
            # with this process.
            multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]
            CONSTS.sleep_unit = POLL_S * max(1, len(_pools) // POLLED)
            pool = _pools[number] = ProcessPool(
                max_workers=1,
                max_tasks=JOBS_A_WORKER,
                initializer=worker.start_typesetter,
                context=_context,
            )
            # Before this process waits for all others that it started.
            Finalize(None, _end, [pool], exitpriority=1)
    return pool


def _end(pool: Any) -> None:
    """End a typesetter, whatever it does."""
    pool.stop()
    pool.join()
