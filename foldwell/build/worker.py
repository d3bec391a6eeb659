"""What runs in a worker process: one job at a time, behind limits.

A hostile or broken leaflet may take for ever or all the memory; only a process can be stopped
from outside, so jobs never run in the process that the user started. This module is light,
because that process imports it too; ``warm`` holds the heavy part.
"""

from __future__ import annotations

import contextlib

from foldwell.build.job import Job, Made
from foldwell.errors import FoldwellError, Mistakes

MEMORY_LIMIT_BYTES = 1536 * 2**20
OPEN_FILES_LIMIT = 64


def start() -> None:
    """Load what jobs need, then limit memory and open files, and let no file be written."""
    import foldwell.build.warm  # noqa: F401

    try:
        import resource
    except ImportError:  # Windows has none of these limits; the time limit still holds there
        return
    for name, value in (
        (resource.RLIMIT_AS, MEMORY_LIMIT_BYTES),
        (resource.RLIMIT_NOFILE, OPEN_FILES_LIMIT),
        (resource.RLIMIT_FSIZE, 0),
    ):
        # macOS refuses some of them.
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(name, (value, value))


def work(job: Job) -> Made | tuple[FoldwellError, ...]:
    """Make one job; what is wrong with it comes back as values."""
    from foldwell.build.make import make

    try:
        return make(job)
    except Mistakes as mistakes:
        return mistakes.errors
    except FoldwellError as error:
        return (error,)
    except MemoryError:
        return (
            FoldwellError(
                f"The job needs more than {MEMORY_LIMIT_BYTES / 2**30:.1f} GB of memory.",
                None,
                "Make pictures and tables smaller.",
            ),
        )
    except RecursionError:
        return (FoldwellError("The text is nested too deep.", None, "Flatten lists and blocks."),)
