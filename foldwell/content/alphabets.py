"""The letters that a language needs, and whether a family of a brand has them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from foldwell.content.brand_fonts import Cut
from foldwell.content.brand_kit import BrandKit
from foldwell.content.interface_words import LANGUAGES, shipped_catalogue
from foldwell.errors import FoldwellError, Place, did_you_mean
from foldwell.finding import Finding
from foldwell.fonts import HOUSE, not_added, printable_characters
from foldwell.rules import Severity

DIGITS = frozenset("0123456789")


def unprintable(language: str, path: str) -> FoldwellError | None:
    """Why a leaflet in a language cannot be printed, whatever it says.

    Args:
        language: The language.
        path: Its file.
    """
    if language not in LANGUAGES:
        what = f"Foldwell has no words for the language '{language}' yet."
        return FoldwellError(what, Place(path), meant_by(language, LANGUAGES))
    if font := not_added(language):
        what = f"'{language}' is set in {font.family}, which is too large to be shipped."
        return FoldwellError(what, Place(path), f"Run 'foldwell fonts add {language}' once.")
    return None


def meant_by(tag: str, known: Collection[str]) -> str:
    """A hint that names the known language which a tag may stand for, else all of them.

    Args:
        tag: What somebody wrote: of a language with its country (``es-MX``), or of none.
        known: The languages that may be named.
    """
    from babel.core import get_global

    likely = get_global("likely_subtags")
    language, *others = tag.replace("_", "-").split("-")
    usual = likely.get(language, "__").split("_")[1]
    full = likely.get("_".join([language, *others]), f"_{usual}")
    script = next((part for part in others if len(part) == 4), full.split("_")[1])
    plain = language if script == usual else ""
    found = next((one for one in (f"{language}-{script}", plain) if one in known), "")
    if found and others:
        return f"Call it '{found}': the country is that of the region of each clinic."
    return f"Did you mean '{found}'?" if found else did_you_mean(tag, known)


@cache
def alphabet(language: str) -> frozenset[str]:
    """The letters and digits of a language: those of its catalogue of words, in both cases."""
    letters = {c for c in _printed(shipped_catalogue(language).words) if c.isalpha()}
    cased = {c for letter in letters for c in (letter.lower(), letter.upper()) if len(c) == 1}
    return frozenset(letters | cased | DIGITS)


def _printed(words: Any) -> str:
    if isinstance(words, Mapping):
        return "".join(map(_printed, words.values()))
    return words if isinstance(words, str) else "".join(words)


def lacking(cuts: Iterable[Cut], family: str, language: str) -> list[str]:
    """The letters of a language that not every cut of a family has."""
    own = [cut.characters for cut in cuts if cut.family == family]
    return sorted(alphabet(language) - frozenset.intersection(*own)) if own else []


SHOWN = 12
"""How many characters a note names."""


def alphabet_notes(kit: BrandKit, texts: Mapping[str, Iterable[str]]) -> Iterator[Finding]:
    """What a brand's fonts lack, and what stands in.

    Args:
        kit: The brand.
        texts: The characters of the leaflets, by language.
    """
    place = Place(f"content/brands/{kit.slug}/brand.yml")
    type_ = kit.brand.typography
    hint = "Give a fuller version of the font, or take the family out of the brand."
    for family in dict.fromkeys((type_.base.family, type_.headings.family)):
        own = [cut.characters for cut in kit.cuts if cut.family == family]
        for language, text in sorted(texts.items()) if own else ():
            if letters := lacking(kit.cuts, family, language):
                what = (
                    f"The font '{family}' lacks {_named(letters)}, which '{language}' needs:"
                    f" leaflets in '{language}' are set in {HOUSE.family}."
                )
                yield Finding("D14", Severity.INFORMATION, what, hint, place)
                continue
            missing = sorted({*text} & printable_characters() - frozenset.intersection(*own))
            if signs := [sign for sign in missing if sign.isprintable() and sign != " "]:
                what = (
                    f"The font '{family}' lacks {_named(signs)}, which leaflets in '{language}'"
                    " use: our own signs stand in."
                )
                yield Finding("D14", Severity.INFORMATION, what, "", place)


def _named(characters: list[str]) -> str:
    more = f" and {len(characters) - SHOWN} more" if len(characters) > SHOWN else ""
    return " ".join(characters[:SHOWN]) + more
