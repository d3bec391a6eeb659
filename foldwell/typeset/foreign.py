"""Words of another script in a page: each run of them has its own direction and language.

A clinic's name, address and lines of help stay as people there write them. Inside Arabic or Hebrew
their numbers and full stops would change places, and a screen reader would spell them out.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from functools import cache

from foldwell.content.edition import Edition
from foldwell.typeset.digits import in_digits
from foldwell.typeset.scripts import script_of

_PARTS = re.compile(
    r"(<!--.*?-->|<(?:head|style|svg|script)\b.*?</(?:head|style|svg|script)>|<[^>]*>)", re.DOTALL
)
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_OTHER = re.compile("[\u0370-\u1dff\u1f00-\u1fff\u2c00-\ud7ff\uf900-\ufdff\ufe70-\ufefc]")
_NUMBER = r"\d+(?:[.,]\d+)*"
_UNIT = "(?:mg|mcg|kg|g|ml|mL|l|L|cm|mm|mmol|IU|[\u00b5\u03bc]g)(?![A-Za-z])"
_HOST = "[A-Za-z0-9][A-Za-z0-9_-]{0,62}"
_SIGN = "[#-'*-;=?-~]"
_ADDRESS = (
    "(?:https?://|[A-Za-z0-9][A-Za-z0-9_.+-]{0,63}@)?"
    f"{_HOST}(?:\\.{_HOST}){{0,5}}\\.[A-Za-z][A-Za-z0-9-]{{1,62}}(?::[0-9]+)?"
    f"(?:[/?#](?:{_SIGN}|\\({_SIGN}*\\))*[A-Za-z0-9/_=&#%~-])?"
)
"""Of a page or for mail: nothing in it may change places, nor be in other digits."""
_RUN = re.compile(
    f"(?:{_NUMBER}(?:[ \u00a0]?[/\u2013-][ \u00a0]?{_NUMBER})*[ \u00a0]?(?={_UNIT}))?"
    f"(?:(?<![A-Za-z0-9_]){_ADDRESS}|[A-Za-z\u00b5\u00c0-\u024f\u03bc][\\w\u00c0-\u024f]*)"
    f"(?:[ \u00a0.,:'\u2019&/+-]{{1,3}}(?:{_ADDRESS}|[A-Za-z0-9\u00c0-\u024f]+))*",
    re.ASCII,
)
"""Words in Latin letters, and numbers that go with them: those behind them, and a dose before."""


_ISOLATED = re.compile("<bdi>([^<]*)")


def direction_of(text: str) -> str:
    """The direction that a text has by itself: that of its first letter, else of numbers.

    Browsers know it; the engine takes an isolated phone number for words of the line, and turns
    its groups round.
    """
    for character in text:
        kind = unicodedata.bidirectional(character)
        if kind in ("L", "R", "AL"):
            return "ltr" if kind == "L" else "rtl"
    return "ltr"


@cache
def local_language(country: str) -> str:
    """The language that most people write in a country, by CLDR; English where none is known.

    Args:
        country: Its ISO 3166 code.
    """
    from babel.core import get_global

    likely = get_global("likely_subtags").get(f"und_{country.upper()}", "en_Latn")
    language, script, *_ = likely.split("_")
    return language if script == "Latn" else "en"


def marked(page: str, language: str, country: str, *, right_to_left: bool) -> str:
    """A page on which runs of Latin words are told from those of its own script.

    Args:
        page: Its HTML.
        language: Its language.
        country: Where its clinic is.
        right_to_left: Whether it is read from right to left.
    """
    if script_of(language) == "Latn":
        return page
    tag, more = ("bdi", ' dir="ltr"') if right_to_left else ("span", "")
    opening, closing = f'<{tag}{more} lang="{local_language(country)}">', f"</{tag}>"
    if right_to_left:
        page = _ISOLATED.sub(lambda fact: f'<bdi dir="{direction_of(fact[1])}">{fact[1]}', page)
    parts = _PARTS.split(page)
    for index in range(0, len(parts), 2):
        text = parts[index]
        plain = html.unescape(text)
        if not _LATIN.search(plain):
            continue
        if _OTHER.search(plain):
            parts[index] = "".join(
                _escaped(between) + (opening + _escaped(run) + closing if run else "")
                for between, run in _runs(plain)
            )
        else:
            inner = text.strip()
            start = text.index(inner)
            parts[index] = text[:start] + opening + inner + closing + text[start + len(inner) :]
    return "".join(parts)


BESIDE = ("<!-- beside -->", "<!-- /beside -->")
"""What stands before and behind words of the second language of a page."""
_BESIDE = re.compile(f"(?s){BESIDE[0]}(.*?){BESIDE[1]}")


def in_its_scripts(page: str, edition: Edition) -> str:
    """A page on which words of other scripts are told from those of the language around them."""
    parts = _BESIDE.split(page)
    for index, part in enumerate(parts):
        if index % 2 and edition.beside is None:
            continue  # it says itself in which language it is
        own = edition.beside if index % 2 and edition.beside else edition
        told = marked(
            part, own.leaflet.language, own.region.country, right_to_left=own.right_to_left
        )
        parts[index] = in_digits(told, own)
    return "".join(parts)


def _runs(text: str) -> Iterator[tuple[str, str]]:
    """Each run of Latin words, behind what stands before it; at the end, what is left."""
    end = 0
    for match in _RUN.finditer(text):
        yield text[end : match.start()], match[0]
        end = match.end()
    yield text[end:], ""


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)
