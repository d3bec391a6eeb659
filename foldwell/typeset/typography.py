"""Fine typesetting of finished HTML: quotes, signs, and what must stay on one line.

Only what is certain is changed: straight quotes and apostrophes, two or three hyphens for a dash,
a minus before a number, a cross between two numbers. A number keeps its unit, and a paragraph does
not end on one short word. Addresses and numbers to call, which are links, are left as they are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from foldwell.typeset.page_blocks import blocks_of, is_closed

_RAW = ("style", "script", "title", "svg")
_PIECES = re.compile(rf"(?s)(<({'|'.join(_RAW)})\b.*?</\2>|<[^>]*>)")
_BLOCK = re.compile(r"</?(?:p|h[1-6]|li|td|th|div|section|dt|dd|br|tr|caption)\b")
_MINUS = re.compile(r"(?<![\w.,)–-])-(?=\d)")
_DASH = re.compile(r"(?<=\s)-{2,3}(?=\s)|(?<=[^\W\d_])-{2,3}(?=[^\W\d_])")
"""A dash as typewriters have it, between words; between numbers a minus may be meant."""
_TIMES = re.compile(r"(?<=\d)(\s?)x(\s?)(?=\d)")
_SPACED = re.compile(r"(?<=«) | (?=»|[;:!?](?:\s|$))")
"""Spaces that French sets inside its quotes and before some signs: no line ends at one."""
_SPACED_SIGNS = frozenset("«»;:!?")
_APOSTROPHE = re.compile(r"(?<=\w)'|'(?=\d0s\b)")
_OPENING = re.compile(r"(^|[\s(\[\u2013\u2014/])$")
UNITS = (
    "mg", "ml", "mL", "mcg", "µg", "g", "kg", "mm", "cm", "m", "km", "l", "L", "%", "°C", "°F",
    "mmHg", "am", "pm",
)  # fmt: skip
"""Signs of measures, which are the same in every language."""
SHORT = 9
"""A last word of so many letters or fewer does not stand alone on its line."""
_ADDRESS = re.compile(r"""((?:https?://|www\.)\S*[^\s"').,;:!?])""")
"""An address in the text, which nobody could follow if a sign of it were another."""
_INLINE = r"(?:</?(?:strong|em|span|a)\b[^>]*>)*"
"""What begins and ends within a line."""
_FACT = rf'<a class="fact[^>]*><bdi>[^\s<>]{{1,{SHORT}}}</bdi></a>[^\s<>]*'
"""A fact of one word, such as 999; those of several are never parted, nor bound."""
_LAST = re.compile(  # '++' gives back nothing: it would only be looked at in vain
    rf"([^\s<>] [^\s<>]++{_INLINE}) ({_INLINE}[^\s<>]{{1,{SHORT}}}+|(?:<strong>)?{_FACT})"
    r"((?:</?(?:strong|em|span|a|sup)\b[^>]*>[^<>\s]*)*</(?:p|li|td|h[2-4])>)"
)
_SENTENCE = re.compile(
    r"(?<=[?!.] )((?:(?![?!.] )[^<>]|</?(?:strong|em|span|a|bdi)\b[^<>]*>)+)(?=</h[2-4]>)"
)
SHORT_SENTENCE = 18
"""A last sentence of a heading of so many letters or fewer stands on one line: 'Call 999 now'."""
_TITLE = re.compile(r"(?s)<h1.*?</h1>")
_JOINED = re.compile(r"(?<![\w-])\d+-\w+")
_NAME = re.compile(r"(?<![\w-])\d-[A-Z]{2,}(?![\w-])")
_WHOLE = r'<span class="whole">\g<0></span>'
"""A name such as 7-OH is not parted at its hyphen, nor in large type what begins with a number."""
_BREAK = "\u00a0"
_SPANS = ("hour", "day", "week", "minute", "month", "year")


def polish(html: str, strings: Mapping[str, Any]) -> str:
    """A page with the signs that a typesetter would have set.

    Args:
        html: A page or a part of one; tags and what is in links of contact stay as they are.
        strings: The interface words of its language: ``quotes`` (outer and inner pairs,
            apart by ``|``) and the words for ``hour``, ``day``, ``week``.
    """
    quotes = strings["quotes"]
    bound = _bound(tuple(word for name in _SPANS for word in strings[name]))
    out, link = [], False
    for block in blocks_of(html):
        found = _polished(block, link, quotes, bound)
        if found is None:
            return _in_one_go(html, False, quotes, bound)[0]
        polished, link = found
        out.append(polished)
    return "".join(out)


# The pages of a leaflet say the same for every clinic, but for its facts.
@lru_cache(maxsize=8192)
def _polished(
    part: str, link: bool, quotes: str, bound: re.Pattern[str]
) -> tuple[str, bool] | None:
    """A part of a page that begins with a block; None if something goes on in the next part.

    Args:
        part: The part.
        link: Whether a link of contact goes on from the part before it.
        quotes: The quotation marks of the language.
        bound: The space between a number and its unit.

    Returns:
        The part with its signs, and whether a link of contact goes on.
    """
    if not is_closed(part, (*_RAW, "h1")):
        return None
    return _in_one_go(part, link, quotes, bound)


def _in_one_go(html: str, link: bool, quotes: str, bound: re.Pattern[str]) -> tuple[str, bool]:
    """The same of a page, or of a part of it that nothing goes on behind."""
    out, before = [], ""
    for index, piece in enumerate(_PIECES.split(html)):
        if index % 3 == 2:
            continue  # the name of a tag that the expression caught
        if index % 3 == 1:
            link = piece.startswith('<a class="fact') or (link and not piece.startswith("</a"))
            if _BLOCK.match(piece):
                before = ""
            out.append(piece)
            continue
        text = bound.sub(_BREAK, piece) if link else _words(piece, before, quotes, bound)
        out.append(text)
        before = (before + text)[-1:]
    whole = _TITLE.sub(_whole_title, "".join(out))
    if "</h" in whole:
        whole = _SENTENCE.sub(_whole_sentence, whole)
    return _LAST.sub(rf"\1{_BREAK}\2\3", whole), link


def _whole_sentence(sentence: re.Match[str]) -> str:
    pieces = re.split(r"(<[^<>]*>)", sentence.group())
    if sum(map(len, pieces[::2])) > SHORT_SENTENCE:
        return sentence.group()
    return "".join(p if p.startswith("<") else p.replace(" ", _BREAK) for p in pieces)


def _whole_title(title: re.Match[str]) -> str:
    plain = re.sub(r'<span class="whole">([^<]*)</span>', r"\1", title.group())
    return _JOINED.sub(_WHOLE, plain)


@lru_cache(maxsize=64)
def _bound(spans: tuple[str, ...]) -> re.Pattern[str]:
    """The space between a number and its unit."""
    units = "|".join(map(re.escape, (*UNITS, *spans)))
    return re.compile(rf"(?<=\d) (?=(?:{units})(?!\w))")


def _words(text: str, before: str, quotes: str, bound: re.Pattern[str]) -> str:
    """One stretch of text between tags; what stood before it says whether a quote opens."""
    if not text or text.isspace():  # most stretches are: lines end between tags
        return text
    text = _signs(text, before, quotes.split("|"))
    return bound.sub(_BREAK, _NAME.sub(_WHOLE, text) if "-" in text else text)


def _signs(text: str, before: str, quotes: list[str]) -> str:
    """The same with its signs."""
    text = text.replace("&#39;", "'").replace("&#x27;", "'")
    text = text.replace("&#34;", '"').replace("&quot;", '"')
    out: list[str] = []
    for index, part in enumerate(_ADDRESS.split(text)):
        out.append(part if index % 2 else _signs_of_words(part, before, quotes))
        before = (before + part)[-1:]
    return "".join(out)


def _signs_of_words(text: str, before: str, quotes: list[str]) -> str:
    # To look for one sign takes a tenth of what an expression takes, and most texts have none.
    if "-" in text:
        text = _DASH.sub(lambda match: "\u2013" if len(match[0]) == 2 else "\u2014", text)
        text = _MINUS.sub("\u2212", text)
    if "x" in text:
        text = _TIMES.sub("\u00a0×\u00a0", text)
    if "'" in text:
        text = _APOSTROPHE.sub("\u2019", text)
    if not _SPACED_SIGNS.isdisjoint(text):
        text = _SPACED.sub(_BREAK, text)
    if '"' not in text and "'" not in text:
        return text
    out: list[str] = []
    for position, character in enumerate(text):
        if character not in "\"'":
            out.append(character)
            continue
        opens = _OPENING.search(text[position - 1] if position else before) is not None
        pair = quotes[:2] if character == '"' else quotes[2:]
        out.append(pair[0] if opens else pair[1])
    return "".join(out)
