"""The catalogue: what an output folder holds, as pages that any web server can hand out.

It is gathered from a plan and the files that were built from it; nothing is read out of a PDF. The
register of editions tells which editions are new and which are no longer handed out. It never
lists what is not there.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from foldwell.build import editions
from foldwell.build.editions import present_of, read_register
from foldwell.build.job import Order
from foldwell.content.library import Library
from foldwell.content.locales import own_name

KEPT_DAYS = 366
"""How long an edition that is no longer handed out is named."""


@dataclass(frozen=True)
class File:
    """One file to download.

    Attributes:
        path: Below the output folder.
        format: The name of its format; empty where it is made in none.
        medium: What it is for.
        size_bytes: How large it is.
        sha256: Of its content.
    """

    path: str
    format: str
    medium: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True)
class Entry:
    """One edition: exactly the words that one reader gets.

    Attributes:
        id: The edition id, which is printed on it.
        leaflet: The slug of the leaflet.
        title: Its title in this language.
        clinic: The slug of the clinic.
        clinic_name: Its name.
        language: The language's code.
        language_name: The language's own name.
        right_to_left: Whether it is read from right to left.
        status: ``draft``, ``expired`` or ``withdrawn``, if its pages say so.
        reviewed: The day of its review (ISO); empty for a draft.
        review_due: The day on which it is due for review (ISO); empty if none is known.
        since: The day on which it took the place of another, else that of its publication (ISO).
        files: What there is to download, the web page first.
    """

    id: str
    leaflet: str
    title: str
    clinic: str
    clinic_name: str
    language: str
    language_name: str
    right_to_left: bool
    status: str
    reviewed: str
    review_due: str
    since: str
    files: tuple[File, ...]

    @property
    def page(self) -> str:
        """What a reader without a printer opens: the web page, or else the first file."""
        return self.files[0].path

    @property
    def languages_page(self) -> str:
        """The page that names all languages of its leaflet for its clinic."""
        return f"{self.clinic}/{self.leaflet}.html"


@dataclass(frozen=True)
class Catalogue:
    """All that is handed out, and what no longer is, as the register has it."""

    entries: tuple[Entry, ...]
    gone: tuple[editions.Entry, ...]

    def as_json(self) -> str:
        """The catalogue as text, for programs."""
        held = [asdict(entry) for entry in self.entries]
        gone = [{name: getattr(one, name) for name in _TOLD} for one in self.gone]
        return json.dumps({"editions": held, "gone": gone}, ensure_ascii=False, indent=1) + "\n"


_TOLD = ("id", "title", "leaflet", "clinic", "language", "state", "since", "reason", "present")


def gather(
    library: Library,
    orders: Iterable[Order],
    built: Mapping[str, str],
    output: Path,
    today: datetime.date,
) -> Catalogue:
    """The catalogue of what was built.

    Args:
        library: What the orders were planned from.
        orders: What is planned.
        built: The SHA-256 of each file that is right, by its path; others are not listed.
        output: The output folder, with its register.
        today: The day of the build.

    Raises:
        FoldwellError: If the register cannot be read.
    """
    known = {entry.id: entry for entry in read_register(output)}
    grouped: dict[tuple[str, str, str], list[Order]] = {}
    for order in orders:
        if order.path in built:
            grouped.setdefault((order.leaflet, order.clinic, order.language), []).append(order)
    entries = tuple(
        _entry(library, group, built, output, known, today) for _, group in sorted(grouped.items())
    )
    return Catalogue(entries, _gone({entry.id for entry in entries}, known, today))


def _entry(
    library: Library,
    orders: list[Order],
    built: Mapping[str, str],
    output: Path,
    known: Mapping[str, editions.Entry],
    today: datetime.date,
) -> Entry:
    first = orders[0]
    published, reviewed, review_due = first.dates
    superseded = [one.since for one in known.values() if one.since and one.present == first.edition]
    files = [
        File(
            order.path,
            order.format,
            order.medium.name,
            (output / order.path).stat().st_size,
            built[order.path],
        )
        for order in orders
    ]
    return Entry(
        first.edition,
        first.leaflet,
        first.title,
        first.clinic,
        str(library.clinics[first.clinic].name),
        first.language,
        own_name(first.language),
        first.right_to_left,
        first.status,
        reviewed,
        review_due,
        max(superseded, default=published or today.isoformat()),
        tuple(sorted(files, key=lambda file: (file.medium != "web", bool(file.format), file.path))),
    )


def _gone(
    here: Collection[str], known: Mapping[str, editions.Entry], today: datetime.date
) -> tuple[editions.Entry, ...]:
    """What is no longer handed out, the last of it first, with what is in its place now."""
    oldest = (today - datetime.timedelta(KEPT_DAYS)).isoformat()
    found = []
    for entry in known.values():
        if entry.state != "current" and entry.since >= oldest and entry.id not in here:
            present = present_of(entry, known)
            found.append(replace(entry, present=present.id if present else ""))
    return tuple(sorted(found, key=lambda entry: (entry.since, entry.id), reverse=True))
