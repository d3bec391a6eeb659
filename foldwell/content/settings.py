"""``content/build.yml``: which leaflets are built for whom, in which formats and media.

A project may add formats of its own; ``foldwell.content.format_facts`` says what they hold.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated
from zoneinfo import available_timezones

from pydantic import AfterValidator, Field, field_validator

from foldwell.content.condition_facts import ConditionFacts
from foldwell.content.facts import Text
from foldwell.content.format_facts import FormatFacts
from foldwell.content.interface_words import SOURCE
from foldwell.content.limits import Limits
from foldwell.content.roster_columns import COLUMNS, NOT_READ
from foldwell.content.values import Facts, SiteAddress, Slug, wrong
from foldwell.content.variables import Variables
from foldwell.errors import did_you_mean
from foldwell.paper.conditions import CONDITIONS
from foldwell.paper.formats import FORMATS, SHEET_PAGES, Format


def _column_key(text: str) -> str:
    first, _, rest = text.partition(".")
    whole = text in COLUMNS or text == NOT_READ
    if whole or (first in ("facts", "phones", "variables") and rest.strip()):
        return text
    hint = did_you_mean(text, [*COLUMNS, NOT_READ, "facts.…", "phones.…", "variables.…"])
    raise wrong("it is no fact of a clinic", hint)


def _time_zone(text: str) -> str:
    if text not in available_timezones():
        raise wrong("there is no such time zone", did_you_mean(text, available_timezones()))
    return text


TimeZone = Annotated[Text, AfterValidator(_time_zone)]
ColumnKey = Annotated[Text, AfterValidator(_column_key)]
Pattern = Annotated[tuple[Text, ...], Field(min_length=1)]


class Run(Facts):
    """Some editions, and what is made of each; names may be patterns such as ``kratom-*``."""

    leaflets: Pattern = (Text("*"),)
    clinics: Pattern = (Text("*"),)
    for_: Annotated[tuple[Slug, ...], Field(alias="for")] = ()
    """Tags: the run is for clinics that have one of them; empty for all."""
    languages: Pattern = (Text("*"),)
    beside: Text = Text(SOURCE)
    """The language that formats with two languages set beside each of the others."""
    formats: dict[Text, tuple[Text, ...]] = {}
    """For each format the media it is made for."""
    web: bool = True
    """Whether the web page is made too."""
    also: tuple[Text, ...] = ()
    """Further media that have no format, such as ``text``."""

    @property
    def without_format(self) -> tuple[str, ...]:
        """The media that are made once for each edition."""
        return tuple(dict.fromkeys((*(("web",) if self.web else ()), *self.also)))


def formats_with(settings: Settings | None) -> dict[str, Format]:
    """The table of formats, with those that a project has of its own."""
    if settings is None:
        return dict(FORMATS)
    most = settings.pages
    shipped = {n: replace(r, pages=most) if r.any_length else r for n, r in FORMATS.items()}
    return shipped | {name: facts.row(name) for name, facts in settings.formats.items()}


USUAL_RUNS = (Run(formats={
    Text("a4"): (Text("screen"), Text("office")), Text("letter"): (Text("screen"), Text("office")),
}),)  # fmt: skip
"""What is made where a project does not say: sheets for the screen and the desktop printer."""


class RosterSettings(Facts):
    """How the spreadsheet of clinics is read, and what holds for rows that say nothing."""

    sheet: Text | None = None
    """The only sheet that is read."""
    region: Slug | None = None
    brand: Slug | None = None
    columns: dict[Text, ColumnKey] = {}
    """Facts by heading, before the usual table; ``ignore`` for a column that is not read."""


class Settings(Facts):
    """The whole of ``build.yml``."""

    formats: dict[Slug, FormatFacts] = {}
    """Formats of the project's own, by name."""
    conditions: dict[Slug, ConditionFacts] = {}
    """Printing conditions of the project's own, by name."""
    pages: Annotated[int, Field(ge=1, le=32)] = SHEET_PAGES
    """The most pages that a leaflet may take on A4, A5, A6, Letter and half Letter."""
    runs: Annotated[tuple[Run, ...], Field(min_length=1)] = USUAL_RUNS
    check: Limits = Limits()
    """How much the rules of wording allow."""
    roster: RosterSettings = RosterSettings()
    site: SiteAddress | None = None
    """The project's web site, below which links such as ``/sleep/`` lead."""
    time_zone: TimeZone | None = None
    """Where the clinics are, such as ``Europe/London``: what is expired is decided by the day
    there; else by the day of the machine that builds."""
    web_pages: SiteAddress | None = None
    """Where the web pages of the output are published; QR codes lead below it."""
    variables: Variables = {}
    """Texts for ``{{ name }}`` in every leaflet; a clinic's and a leaflet's own go first."""

    @field_validator("formats")
    @classmethod
    def _new_names(cls, value: dict[str, FormatFacts]) -> dict[str, FormatFacts]:
        for name in value:
            if name in FORMATS or name == "web":
                raise wrong(f"Foldwell has a format '{name}' already", "choose another name")
        return value

    @field_validator("conditions")
    @classmethod
    def _new_conditions(cls, value: dict[str, ConditionFacts]) -> dict[str, ConditionFacts]:
        for name in value:
            if name in CONDITIONS:
                raise wrong(f"Foldwell has a condition '{name}' already", "choose another name")
        return value
