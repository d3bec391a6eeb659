"""Events: what a build says while it goes on. They are frozen, and can be sent and written.

One build gives ``Planned``, a ``LeftOut`` for each job that is not made, then ``Started``, and
``Kept``, ``Built`` or ``Failed`` for each job, ``Found`` for what there is to say of a file, and
``Done``. A store that files are sent to adds ``Delivered``.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeAlias

from foldwell.build.job import Job
from foldwell.build.made import Made
from foldwell.build.records import Record
from foldwell.errors import FoldwellError


@dataclass(frozen=True)
class Planned:
    """The plan stands.

    Attributes:
        jobs: How many jobs there are.
        broken: Mistakes in files that keep something asked for from being built.
        tidied: What was read otherwise than it stands in a file, a line each.
    """

    jobs: int
    broken: tuple[FoldwellError, ...] = ()
    tidied: tuple[str, ...] = ()


@dataclass(frozen=True)
class LeftOut:
    """A job is not made.

    Attributes:
        name: The job: leaflet, clinic, language, format and medium.
        reason: Why.
    """

    name: str
    reason: str


@dataclass(frozen=True)
class Started:
    """A job is begun.

    Attributes:
        path: Its file, below the output folder.
        name: The job, for people.
    """

    path: str
    name: str


@dataclass(frozen=True)
class Finished:
    """A job has come to its end, and its files are right.

    Attributes:
        path: Its file, below the output folder.
        name: The job, for people.
        why: Why it was made; empty if it was up to date.
        status: ``draft``, ``expired`` or ``withdrawn``, if every page says so.
        files: The SHA-256 of each of its files, by path.
        notes: (kind, line): how the words were fitted, which colours were converted, which facts
            of the region nobody has checked in time, and what stands between it and the press.
    """

    path: str
    name: str
    why: str
    status: str
    files: Mapping[str, str]
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Kept(Finished):
    """The files of a job were up to date."""


@dataclass(frozen=True)
class Built(Finished):
    """The files of a job were written."""


@dataclass(frozen=True)
class Failed:
    """A job was not made; the last good file was left where it was.

    Attributes:
        path: Its file, below the output folder.
        name: The job, for people.
        why: Why it was to be made.
        errors: What is wrong.
    """

    path: str
    name: str
    why: str
    errors: tuple[FoldwellError, ...]


@dataclass(frozen=True)
class Found:
    """There is something to say of a file that is as it must be, or is not.

    Attributes:
        path: The file, below the output folder.
        line: What a check has to say of it; of a file that is verified, what is wrong with it.
    """

    path: str
    line: str


@dataclass(frozen=True)
class Delivered:
    """Finished files were sent to a store.

    Attributes:
        store: Its address.
        sent: How many files were sent.
        there: How many were there already.
        failed: What could not be sent.
        untried: How many were not tried after that.
    """

    store: str
    sent: int = 0
    there: int = 0
    failed: tuple[FoldwellError, ...] = ()
    untried: int = 0


@dataclass(frozen=True)
class Done:
    """The build has come to its end.

    Attributes:
        seconds: How long it took, from looking at the files on.
        idle: Whether it was known without any planning that there was nothing to do.
        unrecorded: Why the ledger could not be written; empty if it could.
        stale: Paths of files that former builds made and that are no longer planned.
    """

    seconds: float
    idle: bool = False
    unrecorded: str = ""
    stale: tuple[str, ...] = ()


Event: TypeAlias = Planned | LeftOut | Started | Kept | Built | Failed | Found | Delivered | Done


def kept(path: str, name: str, record: Record) -> Iterator[Event]:
    """A job that is as the ledger says, and what there is to say of it."""
    files = {file.path: file.sha256 for file in record.files}
    yield Kept(path, name, "", record.status, files, record.notes)
    yield from (Found(path, line) for line in record.findings)


def built(job: Job, why: str, made: Made, record: Record) -> Iterator[Event]:
    """A job that was made, and what there is to say of it."""
    files = {file.path: file.sha256 for file in record.files}
    yield Built(job.path, job.name, why, record.status, files, record.notes)
    yield from (Found(job.path, line) for line in made.findings)


def as_json(event: Event) -> str:
    """An event as one line of JSON; its key ``event`` says which."""
    facts = {known.name: getattr(event, known.name) for known in fields(event)}
    kind = type(event).__name__
    name = "left out" if kind == "LeftOut" else kind.lower()
    return json.dumps({"event": name, **facts}, default=_plain)


def _plain(value: Any) -> Any:
    if not isinstance(value, FoldwellError):
        raise TypeError(f"{value!r} is in no event")
    place = value.place
    return {
        "path": place.path if place else None,
        "line": place.line if place else None,
        "message": value.message,
        "hint": value.hint,
    }
