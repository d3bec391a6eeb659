"""A region: a country's emergency number, help lines, dated texts, paper and ways of writing.

What is true today may not be so next year: each text and line can carry the day on which somebody
last checked it, or else the day on which it was written, and may differ between the nations of a
country.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self, cast

from pydantic import AfterValidator, Field, PrivateAttr, model_validator

from foldwell.content.facts import Phone, Text
from foldwell.content.phones import country_of
from foldwell.content.region_words import (
    Line,
    RegionWords,
    TranslatedLine,
    translated,
    untold,
    untold_error,
    words_of_line,
)
from foldwell.content.values import Day, Facts, Slug, wrong
from foldwell.errors import FoldwellError
from foldwell.remembered import Remembered

Paper = Literal["a4", "letter"]

FACT_AGE_DAYS = 365
"""How long a fact of a region holds where its file says nothing else (own rule)."""


def _country(code: str) -> str:
    if code and country_of(code) != code:
        raise wrong("it is not a country's code", "write two letters, such as 'GB' (ISO 3166)")
    return code


class Dated(Facts):
    """A fact that somebody wrote or checked on a day, and that has to be checked again."""

    written: Day | None = None
    """The day on which it was put into words, if nobody has opened its sources since."""
    reviewed: Day | None = None
    """The day on which somebody opened its sources and looked whether it still holds."""
    review_due: Day | None = None
    """The last day on which it may be relied upon; by default one year after its day."""

    @property
    def day(self) -> datetime.date | None:
        """The day from which it counts: checked, else written."""
        return self.reviewed or self.written

    @property
    def due(self) -> datetime.date:
        """The last day on which it may be relied upon; no last one for a fact without a date."""
        if self.review_due or self.day is None:
            return self.review_due or datetime.date.max
        return self.day + datetime.timedelta(days=FACT_AGE_DAYS)

    @model_validator(mode="after")
    def _in_order(self) -> Dated:
        if self.day and self.due <= self.day:
            key = "reviewed" if self.reviewed else "written"
            raise wrong(
                f"'review_due' is not after '{key}'", "correct one of the dates", "review_due"
            )
        if self.reviewed and self.written and self.reviewed < self.written:
            raise wrong("'reviewed' is before 'written'", "correct one of the dates", "reviewed")
        return self


class RegionText(Dated):
    """What holds here: a law, what can be had where, whom to call; and where that is written."""

    text: Text
    """The words, as they are printed."""
    sources: tuple[Text, ...] = ()
    """Ids of references; they are cited wherever the text is printed."""
    nations: dict[Slug, Text] = {}
    """Other words for a nation of the region, such as ``northern-ireland``."""

    @model_validator(mode="after")
    def _has_a_day(self) -> RegionText:
        # A line of a file of before need not have one; a text always has.
        if self.day is None:
            raise wrong(
                "it has no day",
                "add 'reviewed', the day on which somebody opened its sources, or 'written', the"
                " day on which it was put into words",
            )
        return self


class HelpLine(Line, Dated):
    """A help line of the region; one that only some nations have names them."""

    sources: tuple[Text, ...] = ()
    """Ids of references that give the number, for whoever checks it; they are not printed."""
    nations: tuple[Slug, ...] = ()
    """The only nations that have it; empty for all."""


DateFormat = Literal["d MMMM y", "MMMM d, y", "d. MMMM y", "y-MM-dd"]


class LocalFacts(Facts):
    """What a clinic says otherwise than its region; a line of nothing (``~``) takes one away."""

    paper: Paper | None = None
    """The paper that it prints on."""
    date_format: DateFormat | None = None
    """How dates are written here."""
    emergency_number: Phone | None = None
    """Whom to call here in an emergency."""
    lines: dict[Slug, HelpLine | None] = {}
    """Help lines, by name."""
    laws: dict[Slug, RegionText | None] = {}
    """What the law says here, by topic."""
    texts: dict[Slug, RegionText | None] = {}
    """Other texts, by name."""
    words: dict[Slug, Text | None] = {}
    """Words, by name."""


class Region(Facts):
    """The facts of one region, as in ``content/regions/<slug>.yml``."""

    name: Text
    """Of the country, as people call it."""
    country: Annotated[str, AfterValidator(_country)] = ""
    """Its ISO 3166 code, for reading phone numbers; empty if there is none for it."""
    paper: Paper
    """The paper that desktop printers have."""
    date_format: DateFormat | None = None
    """How dates are written, as a Unicode (CLDR) date pattern; None for the language's own way."""
    emergency_number: Phone
    """Whom to call in an emergency."""
    profile: Literal["nhs", "us", "eu", "plain"] = "plain"
    """Which rules of wording hold here."""
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

    languages: dict[Text, RegionWords] = {}
    """What it says in languages that are not its own, by BCP 47 code."""
    _untold: Mapping[str, tuple[str, str]] = PrivateAttr(default_factory=dict)

    @model_validator(mode="after")
    def _known_nations(self) -> Region:
        named = {name for text in self._dated_texts().values() for name in text.nations}
        named |= {name for line in self.lines.values() for name in line.nations}
        if strange := sorted(named - set(self.nations)):
            raise wrong(
                f"the nation '{strange[0]}' is not among 'nations'", "add it there, or correct it"
            )
        return self

    @model_validator(mode="after")
    def _same_numbers(self) -> Region:
        for language, said in self.languages.items():
            for texts, own in ((self.laws, said.laws), (self.texts, said.texts)):
                for name, text in own.items():
                    if (was := texts.get(name)) and not text.has_amounts_of(was.text, was.nations):
                        raise _other_numbers(name, language)
            for name, line in said.lines.items():
                if (call := self.lines.get(name)) and not line.has_amounts_of(
                    call.name, call.note or "", call.phone
                ):
                    raise _other_numbers(name, language)
        return self

    @property
    def sources(self) -> frozenset[str]:
        """Ids of the references that its texts name."""
        return frozenset(name for text in self._dated_texts().values() for name in text.sources)

    def _dated_texts(self) -> dict[str, RegionText]:
        """Every text with a date, by the name that a leaflet uses."""
        return {f"laws.{name}": text for name, text in self.laws.items()} | {
            f"texts.{name}": text for name, text in self.texts.items()
        }

    def in_language(self, language: str) -> Self:
        """The facts as leaflets in another language say them.

        What is not there in that language, or was made from other words than there are now, is
        left out: a leaflet that prints it is told what is missing, and is not made.
        """
        return cast(Self, _SPOKEN.get((self,), (language,), lambda: self._spoken(language)))

    def _spoken(self, language: str) -> Self:
        said = self.languages.get(Text(language), RegionWords())
        lines = {
            name: line.model_copy(
                update={
                    "name": (own and own.name) or line.name,
                    "note": (own and own.note) if line.note else None,
                }
            )
            for name, line in self.lines.items()
            for own in (_of_present_words(said.lines.get(name), line),)
        }
        update = {
            "lines": lines,
            "laws": translated(self.laws, said.laws),
            "texts": translated(self.texts, said.texts),
            "words": said.words_for(self.words),
        }
        spoken = self.model_copy(update=update)
        spoken._untold = untold(self, spoken, language)
        return spoken

    def untold(self, name: str, path: str) -> FoldwellError | None:
        """Why a text (``texts.naloxone``) or word is not said in this language; None if it is."""
        return untold_error(name, path, *self._untold[name]) if name in self._untold else None

    def within(self, nation: str | None) -> Self:
        """The facts of one nation; without one, the texts hold for all of the region."""
        if nation is None:
            return self
        return cast(Self, _WITHIN.get((self,), (nation,), lambda: self._within(nation)))

    def _within(self, nation: str) -> Self:
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

    def locally(self, local: LocalFacts) -> Self:
        """The facts as one clinic has them: these same ones, which others share, if all fit."""
        update: dict[str, Any] = {}
        for name in local.model_fields_set:
            said = getattr(local, name)
            if isinstance(said, dict):
                filled = {**getattr(self, name), **said}
                said = {key: value for key, value in filled.items() if value is not None}
            update[name] = said
        return self.model_copy(update=update) if update else self

    def used_in(self, text: str) -> dict[str, Dated]:
        """The dated facts that a leaflet's Markdown uses; the contact panel shows all lines."""
        return _USED.get((self,), (text,), lambda: self._used_in(text))

    def unchecked_in(self, text: str) -> dict[str, Dated]:
        """Those of them that were written, and that nobody has checked since.

        Nobody stands behind them, so a review of the words around them is not enough.
        """
        used = self.used_in(text)
        return {name: fact for name, fact in used.items() if fact.written and not fact.reviewed}

    def _used_in(self, text: str) -> dict[str, Dated]:
        used: dict[str, Dated] = {
            name: fact for name, fact in self._dated_texts().items() if f"region.{name}." in text
        }
        shown = "/ contact" in text
        for name, line in self.lines.items():
            if shown or f"region.lines.{name}." in text:
                used[f"lines.{name}"] = line
        return used


def _other_numbers(name: str, language: str) -> Exception:
    what = f"'{name}' has other numbers in '{language}' than here"
    return wrong(what, "a number that is wrong can harm: correct it", "languages")


def _of_present_words(own: TranslatedLine | None, line: Line) -> TranslatedLine | None:
    return own if own and own.of == words_of_line(line.name, line.note) else None


_WITHIN: Remembered[Region] = Remembered()
_SPOKEN: Remembered[Region] = Remembered()
_USED: Remembered[dict[str, Dated]] = Remembered()
