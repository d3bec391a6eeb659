"""What runs in worker processes, behind limits: planning, composing and typesetting.

A hostile or broken leaflet may take for ever or all the memory; only a process can be stopped
from outside, so none of these runs in the process that the user started. This module is light,
because that process imports it too.
"""

from __future__ import annotations

import contextlib
import gc
import itertools
import multiprocessing
import os
import sys
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, TypeVar

from foldwell.build.made import Composed, Made
from foldwell.build.pieces import HERE, Missing
from foldwell.errors import FoldwellError, Mistakes, refused_by_the_system

if TYPE_CHECKING:
    import datetime
    from pathlib import Path

    from foldwell.build.job import Job, Options, Order, Selection
    from foldwell.build.request import Jobs
    from foldwell.typeset.page_source import Composition

MEMORY_LIMIT_BYTES = 1536 * 2**20
OPEN_FILES_LIMIT = 64
FONT_LIMIT_BYTES = 64 * 2**20

JOBS_A_COLLECTION, JOBS_A_SWEEP = 8, 32
SHARED_BYTES = 200
"""Smaller sheets and pictures are not worth a name of their own."""
_typeset = itertools.count(1)

T = TypeVar("T")
Errors = tuple[FoldwellError, ...]


def start_planner() -> None:
    """Load what planning needs, and set the limits of this process."""
    gc.disable()  # loading makes many objects that live on
    import foldwell.build.plan  # noqa: F401

    gc.freeze()
    gc.enable()
    limit()


def start_composer() -> None:
    """The same, with what composing needs."""
    gc.disable()
    import foldwell.build.composing  # noqa: F401

    start_planner()


def start_typesetter() -> None:
    """Load what typesetting needs (most is there in a copy of the fork server), and limit."""
    import foldwell.build.warm  # noqa: F401
    from foldwell.typeset.engine import warm_up

    limit()
    with contextlib.suppress(Exception):  # whatever is wrong, the first job tells it better
        warm_up()


def nothing() -> None:
    """Let a pool start its workers."""


def plan(
    root: Path,
    selection: Selection,
    today: datetime.date,
    options: Options,
    stamps: Mapping[str, str],
    stamp: str,
    pictures: Path | None = None,
) -> Jobs | Errors:
    """Read the content and find what there is to make; or why that cannot be done."""
    from foldwell.build.plan import make_plan
    from foldwell.content.known_pictures import KnownPictures
    from foldwell.content.library import read_library

    def planned() -> Jobs:
        known = KnownPictures(pictures, stamp)
        library = read_library(root, today, known)
        jobs = make_plan(library, selection, today, options, stamps, stamp)
        return replace(jobs, pictures=known.fresh, pictures_used=frozenset(known.used))

    return told(planned)


@dataclass(frozen=True)
class Answer:
    """What a process gives back.

    Attributes:
        results: One a call; None if pieces are wanted first.
        pieces: Those that were made for the results, and were not told before.
        wanted: The digests of pieces that were never sent to it.
    """

    results: list[Any] | None
    pieces: Mapping[bytes, bytes] = field(default_factory=dict)
    wanted: frozenset[bytes] = frozenset()


def each(work: Callable[..., Any], sealed: bytes, pieces: Mapping[bytes, bytes]) -> Answer:
    """Do some work with each of some arguments, one after another.

    Args:
        work: What to do.
        sealed: A list of arguments, each a tuple.
        pieces: What this process said that it lacks.
    """
    if not pieces:  # never those that were sent just now
        HERE.trim()
    HERE.hold(pieces)
    try:
        calls = [map(_opened, arguments) for arguments in HERE.unseal(sealed)]
        results = [_sealed(work(*arguments)) for arguments in calls]
    except Missing as missing:
        return Answer(None, wanted=missing.digests)
    return Answer(results, HERE.news())


def _opened(argument: Any) -> Any:
    return HERE.unseal(argument.sealed) if isinstance(argument, Composed) else argument


def _sealed(result: Any) -> Any:
    """A result as it travels: style sheets and pictures of a composition go once."""
    from foldwell.typeset.page_source import Composition

    if not isinstance(result, Composition):
        return result
    pages = result.pages
    fonts = (font.content for font in pages.fonts)
    shared = (*pages.css, *(content for _, content, _ in pages.assets), *fonts)
    large = [part for part in shared if len(part) >= SHARED_BYTES]
    return Composed(result.key, pages.layout_key, HERE.seal(result, large))


def compose(job: Job) -> Composition | Made | Errors:
    """What a job is made from; where nothing is typeset, the finished file."""
    from foldwell.build.composing import hold_to_rules

    step: Callable[..., Composition | Made] = job.order.medium.compose

    def composed() -> Composition | Made:
        notes = hold_to_rules(job.edition)
        made = step(job.edition, job.order)
        return replace(made, notes=(*made.notes, *notes)) if notes else made

    return told(composed)


def typeset(order: Order, composition: Composition) -> Made | Errors:
    """The finished file of a composition."""
    from foldwell.build.make import make

    def made() -> Made:
        finished = make(order, composition)
        return replace(finished, notes=(*finished.notes, *composition.notes))

    outcome = told(made)
    sweep()
    return outcome


def sweep() -> None:
    """Clear up after a job, now and then."""
    # The engine's boxes refer to each other in circles, and the collector comes too seldom. What
    # is left then (pages to stamp others from) stays, and need not be looked through each time.
    count = next(_typeset)
    if count % JOBS_A_COLLECTION == 0:
        if count % JOBS_A_SWEEP == 0:
            gc.unfreeze()
        gc.collect()
        gc.freeze()  # only now: what is frozen with its circles is kept until the next sweep


def typeset_in_full(order: Order, composition: Composition) -> Made | Errors:
    """The same, with nothing of other clinics' pages put to use."""
    from foldwell.typeset.stamping import turned_off

    with turned_off():
        return typeset(order, composition)


def told(work: Callable[[], T]) -> T | Errors:
    """Do the work; what is wrong with it comes back as values.

    What earlier jobs have left may fill the memory: then that is given up, and it is tried again.
    """
    with contextlib.suppress(MemoryError):
        return _told_once(work)
    _forget()
    try:
        return _told_once(work)
    except MemoryError:
        return (
            FoldwellError(
                f"The job needs more than {MEMORY_LIMIT_BYTES / 2**30:.1f} GB of memory.",
                None,
                "Make pictures and tables smaller.",
            ),
        )


def _forget() -> None:
    """Give up what stays of earlier jobs."""
    if stamping := sys.modules.get("foldwell.typeset.stamping.masters"):
        stamping.MASTERS.forget()
    gc.unfreeze()
    gc.collect()


def _told_once(work: Callable[[], T]) -> T | Errors:
    try:
        return work()
    except Mistakes as mistakes:
        return mistakes.errors
    except FoldwellError as error:
        return (error,)
    # Python says SystemError where something that ran at the very limit swallowed the other.
    except (RecursionError, SystemError):
        return (FoldwellError("The text is nested too deep.", None, "Flatten lists and blocks."),)
    except OSError as error:
        return (refused_by_the_system(error),)


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
