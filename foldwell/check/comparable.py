"""Text made comparable: what differs between ways of writing down the same words goes.

White space goes (lines are broken anew), save between two digits, where it tells ``1 10`` from
``110``. Ligatures and joined forms of letters become the letters that they stand for, hyphens
become one; what is never seen, such as marks of direction, goes. Signs and raised digits stay.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

BREAK = "\u200b"
"""Where words may or may not be apart, as at the end of a line."""

_UNSEEN = dict.fromkeys(
    [0xAD, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0x061C, 0xFEFF, *range(0x202A, 0x202F),
     *range(0x2066, 0x206A)]
)  # fmt: skip
# A viewer gives the hyphen at the end of a line a code of its own, and parts dots that it turns.
_SIGNS = _UNSEEN | dict.fromkeys([0x02, 0x2010, 0x2011, 0xFFFE], "-") | {0x2026: "..."}
_FORMS = re.compile("[\ufb00-\ufdff\ufe70-\ufefc]+")
_DIGITS = re.compile(r"\d\d")
_NUMBERS = re.compile(r"\d+")
_APART = re.compile(f"(?<=\\d)[\\s{BREAK}]+(?=\\d)")


_MIRRORED = str.maketrans("([{<«‹≤≪⟨⌈⌊", ")]}>»›≥≫⟩⌉⌋")
"""Signs that a right-to-left line shows turned round, so that viewers confuse the two."""


@dataclass(frozen=True, eq=False)
class Comparable:
    """Some text.

    Attributes:
        characters: Without white space.
        gaps: The places between two digits where there was some: whether it may be absent.
    """

    characters: str
    gaps: Mapping[int, bool]

    @cached_property
    def runs_left(self) -> bool:
        """Whether any of it is read from right to left."""
        if not self.characters or max(self.characters) < "\u0590":  # the first Hebrew sign
            return False
        return any(unicodedata.bidirectional(sign) in ("R", "AL") for sign in self.characters)

    @cached_property
    def joins_digits(self) -> bool:
        """Whether two digits stand behind each other anywhere, with a gap or without."""
        return _DIGITS.search(self.characters) is not None

    def gaps_agree(self, other: Comparable, start: int = 0) -> bool:
        """Whether digits stand apart, or together, as in another text.

        Args:
            other: A text with the same characters, from ``start`` of this one on.
            start: Where they start in this one.
        """
        if not other.joins_digits:
            return True
        end = start + len(other.characters)
        mine = {place - start: free for place, free in self.gaps.items() if start < place < end}
        return all(
            mine.get(place, True) if place in mine else other.gaps[place]
            for place in mine.keys() ^ other.gaps.keys()
        )

    def in_any_order(self, start: int, end: int) -> tuple[list[str], list[str]]:
        """Numbers, and other characters, of a part, sorted; turned signs are as one.

        So much, and not more, viewers agree on in a line that is read from right to left: they
        find its words and the parts of its numbers in orders of their own, take the ligature of
        lam and alef apart the wrong way round, and put marks behind other letters.
        """
        cuts = [start, *sorted(place for place in self.gaps if start < place < end), end]
        parts = [self.characters[one:two] for one, two in pairwise(cuts)]
        numbers = sorted(number for part in parts for number in _NUMBERS.findall(part))
        others = sorted(_NUMBERS.sub("", "".join(parts)).translate(_MIRRORED))
        return numbers, others


_HEAD = re.compile(r"(?s)<head>.*?</head>|<style.*?</style>|<svg.*?</svg>|<!--.*?-->")
_TAGS = re.compile("<[^>]*>")


def words_of_html(text: str) -> str:
    """The words between the tags of a page; where a tag stood, they may be apart."""
    pieces = _TAGS.split(_HEAD.sub(" ", text))
    return BREAK.join(html.unescape(piece) for piece in pieces)


def folded(text: str) -> str:
    """A text with one spelling for each character."""
    if text.isascii() and "\x02" not in text:
        return text
    plain = unicodedata.normalize("NFC", text).translate(_SIGNS)
    return _FORMS.sub(lambda match: unicodedata.normalize("NFKC", match.group()), plain)


def comparable(text: str) -> Comparable:
    """The comparable characters of a text."""
    plain = folded(text)
    gaps: dict[int, bool] = {}
    parts, last, length = [], 0, 0
    for match in _APART.finditer(plain):
        parts.append(_closed_up(plain[last : match.start()]))
        length += len(parts[-1])
        gaps[length] = BREAK in match.group()
        last = match.end()
    parts.append(_closed_up(plain[last:]))
    return Comparable("".join(parts), gaps)


def _closed_up(text: str) -> str:
    return "".join(text.replace(BREAK, "").split())
