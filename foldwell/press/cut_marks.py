"""Cut marks of desktop sheets: where the pieces that stand on one sheet are cut apart."""

from __future__ import annotations

from foldwell.paper.formats import OFFICE_MARGIN_MM
from foldwell.paper.sheets import MARK_LENGTH_MM, Side
from foldwell.press.drawing import Drawing

HAIRLINE_PT = 0.25
_CROSS_MM = 1.5


def cut_marks(side: Side) -> Drawing:
    """Where to cut the pieces on a desktop sheet apart: ticks at its edges, crosses between."""
    drawing = Drawing()
    drawing.op("q")
    drawing.op("G", 0.35)
    drawing.op("w", HAIRLINE_PT)
    xs, ys = cut_lines(side)
    trim, width, height = side.trim, side.width_mm, side.height_mm
    for x in xs:
        for edge, flip in ((trim.y_mm, False), (height - trim.top_mm, True)):
            start, end = office_tick(edge)
            low, high = (height - end, height - start) if flip else (start, end)
            drawing.line(x, low, x, high)
    for y in ys:
        for edge, flip in ((trim.x_mm, False), (width - trim.right_mm, True)):
            start, end = office_tick(edge)
            low, high = (width - end, width - start) if flip else (start, end)
            drawing.line(low, y, high, y)
    for x in xs:
        for y in ys:
            clear = OFFICE_MARGIN_MM + _CROSS_MM
            if clear < x < width - clear and clear < y < height - clear:
                drawing.line(x - _CROSS_MM, y, x + _CROSS_MM, y)
                drawing.line(x, y - _CROSS_MM, x, y + _CROSS_MM)
    drawing.op("Q")
    return drawing


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
