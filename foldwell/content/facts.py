"""Facts that know how they print: as text, as a link, and apart from the words around them.

Each is what is printed, in the one form that it has everywhere. ``href`` is where a press on it
leads, and ``html`` its escaped HTML: a link if it has one, and isolated, so that neither its
direction nor that of the text around it turns the other's signs round.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any, ClassVar, Self

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from foldwell.content.characters import forbidden_character
from foldwell.content.hours import Week, read_week
from foldwell.content.links import without_tracking
from foldwell.content.lookalikes import lookalikes
from foldwell.content.phones import read_phone
from foldwell.content.values import Facts, wrong
from foldwell.content.yaml_scalars import as_written

_EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_WEBSITE = re.compile(
    r"(?i:(https?)://)?([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)((?:/[A-Za-z0-9._~/%-]*)?)"
    r"((?:\?[A-Za-z0-9._~/%&=+-]+)?(?:#[A-Za-z0-9._~/%&=+-]+)?)#?"
)
_HOURS_WORDS = {
    "range_to": "to", "closed": "closed", "bank_holidays": "Bank holidays", "all_day": "24 hours",
}  # fmt: skip
WEBSITE_LIMIT = 250
"""A longer address makes a QR code that no phone reads from a leaflet."""


class Text(str):
    """Words on one or more lines, with no character that cannot be seen."""

    kind: ClassVar[str] = "text"

    @classmethod
    def read(cls, text: str, country: str) -> Self:
        """What a person wrote as a fact.

        Args:
            text: What stands in the file.
            country: The ISO 3166 code of the country whose ways of writing hold; or empty.

        Raises:
            PydanticCustomError: If it is not such a fact, with what to do.
        """
        if found := forbidden_character(text):
            raise wrong(f"it holds {found[1]}, which cannot be seen", "delete that character")
        for _, what, hint in lookalikes(text):
            raise wrong(what, hint)
        if not text.strip():
            raise wrong("it is empty", "write the text, or remove the key")
        return cls(text.strip())

    @property
    def href(self) -> str:
        """Where a press on it leads; empty for plain words."""
        return ""

    @property
    def html(self) -> str:
        """Escaped HTML."""
        isolated = f"<bdi>{html.escape(self)}</bdi>"
        if not self.href:
            return isolated
        return f'<a class="fact fact-{self.kind}" href="{html.escape(self.href)}">{isolated}</a>'

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Text or digits in a file, read for the country that the context names."""
        return core_schema.no_info_before_validator_function(
            as_written,
            core_schema.with_info_after_validator_function(
                lambda text, info: cls.read(text, info.context or ""),
                core_schema.str_schema(strict=True),
            ),
        )


class Phone(Text):
    """A phone number, as it is written where it is dialled."""

    kind = "phone"
    dialled: str
    """What a phone dials, with the country's code where it is known, and ``;ext=`` (RFC 3966)."""

    def __new__(cls, text: str, dialled: str = "") -> Self:
        """A number that was read."""
        phone = super().__new__(cls, text)
        phone.dialled = dialled or re.sub("[^0-9+]", "", text)
        return phone

    @classmethod
    def read(cls, text: str, country: str) -> Self:
        """A number as the country writes it; a short one stays as it is."""
        return cls(*read_phone(text, country))

    @property
    def href(self) -> str:
        """The number to dial."""
        return f"tel:{self.dialled}"


class Email(Text):
    """An e-mail address."""

    kind = "email"

    @classmethod
    def read(cls, text: str, country: str) -> Self:
        """An address of one person or office, with ``mailto:``, or behind its name, or without."""
        text = re.sub(r"(?i)^mailto:|^[^<>@]*<([^<>\s]+)>$", r"\1", text.strip())
        name, _, host = text.rpartition("@")
        text = f"{name}@{host.lower()}"
        if not _EMAIL.fullmatch(text):
            raise wrong("it is not an e-mail address", "write it as name@example.org")
        return cls(text)

    @property
    def href(self) -> str:
        """A letter to it."""
        return f"mailto:{self}"


class WebAddress(Text):
    """A web address, printed without its scheme."""

    kind = "website"
    scheme: str
    """``https``, unless the address says ``http``."""

    def __new__(cls, text: str, scheme: str = "https") -> Self:
        """An address that was read."""
        address = super().__new__(cls, text)
        address.scheme = scheme
        return address

    @classmethod
    def read(cls, text: str, country: str) -> Self:
        """An address with or without its scheme; what tracks readers is left out."""
        text = without_tracking(text.strip())
        if len(text) > WEBSITE_LIMIT:
            raise wrong(
                f"it has {len(text)} characters; at most {WEBSITE_LIMIT} fit",
                "use a shorter address",
            )
        match = _WEBSITE.fullmatch(text)
        if match is None:
            raise wrong("it is not a web address", "write it as 'example.org/page'")
        scheme, host, path, rest = match.groups()
        path = "" if path == "/" and not rest else path
        return cls(f"{host.lower()}{path}{rest}", (scheme or "https").lower())

    @property
    def href(self) -> str:
        """The page."""
        return f"{self.scheme}://{self}"


