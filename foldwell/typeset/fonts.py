"""What typesetting does with the shipped fonts: hides all others, draws words as outlines."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from foldwell.carried import Carried
from foldwell.fonts import HOUSE, Font, characters_of, fonts, fonts_folder


def isolate() -> None:
    """Let fontconfig see the bundled fonts and nothing else.

    Must run before WeasyPrint is imported, because Pango reads the setting once.
    """
    os.environ["FONTCONFIG_FILE"] = str(fonts_folder() / "fonts.conf")
    os.environ.pop("FONTCONFIG_PATH", None)


UNITS_PER_EM = 1000
WIDEST = 1000.0
"""What a character that is in no font is taken for, in thousandths of the size of type."""


def _heaviest(font: Font) -> Path:
    return font.path(max(font.cuts))


@cache
def _widths(path: Path) -> dict[str, float]:
    """The width of each character of a cut, in thousandths of the size of type."""
    from fontTools.ttLib import TTFont

    with TTFont(path, lazy=True) as file:
        metrics, scale = file["hmtx"].metrics, UNITS_PER_EM / file["head"].unitsPerEm
        return {chr(code): metrics[name][0] * scale for code, name in file.getBestCmap().items()}


_WIDTHS = Carried[float]("widths", lambda value: type(value) is float)


@cache
def _width(character: str) -> float:
    """The width of one character in the first font that holds it."""
    return _WIDTHS.get("", character, lambda: _measured(character))


def _measured(character: str) -> float:
    if character in (own := _widths(_heaviest(HOUSE))):
        return own[character]
    if unicodedata.category(character) in ("Mn", "Cf"):
        return 0.0
    row = next((font for font in fonts() if character in characters_of(font)), None)
    return WIDEST if row is None else _widths(_heaviest(row)).get(character, WIDEST)


def length_of(words: str) -> float:
    """How long words in the heaviest cut are, in thousandths of the size of type.

    Other cuts are never longer, nor are letters that join.
    """
    return sum(map(_width, words))


@cache
def set_length_of(words: str) -> float:
    """How long words in the heaviest cut are as they join, in thousandths of the size of type."""
    from fontTools.ttLib import TTFont

    length = 0.0
    for row, part in _runs(words):
        signs = "".join(sign for sign in part if sign in characters_of(row))
        with TTFont(_heaviest(row), lazy=True) as font:
            scale = UNITS_PER_EM / font["head"].unitsPerEm
            length += scale * sum(width for *_, width in _placed(signs, row, _heaviest(row), font))
    return length


@cache
def word_outline(word: str) -> tuple[str, float, float]:
    """A word in the heaviest cut of the first font that holds it, or each letter has, as SVG.

    Returns:
        The path (y upwards), the length of the word and the height of its capitals, all in
        thousandths of the size of type.
    """
    return _OUTLINES.get(word, "", lambda: _outline(word))


def _is_outline(found: object) -> bool:
    match found:
        case (str() as path, float(), float()):
            return re.fullmatch(r"[A-Za-z0-9 ,.-]*", path) is not None
    return False


_OUTLINES = Carried[tuple[str, float, float]]("outlines", _is_outline)


def _outline(word: str) -> tuple[str, float, float]:
    from fontTools.pens.svgPathPen import SVGPathPen
    from fontTools.pens.transformPen import TransformPen
    from fontTools.ttLib import TTFont

    path, x, high = "", 0.0, 0.0
    for row, part in _runs(word):
        with TTFont(_heaviest(row)) as font:
            scale = UNITS_PER_EM / font["head"].unitsPerEm
            glyphs = font.getGlyphSet()
            pen = SVGPathPen(glyphs)
            for name, right, up, width in _placed(part, row, _heaviest(row), font):
                place = (scale, 0, 0, scale, x + right * scale, up * scale)
                glyphs[name].draw(TransformPen(pen, place))
                x += width * scale
            path += pen.getCommands()
            high = max(high, font["OS/2"].sCapHeight * scale)
    return path, x, high


@cache
def reach_of(words: str) -> tuple[float, float]:
    """How far the ink of words reaches over and under their base line, whatever the cut.

    Returns:
        Both in thousandths of the size of type; 0 where nothing reaches there.
    """
    return _REACHES.get(words, "", lambda: _reach(words))


_REACHES = Carried[tuple[float, float]](
    "reaches", lambda found: type(found) is tuple and [*map(type, found)] == [float, float]
)


def _reach(words: str) -> tuple[float, float]:
    from fontTools.pens.boundsPen import ControlBoundsPen
    from fontTools.ttLib import TTFont

    over = under = 0.0
    for row, signs in _runs(words):
        part = "".join(sign for sign in signs if sign in characters_of(row))
        for cut in map(row.path, row.cuts):
            with TTFont(cut, lazy=True) as font:
                scale = UNITS_PER_EM / font["head"].unitsPerEm
                glyphs = font.getGlyphSet()
                for name, _, up, _ in _placed(part, row, cut, font):
                    pen = ControlBoundsPen(glyphs)
                    glyphs[name].draw(pen)
                    if pen.bounds:
                        over = max(over, (pen.bounds[3] + up) * scale)
                        under = max(under, -(pen.bounds[1] + up) * scale)
    return over, under


def _placed(part: str, row: Font, cut: Path, font: Any) -> Iterable[tuple[str, int, int, int]]:
    """The glyphs of a run from left to right: name, shift to the right and up, width."""
    if row.apart:
        return _shaped(part, cut, font.getGlyphOrder())
    names, metrics = font.getBestCmap(), font["hmtx"].metrics
    own = [names[ord(sign)] for sign in part]
    return [(name, 0, 0, metrics[name][0]) for name in own]


def _runs(word: str) -> Iterator[tuple[Font, str]]:
    """The parts of a word and their fonts: one for all of it, if there is one."""
    for font in fonts():
        if set(word) <= characters_of(font):
            yield font, word
            return
    for row, signs in groupby(word, _first_that_holds):
        yield row, "".join(signs)


def _first_that_holds(sign: str) -> Font:
    return next((font for font in fonts() if sign in characters_of(font)), HOUSE)


def _shaped(word: str, cut: Path, names: list[str]) -> Iterator[tuple[str, int, int, int]]:
    """The glyphs of a word from left to right: name, shift to the right and up, width."""
    import uharfbuzz

    buffer = uharfbuzz.Buffer()
    buffer.add_str(word)
    buffer.guess_segment_properties()
    face = uharfbuzz.Face(cut.read_bytes())
    uharfbuzz.shape(uharfbuzz.Font(face), buffer)
    for glyph, place in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
        yield names[glyph.codepoint], place.x_offset, place.y_offset, place.x_advance
