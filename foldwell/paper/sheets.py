"""Sheets: what stands where on each side of the paper, for a desktop printer or a press.

A plan of sides is made from a geometry and the number of typeset pages; nothing here touches a
PDF. All lengths are millimetres, measured from the lower left corner of the side.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from foldwell.paper.crease_lines import Line, crease_lines
from foldwell.paper.geometry import SLACK_MM, Geometry, Spot

PAPER_THICKNESS_MM = 0.1
"""Of a usual text stock, 90 to 115 g/m²."""
CREEP_FROM_MM = 0.5
"""Creep below this is not worth correcting."""
CREEP_ROOM_MM = 2.0
"""Colour that a stitched page needs beyond its bleed, because creep moves the page inwards."""
MARK_OFFSET_MM = 1.0
"""How far outside the bleed crop and fold marks start."""
MARK_LENGTH_MM = 5.0
LEAST_MARK_MM = 4.0
"""What is left of a mark that the edge of a press sheet cuts off."""
SLUG_MM = 20.0
"""The width of the zone around a press sheet that holds marks, targets and the slug line."""
PRESS_SHEETS_MM = {"sra3": (450.0, 320.0)}


@dataclass(frozen=True)
class Box:
    """A rectangle on a side: lower left corner and size."""

    x_mm: float
    y_mm: float
    width_mm: float
    height_mm: float

    @property
    def right_mm(self) -> float:
        """The right edge."""
        return self.x_mm + self.width_mm

    @property
    def top_mm(self) -> float:
        """The upper edge."""
        return self.y_mm + self.height_mm

    def moved(self, x_mm: float, y_mm: float) -> Box:
        """The same rectangle elsewhere."""
        return replace(self, x_mm=self.x_mm + x_mm, y_mm=self.y_mm + y_mm)


@dataclass(frozen=True)
class Placement:
    """One typeset page on one side.

    Attributes:
        page: The index of the typeset page, from 0.
        box: The place of the trimmed page on the side.
        turn: Clockwise turn in degrees.
        over_mm: How far the page may paint beyond its left, lower, right and upper edge: the
            bleed at a trimmed edge, 0 at a fold.
        shift_mm: How far the page is moved to the right inside its place (creep).
    """

    page: int
    box: Box
    turn: int = 0
    over_mm: tuple[float, float, float, float] = (0, 0, 0, 0)
    shift_mm: float = 0


@dataclass(frozen=True)
class Side:
    """One side of a sheet.

    Attributes:
        width_mm: Its width: the trimmed sheet's, or the paper's that carries it.
        height_mm: Its height.
        trims: The trimmed pieces on it, one or more.
        placements: What stands where.
        folds: Upright folds: distance from the left edge, lower and upper end.
        lying_folds: Lying folds: distance from the lower edge, left and right end.
        cuts: Lying slits that are cut before folding: the same.
    """

    width_mm: float
    height_mm: float
    trims: tuple[Box, ...]
    placements: tuple[Placement, ...]
    folds: tuple[Line, ...] = ()
    lying_folds: tuple[Line, ...] = ()
    cuts: tuple[Line, ...] = ()

    @property
    def trim(self) -> Box:
        """What is left when everything outside the pieces is cut away."""
        x = min(box.x_mm for box in self.trims)
        y = min(box.y_mm for box in self.trims)
        return Box(
            x,
            y,
            max(box.right_mm for box in self.trims) - x,
            max(box.top_mm for box in self.trims) - y,
        )


def flat_sides(
    geometry: Geometry,
    pages: int,
    *,
    flows: bool = False,
    right_to_left: bool = False,
    single_pages: bool = False,
) -> tuple[Side, ...]:
    """The sides of the trimmed sheet or sheets.

    Args:
        geometry: The format on its paper, already mirrored for a right-to-left language.
        pages: How many typeset pages there are.
        flows: Whether each page is a side of its own, as many as there are.
        right_to_left: Whether a stitched booklet is bound on its right edge.
        single_pages: Whether the pages of a stitched booklet are left single, in reading order
            and with bleed all round, for a print shop that imposes them itself.
    """
    if geometry.binding == "stitched" and single_pages:
        page = replace(geometry, sheet_mm=geometry.finished_mm, binding="none")
        return tuple(_side(page, (Spot(index, 0),), pages, True) for index in range(pages))
    if geometry.binding == "stitched":
        return _stitched(geometry, pages, right_to_left)
    sides = geometry.sides
    if flows:
        sides = tuple((Spot(index, 0),) for index in range(pages))
    return tuple(_side(geometry, side, pages, flows) for side in sides)


def _side(geometry: Geometry, spots: tuple[Spot, ...], pages: int, flows: bool) -> Side:
    width, height = geometry.sheet_mm
    bleed = geometry.bleed_mm
    placements = []
    for spot in spots:
        if spot.panel >= pages:
            continue  # an empty back
        across, tall = geometry.span_mm(replace(spot, panel=0) if flows else spot)
        box = Box(spot.x_mm, spot.y_mm, across, tall)
        over = (
            box.x_mm < SLACK_MM,
            box.y_mm < SLACK_MM,
            box.right_mm > width - SLACK_MM,
            box.top_mm > height - SLACK_MM,
        )
        left, lower, right, upper = (bleed if outer else 0.0 for outer in over)
        placements.append(Placement(spot.panel, box, spot.turn, (left, lower, right, upper)))
    trims = (Box(0, 0, width, height),)
    lines = ((), (), ()) if flows else crease_lines(geometry, spots)
    return Side(width, height, trims, tuple(placements), *lines)


def _stitched(geometry: Geometry, pages: int, right_to_left: bool) -> tuple[Side, ...]:
    """Printer's spreads: sheet i of n pages, from the outside, carries n-2i+2, 2i-1 | 2i, n-2i+1.

    Raises:
        ValueError: If the pages are no multiple of four.
    """
    if pages % 4:
        raise ValueError(f"{pages} pages cannot be stitched")
    width, height = geometry.sheet_mm
    half, bleed = width / 2, geometry.bleed_mm
    sheets = pages // 4
    thickness = PAPER_THICKNESS_MM if creep_mm(sheets) >= CREEP_FROM_MM else 0.0
    sides = []
    for sheet in range(1, sheets + 1):
        front = (pages - 2 * sheet + 2, 2 * sheet - 1)
        back = (2 * sheet, pages - 2 * sheet + 1)
        for left, right in (front, back):
            if right_to_left:
                left, right = right, left
            # Inner sheets stand out of the folded booklet, so their pages move to the fold.
            shift = (sheet - 1) * thickness
            placements = (
                Placement(left - 1, Box(0, 0, half, height), 0, (bleed, bleed, 0, bleed), shift),
                Placement(
                    right - 1, Box(half, 0, half, height), 0, (0, bleed, bleed, bleed), -shift
                ),
            )
            fold = ((half, 0.0, height),)
            sides.append(Side(width, height, (Box(0, 0, width, height),), placements, fold))
    return tuple(sides)


def creep_mm(sheets: int) -> float:
    """How far the innermost of some folded sheets stands out before trimming."""
    return (sheets - 1) * PAPER_THICKNESS_MM


def mark_zone_mm(bleed_mm: float) -> tuple[float, float]:
    """Where crop and fold marks start and end, as distances from the trim."""
    start = bleed_mm + MARK_OFFSET_MM
    return start, start + MARK_LENGTH_MM


def on_paper(sides: tuple[Side, ...], paper_mm: tuple[float, float]) -> tuple[Side, ...]:
    """The same sides, as many copies as fit, in the middle of a desktop paper.

    The paper may lie or stand; pieces as large as it, or larger, are left as they are.

    Args:
        sides: Sides of the trimmed sheet, all of one size.
        paper_mm: The paper's short and long edge.
    """
    return _several(sides, paper_mm, gutter_mm=0, edge_mm=0)


def on_press_sheet(
    sides: tuple[Side, ...], sheet_mm: tuple[float, float], bleed_mm: float
) -> tuple[Side, ...]:
    """As many copies as fit on a press sheet, with the bleed of both between two of them.

    Returns:
        The new sides; the old ones where the sheet is too small for one copy.
    """
    edge = mark_zone_mm(bleed_mm)[0] + LEAST_MARK_MM
    return _several(sides, sheet_mm, gutter_mm=2 * bleed_mm, edge_mm=edge)


def _several(
    sides: tuple[Side, ...], paper_mm: tuple[float, float], gutter_mm: float, edge_mm: float
) -> tuple[Side, ...]:
    width, height = sides[0].width_mm, sides[0].height_mm
    best = (0, 0, 0, paper_mm)
    for paper in (tuple(sorted(paper_mm)), tuple(sorted(paper_mm, reverse=True))):
        columns, rows = (
            int((room - 2 * edge_mm + gutter_mm + 1e-6) // (size + gutter_mm))
            for room, size in zip(paper, (width, height), strict=True)
        )
        best = max(best, (columns * rows, columns, rows, (paper[0], paper[1])))
    count, columns, rows, paper = best
    if count == 0 or (abs(paper[0] - width) < 0.1 and abs(paper[1] - height) < 0.1):
        return sides
    left = (paper[0] - columns * width - (columns - 1) * gutter_mm) / 2
    lower = (paper[1] - rows * height - (rows - 1) * gutter_mm) / 2
    corners = [
        (left + column * (width + gutter_mm), lower + row * (height + gutter_mm))
        for row in reversed(range(rows))
        for column in range(columns)
    ]
    return tuple(_copied(side, paper, corners) for side in sides)


def _copied(side: Side, paper: tuple[float, float], corners: list[tuple[float, float]]) -> Side:
    def lying(lines: tuple[Line, ...]) -> tuple[Line, ...]:
        return tuple((at + y, a + x, b + x) for x, y in corners for at, a, b in lines)

    return Side(
        paper[0],
        paper[1],
        tuple(trim.moved(x, y) for x, y in corners for trim in side.trims),
        tuple(replace(p, box=p.box.moved(x, y)) for x, y in corners for p in side.placements),
        tuple((at + x, a + y, b + y) for x, y in corners for at, a, b in side.folds),
        lying(side.lying_folds),
        lying(side.cuts),
    )
