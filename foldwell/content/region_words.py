"""What a region says in other languages: its texts, help lines and words, as translations.

A text says which words it was made from, by their hash; once those change it does not count, and
nothing is printed in its place: a leaflet that needs it is not made.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping

from foldwell.content.facts import Text
from foldwell.content.values import Facts, Slug
from foldwell.content.words_groups import grouped, short

_NUMBER = re.compile(r"\d+")


class TranslatedText(Facts):
    """A text of the region in another language."""

    text: Text
    of: Text
    """The hash of the words that it was made from."""
    nations: dict[Slug, Text] = {}

    def has_numbers_of(self, text: str) -> bool:
        """Whether its numbers are those of a text in another language."""
        return sorted(_NUMBER.findall(self.text)) == sorted(_NUMBER.findall(text))


class TranslatedLine(Facts):
    """What is said of a help line; its number is the same in every language."""

    name: Text | None = None
    note: Text | None = None


class RegionWords(Facts):
    """All that a region says in one language that is not its own."""

    lines: dict[Slug, TranslatedLine] = {}
    laws: dict[Slug, TranslatedText] = {}
    texts: dict[Slug, TranslatedText] = {}
    words: dict[Slug, Text] = {}


def words_of_text(text: str, nations: Mapping[str, str]) -> str:
    """The hash of a text in all nations, which translations of it name."""
    told = repr((str(text), sorted((name, str(words)) for name, words in nations.items())))
    return short(grouped(hashlib.sha256(told.encode()).digest()))
