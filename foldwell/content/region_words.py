"""What a region says in other languages: its texts, help lines and words, as translations.

A text and a line say which words they were made from, by their hash; once those change they do not
count. Nothing is printed in the place of a text: a leaflet that needs it is not made. A line is
printed with its own name and without its note, which a build tells.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from foldwell.content.amounts import same_amounts
from foldwell.content.facts import Phone, Text
from foldwell.content.values import Facts, Slug
from foldwell.content.words_groups import grouped, short
from foldwell.errors import FoldwellError


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


class TranslatedWord(Facts):
    """A word of the region in another language."""

    text: Text
    """As it stands within a sentence."""
    of: Text
    """The hash of the word that it was made from."""


class RegionWords(Facts):
    """All that a region says in one language that is not its own."""

    lines: dict[Slug, TranslatedLine] = {}
    """Help lines, by name."""
    laws: dict[Slug, TranslatedText] = {}
    """What the law says, by topic."""
    texts: dict[Slug, TranslatedText] = {}
    """Other texts, by name."""
    words: dict[Slug, TranslatedWord] = {}
    """Words, by name."""

    def words_for(self, present: Mapping[str, str]) -> dict[str, Text]:
        """The words that were made from those that there are now, by name."""
        return {
            name: own.text
            for name, own in self.words.items()
            if name in present and own.of == words_of_text(present[name], {})
        }


def translated(texts: Mapping[str, Any], said: Mapping[str, TranslatedText]) -> dict[str, Any]:
    """Those texts that are said in another language with the meaning of the present words."""
    return {
        name: text.model_copy(update={"text": own.text, "nations": dict(own.nations)})
        for name, text in texts.items()
        if (own := said.get(name))
        and own.of == words_of_text(text.text, text.nations)
        and {*own.nations} == {*text.nations}
    }


def untold(own: Any, spoken: Any, language: str) -> dict[str, tuple[str, str]]:
    """The texts and words of a region that it does not say in a language: that, and their hash."""
    return {
        f"{kind}.{name}": (language, words_of_text(getattr(text, "text", text), nations))
        for kind in ("laws", "texts", "words")
        for name, text in getattr(own, kind).items()
        for nations in (getattr(text, "nations", {}),)
        if name not in getattr(spoken, kind)
    }


def untold_error(name: str, path: str, language: str, now: str) -> FoldwellError:
    """What to say of a text that a leaflet prints, and that is not said in its language.

    Args:
        name: Its name with its kind, such as ``texts.naloxone``.
        path: The file of the region.
        language: The language of the leaflet.
        now: The hash of its present words.
    """
    kind, _, own = name.partition(".")
    return FoldwellError(
        f"The leaflet prints 'region.{name}', whose present words are not translated into"
        f" '{language}'.",
        None,
        f"Add it under 'languages', '{language}', '{kind}', '{own}' in {path}, with 'of: {now}'"
        " and the nations that it has.",
    )


def words_of_text(text: str, nations: Mapping[str, str]) -> str:
    """The hash of a text in all nations, which translations of it name."""
    told = repr((str(text), sorted((name, str(words)) for name, words in nations.items())))
    return short(grouped(hashlib.sha256(told.encode()).digest()))


def words_of_line(name: str, note: str | None) -> str:
    """The hash of what is said of a help line, which translations of it name."""
    return words_of_text(name, {"note": note or ""})
