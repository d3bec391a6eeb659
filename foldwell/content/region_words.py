"""What a region says in other languages: its texts, help lines and words, as translations.

A text and a line say which words they were made from, by their hash; once those change they do not
count. Nothing is printed in the place of a text: a leaflet that needs it is not made. A line is
printed with its own name and without its note, which a build tells.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from foldwell.content.amounts import same_amounts
from foldwell.content.facts import Phone, Text
from foldwell.content.values import Facts, Slug
from foldwell.content.words_groups import grouped, short


class Line(Facts):
    """A phone line: whose it is, its number, and when or for what to call."""

    name: Text
    """Whose it is."""
    phone: Phone
    """Its number."""
    note: Text | None = None
    """When or for what to call it."""


class TranslatedText(Facts):
    """A text of the region in another language."""

    text: Text
    """The words, as they are printed."""
    of: Text
    """The hash of the words that it was made from."""
    nations: dict[Slug, Text] = {}
    """Other words for a nation of the region."""

    def has_amounts_of(self, text: str, nations: Mapping[str, str]) -> bool:
        """Whether its numbers and doses are those of its source, in each nation that both name."""
        pairs = [(text, self.text)]
        pairs += [(nations[name], own) for name, own in self.nations.items() if name in nations]
        return all(same_amounts(was, now) for was, now in pairs)


class TranslatedLine(Facts):
    """What is said of a help line; its number is the same in every language."""

    name: Text | None = None
    """Whose it is; else the name that it has in the region."""
    note: Text | None = None
    """When or for what to call it."""
    of: Text
    """The hash of the name and note that it was made from."""

    def has_amounts_of(self, name: str, note: str, phone: str) -> bool:
        """Whether its numbers are those of its source; its name may say its own phone number."""
        calls = f"{name} {phone}"
        named = self.name is None or any(same_amounts(was, self.name) for was in (name, calls))
        return named and (self.note is None or same_amounts(note, self.note))


class RegionWords(Facts):
    """All that a region says in one language that is not its own."""

    lines: dict[Slug, TranslatedLine] = {}
    """Help lines, by name."""
    laws: dict[Slug, TranslatedText] = {}
    """What the law says, by topic."""
    texts: dict[Slug, TranslatedText] = {}
    """Other texts, by name."""
    words: dict[Slug, Text] = {}
    """Words, by name."""


def words_of_text(text: str, nations: Mapping[str, str]) -> str:
    """The hash of a text in all nations, which translations of it name."""
    told = repr((str(text), sorted((name, str(words)) for name, words in nations.items())))
    return short(grouped(hashlib.sha256(told.encode()).digest()))


def words_of_line(name: str, note: str | None) -> str:
    """The hash of what is said of a help line, which translations of it name."""
    return words_of_text(name, {"note": note or ""})
