"""The graphics state while a content stream is read, and the path under construction."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from foldwell.pdf.font import Font
from foldwell.pdf.painted_colour import BLACK, Colour
from foldwell.pdf.painting import Overprint
from foldwell.pdf.plane import Box, Matrix, place

NO_FONT = Font("a font that is not in the file", False)
_LEVEL = 0.005
"""How far the ends of a line may be off, in points, while it still counts as upright or level."""


@dataclass(slots=True)
class State:
    """What q saves and Q brings back (ISO 32000-1, 8.4).

    Attributes:
        ctm: From the space of the stream to the page.
        clip: The box around what can be seen; None if nothing.
        fill: The colour of areas and glyphs.
        stroke: The colour of lines.
        fill_pattern: The pattern chosen as fill colour.
        stroke_pattern: The same for lines.
        line_width: In the units of the stream.
        font: The font of text; None until one is chosen, and nothing is shown until then.
        font_size: In the units of text space.
        text_mode: The text rendering mode.
        fill_opacity: 0 to 1.
        stroke_opacity: 0 to 1.
        fill_overprint: Whether areas and glyphs leave the inks under them that they do not use.
        stroke_overprint: The same for lines.
        overprint_mode: 1 where an ink of CMYK that is 0 is one that is not used.
    """

    ctm: Matrix
    clip: Box | None
    fill: Colour = BLACK
    stroke: Colour = BLACK
    fill_pattern: Any = None
    stroke_pattern: Any = None
    line_width: float = 1.0
    font: Font | None = None
    font_size: float = 0.0
    text_mode: int = 0
    fill_opacity: float = 1.0
    stroke_opacity: float = 1.0
    fill_overprint: bool = False
    stroke_overprint: bool = False
    overprint_mode: int = 0

    def overprint(self, stroke: bool) -> Overprint:
        """What lines, or areas and glyphs, leave under them."""
        if not (self.stroke_overprint if stroke else self.fill_overprint):
            return ""
        return "nonzero" if self.overprint_mode == 1 else "some"


class Path:
    """A path under construction, of which only the facts are kept."""

    __slots__ = ("_first", "_last", "pieces", "upright", "x0", "x1", "y0", "y1")

    def __init__(self) -> None:
        self.x0 = self.y0 = float("inf")
        self.x1 = self.y1 = float("-inf")
        self.upright = True
        self.pieces = 0
        self._first: tuple[float, float] | None = None
        self._last: tuple[float, float] | None = None

    @property
    def box(self) -> Box | None:
        """The box around all its points, those that bend curves included."""
        return (self.x0, self.y0, self.x1, self.y1) if self.pieces else None

    @property
    def started(self) -> bool:
        """Whether anything was said of it, be it a place to start from."""
        return self._first is not None

    def _take(self, x: float, y: float) -> None:
        if x < self.x0:
            self.x0 = x
        if x > self.x1:
            self.x1 = x
        if y < self.y0:
            self.y0 = y
        if y > self.y1:
            self.y1 = y

    def move(self, ctm: Matrix, x: float, y: float) -> None:
        """Start a part; it counts once something is drawn from there."""
        self._first = self._last = place(ctm, x, y)

    def line(self, ctm: Matrix, x: float, y: float) -> None:
        """Add a line."""
        here = place(ctm, x, y)
        if self._last is None:
            self._first = self._last = here
        dx, dy = abs(here[0] - self._last[0]), abs(here[1] - self._last[1])
        if dx > _LEVEL and dy > _LEVEL:
            self.upright = False
        self._take(*self._last)
        self._take(*here)
        self._last = here
        self.pieces += 1

    def curve(self, ctm: Matrix, *points: float) -> None:
        """Add a curve of two or three points after the current one."""
        if self._last is not None:
            self._take(*self._last)
        here = self._last
        for index in range(0, len(points), 2):
            here = place(ctm, points[index], points[index + 1])
            self._take(*here)
        self._last = here
        self.upright = False
        self.pieces += 1

    def rectangle(self, ctm: Matrix, x: float, y: float, width: float, height: float) -> None:
        """Add a rectangle."""
        self.move(ctm, x, y)
        self.line(ctm, x + width, y)
        self.line(ctm, x + width, y + height)
        self.line(ctm, x, y + height)
        self.close()

    def close(self) -> None:
        """Go back to where the part began."""
        if self._first is not None and self._last is not None and self._last != self._first:
            dx = abs(self._first[0] - self._last[0])
            dy = abs(self._first[1] - self._last[1])
            if dx > _LEVEL and dy > _LEVEL:
                self.upright = False
            self._last = self._first
            self.pieces += 1
