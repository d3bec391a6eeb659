"""What runs in worker processes, behind limits: planning, composing and typesetting.

A hostile or broken leaflet may take for ever or all the memory; only a process can be stopped
from outside, so none of these runs in the process that the user started. This module is light,
because that process imports it too.
"""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

from foldwell import carried
from foldwell.build import limits
from foldwell.build.limits import limit
from foldwell.build.loading import load
from foldwell.build.made import Composed, Made
from foldwell.build.pieces import HERE, Missing
from foldwell.build.sweeping import forget, sweep, turn_to
from foldwell.errors import FoldwellError, Mistakes, refused_by_the_system

if TYPE_CHECKING:
    import datetime
    from pathlib import Path

    from foldwell.build.job import Job, Options, Order, Selection
    from foldwell.build.lanes import Kind
    from foldwell.build.proven import Proven
    from foldwell.build.rack import Rack
    from foldwell.build.request import Jobs
    from foldwell.typeset.page_source import Composition

LONG_S = 5
"""After so long a worker gives back what it has done, and is asked for the rest anew."""
SHARED_BYTES = 200
"""Smaller sheets and pictures are not worth a name of their own."""
T = TypeVar("T")
Errors = tuple[FoldwellError, ...]


def start_planner() -> None:
    """Load what planning needs, and set the limits of this process."""
    load("foldwell.build.plan")


def start_composer() -> None:
    """The same, with what composing needs."""
    load("foldwell.build.composing", "foldwell.build.plan")


def start_printer() -> None:
    """Load what puts words into the fields of files that stand, and set the limits."""
    load("foldwell.build.variable", "fontTools.ttLib")  # the latter looks at new glyphs


def look_ahead(rack: Rack) -> None:
    """Read what stands on a rack, as much as there is time for while nothing is to be printed."""
    if files := files_with_fields(rack):
        files.look_ahead()


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
        results: One a call, as far as it came, perhaps none; None if pieces are wanted first.
        pieces: Those that were made for the results, and were not told before.
        wanted: The digests of pieces that were never sent to it.
        seconds: How long it took.
        racked: What was proven meanwhile, for the rack, by its name.
        used: The names of what was of use on the rack.
    """

    results: list[Any] | None
    pieces: Mapping[bytes, bytes] = field(default_factory=dict)
    wanted: frozenset[bytes] = frozenset()
    seconds: float = 0
    racked: Mapping[str, bytes] = field(default_factory=dict)
    used: frozenset[str] = frozenset()


def each(
    work: Callable[..., Any],
    sealed: bytes,
    pieces: Mapping[bytes, bytes],
    done: int = 0,
    rack: Rack | None = None,
    kind: Kind | None = None,
) -> Answer:
    """Do some work with each of some arguments, one after another, unless it takes long.

    Args:
        work: What to do.
        sealed: A list of arguments, each a tuple.
        pieces: What this process said that it lacks.
        done: How many of them were done before.
        rack: Where files with fields stand, for work that puts them to use.
        kind: What kind of files is made, if a full process shall leave it to one that replaces it.
    """
    began = time.monotonic()
    if not turn_to(kind):
        return Answer([])
    files = files_with_fields(rack)
    carried.look_on(rack and replace(rack, prints=False))
    if not pieces:  # never those that were sent just now
        HERE.trim()
    HERE.hold(pieces)
    results: list[Any] = []
    try:
        for arguments in HERE.unseal(sealed)[done:]:
            result = work(*map(_opened, arguments))
            if rack and rack.prints and not isinstance(result, Made | tuple):
                result = printed(arguments[0].order, result)
            results.append(_sealed(result))
            if time.monotonic() - began > LONG_S:
                break
    except Missing as missing:
        if not results:
            return Answer(None, wanted=missing.digests)
    seconds = time.monotonic() - began
    return Answer(results, HERE.news(), frozenset(), seconds, *_for_the_rack(rack, files))


def files_with_fields(rack: Rack | None) -> Proven[Any] | None:
    """The files with fields of this process, which look on a rack from now on."""
    if rack and rack.prints:
        import_module("foldwell.build.variable")
    if module := sys.modules.get("foldwell.build.variable"):
        files: Proven[Any] = module.FILES
        files.look_on(rack)
        return files
    return None


def _for_the_rack(
    rack: Rack | None, files: Proven[Any] | None
) -> tuple[dict[str, bytes], frozenset[str]]:
    """What is new for the rack, pickled, by its name; and the names of what was of use."""
    news, used = files.news() if files else ({}, frozenset[str]())
    if rack:
        from foldwell.build.rack import TABLE, pickled

        tables, asked = carried.news()
        news |= {rack.name_of(name, TABLE): pickled(table) for name, table in tables.items()}
        used |= {rack.name_of(name, TABLE) for name in asked}
    return news, used


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
    from foldwell.build.job import REST

    step: Callable[..., Composition | Made] = job.order.medium.compose

    def composed() -> Composition | Made:
        edition = job.edition
        notes = hold_to_rules(edition, job.depends.get(REST, ""))
        made = step(edition, job.order)
        return replace(made, notes=(*made.notes, *notes)) if notes else made

    return told(composed)


def printed(order: Order, composition: Composition) -> Made | Composition | Errors:
    """The finished file of a composition, if its words fit in fields; else itself."""
    from foldwell.build.variable import asked_for

    def found() -> Made | Composition:
        if (made := asked_for(order, composition).printed()) is None:
            return composition
        return replace(made, notes=(*made.notes, *composition.notes), key=composition.key)

    return told(found)


def typeset(order: Order, composition: Composition) -> Made | Errors:
    """The finished file of a composition."""
    from foldwell.build.make import make

    def made() -> Made:
        finished = make(order, composition)
        return replace(finished, notes=(*finished.notes, *composition.notes))

    outcome = told(made)
    sweep()
    return outcome


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
    forget()
    carried.forget()
    try:
        return _told_once(work)
    except MemoryError:
        return (
            FoldwellError(
                f"The job needs more than {limits.MEMORY_LIMIT_BYTES / 2**30:.1f} GB of memory.",
                None,
                "Make pictures and tables smaller.",
            ),
        )


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
