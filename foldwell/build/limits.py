"""The limits of worker processes: of memory and open files; and none outlives its parent.

This module is light, because the process that the user started imports it too.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import sys
import warnings

MEMORY_LIMIT_BYTES = 1536 * 2**20
OPEN_FILES_LIMIT = 64
FONT_LIMIT_BYTES = 64 * 2**20


def limit() -> None:
    """Limit memory and open files, let no file be written, and end with the parent."""
    end_with_the_parent()
    warnings.simplefilter("ignore")  # what a library has to remark is not for whoever builds
    if sys.platform == "win32":  # has none of these limits; the time limit still holds there
        return
    import resource

    for name, value in (
        (resource.RLIMIT_AS, _size_bytes() + MEMORY_LIMIT_BYTES),
        (resource.RLIMIT_NOFILE, OPEN_FILES_LIMIT),
        (resource.RLIMIT_FSIZE, 0),
    ):
        # Memory that is lent counts as a file; see pdf/lent_memory.py.
        most = FONT_LIMIT_BYTES if name == resource.RLIMIT_FSIZE else value
        # macOS refuses some of them.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(name, (value, most))


def _size_bytes() -> int:
    """The address space of this process: a copy of a large one has all of that from its start."""
    if sys.platform != "linux":  # only there is a process copied
        return 0
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            pages = int(file.read().split()[0])
    except (OSError, ValueError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


PR_SET_PDEATHSIG = 1
"""The option of Linux' prctl(2) that names the signal for a process whose parent has died."""


def end_with_the_parent() -> None:
    """Let the system end this process when its parent is killed, wherever it hangs."""
    if sys.platform != "linux":
        return
    import ctypes
    import signal

    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    # It had died already, unless it is the first process of a container.
    parent = multiprocessing.parent_process()
    if os.getppid() == 1 and parent is not None and parent.pid != 1:
        os._exit(1)
