"""The band at the head of a sheet: a solid ground, a shape, the topic's drawing at its end."""

from __future__ import annotations

import math
from dataclasses import dataclass

from foldwell.content.brand import Brand
from foldwell.content.colours import mix
from foldwell.remembered import remembered
from foldwell.typeset.cover import LEADING, PT_MM, fitting_pt, lines_of, width_mm
from foldwell.typeset.drawings import placed
from foldwell.typeset.grounds import MARK_ON_SOLID, ground, marked
from foldwell.typeset.surfaces import inks_on_paper, inks_on_solid, surfaces


@remembered(256)
def band_drawing(
    brand: Brand,
    size_mm: tuple[float, float],
    margin_mm: float,
    bleed_mm: float,
    drawing: tuple[str, str],
    solid: bool,
    mark: str = "",
    *,
    right_to_left: bool = False,
) -> bytes:
    """The picture behind the head of a sheet: a band across it, with the drawing at its end.

    Args:
        brand: Whose colours and shape it has.
        size_mm: Width of the page and height of the band.
        margin_mm: The side margin of the page.
        bleed_mm: How far it runs over the trim on three sides.
        drawing: The name of the topic's drawing, and the emergency number.
        solid: As for a cover.
        mark: The same.
        right_to_left: Whether its end is on the left.
    """
    width, height = size_mm
    side = min(height * 0.66, width * 0.24)
    centre = (width - margin_mm - side / 2, height / 2)
    box = (-bleed_mm, -bleed_mm, width + bleed_mm, height)
    parts = ground(brand, box, centre, side * 1.25, solid, across=0.62 * width)
    if right_to_left:  # the drawing itself may hold a number
        parts = f'<g transform="matrix(-1 0 0 1 {width} 0)">{parts}</g>'
        centre = (width - centre[0], centre[1])
    if solid and mark:
        s = surfaces(brand)
        parts += marked(mark, box, mix(s.on_solid, s.solid, MARK_ON_SOLID))
    inks = (inks_on_solid if solid else inks_on_paper)(brand)
    place = (centre[0] - side / 2, centre[1] - side / 2, side, side)
    parts += placed(drawing[0], inks, drawing[1], place)
    view = f"{-bleed_mm} {-bleed_mm} {width + 2 * bleed_mm} {height + bleed_mm}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}">{parts}</svg>'.encode()


@dataclass(frozen=True)
class Band:
    """How the band at the head of a sheet is laid out.

    Attributes:
        height_mm: From the trim down.
        title_pt: The size of its title.
        logo_mm: The height of the logo in it.
    """

    height_mm: float
    title_pt: float
    logo_mm: float

    @property
    def css(self) -> str:
        """The measures that the style sheets need."""
        return (
            f":root {{ --band: {self.height_mm:.2f}mm; --band-title: {self.title_pt}pt;"
            f" --band-logo: {self.logo_mm}mm; }}\n"
        )


def band_of(
    width_mm_: float,
    margin_mm: float,
    large: bool,
    title: str,
    subtitle: str,
    wider: float = 1.0,
    leading: float = 1.0,
) -> Band:
    """The layout of the band at the head of a sheet.

    Args:
        width_mm_: The page.
        margin_mm: Its side margin.
        large: Whether it is large print.
        title: The leaflet's title.
        subtitle: The line that says for whom.
        wider: How much wider than our own the brand's type is.
        leading: How much further apart its lines stand than Latin ones.
    """
    room = (width_mm_ - 2 * margin_mm) * BAND_WORDS / wider
    sheet = width_mm_ > 180
    sizes = (30.0, 27.0) if large else (30.0, 27.0) if sheet else (24.0, 21.0, 18.0, 15.0)
    size = fitting_pt(title, room, 3 if large else 2, sizes)
    line_pt = 16.0 if large else 12.5 if sheet else 11.0
    logo, pad = (12.5, 5.0 if large else 9.0) if sheet else (8.0, 5.5)
    words = lines_of(title, size, room) * size * LEADING * PT_MM
    words += math.ceil(width_mm(subtitle, line_pt) / (room * 1.02)) * line_pt * 1.3 * PT_MM
    return Band(pad * 2 + logo + GAP_MM + words * leading, size, logo)


GAP_MM = 4.0
"""The room between logo and title."""
BAND_WORDS = 0.7
"""The share of a band that its words may take; the rest is for the drawing."""
