"""Shaping: words become glyphs and operators with no engine, the same to the last bit.

What stands here is what Pango and WeasyPrint do with a run of plain text that is set in one font
from left to right (Pango 1.50 and later, ``pango_shape_item`` without rounding; WeasyPrint,
``draw_first_line``), with HarfBuzz asked directly. Where a text might be more than that, nothing
comes out, and the engine has to be asked. ``faces`` holds it to the engine.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

import uharfbuzz
from pydyf import _to_bytes

from foldwell.typeset.variable.programs import UnknownProgramError, program

UNITS = 1024
"""Pango units in a CSS pixel."""
UNIT = 1 / UNITS
COMMON = "Zyyy"
"""The script of signs that any script uses (ISO 15924)."""
_LETTERS = (
    *(("Latn", first, last) for first, last in (
        (0x41, 0x5A), (0x61, 0x7A), (0xAA, 0xAA), (0xBA, 0xBA), (0xC0, 0xD6), (0xD8, 0xF6),
        (0xF8, 0x24F), (0x1E00, 0x1EFF), (0xFB00, 0xFB06),
    )),
    *(("Grek", first, last) for first, last in (
        (0x370, 0x373), (0x376, 0x377), (0x37B, 0x37D), (0x37F, 0x37F), (0x386, 0x386),
        (0x388, 0x3E1), (0x3F0, 0x3F5), (0x3F7, 0x3FF), (0x1F00, 0x1FFF),
    )),
    *(("Cyrl", first, last) for first, last in ((0x400, 0x481), (0x48A, 0x52F))),
)  # fmt: skip
_SIGNS = (
    (0x20, 0x40), (0x5B, 0x60), (0x7B, 0x7E), (0xA0, 0xBF), (0xD7, 0xD7), (0xF7, 0xF7),
    (0x2010, 0x2027), (0x2030, 0x205E), (0x20A0, 0x20C0), (0x2116, 0x2116), (0x2122, 0x2122),
    (0x2190, 0x22FF),
)  # fmt: skip
_SPACES = " \u00a0\u202f"


@dataclass(frozen=True)
class Face:
    """All that the shape of a plain text hangs on, beside the text; it can be pickled.

    Attributes:
        program: The SHA-256 of the font's bytes, which ``programs`` knows.
        index: Which font of these bytes.
        scale: Its size in Pango units.
        features: OpenType features, with their values.
        languages: By script (ISO 15924) the language in which Pango shapes its words; texts in
            other scripts are not for this face.
        mark: The name of the font among the resources of a file.
    """

    program: str
    index: int
    scale: int
    features: tuple[tuple[str, int], ...]
    languages: tuple[tuple[str, str], ...]
    mark: str

    @property
    def size(self) -> float:
        """Its size in CSS pixels."""
        return self.scale / UNITS


@dataclass(frozen=True, eq=False)
class Shaped:
    """A text as glyphs.

    Attributes:
        text: The text.
        face: What it is set in.
        glyphs: The glyphs from left to right.
        starts: For each where its letters begin in the text.
        advances: How far each goes on, in Pango units.
        offsets: How far each is moved to the right, in Pango units.
        words: What each glyph says where a file meets it first.
        widths: How wide each glyph is, in thousandths of the size.
    """

    text: str
    face: Face
    glyphs: tuple[int, ...]
    starts: tuple[int, ...]
    advances: tuple[int, ...]
    offsets: tuple[int, ...]
    words: dict[int, str]
    widths: dict[int, int]

    @cached_property
    def width_px(self) -> float:
        """Its width in CSS pixels."""
        return sum(self.advances) / UNITS

    @cached_property
    def shown(self) -> bytes:
        """The operator that shows it in a file that says of its glyphs what it would say itself."""
        return _shown(self, self.widths)


def operators(
    shaped: Shaped, x: float, baseline: float, words: dict[int, str], widths: dict[int, int]
) -> tuple[bytes, bytes]:
    """The operators that place and show a text, as the engine writes them.

    Args:
        shaped: The text.
        x: Where it begins, in CSS pixels.
        baseline: Where its letters stand, in CSS pixels from the top.
        words: What the glyphs of the face say in the file so far; more is added.
        widths: How wide they are in the file so far, in thousandths; more is added.

    Returns:
        The operators ``Tm`` and ``TJ``.
    """
    same = True
    for glyph, width in shaped.widths.items():
        if widths.setdefault(glyph, width) != width:
            same = False
    for glyph, word in shaped.words.items():
        words.setdefault(glyph, word)
    placed = b"1 0 0 -1 %b %b Tm" % (_to_bytes(x), _to_bytes(baseline))
    return placed, shaped.shown if same else _shown(shaped, widths)


def _shown(shaped: Shaped, widths: dict[int, int]) -> bytes:
    """The operator that shows a text whose glyphs have some widths in the file."""
    size, string = shaped.face.size, "<"
    for glyph, advance, moved in zip(shaped.glyphs, shaped.advances, shaped.offsets, strict=True):
        offset = moved / size
        if offset:
            string += f">{-offset}<"
        kerning = widths[glyph] + offset - advance * 1000 * UNIT / size
        string += f"{glyph:04x}>{int(kerning)}<" if kerning else f"{glyph:04x}"
    string = string[:-1] if string[-1] == "<" else string + ">"
    return b"[%b] TJ" % string.encode("ascii")


def shaped(text: str, face: Face) -> Shaped | None:
    """A text as glyphs, just as the engine has it.

    Args:
        text: The text, all of it on one line.
        face: What it is set in.

    Returns:
        The glyphs; None where the engine might do more than shape one run, or the font is not
        known.
    """
    try:
        return _shaped(text, face)
    except UnknownProgramError:
        return None


@lru_cache(maxsize=2048)
def _shaped(text: str, face: Face) -> Shaped | None:
    font, signs = _font(face.program, face.index, face.scale)
    try:
        scripts = {signs[sign] for sign in text}
    except KeyError:
        return None  # a sign that the font lacks, or that is more than a sign
    scripts.discard(COMMON)
    if len(scripts) > 1 or not text.strip():
        return None
    script = scripts.pop() if scripts else COMMON
    language = _languages(face).get(script)
    if language is None:
        return None
    buffer = uharfbuzz.Buffer()
    buffer.cluster_level = uharfbuzz.BufferClusterLevel.MONOTONE_CHARACTERS
    buffer.flags = _WHOLE
    buffer.add_str(text)
    buffer.direction, buffer.script, buffer.language = "ltr", script, language
    uharfbuzz.shape(font, buffer, _features(face))
    return _read(text, face, font, buffer)


def signs_of(face: Face) -> dict[str, str]:
    """The signs that texts in a face may have, with their scripts."""
    return _face(face.program, face.index)[1]


def _read(text: str, face: Face, font: Any, buffer: Any) -> Shaped | None:
    """The glyphs of a buffer; None where the engine would write them in other operators."""
    infos, places = buffer.glyph_infos, buffer.glyph_positions
    glyphs = tuple([info.codepoint for info in infos])
    starts = tuple([info.cluster for info in infos])
    rights, ups, advances, downs = zip(*[place.position for place in places], strict=True)
    if any(ups) or any(downs) or min(advances) < 0 or 0 in glyphs:
        return None
    words, widths, known = dict[int, str](), dict[int, int](), _widths(face)
    for glyph, start, end in zip(glyphs, starts, (*starts[1:], len(text)), strict=True):
        if glyph not in words:
            words[glyph] = text[start:end]
            if glyph not in known:
                known[glyph] = round(font.get_glyph_h_advance(glyph) * 1000 * UNIT / face.size)
            widths[glyph] = known[glyph]
    return Shaped(text, face, glyphs, starts, advances, rights, words, widths)


@lru_cache(maxsize=64)
def _widths(face: Face) -> dict[int, int]:
    """How wide glyphs that were met are, in thousandths of the size."""
    return {}


_WHOLE = uharfbuzz.BufferFlags.BOT | uharfbuzz.BufferFlags.EOT


@lru_cache(maxsize=64)
def _font(digest: str, index: int, scale: int) -> tuple[Any, dict[str, str]]:
    """A font at a size, and the scripts of the signs that it has."""
    face, signs = _face(digest, index)
    font = uharfbuzz.Font(face)
    font.scale = scale, scale
    return font, signs


@lru_cache(maxsize=16)
def _face(digest: str, index: int) -> tuple[Any, dict[str, str]]:
    face = uharfbuzz.Face(uharfbuzz.Blob(program(digest)), index)
    held = set(face.unicodes)
    return face, {sign: script for sign, script in _signs() if ord(sign) in held}


@lru_cache(maxsize=1)
def _signs() -> tuple[tuple[str, str], ...]:
    """The signs that are no more than signs, and their scripts."""
    return tuple(_plain())


def _plain() -> Iterator[tuple[str, str]]:
    for script, first, last in _LETTERS:
        for sign in map(chr, range(first, last + 1)):
            if unicodedata.category(sign)[0] == "L":
                yield sign, script
    for first, last in _SIGNS:
        for sign in map(chr, range(first, last + 1)):
            if sign not in "ªº" and (unicodedata.category(sign)[0] in "NPSL" or sign in _SPACES):
                yield sign, COMMON


@lru_cache(maxsize=64)
def _languages(face: Face) -> dict[str, str]:
    return dict(face.languages)


@lru_cache(maxsize=64)
def _features(face: Face) -> dict[str, int]:
    return dict(face.features)
