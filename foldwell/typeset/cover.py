"""Covers, and the bands at the head of sheets: a solid ground, a shape, a large drawing.

The drawing of a cover is one picture behind the words of its page. Its solid ground stops short
of every crease, where the least miss of a fold would show as a stripe, and runs into the bleed
at the trim. How high the ground is follows from the title, whose lines are measured here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from foldwell.content.brand import Brand
from foldwell.content.brand_roles import roles
from foldwell.content.colours import mix
from foldwell.fonts import HOUSE, characters_of
from foldwell.paper.geometry import Geometry
from foldwell.remembered import remembered
from foldwell.typeset.drawings import UNITS_PER_EM, placed
from foldwell.typeset.fonts import length_of
from foldwell.typeset.grounds import MARK_ON_SOLID, RULE_MM, ground, marked, rect
from foldwell.typeset.scripts import DEEP
from foldwell.typeset.surfaces import inks_on_paper, inks_on_solid, surfaces

PT_MM = 25.4 / 72
CREASE_MM = 4.0
"""How far the ground of a cover keeps from a crease."""
STRIP_MM, LOW_STRIP_MM = 17.0, 13.5
"""The strip at the foot of a cover, with the number to call."""
LOW_MM = 125.0
"""A cover lower than this, of a small booklet, has smaller words and a lower ground."""
LEADING = 1.2
NOTE_PT, NOTE_INSIDE_MM, NOTE_ABOVE_MM = 10.0, 6.0, 7.0
"""The size of the note of a draft, what its box takes of the width, and above and around it."""
LEAST_GROUND, LARGEST_GROUND = 0.3, 0.62


@dataclass(frozen=True)
class Cover:
    """How one cover is laid out, in mm from the panel's top and starting edge.

    Attributes:
        width_mm: The panel.
        height_mm: The same.
        ground_mm: How high the solid ground is.
        margin_mm: The margin of its words.
        title_pt: The size of its title.
        strip_mm: How high the strip at its foot is.
        crease: The edges of the panel that are creases: ``left``, ``right``, ``top``, ``bottom``.
    """

    width_mm: float
    height_mm: float
    ground_mm: float
    margin_mm: float
    title_pt: float
    strip_mm: float
    crease: frozenset[str]

    @property
    def css(self) -> str:
        """The measures that the style sheets need."""
        return (
            f":root {{ --cover-ground: {self.ground_mm:.2f}mm; --cover-margin: {self.margin_mm}mm;"
            f" --cover-title: {self.title_pt}pt; --cover-strip: {self.strip_mm}mm; }}\n"
        )


def width_mm(text: str, size_pt: float) -> float:
    """How long a line of heavy type is."""
    return length_of(text) / UNITS_PER_EM * size_pt * PT_MM


def lines_of(text: str, size_pt: float, room_mm: float) -> int:
    """How many lines a title takes; 99 where one of its words is longer than a line."""
    lines, line = 1, ""
    for word in text.split():
        if width_mm(word, size_pt) > room_mm:
            return 99
        longer = f"{line} {word}".strip()
        if width_mm(longer, size_pt) > room_mm:
            lines, line = lines + 1, word
        else:
            line = longer
    return lines


def fitting_pt(text: str, room_mm: float, most_lines: int, sizes: tuple[float, ...]) -> float:
    """The largest of some sizes at which a text takes no more than so many lines."""
    return next((s for s in sizes if lines_of(text, s, room_mm) <= most_lines), sizes[-1])


def cover_of(
    geometry: Geometry,
    title: str,
    subtitle: str,
    status: bool,
    wider: float = 1.0,
    leading: float = 1.0,
    *,
    right_to_left: bool = False,
    note: str = "",
) -> Cover:
    """The layout of the cover of a folded leaflet or booklet.

    Args:
        geometry: The format.
        title: The leaflet's title.
        subtitle: The line that says for whom.
        status: Whether a note of a draft stands on it.
        wider: How much wider than our own the brand's type is.
        leading: How much further apart its lines stand than Latin ones.
        right_to_left: Whether its language is read from right to left.
        note: The note of a draft, where it may be longer than the English one.
    """
    index = geometry.names.index("cover") if "cover" in geometry.names else 0
    panel = geometry.panels[index]
    width, height = panel.width_mm, panel.height_mm
    low = height < LOW_MM
    strip = LOW_STRIP_MM if low else STRIP_MM
    margin = 12.0 if width > 115 else 8.0 if width > 80 else 6.5
    room = (width - CREASE_MM - 2 * margin) / wider
    sizes: tuple[float, ...] = (40.0, 36.0, 32.0) if width > 115 else (32.0, 29.0, 26.0)
    if width < 80:
        sizes = (25.0, 23.0, 21.0)
    sizes = (20.0, 18.0, 16.0) if low else (*sizes, sizes[-1] - 3, 18.0)
    size = fitting_pt(title, room, 2 if low else 3, sizes)
    line_pt = 11.0 if low else 14.0
    long = len(subtitle) * line_pt * 0.5 * PT_MM
    if not set(subtitle) <= characters_of(
        HOUSE
    ):  # letters of other scripts are as wide as they are
        long = width_mm(subtitle, line_pt)
    words = math.ceil(long / room) * line_pt * 1.3 * PT_MM
    if status:
        lines = lines_of(note, NOTE_PT, room - NOTE_INSIDE_MM) if note else 0
        box = lines * NOTE_PT * 1.3 * PT_MM + NOTE_ABOVE_MM
        words += max(box, 15 if low else 16 if width > 80 else 24)
    least = (LEAST_GROUND if low else 0.42) * height

    def left_mm(size: float) -> float:
        """What words with a title of some size leave for the ground."""
        own = lines_of(title, size, room) * size * LEADING * PT_MM
        return height - strip - (words + own) * leading - (9 if low else 20)

    if leading >= DEEP:  # lines so far apart may leave less than the ground needs
        size = next((s for s in sizes if s <= size and left_mm(s) >= least), sizes[-1])
    high = left_mm(size)
    high = min(max(high, least), LARGEST_GROUND * height)
    return Cover(
        width,
        height,
        high,
        margin,
        size,
        strip,
        creases(geometry, index, right_to_left=right_to_left),
    )


def creases(geometry: Geometry, index: int, *, right_to_left: bool = False) -> frozenset[str]:
    """The edges of a panel that are folded.

    Args:
        geometry: The format, already mirrored for a right-to-left language.
        index: The panel.
        right_to_left: Whether a stitched booklet is bound on its right edge.
    """
    if geometry.binding == "stitched":
        return frozenset(["right" if right_to_left else "left"])
    for side in geometry.sides:
        places = [spot.panel for spot in side]
        if index in places:
            at = places.index(index)
            found = set()
            if at and side[at].x_mm > side[at - 1].x_mm:
                found.add("left")
            if at + 1 < len(places) and side[at + 1].x_mm > side[at].x_mm:
                found.add("right")
            return frozenset(found)
    return frozenset()


@remembered(256)
def cover_drawing(
    brand: Brand,
    cover: Cover,
    bleed_mm: float,
    drawing: tuple[str, str],
    strip: str,
    solid: bool,
    mark: str = "",
) -> bytes:
    """The picture behind a cover, as large as the panel and its bleed.

    Args:
        brand: Whose colours and shape it has.
        cover: Its measures.
        bleed_mm: How far it runs over the trim.
        drawing: The name of the topic's drawing, and the emergency number.
        strip: ``emergency`` or ``phone``: what the strip at its foot is for.
        solid: Whether the ground is solid; else it is left white, to save ink.
        mark: The pale word of a draft as a path, to be seen on a solid ground too.
    """
    left, top = (CREASE_MM if edge in cover.crease else -bleed_mm for edge in ("left", "top"))
    right = cover.width_mm - (CREASE_MM if "right" in cover.crease else -bleed_mm)
    bottom = cover.height_mm - (CREASE_MM if "bottom" in cover.crease else -bleed_mm)
    box = (left, top, right, cover.ground_mm)
    s = surfaces(brand)
    strip_top = cover.height_mm - cover.strip_mm
    colour = roles(brand).alarm if strip == "emergency" else s.solid
    head = 34.0 if cover.width_mm > 80 else 28.0
    head = 17.0 if cover.height_mm < LOW_MM else head
    high = cover.ground_mm - head - (3 if cover.height_mm < LOW_MM else 6)
    size = (cover.width_mm - 2 * cover.margin_mm, high)
    centre = (left + cover.width_mm - (CREASE_MM if "right" in cover.crease else 0)) / 2
    place = (centre - size[0] / 2, head, size[0], high)
    parts = ground(brand, box, (centre, head + high * 0.5), high, solid)
    if solid and mark:
        parts += marked(mark, box, mix(s.on_solid, s.solid, MARK_ON_SOLID))
    parts += placed(
        drawing[0], (inks_on_solid if solid else inks_on_paper)(brand), drawing[1], place
    )
    if solid:
        parts += rect((left, strip_top, right, bottom), colour)
    else:
        parts += rect((left, strip_top, right, strip_top + RULE_MM / 2), colour)
    view = f"{-bleed_mm} {-bleed_mm} {cover.width_mm + 2 * bleed_mm} "
    view += f"{cover.height_mm + 2 * bleed_mm}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}">{parts}</svg>'.encode()


@remembered(256)
def spot_drawing(brand: Brand, drawing: tuple[str, str], solid: bool = False) -> bytes:
    """The drawing of a topic on a soft round shape, 100 units wide and high.

    Args:
        brand: Whose colours it has.
        drawing: The name of the topic's drawing, and the emergency number.
        solid: Whether it stands on a solid ground.
    """
    s = surfaces(brand)
    shade = s.shapes[0] if solid else s.tint
    inks = (inks_on_solid if solid else inks_on_paper)(brand)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">'
        f'<circle cx="50" cy="50" r="50" fill="{shade}"/>'
        f"{placed(drawing[0], inks, drawing[1], (17, 17, 66, 66))}</svg>"
    ).encode()
