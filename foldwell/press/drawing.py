"""Drawing on finished pages: lines, circles and lettering as PDF operators, in millimetres.

Lettering is drawn as outlines of the bundled font, so that marks and slug lines bring no font of
their own into a file. It is for printers' notes, never for a reader's words.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont
from pikepdf import ContentStreamInstruction, Name, Operator

from foldwell.fonts import HOUSE
from foldwell.pdf.plane import PT_PER_MM

_KAPPA = 0.5523
"""How far the handles of a quarter circle reach, as a share of its radius."""


class Drawing:
    """A growing list of operators.

    Args:
        x_mm: Where the origin of what is drawn lies on the page.
        y_mm: The same, upwards.
    """

    def __init__(self, x_mm: float = 0, y_mm: float = 0) -> None:
        self.instructions: list[ContentStreamInstruction] = []
        self._x, self._y = x_mm, y_mm

    def op(self, operator: str, *operands: Any) -> None:
        """One operator as it is."""
        rounded = [round(o, 4) if isinstance(o, float) else o for o in operands]
        self.instructions.append(ContentStreamInstruction(rounded, Operator(operator)))

    def _at(self, x_mm: float, y_mm: float) -> tuple[float, float]:
        return (x_mm + self._x) * PT_PER_MM, (y_mm + self._y) * PT_PER_MM

    def line(self, x0_mm: float, y0_mm: float, x1_mm: float, y1_mm: float) -> None:
        """A straight line."""
        self.op("m", *self._at(x0_mm, y0_mm))
        self.op("l", *self._at(x1_mm, y1_mm))
        self.op("S")

    def rectangle(self, x_mm: float, y_mm: float, width_mm: float, height_mm: float) -> None:
        """A filled rectangle."""
        self.op("re", *self._at(x_mm, y_mm), width_mm * PT_PER_MM, height_mm * PT_PER_MM)
        self.op("f")

    def circle(self, x_mm: float, y_mm: float, radius_mm: float) -> None:
        """The outline of a circle."""
        r, k = radius_mm, radius_mm * _KAPPA
        self.op("m", *self._at(x_mm + r, y_mm))
        for a, b, c in (
            ((r, k), (k, r), (0, r)),
            ((-k, r), (-r, k), (-r, 0)),
            ((-r, -k), (-k, -r), (0, -r)),
            ((k, -r), (r, -k), (r, 0)),
        ):
            points = [self._at(x_mm + dx, y_mm + dy) for dx, dy in (a, b, c)]
            self.op("c", *(value for point in points for value in point))
        self.op("S")

    def words(self, text: str, x_mm: float, y_mm: float, size_pt: float, room_mm: float) -> None:
        """A line of lettering, filled; made smaller if it is longer than its room."""
        length_em = sum(_glyph(character)[1] for character in text)
        size = min(size_pt, room_mm * PT_PER_MM / max(length_em, 1e-6))
        x, y = self._at(x_mm, y_mm)
        for character in text:
            segments, advance = _glyph(character)
            for operator, points in segments:
                flat = [v for px, py in points for v in (x + px * size, y + py * size)]
                self.op(operator, *flat)
            if segments:
                self.op("f")
            x += advance * size

    def dashes(self, *lengths_mm: float) -> None:
        """Dash the lines that follow; no length makes them whole again."""
        self.op("d", [round(length * PT_PER_MM, 4) for length in lengths_mm], 0)

    def registration_colour(self, name: Name) -> None:
        """Draw in all inks: the resource of that name is a Separation called All."""
        self.op("cs", name)
        self.op("scn", 1)
        self.op("CS", name)
        self.op("SCN", 1)


class _Segments(BasePen):  # type: ignore[misc]
    """Collects a glyph as PDF path operators, in em."""

    def __init__(self, glyphs: Any, units: int) -> None:
        super().__init__(glyphs)
        self.found: list[tuple[str, tuple[tuple[float, float], ...]]] = []
        self._units = units

    def _add(self, operator: str, *points: tuple[float, float]) -> None:
        self.found.append((operator, tuple((x / self._units, y / self._units) for x, y in points)))

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


@cache
def _glyph(character: str) -> tuple[tuple[tuple[str, tuple[tuple[float, float], ...]], ...], float]:
    """The outline of a character and its advance, in em; '?' for one that the font lacks."""
    glyphs, names, units = _font()
    glyph = glyphs[names.get(ord(character), names[ord("?")])]
    pen = _Segments(glyphs, units)
    glyph.draw(pen)
    return tuple(pen.found), glyph.width / units
