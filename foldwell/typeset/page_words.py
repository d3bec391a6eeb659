"""The words of a page apart from its tags: what differs between the pages of one leaflet.

Most blocks say the same for every clinic, so that each is taken apart once.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from functools import lru_cache

SIGN = "\ue100\ue101"
"""What stands in the place of words: signs that no page has."""
_TAG = re.compile(r"(<[^<>]*>)")
_FREE = re.compile(r'(?<= )(href|src|alt)="([^"<>]*)"')
_WORDS = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)
_END = ">\n"
"""Where a tag ends, and with it the words before it."""


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


def taken_apart(text: str) -> tuple[str, list[str]]:
    """A page with a sign in the place of its words, and the words.

    Args:
        text: The page as HTML.

    Returns:
        The page, and all words in their order: those between tags, without the spaces around them,
        and what links, pictures and their words say, as HTML has them.
    """
    *blocks, last = text.split(_END)
    shape, words = [], list[str]()
    for block in (*(block + _END for block in blocks), last):
        own, said = _apart(block)
        shape.append(own)
        words += said
    return "".join(shape), words


@lru_cache(maxsize=8192)
def _apart(block: str) -> tuple[str, tuple[str, ...]]:
    words: list[str] = []

    def sign(found: re.Match[str]) -> str:
        words.append(found[2])
        return f'{found[1]}="{SIGN}"'

    out = _TAG.split(block)
    for number, part in enumerate(out):
        if number % 2:
            out[number] = _FREE.sub(sign, part)
        elif part.strip():
            before, said, after = _WORDS.fullmatch(part).groups()  # type: ignore[union-attr]
            words.append(said)
            out[number] = before + SIGN + after
    return "".join(out), tuple(words)


def numbered(shape: str) -> str:
    """A page whose signs hold the numbers of the words that they stand for."""
    first, *others = shape.split(SIGN)
    signs = (f"{SIGN[0]}{number}{SIGN[1]}{rest}" for number, rest in enumerate(others))
    return "".join([first, *signs])


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
