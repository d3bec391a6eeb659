"""What runs in worker processes, behind limits: planning, composing and typesetting.

A hostile or broken leaflet may take for ever or all the memory; only a process can be stopped
from outside, so none of these runs in the process that the user started. This module is light,
because that process imports it too.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from foldwell.errors import FoldwellError, Mistakes

if TYPE_CHECKING:
    import datetime
    from pathlib import Path

    from foldwell.build.job import Job, Made, Order, Plan, Selection, Spare
    from foldwell.typeset.page_source import PageSource

MEMORY_LIMIT_BYTES = 1536 * 2**20
OPEN_FILES_LIMIT = 64

T = TypeVar("T")
Errors = tuple[FoldwellError, ...]


def start_composer() -> None:
    """Load what composing needs, and set the limits of this process."""
    import foldwell.typeset.compose  # noqa: F401

    _limit()


def start_typesetter() -> None:
    """Load what typesetting needs (nothing to do in a copy of the fork server), and limit."""
    import foldwell.build.warm  # noqa: F401

    _limit()


def plan(root: Path, selection: Selection, today: datetime.date) -> Plan:
    """Read the content and plan a build.

    Raises:
        FoldwellError: If there is no content, or nothing that the selection names.
    """
    from foldwell.build.plan import make_plan
    from foldwell.content.library import read_library

    return make_plan(read_library(root), selection, today)


def compose(job: Job, spare: int) -> PageSource | Made | Errors:
    """The page source of a job; for the web, the finished page."""
    from foldwell.build.job import Made
    from foldwell.press.formats import format_named
    from foldwell.typeset.compose import compose_print, compose_web

    order, edition = job.order, job.edition
    if order.medium == "web":
        return _told(lambda: Made(compose_web(edition).encode(), 1))
    format_ = format_named(order.format)
    return _told(lambda: compose_print(edition, format_, order.medium, spare=spare))


def typeset(order: Order, source: PageSource) -> Made | Spare | Errors:
    """The finished file of a page source."""
    from foldwell.build.make import make

    return _told(lambda: make(order, source))


def _told(work: Callable[[], T]) -> T | Errors:
    """Do the work; what is wrong with it comes back as values."""
    try:
        return work()
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


def _limit() -> None:
    """Limit memory and open files, and let no file be written."""
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
