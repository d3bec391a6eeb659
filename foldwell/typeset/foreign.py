"""Words of another script in a page: each run of them has its own direction and language.

A clinic's name, address and lines of help stay as people there write them. Inside Arabic or Hebrew
their numbers and full stops would change places, as those of an Arabic address would in English,
and a screen reader would spell them out.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from foldwell.content.edition import Edition
from foldwell.typeset.digits import in_digits
from foldwell.typeset.needed_fonts import rare_signs
from foldwell.typeset.page_blocks import blocks_of, is_closed
from foldwell.typeset.scripts import script_of

_RAW = ("head", "style", "svg", "script")
_PARTS = re.compile(
    rf"(<!--.*?-->|<(?:{'|'.join(_RAW)})\b.*?</(?:{'|'.join(_RAW)})>|<[^>]*>)", re.DOTALL
)
_LATIN = re.compile("[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_OTHERS = (
    ("\u0370", "\u1dff"), ("\u1f00", "\u1fff"), ("\u2c00", "\ud7ff"), ("\uf900", "\ufdff"),
    ("\ufe70", "\ufefc"),
)  # fmt: skip
"""The first and the last letter of each range of letters that are not Latin."""
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
_LETTERS = {
    "Grek": "\u0370-\u03ff\u1f00-\u1fff", "Cyrl": "\u0400-\u052f", "Hebr": "\u0591-\u05ff",
    "Arab": "\u0610-\u065f\u066e-\u06ff\u0750-\u077f\u08a0-\u08ff\ufb50-\ufdff\ufe70-\ufefc",
    "Deva": "\u0900-\u0963\u0970-\u097f", "Beng": "\u0980-\u09ff", "Guru": "\u0a00-\u0a7f",
    "Gujr": "\u0a80-\u0aff", "Taml": "\u0b80-\u0bff", "Thai": "\u0e00-\u0e7f",
    "Ethi": "\u1200-\u139f\u2d80-\u2ddf", "Hani": "\u3400-\u9fff\uf900-\ufaff",
}  # fmt: skip
"""The letters by which a word is known to be in a script; signs that some share are in none."""
_SPACED = "[\u200c\u200d \u00a0.,\u060c:'\u2019()&/+-]{1,3}"


@cache
def _run() -> re.Pattern[str]:
    """Words in Latin letters, and numbers with them: those behind them, and a dose before."""
    return re.compile(
        f"(?:{_NUMBER}(?:[ \u00a0]?[/\u2013-][ \u00a0]?{_NUMBER})*[ \u00a0]?(?={_UNIT}))?"
        f"(?:(?<![A-Za-z0-9_]){_ADDRESS}|[A-Za-z\u00b5\u00c0-\u024f\u03bc][\\w\u00c0-\u024f]*)"
        f"(?:[ \u00a0.,:'\u2019&/+-]{{1,3}}(?:{_ADDRESS}|[A-Za-z0-9\u00c0-\u024f]+))*",
        re.ASCII,
    )


@cache
def _words() -> dict[str, re.Pattern[str]]:
    """Words in the letters of each script, and the numbers behind them."""
    return {
        script: re.compile(
            # One letter alone is a sign (\u03bc, \u03b1), but of Chinese a word.
            f"[{letters}]{'' if script == 'Hani' else f'[{letters}]'}[{letters}]*"
            f"(?:{_SPACED}(?:[{letters}]+|{_NUMBER}(?![A-Za-z])))*"
        )
        for script, letters in _LETTERS.items()
    }


_SAME = {"Aran": "Arab", "Hans": "Hani", "Hant": "Hani"}
_ISOLATED = re.compile("<bdi>([^<]*)")
_ELEMENT = re.compile(
    r'<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)\b(?:[^>]*?\slang="(?P<language>[^"]*)")?'
)


def _has_others(text: Iterable[str]) -> bool:
    """Whether letters that are not Latin are among some signs."""
    beyond = [sign for sign in {*text} if sign >= _OTHERS[0][0]]
    return any(first <= sign <= last for sign in beyond for first, last in _OTHERS)


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


@cache
def _language_of(script: str) -> str:
    """The language that most people write in a script, by CLDR."""
    from babel.core import get_global

    likely = get_global("likely_subtags")
    return str(likely.get(f"und_{script}", "zh")).split("_")[0]


def marked(page: str, language: str, country: str, *, right_to_left: bool) -> str:
    """A page on which runs of words of other scripts are told from those of its own.

    Args:
        page: Its HTML.
        language: Its language.
        country: Where its clinic is.
        right_to_left: Whether it is read from right to left.
    """
    own = _SAME.get(script := script_of(language), script)
    if own == "Latn" and not _has_others(rare_signs(page)):
        return page
    here = _Here(language, own, local_language(country), right_to_left)
    told, out = _Told(), list[str]()
    for block in blocks_of(page):
        found = _marked(block, told, here)
        if found is None:
            return _in_one_go(page, _Told(), here)[0]
        text, told = found
        out.append(text)
    return "".join(out)


@dataclass(frozen=True)
class _Here:
    """What a page is in.

    Attributes:
        language: Its language.
        script: The script of that.
        latin: What Latin words are in.
        right_to_left: Whether it is read from right to left.
    """

    language: str
    script: str
    latin: str
    right_to_left: bool


@dataclass(frozen=True)
class _Told:
    """Whether a place on a page is in an element that says its script, or its direction.

    Attributes:
        script: The script; empty if it is the page's.
        directed: Whether it says its direction too.
        name: The name of the element.
        depth: How many elements of that name are open since.
    """

    script: str = ""
    directed: bool = False
    name: str = ""
    depth: int = 0

    def behind(self, tag: str, language: str) -> _Told:
        """The same behind a tag, on a page of some language."""
        element = _ELEMENT.match(tag)
        if element is None:
            return self
        if self.depth:
            if element["name"] != self.name:
                return self
            depth = self.depth + (-1 if element["end"] else 1)
            return replace(self, depth=depth) if depth else _Told()
        said = element["language"]
        own = language.partition("-")[0]
        if said and said.partition("-")[0] != own and element["name"] != "img":
            script = _SAME.get(script := script_of(said), script)
            return _Told(script, ' dir="' in tag, element["name"], 1)
        return self


# The pages of a leaflet say the same for every clinic, but for its facts.
@lru_cache(maxsize=8192)
def _marked(block: str, told: _Told, here: _Here) -> tuple[str, _Told] | None:
    """A part of a page with its runs, and what is told behind it; None if it is not closed."""
    return _in_one_go(block, told, here) if is_closed(block, _RAW) else None


def _in_one_go(page: str, told: _Told, here: _Here) -> tuple[str, _Told]:
    def isolated(fact: re.Match[str]) -> str:
        direction = direction_of(fact[1])
        if here.right_to_left or direction == "rtl":
            return f'<bdi dir="{direction}">{fact[1]}'
        return fact[0]

    parts = _PARTS.split(_ISOLATED.sub(isolated, page))
    for index, part in enumerate(parts):
        if index % 2:
            told = told.behind(part, here.language)
        elif not told.directed and part.strip():
            plain = html.unescape(part)
            script, known = told.script or here.script, {here.script: here.language}
            runs = _of_other_scripts(plain, script, known) if _has_others(plain) else []
            if here.script != "Latn" and _LATIN.search(plain):
                latin = "" if told.script == "Latn" else here.latin
                runs += _latin(plain, latin, here.right_to_left)
            parts[index] = _in_elements(part, plain, sorted(runs))
    return "".join(parts), told


_Run = tuple[int, int, str]
"""Where a run of words starts and ends, and the tag that it stands in."""


def _of_other_scripts(text: str, here: str, known: Mapping[str, str]) -> list[_Run]:
    """The runs of words in other letters than those around them, or Latin ones.

    Args:
        text: The text.
        here: The script that it says it is in.
        known: The language of a script, where the page says it.
    """
    runs: list[_Run] = []
    for script, words in _words().items():
        if script != here:
            says = f' lang="{known.get(script) or _language_of(script)}"'
            tag = f'bdi dir="rtl"{says}' if script in ("Arab", "Hebr") else f"span{says}"
            runs += [(*match.span(), tag) for match in words.finditer(text)]
    return runs


def _latin(text: str, language: str, right_to_left: bool) -> list[_Run]:
    """The runs of Latin words in a text of another script, and their language unless it is said."""
    if not language and not right_to_left:
        return []
    says = f' lang="{language}"' if language else ""
    tag = f'bdi dir="ltr"{says}' if right_to_left else f"span{says}"
    if _has_others(text):
        return [(*match.span(), tag) for match in _run().finditer(text)]
    inner = text.strip()
    start = text.index(inner)
    return [(start, start + len(inner), tag)]


def _in_elements(part: str, plain: str, runs: list[_Run]) -> str:
    """Some text of a page with its runs in elements of their own."""
    if not runs:
        return part
    pieces, end = [], 0
    for first, last, tag in runs:
        if first < end:
            continue
        run = _escaped(plain[first:last])
        pieces.append(f"{_escaped(plain[end:first])}<{tag}>{run}</{tag.split()[0]}>")
        end = last
    return "".join([*pieces, _escaped(plain[end:])])


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


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)
