"""Digits as a language writes them where a clinic is; what is dialled, typed or dosed stays.

CLDR says which digits a language has in a country that it is at home in. Elsewhere they are those
of the country, which stand on its phones, clocks and packs.
"""

from __future__ import annotations

import re
from functools import cache

from foldwell.content.edition import Edition

LATIN = "0123456789"
STYLES = {"arab": "arabic-indic", "arabext": "persian", "beng": "bengali", "deva": "devanagari",
          "gujr": "gujarati", "guru": "gurmukhi"}  # fmt: skip
"""For numbering systems of CLDR, what style sheets call their counters."""
_ZERO = {
    "arab": 0x660,
    "arabext": 0x6F0,
    "beng": 0x9E6,
    "deva": 0x966,
    "gujr": 0xAE6,
    "guru": 0xA66,
}
_TAG = re.compile(r"(?s)(<!--.*?-->|<(?:head|style|script)\b.*?</(?:head|style|script)>|<[^>]*>)")
_KEPT = re.compile(
    r'<(a|span|bdi)\b(?=[^>]*(?:class="[^"]*\b(?:fact|whole)\b|\blang=|\bdir="ltr"))[^>]*>'
)
"""What keeps its digits: numbers to call, ids, and words of another language with their doses."""
_NUMBERS = re.compile(r"&#?\w+;|[0-9]+(?:[.,][0-9]+)*")
"""Numbers, and what stands for a single character in HTML, which is none."""
_DOTTED = frozenset(["arab", "arabext"])
"""Systems whose nought looks like a full stop: a number with a point in it keeps its digits."""


@cache
def system_of(language: str, country: str) -> str:
    """The numbering system of CLDR that a language has in a country; ``latn`` where it has none.

    Args:
        language: BCP 47 code.
        country: ISO 3166 code; empty if unknown.
    """
    from babel import Locale, UnknownLocaleError

    own = Locale.parse(language, sep="-")
    try:
        here = Locale.parse("_".join(filter(None, (own.language, own.script, country))))
    except (UnknownLocaleError, ValueError):
        return "latn"
    system = str(here.default_numbering_system) if country else "latn"
    return system if system in _ZERO else "latn"


def digits_of(language: str, country: str) -> dict[int, int]:
    """What the digits 0 to 9 become; nothing where they stay."""
    system = system_of(language, country)
    if system == "latn":
        return {}
    return {ord(digit): _ZERO[system] + int(digit) for digit in LATIN}


def in_digits(page: str, edition: Edition) -> str:
    """A page, or a part of one, with the digits of an edition's language."""
    digits = digits_of(edition.leaflet.language, edition.region.country)
    if not digits:
        return page
    dotted = system_of(edition.leaflet.language, edition.region.country) in _DOTTED

    def written(number: re.Match[str]) -> str:
        stays = number[0].startswith("&") or (dotted and not number[0].isdigit())
        return number[0] if stays else number[0].translate(digits)

    parts = _TAG.split(page)
    kept, depth = "", 0
    for index, part in enumerate(parts):
        if index % 2 == 0:
            parts[index] = part if kept else _NUMBERS.sub(written, part)
        elif kept:
            name = re.escape(kept)
            depth += bool(re.match(rf"<{name}\b", part)) - bool(re.match(rf"</{name}\b", part))
            kept = kept if depth else ""
        elif match := _KEPT.match(part):
            kept, depth = match[1], 1
    return "".join(parts)


def counters_css(edition: Edition) -> str:
    """How lists, steps and pages are counted; nothing where they are counted as everywhere."""
    system = system_of(edition.leaflet.language, edition.region.country)
    if system == "latn":
        return ""
    style = STYLES[system]
    return (
        f"ol {{ list-style-type: {style}; }}\n"
        f".block-steps ol > li::before {{ content: counter(step, {style}); }}\n"
    )
