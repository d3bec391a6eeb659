"""Languages as CLDR knows them, for the region of a clinic: es-US is not es-ES."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale


@cache
def locale_of(language: str, country: str = "") -> Locale:
    """The locale of a language where a clinic is; that of the language if CLDR knows no such one.

    Args:
        language: BCP 47 code.
        country: ISO 3166 code of the region's country; empty if unknown.
    """
    from babel import Locale, UnknownLocaleError

    own = Locale.parse(language, sep="-")
    if not country:
        return own
    try:
        return Locale.parse("_".join(filter(None, (own.language, own.script, country))))
    except (UnknownLocaleError, ValueError):
        return own


_LATIN_AMERICAN = "AR BO CL CO CR CU DO EC GT HN MX NI PA PE PR PY SV US UY VE"
QUOTES = {
    **{("es", country): "“|”|‘|’" for country in _LATIN_AMERICAN.split()},
    ("pt", "PT"): "«|»|“|”",
    ("fr", "CH"): "«|»|‹|›",
    ("fr", "CA"): "« | »|”|“",
    ("de", "CH"): "«|»|‹|›",
    ("de", "LI"): "«|»|‹|›",
}
"""Quotation marks where a language has others in a country than in its catalogue (CLDR 48,
delimiters, which Babel leaves out)."""


def quotes_of(language: str, country: str) -> str:
    """The quotation marks of a language in a country, if they are not those of its catalogue."""
    return QUOTES.get((language, country.upper()), "")


@dataclass(frozen=True)
class Signs:
    """What stands between facts, and behind them, each with the space that follows it.

    Attributes:
        comma: Between two parts of one fact.
        semicolon: Between two facts.
        stop: At the end, without a space.
    """

    comma: str = ", "
    semicolon: str = "; "
    stop: str = "."


_SIGNS = {
    "el": Signs(semicolon="· "),  # where a semicolon asks
    **dict.fromkeys(("ar", "fa"), Signs("، ", "؛ ")),
    "ur": Signs("، ", "؛ ", "۔"),
    **dict.fromkeys(("hi", "bn", "pa"), Signs(stop="।")),
    **dict.fromkeys(("am", "ti"), Signs("፣ ", "፤ ", "።")),
    "zh": Signs("，", "；", "。"),
}


def signs_of(language: str) -> Signs:
    """The signs between facts in a language (BCP 47); those of English if it has no others."""
    return _SIGNS.get(language.partition("-")[0], Signs())


def listed(items: Iterable[str], language: str, country: str = "") -> str:
    """Names in a row as people write them there (CLDR): ``a, b and c``, ``a、b和c``.

    Args:
        items: The names.
        language: BCP 47 code.
        country: ISO 3166 code of the region's country; empty if unknown.
    """
    from babel.lists import format_list

    return str(format_list([*items], style="standard", locale=locale_of(language, country)))


@cache
def right_to_left(language: str) -> bool:
    """Whether a language is read from right to left."""
    return str(locale_of(language).character_order) == "right-to-left"


@cache
def own_name(language: str) -> str:
    """What a language calls itself, such as ``Español``."""
    name = str(locale_of(language).get_display_name() or language)
    return name[:1].upper() + name[1:]
