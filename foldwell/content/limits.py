"""How much the rules of wording allow: ``check:`` in ``build.yml``, and waivers of leaflets."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, field_validator, model_validator

from foldwell.content.facts import Text
from foldwell.content.values import Day, Facts, wrong
from foldwell.rules import RULES, is_waivable

Count = Annotated[int, Field(ge=1, le=1000)]
Grade = Annotated[float, Field(ge=1, le=30)]


class Limits(Facts):
    """Each is the most that is allowed without a finding."""

    sentence_words: Count = 20
    """Words in a sentence (T1); more are good to know."""
    sentence_words_most: Count = 25
    """Words in a sentence (T1); more are a warning."""
    paragraph_sentences: Count = 3
    """Sentences in a paragraph (T2)."""
    list_items: Count = 6
    """Items in a list (T12); more are good to know."""
    list_items_most: Count = 7
    """Items in a list without lists inside (T12); more are a warning."""
    title_characters: Count = 65
    """Characters in a title (T13)."""
    smog: Grade = 8
    """School grade by SMOG, for English (T3)."""
    flesch_kincaid: Grade = 6
    """School grade by Flesch and Kincaid, for English (T3)."""
    opened_days: Count = 365
    """Days since somebody opened a source, after which it is named (C7)."""
    due_days: Count = 90
    """Days before the review date from which a leaflet is named (F2)."""


MUST_SAY_RULE, MUST_SAY_DAYS = "C5", 366
"""What a leaflet must say is waived for a year at most, line by line."""


class Waiver(Facts):
    """A rule of wording that does not hold for a leaflet, and who answers for it."""

    rule: Text
    """Its id, such as T11."""
    reason: Text
    """Why it does not hold."""
    name: Text
    """Who says so."""
    expires: Day
    """The last day on which it counts."""
    words: Text | None = None
    """Only findings that hold these words are meant."""

    @field_validator("rule")
    @classmethod
    def _known(cls, value: str) -> str:
        if value not in RULES:
            raise wrong(f"there is no rule '{value}'", "'foldwell rules' lists them")
        if not is_waivable(value):
            raise wrong(f"the rule {value} cannot be waived", "correct what it finds")
        return value

    @model_validator(mode="after")
    def _of_one_line(self) -> Waiver:
        if self.rule == MUST_SAY_RULE and self.words is None:
            raise wrong(
                f"a waiver of {MUST_SAY_RULE} lacks 'words'",
                "name the one line of must-say.yml that is meant, as the finding has it",
            )
        return self
