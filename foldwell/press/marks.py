"""Printers' marks: crop, fold and registration marks, the bar of colours, the slug line's place.

Marks stand outside the bleed: crop marks are 5 mm long and start 1 mm outside it; fold marks
are dashed, in the same zone. A registration target never stands on a fold or a cut. A press
sheet that carries several pieces gets a bar of colours, by which a printer measures the inks.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from pikepdf import Array, Dictionary, Name

from foldwell.paper.sheets import Side, mark_zone_mm
from foldwell.press.drawing import Drawing

HAIRLINE_PT = 0.25
REGISTRATION = "/Registration"
_RADIUS_MM, _ARM_MM = 1.5, 2.3
_APART_MM = 0.7
"""How far a target stays from the lines beside it."""
_SLUG_PT, _SLUG_ON_SHEET_PT, _SLUG_BASELINE_MM = 7.0, 6.0, 8.1
_PATCH_MM, _LEAST_PATCH_MM = 5.0, 2.5
BAR: tuple[tuple[float, float, float, float], ...] = (
    (1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1),
    (0.5, 0, 0, 0), (0, 0.5, 0, 0), (0, 0, 0.5, 0), (0, 0, 0, 0.5),
    (0, 1, 1, 0), (1, 0, 1, 0), (1, 1, 0, 0), (0.5, 0.4, 0.4, 0),
)  # fmt: skip
"""The bar of colours: each ink, its half tone, two inks over each other, and a grey of three."""


def registration_space() -> Array:
    """The colour space that prints in every ink (ISO 32000-1, 8.6.6.4)."""
    tint = Dictionary(FunctionType=2, N=1, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[1, 1, 1, 1])
    return Array([Name.Separation, Name.All, Name.DeviceCMYK, tint])


def press_marks(side: Side, around_mm: float, bleed_mm: float) -> Drawing:
    """The marks of one press sheet side.

    Args:
        side: The side.
        around_mm: How far the page reaches beyond the side on every edge; 0 for a press sheet,
            whose marks stand on it.
        bleed_mm: The bleed.
    """
    drawing = Drawing(around_mm, around_mm)
    drawing.op("q")
    drawing.registration_colour(Name(REGISTRATION))
    drawing.op("w", HAIRLINE_PT)
    trim = side.trim
    start, end = mark_zone_mm(bleed_mm)
    crop_xs, fold_xs = _upright(side)
    crop_ys = _distinct(y for box in side.trims for y in (box.y_mm, box.top_mm))
    fold_ys = _distinct(y for lines in (side.lying_folds, side.cuts) for y, _, _ in lines)
    room = {
        "lower": trim.y_mm + around_mm,
        "upper": side.height_mm - trim.top_mm + around_mm,
        "left": trim.x_mm + around_mm,
        "right": side.width_mm - trim.right_mm + around_mm,
    }

    def across(xs: list[float], ys: list[float]) -> None:
        """Marks at both ends of upright and of lying lines, as long as the page allows."""
        for x in xs:
            low, high = (min(end, room[edge]) for edge in ("lower", "upper"))
            drawing.line(x, trim.y_mm - start, x, trim.y_mm - low)
            drawing.line(x, trim.top_mm + start, x, trim.top_mm + high)
        for y in ys:
            left, right = (min(end, room[edge]) for edge in ("left", "right"))
            drawing.line(trim.x_mm - start, y, trim.x_mm - left, y)
            drawing.line(trim.right_mm + start, y, trim.right_mm + right, y)

    across(crop_xs, crop_ys)
    if fold_xs or fold_ys:
        drawing.dashes(1.2, 0.8)
        across(fold_xs, fold_ys)
        drawing.dashes()
    middle_x = _clear([*crop_xs, *fold_xs])
    middle_y = _clear([*crop_ys, *fold_ys])
    for edge, space in room.items():
        if around_mm > 0:
            arm, out = _ARM_MM, end + _ARM_MM + 0.3
        else:  # among the marks
            arm = min(_ARM_MM, (space - start) / 2 - 0.1)
            out = start + arm + 0.1
        if edge in ("lower", "upper") and middle_x is not None:
            y = trim.y_mm - out if edge == "lower" else trim.top_mm + out
            _target(drawing, middle_x, y, arm)
        elif edge in ("left", "right") and middle_y is not None:
            x = trim.x_mm - out if edge == "left" else trim.right_mm + out
            _target(drawing, x, middle_y, arm)
    if around_mm == 0:
        lines = _across(crop_xs, fold_xs)
        _bar(drawing, lines, trim.top_mm + start, min(end, room["upper"]) - start)
    drawing.op("Q")
    return drawing


def slug_place(
    side: Side, around_mm: float, bleed_mm: float
) -> tuple[tuple[float, float], float, float]:
    """Where the line of job facts stands below a side, as far as it has room.

    Args:
        side: The side.
        around_mm: As for its marks.
        bleed_mm: The bleed.

    Returns:
        Where it starts on the page, in mm; its size in points; the room for it in mm.
    """
    trim, (_, end) = side.trim, mark_zone_mm(bleed_mm)
    if around_mm > 0:
        place = trim.x_mm + around_mm, trim.y_mm - end - _SLUG_BASELINE_MM + around_mm
        return place, _SLUG_PT, trim.width_mm
    # It stands between the first two marks, the bar of colours in the widest gap.
    first = min(x for x in _across(*_upright(side)) if x > trim.x_mm + 1)
    low = min(end, trim.y_mm)
    return (trim.x_mm + 3, trim.y_mm - low + 0.5), _SLUG_ON_SHEET_PT, first - trim.x_mm - 6


def _upright(side: Side) -> tuple[list[float], list[float]]:
    """Where the upright edges of the pieces on a side stand, and its upright folds."""
    edges = _distinct(x for box in side.trims for x in (box.x_mm, box.right_mm))
    return edges, _distinct(x for x, _, _ in side.folds)


def _across(crop_xs: list[float], fold_xs: list[float]) -> list[float]:
    """What stands along an edge of a side, from the left: marks, and the ends of the target."""
    middle = _clear([*crop_xs, *fold_xs])
    targets = [] if middle is None else [middle - _ARM_MM, middle + _ARM_MM]
    return sorted([*crop_xs, *fold_xs, *targets])


def _distinct(values: Iterable[float]) -> list[float]:
    return sorted({round(value, 3) for value in values})


def _clear(lines: list[float]) -> float | None:
    """The place nearest to the middle of some lines where a target stands on none of them."""
    lines = sorted(lines)
    middle, clear = (lines[0] + lines[-1]) / 2, _ARM_MM + _APART_MM
    places = [
        min(max(middle, before + clear), after - clear)
        for before, after in pairwise(lines)
        if after - before >= 2 * clear
    ]
    return min(places, key=lambda place: abs(place - middle), default=None)


def _target(drawing: Drawing, x: float, y: float, arm_mm: float) -> None:
    drawing.circle(x, y, min(_RADIUS_MM, arm_mm * 0.65))
    drawing.line(x - arm_mm, y, x + arm_mm, y)
    drawing.line(x, y - arm_mm, x, y + arm_mm)


def _bar(drawing: Drawing, lines: list[float], y: float, tall_mm: float) -> None:
    """The bar of colours in the widest gap between some lines; none where all are too narrow."""
    before, after = max(pairwise(lines), key=lambda gap: gap[1] - gap[0])
    width = min(_PATCH_MM, (after - before - 4) / len(BAR))
    if width < _LEAST_PATCH_MM:
        return
    x = (before + after - width * len(BAR)) / 2
    for index, ink in enumerate(BAR):
        drawing.op("k", *(float(part) for part in ink))
        drawing.rectangle(x + index * width, y, width, tall_mm)
