"""Words of fonts: what a file says of the fonts that it is set in, with no engine.

It is what the engine writes (WeasyPrint, ``build_fonts_dictionary``) for a font of outlines that
has all the glyphs it is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from foldwell.typeset.stamping.font_record import FontWords
from foldwell.typeset.variable.programs import UnknownProgramError
from foldwell.typeset.variable.subsets import subset


@dataclass(frozen=True)
class FontFacts:
    """What holds of a font in every file; it can be pickled.

    Attributes:
        program: The SHA-256 of the font's bytes, which ``programs`` knows.
        index: Which font of these bytes.
        ascent: How far it reaches over the base line, in thousandths of its size.
        descent: How far under it, below 0.
        flags: Its flags (ISO 32000-1, 9.8.2), but for that of equal widths.
        hinting: Whether files keep the instructions of its outlines.
    """

    program: str
    index: int
    ascent: int
    descent: int
    flags: int
    hinting: bool


def font_words(
    facts: FontFacts, words: Mapping[int, str], widths: Mapping[int, int]
) -> FontWords | None:
    """What a file says of a font.

    Args:
        facts: The font.
        words: What its glyphs say in the file, in the order in which the file meets them.
        widths: How wide they are in it, in thousandths.

    Returns:
        What it says; None if the font is not known, or its subset cannot be made.
    """
    try:
        program = subset(facts.program, facts.index, frozenset(words), facts.hinting)
    except UnknownProgramError:
        return None
    if program is None:
        return None
    wide = {*widths.values()}
    flags = facts.flags + (len(widths) > 1 and len(wide) == 1)
    box = b"[0 %d %d %d]" % (facts.descent, max(wide, default=0), facts.ascent)
    return FontWords(
        program, program[:4] != b"OTTO", _to_unicode(words), _widths(widths), box, flags
    )


_FIRST = b"""/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo
<< /Registry (Adobe)
/Ordering (UCS)
/Supplement 0
>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <ffff>
endcodespacerange"""
_LAST = b"endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
_MOST = 100
"""How many glyphs a CMap may name at once (ISO 32000-1, 9.7.5.4)."""


def _to_unicode(words: Mapping[int, str]) -> bytes:
    """What the glyphs say, as a CMap."""
    said, steps = [_said(glyph, text) for glyph, text in words.items()], [_FIRST]
    for start in range(0, len(said), _MOST):
        some = said[start : start + _MOST]
        steps += [b"%d beginbfchar" % len(some), *some, b"endbfchar"]
    return b"\n".join([*steps, _LAST])


@lru_cache(maxsize=4096)
def _said(glyph: int, text: str) -> bytes:
    return f"<{glyph:04x}> <{text.encode('utf-16-be').hex()}>".encode()


def _widths(widths: Mapping[int, int]) -> bytes:
    """The widths of glyphs, those that follow one another together."""
    said, last = "", -2
    for glyph in sorted(widths):
        said += f" {widths[glyph]}" if glyph == last + 1 else f"] {glyph} [{widths[glyph]}"
        last = glyph
    return f"[{said[2:]}]]".encode() if said else b"[]"
