"""Sheets: what stands where on each side of the paper, for a desktop printer or a press.

A plan of sides is made from a geometry and the number of typeset pages; nothing here touches a
PDF. All lengths are millimetres, measured from the lower left corner of the side.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from foldwell.press.formats import OFFICE_MARGIN_MM
from foldwell.press.geometry import Geometry, Spot

PAPER_THICKNESS_MM = 0.1
"""Of a usual text stock, 90 to 115 g/m²."""
CREEP_FROM_MM = 0.5
"""Creep below this is not worth correcting."""
CREEP_ROOM_MM = 2.0
"""Colour that a stitched page needs beyond its bleed, because creep moves the page inwards."""
MARK_OFFSET_MM = 3.0
"""How far outside the trim crop and fold marks start, or at the bleed if that is further."""
MARK_LENGTH_MM = 5.0
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
    """

    width_mm: float
    height_mm: float
    trims: tuple[Box, ...]
    placements: tuple[Placement, ...]
    folds: tuple[tuple[float, float, float], ...] = ()

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
    geometry: Geometry, pages: int, *, flows: bool = False, right_to_left: bool = False
) -> tuple[Side, ...]:
    """The sides of the trimmed sheet or sheets.

    Args:
        geometry: The format on its paper, already mirrored for a right-to-left language.
        pages: How many typeset pages there are.
        flows: Whether each page is a side of its own, as many as there are.
        right_to_left: Whether a stitched booklet is bound on its right edge.
    """
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
    for index, spot in enumerate(spots):
        if spot.panel >= pages:
            continue  # an empty back
        panel = geometry.panels[0 if flows else spot.panel]
        size = (panel.width_mm, panel.height_mm)
        across, tall = size if spot.turn % 180 == 0 else size[::-1]
        left = bleed if index == 0 else 0
        right = bleed if index == len(spots) - 1 else 0
        box = Box(spot.x_mm, height - tall, across, tall)
        placements.append(Placement(spot.panel, box, spot.turn, (left, bleed, right, bleed)))
    folds = tuple((spot.x_mm, 0.0, height) for spot in spots[1:])
    return Side(width, height, (Box(0, 0, width, height),), tuple(placements), folds)


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
    start = max(MARK_OFFSET_MM, bleed_mm)
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
    edge = mark_zone_mm(bleed_mm)[1]
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
    trims, placements, folds = [], [], []
    for x, y in corners:
        trims += [trim.moved(x, y) for trim in side.trims]
        placements += [replace(p, box=p.box.moved(x, y)) for p in side.placements]
        folds += [(fold + x, start + y, end + y) for fold, start, end in side.folds]
    return Side(paper[0], paper[1], tuple(trims), tuple(placements), tuple(folds))


def cut_lines(side: Side) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Where pieces are cut apart: distances from the left and from the lower edge.

    The edges of the paper itself are not cut, nor is what a desktop printer could not mark.
    """
    xs = {round(x, 3) for trim in side.trims for x in (trim.x_mm, trim.right_mm)}
    ys = {round(y, 3) for trim in side.trims for y in (trim.y_mm, trim.top_mm)}
    clear = OFFICE_MARGIN_MM
    return (
        tuple(sorted(x for x in xs if clear <= x <= side.width_mm - clear)),
        tuple(sorted(y for y in ys if clear <= y <= side.height_mm - clear)),
    )


def office_tick(edge_mm: float) -> tuple[float, float]:
    """Where a cut mark stands between the paper's edge and the pieces.

    Args:
        edge_mm: Distance of the pieces from the paper's edge.

    Returns:
        Start and end, as distances from the paper's edge; where there is no room outside the
        pieces it reaches a little into their empty margin.
    """
    if edge_mm >= OFFICE_MARGIN_MM + 3:
        end = edge_mm - 1
        return max(OFFICE_MARGIN_MM, end - MARK_LENGTH_MM), end
    return OFFICE_MARGIN_MM, OFFICE_MARGIN_MM + 3
