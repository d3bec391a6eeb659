"""Printers' marks: crop, fold and registration marks, slug lines, and cut marks for the office.

Marks stand outside the bleed: crop marks are 5 mm long and start 3 mm outside the trim, or at
the bleed if that is further; fold marks are dashed, in the same zone.
"""

from __future__ import annotations

from pikepdf import Array, Dictionary, Name

from foldwell.press.drawing import Drawing
from foldwell.press.sheets import (
    Side,
    mark_zone_mm,
)

HAIRLINE_PT = 0.25
REGISTRATION = Name("/Registration")
_TARGET_MM = 10.8
"""From the trim to the middle of a registration target, or further where a wide bleed asks."""
_RADIUS_MM, _ARM_MM = 1.5, 2.3
_SLUG_PT, _SLUG_BASELINE_MM = 7.0, 8.1
_CROSS_MM = 1.5


def registration_space() -> Array:
    """The colour space that prints in every ink (ISO 32000-1, 8.6.6.4)."""
    tint = Dictionary(FunctionType=2, N=1, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1])
    return Array([Name.Separation, Name.All, Name.DeviceCMYK, tint])


def press_marks(side: Side, slug: str, around_mm: float, bleed_mm: float) -> Drawing:
    """The marks of one press sheet side.

    Args:
        side: The side.
        slug: The line of job facts below the sheet.
        around_mm: How far the page reaches beyond the side on every edge.
        bleed_mm: The bleed.
    """
    drawing = Drawing(around_mm, around_mm)
    drawing.op("q")
    drawing.registration_colour(REGISTRATION)
    drawing.op("w", HAIRLINE_PT)
    trim = side.trim
    start, end = mark_zone_mm(bleed_mm)
    below, above = trim.y_mm, trim.top_mm
    before, after = trim.x_mm, trim.right_mm
    for x in sorted({round(v, 3) for box in side.trims for v in (box.x_mm, box.right_mm)}):
        drawing.line(x, below - start, x, below - end)
        drawing.line(x, above + start, x, above + end)
    for y in sorted({round(v, 3) for box in side.trims for v in (box.y_mm, box.top_mm)}):
        drawing.line(before - start, y, before - end, y)
        drawing.line(after + start, y, after + end, y)
    folds = sorted({round(x, 3) for x, _, _ in side.folds})
    if folds:
        drawing.dashes(1.2, 0.8)
        for x in folds:
            drawing.line(x, below - start, x, below - end)
            drawing.line(x, above + start, x, above + end)
        drawing.dashes()
    if around_mm > 0:
        target = max(_TARGET_MM, end + _ARM_MM + 0.3)
        middle_x, middle_y = (before + after) / 2, (below + above) / 2
        for x, y in (
            (middle_x, below - target),
            (middle_x, above + target),
            (before - target, middle_y),
            (after + target, middle_y),
        ):
            drawing.circle(x, y, _RADIUS_MM)
            drawing.line(x - _ARM_MM, y, x + _ARM_MM, y)
            drawing.line(x, y - _ARM_MM, x, y + _ARM_MM)
        drawing.words(slug, before, below - end - _SLUG_BASELINE_MM, _SLUG_PT, trim.width_mm)
    else:
        # Several pieces on one sheet: the line stands between the first two marks.
        marks = [x for x in (*folds, *(box.right_mm for box in side.trims)) if x > before + 1]
        drawing.words(slug, before + 3, below - end + 0.5, 6.0, min(marks) - before - 6)
    drawing.op("Q")
    return drawing
