"""The collector of garbage at rest, while many objects are made that live on."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def at_rest() -> Iterator[None]:
    """Pause the collector, which would look through all that was read so far again and again.

    A third of the time that a roster of ten thousand clinics takes is spent so.
    """
    was_at_work = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_at_work:
            gc.enable()
