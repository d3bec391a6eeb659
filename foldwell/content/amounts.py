"""Amounts: the numbers and doses of a text, as they are the same in every language."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

_NUMBER = re.compile(r"\d+(?:[.,:\u066b\u066c\u00a0\u202f]\d+)*")
_GROUPS = re.compile(r"\d{1,3}(?:([.,\u066c\u00a0\u202f])\d{3})(?:\1\d{3})*")

UNITS = {
    "microgram": ("microgram", "micrograms", "microgramo", "microgramos", "mikrogramm"),
    "mg": ("mg", "мг", "ملغ", "ملغم", "مجم", 'מ"ג', "मिग्रा", "মিগ্রা", "毫克"),
    "g": ("g", "г", "غ", "جم", "克"),
    "ml": ("ml", "мл", "مل", 'מ"ל', "मिली", "মিলি", "毫升"),
    "%": ("%", "٪", "％"),
}
"""The units of doses, as languages write them."""
_UNIT = {word: unit for unit, words in UNITS.items() for word in words}
_NAMES = "|".join(sorted(map(re.escape, _UNIT), key=len, reverse=True))
_DOSE = re.compile(rf"({_NUMBER.pattern})[\s\u00a0\u202f-]*({_NAMES})(?!\w)", re.IGNORECASE)


def numbers(text: str) -> Counter[str]:
    """Every number of a text, in ASCII digits and with a point, and how often it stands there."""
    return Counter(map(_canonical, _NUMBER.findall(ascii_digits(text))))


def doses(text: str) -> Counter[str]:
    """Every number with a unit of doses behind it, the unit by its name."""
    return Counter(
        f"{_canonical(number)} {_UNIT[unit.lower()]}"
        for number, unit in _DOSE.findall(ascii_digits(text))
    )


def same_amounts(was: str, now: str) -> bool:
    """Whether a translation has the numbers and doses of its source.

    A dose without any unit that is known is held to its number alone.
    """
    return numbers(was) == numbers(now) and (not doses(now) or doses(was) == doses(now))


def ascii_digits(text: str) -> str:
    """A text with the digits of every script as those of ASCII."""
    if text.isascii():
        return text
    return "".join(
        str(unicodedata.digit(c)) if unicodedata.category(c) == "Nd" else c for c in text
    )


def _canonical(number: str) -> str:
    """A number without the signs that languages group it with, and with a point."""
    if _GROUPS.fullmatch(number) and number[0] != "0":
        return re.sub(r"\D", "", number)
    return re.sub("[,\u066b]", ".", number)
