"""The columns of a roster: which fact stands under which heading.

A heading is matched by its words alone: capitals, spaces, hyphens, full stops and what stands in
brackets do not matter. ``roster: columns:`` in ``build.yml`` goes before this table.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NOT_READ = "ignore"
"""What ``build.yml`` says of a column that is not to be read."""

COLUMNS: dict[str, tuple[str, ...]] = {
    "name": (
        "name", "practice name", "clinic name", "surgery name", "site name", "service name",
        "organisation name", "organization name", "hospital name", "pharmacy name",
        "facility name", "location name", "centre name", "center name", "display name", "clinic",
        "practice", "surgery", "organisation", "organization", "service", "facility", "pharmacy",
    ),
    "id": (
        "id", "slug", "clinic id", "practice id", "site id", "code", "ods code", "practice code",
        "site code", "clinic code", "organisation code", "organization code", "reference", "ref",
    ),
    "parent": (
        "parent", "parent organisation", "parent organization", "part of", "belongs to", "trust",
        "nhs trust", "hospital", "group", "network", "health system", "managed by",
    ),
    "brand": ("brand", "brand name", "look", "house style", "livery"),
    "region": ("region", "country"),
    "nation": ("nation", "home nation"),
    "phone": (
        "phone", "telephone", "tel", "telephone number", "phone number", "telephone no",
        "phone no", "tel no", "tel number", "main phone", "main telephone", "main number",
        "contact number", "contact telephone", "contact phone", "contact tel", "landline",
        "switchboard", "reception", "reception number", "public telephone",
    ),
    "phones": (
        "phones", "other numbers", "other number", "other phones", "other phone",
        "other phone numbers", "other telephone", "other telephone numbers", "further numbers",
        "additional numbers", "additional phone", "second number", "second phone",
        "second telephone", "alternative number", "alternative phone", "phone 2", "telephone 2",
        "tel 2", "phone 3", "telephone 3", "tel 3", "extra numbers",
    ),
    "phones.Mobile": ("mobile", "mobile number", "mobile phone", "mobile no"),
    "phones.Repeat prescriptions": ("repeat prescriptions", "prescriptions", "prescription line"),
    "text_number": ("text number", "text", "text us", "text messages", "sms", "sms number"),
    "fax": ("fax", "fax number", "fax no", "facsimile"),
    "out_of_hours.phone": (
        "out of hours", "out of hours number", "out of hours phone", "out of hours telephone",
        "ooh", "ooh number", "ooh phone", "ooh telephone", "after hours", "after hours phone",
        "after hours number", "night number", "emergency out of hours number",
    ),
    "out_of_hours.name": (
        "out of hours name", "out of hours service", "out of hours provider", "ooh name",
        "ooh service", "ooh provider", "after hours service", "after hours name",
    ),
    "out_of_hours.note": ("out of hours note", "ooh note", "after hours note"),
    "email": (
        "email", "e mail", "email address", "e mail address", "contact email", "public email",
        "mail",
    ),
    "website": (
        "website", "web", "web site", "site web address", "web address", "website address",
        "website url", "url", "homepage", "home page", "web page", "internet",
    ),
    "map": ("map", "map link", "map address", "google maps", "location map"),
    "address": ("address", "full address", "postal address", "site address", "practice address"),
    "address.1": (
        "address 1", "address line 1", "street", "street address", "address1", "road", "addr 1",
        "addr1", "street address 1", "street 1", "street address line 1",
    ),
    **{
        f"address.{n}": (
            f"address {n}", f"address line {n}", f"address{n}", f"addr {n}", f"addr{n}",
            f"street address {n}", f"street {n}", f"street address line {n}",
        )
        for n in range(2, 5)
    },
    "town": ("town", "city", "town city", "city town", "town or city", "post town", "suburb"),
    "county": ("county", "state", "province", "state province", "county state"),
    "postcode": (
        "postcode", "post code", "zip", "zip code", "zipcode", "postal code", "eircode",
    ),
    "hours": (
        "hours", "opening hours", "opening times", "open hours", "open times", "open",
        "office hours", "hours of operation", "surgery hours", "clinic hours", "business hours",
        "core hours", "times",
    ),
    **{
        f"hours.{short}": (
            short, long, f"{long} hours", f"{short} hours", f"{long} opening hours",
            f"opening hours {long}", f"{long} opening times", f"opening times {long}",
        )
        for short, long in zip(DAYS, _DAY_NAMES, strict=True)
    },
    "hours.bank holidays": ("bank holidays", "bank holiday", "public holidays", "holidays"),
    "feedback": ("feedback", "complaints and feedback", "feedback contact"),
    "other_formats": (
        "other formats", "large print", "alternative formats", "accessible formats",
    ),
    "tags": ("tags", "tag", "labels", "keywords", "services"),
    "without": ("without", "not inherited"),
    "facts": (
        "parking", "car park", "car parking", "bus", "buses", "bus routes", "tram", "train",
        "public transport", "getting here", "getting there", "getting in", "how to find us",
        "directions", "access", "accessibility", "disabled access", "wheelchair access",
        "ways in", "entrance",
    ),
}  # fmt: skip
"""For each fact the headings under which people write it, the usual one first.

``facts`` stand in the contact panel under their own headings.
"""
MULTIPLE = frozenset(["phones", "facts", "tags"])
"""What may stand in several columns."""


@dataclass(frozen=True)
class Column:
    """A column that is read.

    Attributes:
        number: Counted from 1.
        heading: As it stands in the sheet, on one line.
        key: The fact; empty for a column that is not read.
    """

    number: int
    heading: str
    key: str


@lru_cache(maxsize=4096)
def plain(heading: str) -> str:
    """The words of a heading, for comparing."""
    text = unicodedata.normalize("NFKD", heading.casefold())
    text = re.sub(r"\([^)]*\)|\[[^\]]*\]", " ", text)
    return " ".join(re.findall(r"[a-z0-9]+", text.replace("'", "").replace("’", "")))


_BY_HEADING = {
    words: (rank, key) for key, names in COLUMNS.items() for rank, words in enumerate(names)
} | {plain(key.replace("_", " ")): (0, key) for key in COLUMNS if "." not in key}


def known_headings(row: Iterable[str], own: Mapping[str, str]) -> int:
    """How many cells of a row are headings; none where the clinics' names would be missing."""
    keys = {_key(cell, own)[1] for cell in row}
    return len(keys - {""}) if "name" in keys else 0


def _key(heading: str, own: Mapping[str, str]) -> tuple[int, str]:
    words = plain(heading)
    if not words:
        return 0, ""
    if words in own:
        return -1, own[words]
    return _BY_HEADING.get(words, (0, ""))


def read_headings(row: Iterable[str], own: Mapping[str, str]) -> list[Column]:
    """What each column with a heading holds; of two for one fact the more usual one is read.

    Args:
        row: The headings.
        own: The project's own columns: facts by the words of a heading.
    """
    found: list[tuple[int, Column]] = []
    best: dict[str, tuple[int, int]] = {}
    for number, cell in enumerate(row, 1):
        heading = " ".join(cell.split())
        if not heading:
            continue
        rank, key = _key(heading, own)
        if key == NOT_READ:
            key = ""
        if key == "facts":
            key = f"facts.{heading}"
        found.append((rank, Column(number, heading, key)))
        if key and key.partition(".")[0] not in MULTIPLE:
            best[key] = min(best.get(key, (rank, number)), (rank, number))
    return [
        Column(column.number, column.heading, "")
        if column.key in best and best[column.key] != (rank, column.number)
        else column
        for rank, column in found
    ]
