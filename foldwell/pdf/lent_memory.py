"""Memory that Linux lends as a file, for libraries that want a file.

Nothing is written to a disk, and what is read of it in many small pieces is read faster than
through an object of Python's.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast


def lent(content: bytes, name: str) -> BinaryIO | None:
    """Some bytes as a file in memory; None where none is lent, or not so much.

    Args:
        content: The bytes.
        name: What the file is called in lists of open files.
    """
    if sys.platform != "linux":
        return None
    try:
        with writing_allowed(len(content)):
            file = os.fdopen(os.memfd_create(name), "w+b", buffering=0)
            if file.write(content) == len(content):
                return cast(BinaryIO, file)
            file.close()
    except OSError:
        pass
    return None


@contextmanager
def writing_allowed(size: int) -> Iterator[None]:
    """Lift the limit of workers, who may write nothing, for some bytes of memory."""
    if sys.platform == "win32":
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    allowed = size if hard == resource.RLIM_INFINITY else min(size, hard)
    if soft != resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_FSIZE, (max(soft, allowed), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
