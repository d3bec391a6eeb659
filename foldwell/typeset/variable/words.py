"""The words of a page, apart from all else that it is made of.

Pages of one leaflet, brand and format have the same shape for many clinics: the same tags, style
sheets and pictures. What differs are words between tags, what links and pictures say, and the
words at the feet of pages, which stand in a style sheet.
"""

from __future__ import annotations

import hashlib
import html
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from functools import lru_cache

from foldwell.typeset.page_source import PageSource

CODE = "qr.svg"
"""The picture that is another one for each edition."""
_TAG = re.compile(r"(<[^<>]*>)")
_FREE = re.compile(r'(?<= )(href|src|alt)="([^"<>]*)"')
_WORDS = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)
_FOOT = re.compile(r"@((?:top|bottom)-[a-z-]+) \{([^{}]*)\}")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ESCAPED = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
_SIZE = re.compile(rb'viewBox="[^"]*"')
_SPACES = re.compile(r"[ \t\n\r\f]+")


class Word(str):
    """Words in the tree of a page, which know which of the page's they are.

    Attributes:
        number: Their place among the words of the page.
    """

    __slots__ = ("number",)
    number: int

    def __new__(cls, text: str, number: int) -> Word:
        """Words with their number."""
        word = super().__new__(cls, text)
        word.number = number
        return word

    def __deepcopy__(self, _: object) -> Word:
        """They are the same in the copy of a tree."""
        return self


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


def taken_apart(text: str) -> tuple[str, list[str]]:
    """A page with signs in the place of its words, and the words."""
    words: list[str] = []

    def sign(said: str) -> str:
        words.append(said)
        return f"\ue100{len(words) - 1}\ue101"

    out = []
    for number, part in enumerate(_TAG.split(text)):
        if number % 2:
            out.append(_FREE.sub(lambda found: f'{found[1]}="{sign(found[2])}"', part))
        elif part.strip():
            before, said, after = _WORDS.fullmatch(part).groups()  # type: ignore[union-attr]
            out.append(before + sign(said) + after)
        else:
            out.append(part)
    return "".join(out), words


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


def numbers_in(element: ET.Element) -> set[int]:
    """The numbers of the words in a part of a page's tree."""
    return {
        text.number
        for one in element.iter() for text in (one.text, one.tail) if isinstance(text, Word)
    }  # fmt: skip


def same_words(one: ET.Element, other: ET.Element) -> tuple[dict[int, int], frozenset[int]]:
    """The numbers of words in one tree and of those in their place in another; which differ."""
    numbers, differ = dict[int, int](), set[int]()
    for mine, theirs in zip(one.iter(), other.iter(), strict=True):
        for own, their in ((mine.text, theirs.text), (mine.tail, theirs.tail)):
            if isinstance(own, Word) and isinstance(their, Word):
                numbers[own.number] = their.number
                if own != their:
                    differ.add(own.number)
    return numbers, frozenset(differ)


def in_a_line(text: str) -> str:
    """Words as they stand on a line: one space between two."""
    return _SPACES.sub(" ", text)
