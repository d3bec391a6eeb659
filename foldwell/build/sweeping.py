"""Sweeping: a worker clears up after its jobs, when there is enough to clear up, and no sooner.

The engine's boxes refer to each other in circles, and what a worker learned of a kind of file
stays when that kind is done. So as not to look for either after each job, the objects that were
made since are counted, and the memory of the process is asked for, which both cost next to nothing.
This module is light, because the process that the user started imports it too.
"""

from __future__ import annotations

import contextlib
import ctypes
import functools
import gc
import itertools
import os
import sys
from collections.abc import Callable

OBJECTS = 150_000
"""How many objects that may refer to others are made before circles are looked for."""
A_WHOLE = 4
"""Each time after so many what stayed of former sweeps is looked through too."""
ROOM_BYTES = 160 * 2**20
"""A worker that holds more lets the system have what was freed, each time it clears up."""
FULL_BYTES = 150 * 2**20
"""A worker that holds more begins no files of another kind, but ends: what it frees lies scattered
in its memory, which the system does not get back. What it proved stands on the rack by then, and
what else it learned serves no other kind."""
MOST_BYTES = 270 * 2**20
"""A worker that holds more, after it has cleared up, ends whatever comes next."""

_count = itertools.count(1)
_kind: object = None
_ends = False
_is_asked = False
"""Whether a pool asks this process, before each task, if it has room; else nobody replaces it."""


class UntilFull(int):
    """How many tasks a process of a pool does: as many as leave it room.

    So it ends as after its last task, with none begun. Where the memory of a process is not known,
    it is the number that it is as an integer.
    """

    def __gt__(self, done: int) -> bool:
        global _is_asked
        _is_asked = True
        return has_room() and not _ends if resident() else super().__gt__(done)


def has_room(most: int = MOST_BYTES) -> bool:
    """Whether this process may hold more, after it has cleared up if that is in doubt.

    Args:
        most: How many bytes it may hold.
    """
    if resident() > most:
        gc.unfreeze()
        gc.collect()
        gc.freeze()
        _trim()()
    return resident() <= most


def turn_to(kind: object) -> bool:
    """Whether this process begins files of a kind; one that is full leaves them, and ends.

    One that nobody would replace begins all.

    Args:
        kind: The kind; None if that is of no account.
    """
    global _kind, _ends
    if kind is not None and kind != _kind:
        _ends = _is_asked and _kind is not None and not has_room(FULL_BYTES)
        _kind = _kind if _ends else kind
    return not _ends


def sweep() -> None:
    """Clear up after a job, if there is enough to clear up."""
    if gc.get_count()[0] < OBJECTS:
        return
    if next(_count) % A_WHOLE == 0:
        gc.unfreeze()
    gc.collect()
    # What is left then (pages to stamp others from) stays, and need not be looked through each
    # time; what is frozen with its circles is kept until the next whole sweep.
    gc.freeze()
    if resident() > ROOM_BYTES:
        _trim()()


def forget() -> None:
    """Give up all that stays of earlier jobs."""
    if masters := sys.modules.get("foldwell.typeset.stamping.masters"):
        masters.MASTERS.forget()
    if moulds := sys.modules.get("foldwell.typeset.stamping.moulds"):
        moulds.forget()
    gc.unfreeze()
    gc.collect()
    _trim()()


def resident() -> int:
    """The memory of this process in bytes; 0 where the system does not say it quickly."""
    if sys.platform != "linux":
        return 0
    try:
        with open("/proc/self/statm", "rb") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0


@functools.cache
def _trim() -> Callable[[], object]:
    """Let the system have what was freed, where its library can be told to."""
    if sys.platform == "linux":
        with contextlib.suppress(AttributeError, OSError):
            trim = ctypes.CDLL(None).malloc_trim
            return lambda: trim(0)
    return lambda: None
