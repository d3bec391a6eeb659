"""Words that rules know: jargon and what is plainer, words that hurt, acronyms, terms explained.

``templates/words/<language>.yml`` is shipped; ``content/words.yml`` of a project goes on top of it,
a map of languages. A word that it maps to nothing is taken off the list.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

from pydantic import RootModel

from foldwell.content.facts import Text
from foldwell.content.reading import read_text
from foldwell.content.validation import validate
from foldwell.content.values import Facts, Slug
from foldwell.content.yaml_text import read_yaml
from foldwell.shipped import templates_folder

OWN = "content/words.yml"


class WordList(Facts):
    """The words of one language."""

    jargon: dict[Text, Text | None] = {}
    """Words that few readers know, each with plainer ones."""
    stigma: dict[Text, Text | None] = {}
    """Words that hurt, each with others that do not."""
    acronyms: dict[Slug, tuple[Text, ...]] = {}
    """Acronyms that everybody knows, by region, or under ``all``."""
    glossary: tuple[Text, ...] = ()
    """Long terms that readers learn here on purpose; readability is told without them as well."""
    medicines: tuple[Text, ...] = ()
    """Names of medicines, by which doses of two of them are told apart."""

    def on_top_of(self, other: WordList) -> WordList:
        """Both lists as one; where they differ, this one holds."""
        acronyms = {
            region: (*other.acronyms.get(region, ()), *self.acronyms.get(region, ()))
            for region in {**other.acronyms, **self.acronyms}
        }
        return WordList(
            jargon={**other.jargon, **self.jargon},
            stigma={**other.stigma, **self.stigma},
            acronyms=acronyms,
            glossary=(*other.glossary, *self.glossary),
            medicines=(*other.medicines, *self.medicines),
        )

    def jargon_in(self, text: str) -> tuple[tuple[str, int], ...]:
        """The words of jargon in a text, and where each stands."""
        return _found(self._jargon, text)

    def stigma_in(self, text: str) -> tuple[tuple[str, int], ...]:
        """The words in a text that hurt, and where each stands."""
        return _found(self._stigma, text)

    def medicines_in(self, text: str) -> tuple[tuple[str, int], ...]:
        """The names of medicines in a text, and where each stands."""
        return _found(self._medicines, text)

    def without_terms(self, text: str) -> str:
        """A text without the long terms that readers learn here."""
        return self._terms.sub("", text)

    @cached_property
    def _terms(self) -> re.Pattern[str]:
        return re.compile(rf"(?i)\b(?:{'|'.join(map(re.escape, self.glossary)) or '(?!)'})\b")

    @cached_property
    def _medicines(self) -> _Words:
        return _any({name: name for name in self.medicines}, apart="")  # of a pair too

    @cached_property
    def _jargon(self) -> _Words:
        return _any(self.jargon)

    @cached_property
    def _stigma(self) -> _Words:
        return _any(self.stigma)

    @cached_property
    def _plainer(self) -> dict[str, str]:
        return _folded(self.jargon)

    @cached_property
    def _kinder(self) -> dict[str, str]:
        return _folded(self.stigma)

    def plainer(self, word: str) -> str:
        """What is plainer than a word of jargon; empty where nothing is known."""
        return self._plainer.get(" ".join(word.casefold().split()), "")

    def kinder(self, word: str) -> str:
        """What does not hurt."""
        return self._kinder.get(" ".join(word.casefold().split()), "")


class OwnLists(RootModel[dict[str, WordList]]):
    """``content/words.yml``: a list for each language."""


_PARTS = re.compile(r"\w+")


@dataclass(frozen=True, eq=False)
class _Words:
    """Words that are looked for: by how each begins, a pattern of them for small letters."""

    patterns: Mapping[str, re.Pattern[str]]


def _any(words: Mapping[Text, Text | None], apart: str = "-") -> _Words:
    """Words to look for, of which something is known.

    Most texts hold no word with which one of them begins, and are passed by. What stands beside a
    word is no letter, and none of those that keep it ``apart`` from others.
    """
    known = sorted((word.lower() for word, instead in words.items() if instead), key=len)
    by_first: dict[str, list[str]] = {}
    for word in reversed(known):
        spaced = re.escape(word[1:]).replace(r"\ ", r"\s+")
        first = "".join(_PARTS.findall(word)[:1])
        # A pattern that starts with a letter is found faster than one that looks back first.
        start = rf"{re.escape(word[0])}(?<![\w{apart}]{re.escape(word[0])})"
        by_first.setdefault(first, []).append(start + spaced)
    return _Words(
        {
            first: re.compile(rf"(?:{'|'.join(each)})(?![\w{apart}])")
            for first, each in by_first.items()
        }
    )


@lru_cache(maxsize=4096)  # regions have most of their passages in common
def _found(words: _Words, text: str) -> tuple[tuple[str, int], ...]:
    """What matches a text in small letters: as it is written, and where it stands."""
    small = text.lower()
    if len(small) != len(text):  # a letter that is two in small, such as the Turkish İ
        small = text
    begun = words.patterns.keys() & set(_PARTS.findall(small))
    spans = sorted(
        match.span() for first in begun for match in words.patterns[first].finditer(small)
    )
    found, last = [], 0
    for start, end in spans:
        if start >= last:
            found.append((text[start:end], start))
            last = end
    return tuple(found)


def _folded(words: dict[Text, Text | None]) -> dict[str, str]:
    """What stands for each, by how it is looked up."""
    return {word.casefold(): str(instead) for word, instead in reversed(words.items()) if instead}


@cache
def shipped_words(language: str) -> WordList:
    """The list that is shipped for a language; an empty one where there is none."""
    path = templates_folder() / "words" / f"{language}.yml"
    if not path.is_file():
        return WordList()
    return validate(WordList, read_yaml(path.read_text(encoding="utf-8"), str(path)))


def read_word_lists(root: Path) -> dict[str, WordList]:
    """The project's own lists, by language.

    Raises:
        Mistakes: With everything that is wrong in ``content/words.yml``.
    """
    if not os.path.exists(root / OWN):
        return {}
    return validate(OwnLists, read_yaml(read_text(root, OWN), OWN)).root
