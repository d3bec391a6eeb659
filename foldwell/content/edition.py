"""An edition: a leaflet in one language for one clinic, with every fact it may use."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Literal

from foldwell.content.brand_kit import BrandKit
from foldwell.content.clinic import Clinic
from foldwell.content.evidence import Words
from foldwell.content.facts import Text
from foldwell.content.interface_words import SOURCE, shipped_catalogue
from foldwell.content.laws import without_missing
from foldwell.content.leaflet import Leaflet
from foldwell.content.library import Library
from foldwell.content.locales import right_to_left
from foldwell.content.references import Reference, cited_by
from foldwell.content.region import Dated, Region, RegionText
from foldwell.content.shipped_content import SHIPPED_REGIONS
from foldwell.content.signature import signed
from foldwell.content.source_records import SourceRecord
from foldwell.content.withdrawals import Withdrawal, withdrawal_of
from foldwell.content.words_groups import short
from foldwell.content.words_hash import words_hash

Status = Literal["", "draft", "expired", "withdrawn"]
WEIGHT: tuple[Status, ...] = ("", "draft", "expired", "withdrawn")
"""Each weighs more than those before it."""
PAGES = "e"
"""The folder of pages that are named by the edition id: short, because it is typed by hand."""


@dataclass(frozen=True)
class Edition:
    """All that one reader's leaflet is made from; plain values, so it can be sent to a worker.

    Attributes:
        known: Every region, clinic tag, format and medium there is, for ``only`` blocks.
        overrides: The project's own templates and style sheets, by name.
        shared: The texts that the project gives every leaflet, by name.
        today: The day of the build; it decides whether the leaflet is out of date.
        web_pages: Where web pages are published; empty where that is not known.
        withdrawals: What was withdrawn of this leaflet in this language for this clinic.
        records: What people recorded of the references, by their ids.
        held_to: The lists that its words are held to; none of it is printed.
        beside: The same leaflet for the same clinic in the language that is set beside this one.
    """

    leaflet: Leaflet
    clinic_slug: str
    clinic: Clinic
    region: Region
    brand: BrandKit
    references: Mapping[str, Reference]
    known: Mapping[str, frozenset[str]]
    overrides: Mapping[str, str]
    shared: Mapping[str, Text]
    today: datetime.date
    twins: tuple[str, ...] = ()
    """The other languages in which a web page of it is made for the clinic."""
    web_pages: str = ""
    withdrawals: tuple[Withdrawal, ...] = ()
    records: Mapping[str, SourceRecord] = field(default_factory=dict)
    held_to: Words = field(default_factory=Words)
    beside: Edition | None = None
    titles: tuple[tuple[str, str], ...] = ()
    """For sheets that list the languages of it, each with its title in that language."""

    @cached_property
    def review_due(self) -> datetime.date | None:
        """The day on which the first of its parts is due: the leaflet, or a fact it uses.

        What stands beside it is a part too.
        """
        due = [self.beside.review_due] if self.beside and self.beside.review_due else []
        if own := self.leaflet.facts.review_due:
            used = self.region.used_in(self.leaflet.text).values()
            due += [own, *(fact.due for fact in used)]
        return min(due, default=None)

    @cached_property
    def stale(self) -> dict[str, Dated]:
        """The facts of the region that it uses and that nobody has checked in time."""
        used = self.region.used_in(self.leaflet.text)
        return {name: fact for name, fact in used.items() if fact.due < self.today}

    @cached_property
    def unchecked(self) -> dict[str, Dated]:
        """The facts of the region that it uses and that nobody has checked yet."""
        return self.region.unchecked_in(self.leaflet.text)

    @property
    def holding_up(self) -> tuple[str, ...]:
        """The facts for which alone a reviewed leaflet may not be printed."""
        return tuple(self.stale or ({} if self.leaflet.status(self.today) else self.unchecked))

    @cached_property
    def cited(self) -> dict[str, Reference]:
        """The references that its text, or a text of its region, names."""
        used = self.region.used_in(self.leaflet.text).values()
        ids = {str(name) for fact in used if isinstance(fact, RegionText) for name in fact.sources}
        ids.update(cited_by(self.leaflet.text, self.clinic.region))
        return {name: item for name, item in self.references.items() if name in ids}

    @cached_property
    def gone(self) -> dict[str, SourceRecord]:
        """The sources that it cites and that were retracted or superseded."""
        gone = {name: record for name, record in self.records.items() if record.gone}
        return {name: gone[name] for name in gone if name in self.cited} if gone else {}

    @property
    def variables(self) -> dict[str, Text]:
        """The texts for ``{{ name }}``: the leaflet's go before the clinic's and the project's."""
        return {**self.shared, **self.clinic.variables, **self.leaflet.facts.variables}

    @cached_property
    def withdrawn(self) -> Withdrawal | None:
        """Why exactly these words must not be handed out any more."""
        return next((one for one in self.withdrawals if one.edition == self.id), None)

    @property
    def own_page(self) -> str:
        """The address of the page of exactly this edition: its web twin, as long as it stands.

        Where web pages are published nowhere that is known, the clinic's own site, with the id.
        """
        if self.web_pages:
            return f"{self.web_pages.rstrip('/')}/{PAGES}/{self.id}.html"
        site = self.clinic.website
        return f"{site.href.split('#')[0]}#{self.id}" if site else ""

    @property
    def status(self) -> Status:
        """What every page must say: of two languages side by side, what weighs more."""
        both = (self.own_status, self.beside.own_status if self.beside else self.own_status)
        return max(both, key=WEIGHT.index)

    @property
    def held_by(self) -> Edition:
        """The one of the two languages that has that status: itself, unless it has another."""
        return self.beside if self.beside and self.status != self.own_status else self

    @cached_property
    def own_status(self) -> Status:
        """The same of this language alone; a stale fact weighs as much as a leaflet run out."""
        if self.withdrawn:
            return "withdrawn"
        status = "expired" if self.stale else self.leaflet.status(self.today)
        return status or ("" if self.words_checked and not self.unchecked else "draft")

    @property
    def words_checked(self) -> bool:
        """Whether a native speaker has checked what Foldwell itself says in the language."""
        language = self.leaflet.language
        return language == SOURCE or shipped_catalogue(language).checked

    @cached_property
    def right_to_left(self) -> bool:
        """Whether the language is read from right to left (CLDR)."""
        return right_to_left(self.leaflet.language)

    @property
    def tag(self) -> str:
        """Its language as its pages name it: with its script, where the brand chooses one."""
        nastaliq = self.brand.brand.defaults.foldwell.urdu == "nastaliq"
        return "ur-Aran" if nastaliq and self.leaflet.language == "ur" else self.leaflet.language

    @cached_property
    def words_hash(self) -> str:
        """The hash of all that it prints; see ``foldwell.content.words_hash``."""
        return words_hash(
            self.leaflet,
            self.clinic,
            self.region,
            self.brand,
            self.references,
            self.overrides,
            self.variables,
        )

    def known_by(self, words_hash: str) -> Edition:
        """The same, whose hash is known: whoever planned it has found it."""
        known = replace(self)
        vars(known)["words_hash"] = words_hash  # as if it had been asked for
        return known

    @property
    def id(self) -> str:
        """The start of that hash, which is printed: the edition id."""
        return short(self.words_hash)


