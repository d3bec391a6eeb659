"""What typesetting does with the shipped fonts: hides all others, draws words as outlines."""

from __future__ import annotations

import os
from functools import cache

from foldwell.fonts import FONTS, HOUSE, characters_of, fonts_folder


def isolate() -> None:
    """Let fontconfig see the bundled fonts and nothing else.

    Must run before WeasyPrint is imported, because Pango reads the setting once.
    """
    os.environ["FONTCONFIG_FILE"] = str(fonts_folder() / "fonts.conf")
    os.environ.pop("FONTCONFIG_PATH", None)


WIDEST = 1000.0
"""What a character that is not in the font is taken for, in font units."""


@cache
def _widths() -> dict[str, float]:
    """The width of each character of the heaviest cut, in font units."""
    from fontTools.ttLib import TTFont

    with TTFont(HOUSE.path(max(HOUSE.cuts)), lazy=True) as font:
        metrics = font["hmtx"].metrics
        return {chr(code): metrics[name][0] for code, name in font.getBestCmap().items()}


def length_of(words: str) -> float:
    """How long words in the heaviest cut are, in font units; other cuts are never longer."""
    widths = _widths()
    return sum(widths.get(character, WIDEST) for character in words)


@cache
def word_outline(word: str) -> tuple[str, float, float]:
    """A word in the heaviest cut of the first font that holds it, as an SVG path.

    Returns:
        The path (y upwards), the length of the word and the height of its capitals, all in
        font units.
    """
    from fontTools.pens.svgPathPen import SVGPathPen
    from fontTools.pens.transformPen import TransformPen
    from fontTools.ttLib import TTFont

    row = next((font for font in FONTS if set(word) <= characters_of(font)), HOUSE)
    with TTFont(row.path(max(row.cuts))) as font:
        glyphs, names = font.getGlyphSet(), font.getBestCmap()
        pen = SVGPathPen(glyphs)
        x = 0.0
        for character in word:
            glyph = glyphs[names[ord(character)]]
            glyph.draw(TransformPen(pen, (1, 0, 0, 1, x, 0)))
            x += glyph.width
        return pen.getCommands(), x, font["OS/2"].sCapHeight
