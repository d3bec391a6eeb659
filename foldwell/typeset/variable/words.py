"""The words of a page, apart from all else that it is made of.

Pages of one leaflet, brand and format have the same shape for many clinics: the same tags, style
sheets and pictures. What differs are words between tags, what links and pictures say, and the
words at the feet of pages, which stand in a style sheet.
"""

from __future__ import annotations

import hashlib
import html
import re
from dataclasses import dataclass
from functools import lru_cache

from foldwell.typeset.page_source import PageSource
from foldwell.typeset.page_words import taken_apart

CODE = "qr.svg"
"""The picture that is another one for each edition."""
_FOOT = re.compile(r"@((?:top|bottom)-[a-z-]+) \{([^{}]*)\}")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ESCAPED = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
_SIZE = re.compile(rb'viewBox="[^"]*"')
_SPACES = re.compile(r"[ \t\n\r\f]+")


@dataclass(frozen=True)
class Said:
    """What a page says, and a hash of all else.

    Attributes:
        shape: The hash.
        words: Words as HTML has them; behind them those of the feet, as style sheets have them.
        count: How many of them are HTML's.
        feet: For each word of the feet the name of its place, such as ``bottom-left``.
        code: The picture that is the edition's own; empty where there is none.
    """

    shape: str
    words: tuple[str, ...]
    count: int
    feet: tuple[str, ...]
    code: bytes

    def text(self, number: int) -> str:
        """Some of the words, as they are read."""
        raw = self.words[number]
        return html.unescape(raw) if number < self.count else _unescaped(raw)


def said_by(source: PageSource) -> Said:
    """What a page source says."""
    shape, words = taken_apart(source.html)
    sheets, feet, places = list[str](), list[str](), list[str]()
    for text in source.css:
        sheet, own, names = _without_feet(text)
        sheets.append(sheet)
        feet += own
        places += names
    code, assets = b"", list[object]()
    for name, content, kind in source.assets:
        if name == CODE:
            code = content
        assets += name, kind, _SIZE.findall(content) if name == CODE else _digest(content)
    fonts = tuple((font.family, font.weight, _digest(font.content)) for font in source.fonts)
    others = repr((sheets, assets, fonts, source.tagged, source.leading))
    digest = hashlib.sha256(f"{shape}\0{others}".encode()).hexdigest()
    return Said(digest, (*words, *feet), len(words), tuple(places), code)


@lru_cache(maxsize=512)
def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


@lru_cache(maxsize=256)
def _without_feet(css: str) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """A style sheet without the words at the feet of pages, the words, and their places."""
    words, places = list[str](), list[str]()

    def blank(foot: re.Match[str]) -> str:
        for said in _STRING.findall(foot[2]):
            words.append(said)
            places.append(foot[1])
        return f"@{foot[1]} {{{_STRING.sub(chr(34) * 2, foot[2])}}}"

    sheet = _FOOT.sub(blank, css) if "content:" in css else css
    return sheet, tuple(words), tuple(places)


def _unescaped(text: str) -> str:
    """What a string of a style sheet says."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)) if found[1] else found[2], text)


def in_a_line(text: str) -> str:
    """Words as they stand on a line: one space between two."""
    return _SPACES.sub(" ", text)