class Address(tuple[Text, ...]):
    """A postal address, line by line; in a sentence its lines stand behind one another."""

    LINES_LIMIT = 6

    def __str__(self) -> str:
        """As it stands in a sentence."""
        return ", ".join(self)

    @property
    def html(self) -> str:
        """Escaped HTML, isolated as a whole, or each line where some run from right to left."""
        if any(unicodedata.bidirectional(sign) in ("R", "AL") for line in self for sign in line):
            return ", ".join(line.html for line in self)
        return Text(self).html

    @property
    def href(self) -> str:
        """Nowhere: no map is asked for where patients live."""
        return ""

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """A list of lines in a file, or one line with commas."""
        lines = core_schema.tuple_variable_schema(
            handler.generate_schema(Text), min_length=1, max_length=cls.LINES_LIMIT, strict=True
        )
        return core_schema.no_info_before_validator_function(
            _lines_of, core_schema.no_info_after_validator_function(cls, lines)
        )


def _lines_of(value: Any) -> Any:
    """The lines of an address that was written as one text."""
    value = as_written(value)
    if not isinstance(value, str):
        return value
    parts = value.splitlines() if "\n" in value.strip() else value.split(",")
    return tuple(part.strip(" ,") for part in parts if part.strip(" ,")) or (value,)


class Opening(Facts):
    """Opening hours for one day or a run of days."""

    days: Text
    """Such as ``Monday to Friday``."""
    time: Text
    """Such as ``8 am to 6 pm``, or ``closed``."""


class Hours(tuple[Opening, ...]):
    """When a clinic is open, row by row: as they were written, else in plain English."""

    week: Week | None = None
    """What was read of them; None for rows that are printed as they were written."""

    def rows(self, language: str, country: str, words: Mapping[str, Any]) -> Hours:
        """The same in a language; see ``Week.rows``.

        Rows that a clinic wrote itself stay so in English. In another language they are told anew,
        if they can be read; days that they do not name are not told there either.
        """
        if self.week is not None:
            kept = tuple((name, str(words[name])) for name in _HOURS_WORDS)
            return _told(self.week, language, country, kept) or self
        if language.partition("-")[0] == "en" or (week := _week_of(self, country)) is None:
            return self
        says_closed = any("closed" in row.time.lower() for row in self)
        rows = week.rows(language, country, words)
        return _hours_of((r for r in rows if says_closed or r[1] != words["closed"]), week) or self

    def __str__(self) -> str:
        """As they stand in a sentence."""
        return "; ".join(f"{row.days}: {row.time}" for row in self)

    @property
    def html(self) -> str:
        """Escaped HTML for a sentence; a contact panel has a table."""
        return "; ".join(f"{row.days.html}: {row.time.html}" for row in self)

    @property
    def href(self) -> str:
        """Nowhere."""
        return ""

    @classmethod
    def __get_pydantic_core_schema__(cls, _: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Rows, a map or a sentence in a file."""
        rows = core_schema.tuple_variable_schema(handler.generate_schema(Opening), strict=True)
        return core_schema.with_info_wrap_validator_function(_hours, rows)


def _hours_of(rows: Iterable[tuple[str, str]], week: Week | None) -> Hours:
    hours = Hours(Opening(days=Text(days), time=Text(time)) for days, time in rows)
    hours.week = week
    return hours


@lru_cache(maxsize=1024)
def _told(week: Week, language: str, country: str, words: tuple[tuple[str, str], ...]) -> Hours:
    """The rows of a week, which many clinics share."""
    return _hours_of(week.rows(language, country, dict(words)), week)


def _hours(value: Any, as_rows: Any, info: Any) -> Hours:
    if isinstance(value, Hours):
        return value
    is_rows = isinstance(value, list | tuple) and not any(isinstance(item, str) for item in value)
    if is_rows or not isinstance(value, str | Mapping | list | tuple):
        return Hours(as_rows(value))
    country = info.context or ""
    return _in_english(value, country) if isinstance(value, str) else _read_hours(value, country)


def _week_of(hours: Hours, country: str) -> Week | None:
    """The week that rows tell of; None if it is not certain."""
    try:
        return read_week(tuple(f"{row.days} {row.time}" for row in hours), country)
    except PydanticCustomError:
        return None


def _read_hours(value: Any, country: str) -> Hours:
    hours = Hours()
    hours.week = read_week(tuple(value) if isinstance(value, list) else value, country)
    return hours.rows("en", country, _HOURS_WORDS)


@lru_cache(maxsize=4096)
def _in_english(value: str, country: str) -> Hours:
    """Hours that are written in one text, which many clinics share."""
    return _read_hours(value, country)
