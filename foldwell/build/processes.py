"""How worker processes are started: sooner than a new Python, and out of reach of Ctrl-C."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
import sys
import threading
from collections.abc import Iterator
from typing import Any


def start_engine() -> Any:
    """Start the fork server, which loads the engine, where there is one.

    It ends with the thread that starts it.

    Returns:
        The context that typesetters are made in.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    from multiprocessing import forkserver

    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["foldwell.build.tether", "foldwell.build.warm"])
    try:
        forkserver.ensure_running()
    except OSError:  # the path of the folder for temporary files is too long for its socket
        return multiprocessing.get_context("spawn")
    return context


class CopyOrSpawn:
    """The context that composers are made in: a copy of this process, if that is safe.

    A copy starts a tenth of a second sooner than a new process. It lacks the threads of its
    original, and with them whatever these would have let go of; so it is made while there are
    none, before a pool starts its own. On macOS the system's libraries do not bear it.
    """

    def __init__(self) -> None:
        self._spawn = multiprocessing.get_context("spawn")

    def __getattr__(self, name: str) -> Any:
        return getattr(self._spawn, name)

    def Process(self, **facts: Any) -> Any:  # noqa: N802 - the name that contexts have for it
        """A new process."""
        if sys.platform == "linux" and threading.active_count() == 1:
            return multiprocessing.get_context("fork").Process(**facts)
        return self._spawn.Process(**facts)


@contextlib.contextmanager
def no_interrupts() -> Iterator[None]:
    """Let Ctrl-C reach only this process, and only afterwards: what starts here never sees it."""
    if sys.platform == "win32":
        yield
        return
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # it would let interrupts through as soon as it has started
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
