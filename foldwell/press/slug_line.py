"""Slug lines: what a printer is told beside a sheet, drawn as outlines of the bundled font.

So they bring no font of their own into a file. This is never for a reader's words. Each letter
is the same operators wherever it stands: the page is moved on behind it.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont

from foldwell.fonts import HOUSE
from foldwell.pdf.plane import PT_PER_MM

_PARTS = re.compile(r"(?<=·)")
"""Where lines are packed apart (``foldwell.pdf.packing``): most of them share most of these."""


def slug_line(
    text: str, place_mm: tuple[float, float], size_pt: float, room_mm: float, colour: str
) -> bytes:
    """A line of lettering, filled; made smaller if it is longer than its room.

    Args:
        text: What it says.
        place_mm: Where it starts on the page, on its baseline.
        size_pt: Its size.
        room_mm: How long it may be.
        colour: The name of the colour space whose first part it is drawn with.

    Returns:
        The operators that draw it.
    """
    length = sum(_glyph(character)[1] for character in text) / _units()
    scale = min(size_pt, room_mm * PT_PER_MM / max(length, 1e-6)) / _units()
    x, y = (value * PT_PER_MM for value in place_mm)
    head = f"q\n{colour} cs\n1 scn\n{scale:.8f} 0 0 {scale:.8f} {x:.4f} {y:.4f} cm\n"
    parts = [b"".join(_glyph(character)[0] for character in part) for part in _PARTS.split(text)]
    return b"%\n".join([head.encode(), *filter(None, parts)]) + b"Q"


class _Outline(BasePen):  # type: ignore[misc]
    """Collects a glyph as PDF path operators, in units of its font."""

    def __init__(self, glyphs: Any) -> None:
        super().__init__(glyphs)
        self.drawn = ""

    def _add(self, operator: str, *points: tuple[float, float]) -> None:
        flat = "".join(f"{round(value, 2):g} " for point in points for value in point)
        self.drawn += f"{flat}{operator}\n"

    def _moveTo(self, pt: tuple[float, float]) -> None:  # noqa: N802 - the library's names
        self._add("m", pt)

    def _lineTo(self, pt: tuple[float, float]) -> None:  # noqa: N802
        self._add("l", pt)

    def _curveToOne(  # noqa: N802
        self, pt1: tuple[float, float], pt2: tuple[float, float], pt3: tuple[float, float]
    ) -> None:
        self._add("c", pt1, pt2, pt3)

    def _closePath(self) -> None:  # noqa: N802
        self._add("h")


@cache
def _font() -> tuple[Any, dict[int, str], int]:
    font = TTFont(HOUSE.path(400))
    return font.getGlyphSet(), font.getBestCmap(), font["head"].unitsPerEm


def _units() -> int:
    return _font()[2]


@cache
def _glyph(character: str) -> tuple[bytes, float]:
    """What draws a character and moves on, and its advance; '?' for one that the font lacks."""
    glyphs, names, _ = _font()
    glyph = glyphs[names.get(ord(character), names[ord("?")])]
    pen = _Outline(glyphs)
    glyph.draw(pen)
    drawn = pen.drawn + "f\n" * bool(pen.drawn)
    return f"{drawn}1 0 0 1 {glyph.width:g} 0 cm\n".encode(), glyph.width
