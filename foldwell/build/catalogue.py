"""The catalogue: what an output folder holds, as pages that any web server can hand out.

It is gathered from a plan and the files that were built from it; nothing is read out of a PDF. The
former catalogue, which lies beside the pages as JSON, tells which editions are new and which are
no longer handed out. It never lists what is not there.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from foldwell.build.job import Order
from foldwell.build.published import LISTING
from foldwell.content.edition import make_edition
from foldwell.content.library import Library

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
        since: The day on which it first stood in the catalogue (ISO).
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
class Gone:
    """An edition that is no longer handed out.

    Attributes:
        id: The edition id, which is printed on it.
        title: Its title.
        clinic_name: The name of its clinic.
        language: The language's code.
        since: The day on which that was noticed (ISO).
        present: The id of the edition that took its place; empty if there is none.
        page: Where that one is read.
    """

    id: str
    title: str
    clinic_name: str
    language: str
    since: str
    present: str = ""
    page: str = ""


@dataclass(frozen=True)
class Catalogue:
    """All that is handed out, and what no longer is."""

    entries: tuple[Entry, ...]
    gone: tuple[Gone, ...]

    def as_json(self) -> str:
        """The catalogue as text, from which the next one knows what was there."""
        editions = [asdict(entry) for entry in self.entries]
        gone = [asdict(each) for each in self.gone]
        return json.dumps({"editions": editions, "gone": gone}, ensure_ascii=False, indent=1) + "\n"


@cache
def language_name(language: str) -> str:
    """A language's name in that language, as its readers look for it (CLDR)."""
    from babel import Locale

    locale = Locale.parse(language, sep="-")
    return str(locale.get_display_name(locale) or language)


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
        output: The output folder.
        today: The day of the build.
    """
    grouped: dict[tuple[str, str, str], list[Order]] = {}
    for order in orders:
        if order.path in built:
            grouped.setdefault((order.leaflet, order.clinic, order.language), []).append(order)
    former, gone = _former(output)
    before = {entry["id"]: entry["since"] for entry in former}
    entries = tuple(
        _entry(library, group, built, output, today, before) for _, group in sorted(grouped.items())
    )
    return Catalogue(entries, _gone(entries, former, gone, today))


def _entry(
    library: Library,
    orders: list[Order],
    built: Mapping[str, str],
    output: Path,
    today: datetime.date,
    before: Mapping[str, str],
) -> Entry:
    first = orders[0]
    leaflet = library.leaflets[first.leaflet][first.language]
    edition = make_edition(library, leaflet, first.clinic, today)
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
        str(edition.clinic.name),
        first.language,
        language_name(first.language),
        first.right_to_left,
        first.status,
        _iso(leaflet.facts.reviewed),
        _iso(edition.review_due),
        before.get(first.edition, today.isoformat()),
        tuple(sorted(files, key=lambda file: (file.medium != "web", bool(file.format), file.path))),
    )


def _iso(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""


def _former(output: Path) -> tuple[list[dict[str, Any]], list[Gone]]:
    """What stood in the last catalogue; nothing if there is none that can be read."""
    try:
        known = json.loads((output / LISTING).read_text(encoding="utf-8"))
        gone = [Gone(**each) for each in known["gone"]]
        texts = ("id", "leaflet", "clinic", "language", "title", "clinic_name", "since")
        editions = [{name: str(each[name]) for name in texts} for each in known["editions"]]
        for since in (*(each.since for each in gone), *(each["since"] for each in editions)):
            datetime.date.fromisoformat(since)
    except (OSError, ValueError, KeyError, TypeError):
        return [], []
    return editions, gone


def _gone(
    entries: tuple[Entry, ...],
    former: list[dict[str, Any]],
    gone: list[Gone],
    today: datetime.date,
) -> tuple[Gone, ...]:
    """What is no longer handed out, the last of it first."""
    present = {(each.leaflet, each.clinic, each.language): each for each in entries}
    here = {each.id for each in entries}
    found = {}
    oldest = (today - datetime.timedelta(KEPT_DAYS)).isoformat()
    for each in gone:
        if each.since >= oldest and each.id not in here:
            found[each.id] = each
    for known in former:
        if known["id"] in here or known["id"] in found:
            continue
        found[known["id"]] = Gone(
            known["id"], known["title"], known["clinic_name"], known["language"], today.isoformat()
        )
        now = present.get((known["leaflet"], known["clinic"], known["language"]))
        if now:
            found[known["id"]] = replace(found[known["id"]], present=now.id, page=now.page)
    return tuple(sorted(found.values(), key=lambda each: (each.since, each.id), reverse=True))