def make_edition(
    library: Library,
    leaflet: Leaflet,
    clinic_slug: str,
    today: datetime.date,
    known: Mapping[str, frozenset[str]] | None = None,
) -> Edition:
    """The edition of a leaflet for a clinic of the library.

    Args:
        library: What there is.
        leaflet: The words.
        clinic_slug: The clinic.
        today: The day of the build.
        known: The library's known names, where they were looked up for another edition.
    """
    clinic = library.clinics[clinic_slug]
    whole = library.regions[clinic.region].locally(clinic.local)
    spoken = whole if leaflet.language == SOURCE else whole.in_language(leaflet.language)
    region = spoken.within(clinic.nation)
    known_here = signed(leaflet, clinic.region, whole)
    # A law that no language has is left out, and told; one that lacks a translation is missed.
    text = without_missing(leaflet.text, whole.within(clinic.nation))
    return Edition(
        # The same value where nothing changes: clinics share what is made of it.
        known_here if text == leaflet.text else replace(known_here, text=text),
        clinic_slug,
        clinic,
        region,
        library.brands[clinic.brand],
        library.references,
        known or known_names(library),
        library.overrides,
        library.settings.variables if library.settings else {},
        today,
        (),
        str(library.settings.web_pages or "") if library.settings else "",
        withdrawal_of(library.withdrawn, leaflet.slug, leaflet.language, clinic_slug),
        library.records,
        library.held_to,
    )


def known_names(library: Library) -> dict[str, frozenset[str]]:
    """The regions, clinic tags and formats of a library."""
    tags: set[Any] = {tag for clinic in library.clinics.values() for tag in clinic.tags}
    broken = {path.split("/")[2].removesuffix(".yml") for path in library.broken
              if path.startswith("content/regions/")}  # fmt: skip
    return {
        "region": frozenset([*library.regions, *broken, *SHIPPED_REGIONS]),
        "tag": frozenset(tags),
        "format": frozenset([*library.formats, "web"]),
    }
