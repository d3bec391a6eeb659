"""Words that operators show, read as a viewer does: by what the file says of its glyphs."""

from __future__ import annotations

import re
import struct
from functools import lru_cache

from foldwell.check.comparable import comparable

_STRING = re.compile(rb"<([0-9a-f]*)>")
_SAID = re.compile(rb"^<([0-9a-f]{4})> <([0-9a-f]*)>$", re.MULTILINE)


def shown_words(operator: bytes, to_unicode: bytes) -> str | None:
    """The words that an operator shows.

    Args:
        operator: The operator, such as ``[<00280055>12<0046>] TJ``; its glyphs have two bytes.
        to_unicode: What the file says of the glyphs of its font, a CMap.

    Returns:
        The words; None if the file says nothing of a glyph.
    """
    said = _said(to_unicode)
    codes = bytes.fromhex(b"".join(_STRING.findall(operator)).decode())
    try:
        return "".join(said[glyph] for (glyph,) in struct.iter_unpack(">H", codes))
    except (KeyError, struct.error):
        return None


def shows(operator: bytes, to_unicode: bytes, text: str) -> bool:
    """Whether an operator shows a text, spaces and forms of letters aside."""
    words = shown_words(operator, to_unicode)
    if words is None or words == text:
        return words == text
    have, wanted = comparable(words), comparable(text)
    return have.characters == wanted.characters and wanted.gaps_agree(have)


@lru_cache(maxsize=64)
def _said(to_unicode: bytes) -> dict[int, str]:
    return {
        int(glyph, 16): bytes.fromhex(text.decode()).decode("utf-16-be")
        for glyph, text in _SAID.findall(to_unicode)
    }
