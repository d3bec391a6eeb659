"""What a page paints, as facts: text shown, lines, areas and pictures with their real sizes.

All lengths are points and all boxes lie in the space of the page that is not turned, whatever
forms, patterns and matrices stand between. A box is cut to the box around its clip, so it may
be a little too large, never too small.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

from foldwell.pdf.colour_space import Space
from foldwell.pdf.font import Font
from foldwell.pdf.painted_colour import Colour
from foldwell.pdf.plane import Box, Matrix

Overprint = Literal["", "some", "nonzero"]
"""Whether inks under an object are left: none; those of which its colour has no part at all; or,
of CMYK, those too of which it has 0 (overprint mode 1; ISO 32000-1, 8.6.7)."""
INVISIBLE = (3, 7)
"""Text rendering modes that leave no ink: hidden, and used as a clip only."""
STROKED = (1, 5)
"""Text rendering modes that draw the outline alone."""


@dataclass(frozen=True, eq=False, slots=True)
class Show:
    """One operator that shows text.

    Attributes:
        font: The font.
        size_pt: The real size on the page.
        direction: Where its base line runs, as a unit vector.
        colour: What fills its glyphs (what draws them, in an outlined mode).
        mode: The text rendering mode.
        clip: What bounds it; None where nothing of it can be seen.
        opacity: 0 to 1.
        line_pt: How thick its outlines are, in an outlined mode.
        overprint: Whether it leaves inks under it.
    """

    font: Font
    size_pt: float
    direction: tuple[float, float]
    colour: Colour
    mode: int
    clip: Box | None
    opacity: float
    line_pt: float
    overprint: Overprint = ""

    @property
    def prints(self) -> bool:
        """Whether it leaves ink, its clip left aside."""
        return self.mode not in INVISIBLE and self.opacity > 0 and self.size_pt > 0


@dataclass(frozen=True, slots=True)
class Stroke:
    """A drawn line."""

    box: Box
    width_pt: float
    colour: Colour
    pieces: int
    overprint: Overprint = ""


@dataclass(frozen=True, slots=True)
class Fill:
    """A filled area.

    Attributes:
        box: The box around what is seen of it.
        colour: Its colour.
        upright: Whether all its edges run along the page's.
        pieces: How many lines and curves bound it.
        overprint: Whether it leaves inks under it.
    """

    box: Box
    colour: Colour
    upright: bool
    pieces: int
    overprint: Overprint = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """An image where it is printed.

    Attributes:
        box: The box around what is seen of it.
        pixels: Width and height in pixels.
        size_pt: Printed width and height of the whole image.
        line_art: Whether it has one bit a pixel.
        mask: Whether it is (part of) a mask.
        space: Its colour space.
        matrix: From its unit square to the page.
        source: Its stream, or the inline image.
    """

    box: Box
    pixels: tuple[int, int]
    size_pt: tuple[float, float]
    line_art: bool
    mask: bool
    space: Space
    matrix: Matrix
    source: Any

    @property
    def ppi(self) -> float:
        """Pixels an inch, along the side where they are fewer."""
        pairs = zip(self.pixels, self.size_pt, strict=True)
        return min(count * 72 / length if length > 0 else float("inf") for count, length in pairs)


@dataclass
class Painted:
    """All that one page paints, in order.

    Attributes:
        shows: Text that a viewer finds on the page, one a show operator.
        hidden_fonts: Fonts of text in patterns and masks, which no viewer finds.
        strokes: Drawn lines.
        fills: Filled areas, shadings among them.
        pictures: Images, those in masks included.
        blends: Blend modes other than Normal that were used.
    """

    shows: list[Show] = field(default_factory=list)
    hidden_fonts: list[Font] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    fills: list[Fill] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    blends: set[str] = field(default_factory=set)
