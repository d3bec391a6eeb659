"""What a translation says of itself: what it was made from, who made it, who has checked it."""

from __future__ import annotations

import datetime
from typing import Annotated

from pydantic import AfterValidator, Field

from foldwell.content.facts import Text
from foldwell.content.values import Day, Facts, wrong
from foldwell.content.words_groups import is_short


def _pin(text: str) -> str:
    if not is_short(text.split(" ")[0]):
        raise wrong(
            f"'{text}' does not start with the hash of a section",
            "'foldwell translate done' writes these lines",
        )
    return text


Pin = Annotated[Text, AfterValidator(_pin)]
"""The hash of a section of the source, then its name for people."""


class Signed(Facts):
    """Who did something, and when."""

    name: Text
    """Who did it."""
    date: Day
    """When."""


class Checked(Signed):
    """A native speaker who has compared the translation with its source."""

    words: Text
    """The hash of the words that were compared, on both sides; others are unchecked."""


class Accepted(Signed):
    """Who lets a translation of older words go out, and until when."""

    reason: Text
    """Why they do."""
    expires: Day
    """The last day on which it counts."""


class Translation(Facts):
    """The front matter's ``translation``."""

    of: Text = Text("en")
    """The language that it was made from."""
    version: Day | None = None
    """When the source was published that it was made from."""
    sections: Annotated[tuple[Pin, ...], Field(min_length=1)]
    """A hash for each section of the source, in their order."""
    translated_by: Signed | None = None
    """Who made it."""
    checked_by: Checked | None = None
    """The native speaker who compared it with its source."""
    accepted_by: Accepted | None = None
    """Who accepts that the source has changed since."""

    @property
    def day(self) -> datetime.date | None:
        """The day of the words that it was made from: when they went out, else when it was made."""
        return self.version or (self.translated_by.date if self.translated_by else None)
