"""A region: a country's emergency number, help lines, law text, paper and ways of writing.

What is true today may not be so next year: each text and line can carry the day on which somebody
last checked it, and the nations of a country may have texts of their own.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, model_validator

from foldwell.content.facts import Phone, Text
from foldwell.content.phones import country_of
from foldwell.content.values import Day, Facts, Slug, wrong

Paper = Literal["a4", "letter"]


def _country(code: str) -> str:
    if code and country_of(code) != code:
        raise wrong("it is not a country's code", "write two letters, such as 'GB' (ISO 3166)")
    return code


class Line(Facts):
    """A phone line: whose it is, its number, and when or for what to call."""

    name: Text
    phone: Phone
    note: Text | None = None
    reviewed: Day | None = None
    """The day on which somebody last found that it holds."""


class Law(Facts):
    """What the law says of one topic; laws change, so the text has its own review date."""

    text: Text
    reviewed: Day


class Nation(Facts):
    """What differs in one part of a region; where it says nothing, the region's texts hold."""

    name: Text
    lines: dict[Slug, Line] = {}
    laws: dict[Slug, Law] = {}
    words: dict[Slug, Text] = {}


class Region(Facts):
    """The facts of one region, as in ``content/regions/<slug>.yml``."""

    name: Text
    country: Annotated[str, AfterValidator(_country)] = ""
    """Its ISO 3166 code, for reading phone numbers; empty if there is none for it."""
    paper: Paper
    date_format: Literal["d MMMM y", "MMMM d, y", "d. MMMM y", "y-MM-dd"] | None = None
    """How dates are written, as a Unicode (CLDR) date pattern; None for the language's own way."""
    emergency_number: Phone
    lines: dict[Slug, Line] = {}
    """Help lines by name, such as ``crisis``; printed in this order in the contact panel."""
    laws: dict[Slug, Law] = {}
    words: dict[Slug, Text] = {}
    """Words that differ by region, such as ``clinician``: {{ region.words.clinician }}."""
    nations: dict[Slug, Nation] = {}
    """Parts with texts of their own, such as ``scotland``; a clinic says in which it is."""

    @model_validator(mode="before")
    @classmethod
    def _without_profile(cls, value: Any) -> Any:
        # Files of before had to name a 'profile', which nothing ever read.
        if isinstance(value, dict):
            return {key: item for key, item in value.items() if key != "profile"}
        return value

    def within(self, nation: str | None) -> Self:
        """The region as it is in one of its nations; the region itself for None."""
        if nation is None:
            return self
        own = self.nations[nation]
        return self.model_copy(
            update={
                kind: {**getattr(self, kind), **getattr(own, kind)}
                for kind in ("lines", "laws", "words")
            }
        )
