"""The words of a page apart from its tags: what differs between the pages of one leaflet.

Most blocks say the same for every clinic, so that each is taken apart once.
"""

from __future__ import annotations

import re
from functools import lru_cache

SIGN = "\ue100\ue101"
"""What stands in the place of words: signs that no page has."""
_TAG = re.compile(r"(<[^<>]*>)")
_FREE = re.compile(r'(?<= )(href|src|alt)="([^"<>]*)"')
_WORDS = re.compile(r"(\s*)(.*?)(\s*)", re.DOTALL)
_END = ">\n"
"""Where a tag ends, and with it the words before it."""


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
