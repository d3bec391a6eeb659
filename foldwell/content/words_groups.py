"""Hashes of words as people read them aloud: ``7K3M-Q9TD``."""

from __future__ import annotations

import re

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter that is taken for a digit (https://www.crockford.com/base32.html)."""
GROUPS, GROUP = 5, 4
"""Five groups of four letters: 100 bits."""
SHORT_GROUPS = 2
"""So many of them are the edition id that pages show."""
SHORT = re.compile("-".join([f"[{ALPHABET}]{{{GROUP}}}"] * SHORT_GROUPS))


def grouped(digest: bytes) -> str:
    """The first 100 bits of a SHA-256 digest, in groups of letters that people can read aloud."""
    number = int.from_bytes(digest, "big")
    letters = [ALPHABET[number >> 256 - 5 * (n + 1) & 31] for n in range(GROUPS * GROUP)]
    return "-".join("".join(letters[n : n + GROUP]) for n in range(0, len(letters), GROUP))


def short(whole: str) -> str:
    """The start of a hash that pages show."""
    return whole[: SHORT_GROUPS * (GROUP + 1) - 1]


def is_short(text: str) -> bool:
    """Whether a text may be the start of such a hash."""
    return SHORT.fullmatch(text) is not None
