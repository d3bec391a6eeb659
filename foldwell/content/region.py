"""A region: a country's emergency number, help lines, dated texts, paper and ways of writing."""

from __future__ import annotations

import datetime
from typing import Annotated, Literal

from pydantic import Field, model_validator

from foldwell.content.clinic import Line
from foldwell.content.values import Day, Facts, Phone, Slug, Text

Paper = Literal["a4", "letter"]

FACT_AGE_DAYS = 365
"""How long a fact of a region holds where its file says nothing else (own rule)."""


class Dated(Facts):
    """A fact that somebody checked on a day, and that has to be checked again."""

    reviewed: Day
    """The day on which somebody looked whether it still holds."""
    review_due: Day | None = None
    """The last day on which it may be relied upon; by default one year after ``reviewed``."""

    @property
    def due(self) -> datetime.date:
        """The last day on which it may be relied upon."""
        return self.review_due or self.reviewed + datetime.timedelta(days=FACT_AGE_DAYS)

    @model_validator(mode="after")
    def _in_order(self) -> Dated:
        if self.due <= self.reviewed:
            raise ValueError(
                "'review_due' is not after 'reviewed'|correct one of the dates|review_due"
            )
        return self


class RegionText(Dated):
    """What holds here: a law, what can be had where, whom to call; and where that is written."""

    text: Text
    sources: tuple[Text, ...] = ()
    """Ids of references; they are cited wherever the text is printed."""
    nations: dict[Slug, Text] = {}
    """Other words for a nation of the region, such as ``northern-ireland``."""


class HelpLine(Line, Dated):
    """A help line of the region; one that only some nations have names them."""

    nations: tuple[Slug, ...] = ()


class Region(Facts):
    """The facts of one region, as in ``content/regions/<slug>.yml``."""

    name: Text
    paper: Paper
    profile: Literal["nhs", "us", "eu", "plain"]
    """The set of rules that leaflets for this region are held to."""
    date_format: Literal["d MMMM y", "MMMM d, y", "d. MMMM y", "y-MM-dd"]
    """How dates are written, as a Unicode (CLDR) date pattern."""
    emergency_number: Phone
    nations: Annotated[tuple[Slug, ...], Field(max_length=20)] = ()
    """Parts of the region whose facts can differ; a clinic may say in which it is."""
    lines: dict[Slug, HelpLine] = {}
    """Help lines by name, such as ``crisis``; printed in this order in the contact panel."""
    laws: dict[Slug, RegionText] = {}
    """What the law says, by topic."""
    texts: dict[Slug, RegionText] = {}
    """Whatever else is said in the region's own way: {{ region.texts.naloxone.text }}."""
    words: dict[Slug, Text] = {}
    """Words that differ by region, such as ``clinician``: {{ region.words.clinician }}."""

    @model_validator(mode="after")
    def _known_nations(self) -> Region:
        named = {name for text in self._dated_texts().values() for name in text.nations}
        named |= {name for line in self.lines.values() for name in line.nations}
        if strange := sorted(named - set(self.nations)):
            raise ValueError(
                f"the nation '{strange[0]}' is not among 'nations'|add it there, or correct it"
            )
        return self

    def _dated_texts(self) -> dict[str, RegionText]:
        """Every text with a date, by the name that a leaflet uses."""
        return {f"laws.{name}": text for name, text in self.laws.items()} | {
            f"texts.{name}": text for name, text in self.texts.items()
        }

    def within(self, nation: str | None) -> Region:
        """The facts of one nation; without one, the texts hold for all of the region."""
        if nation is None:
            return self

        def taken(texts: dict[str, RegionText]) -> dict[str, RegionText]:
            return {
                name: text.model_copy(update={"text": text.nations.get(nation, text.text)})
                for name, text in texts.items()
            }

        lines = {
            name: line
            for name, line in self.lines.items()
            if not line.nations or nation in line.nations
        }
        update = {"lines": lines, "laws": taken(self.laws), "texts": taken(self.texts)}
        return self.model_copy(update=update)

    def used_in(self, text: str) -> dict[str, Dated]:
        """The dated facts that a leaflet's Markdown uses; the contact panel shows all lines."""
        used: dict[str, Dated] = {
            name: fact for name, fact in self._dated_texts().items() if f"region.{name}." in text
        }
        shown = "/ contact" in text
        for name, line in self.lines.items():
            if shown or f"region.lines.{name}." in text:
                used[f"lines.{name}"] = line
        return used
