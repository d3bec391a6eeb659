"""Where the folds and cuts of a format lie on each side of its sheet."""

from __future__ import annotations

from collections.abc import Iterable

from foldwell.paper.geometry import SLACK_MM, Geometry, Spot

Line = tuple[float, float, float]
"""A line along an edge of the sheet: how far from the edge, where it starts and ends, in mm."""
Lines = tuple[Line, ...]


def crease_lines(geometry: Geometry, spots: tuple[Spot, ...]) -> tuple[Lines, Lines, Lines]:
    """The upright folds, the lying folds and the cuts of one side.

    A fold lies where two panels of the side meet; none is named where one panel, such as a
    poster, goes over it.

    Args:
        geometry: The format.
        spots: What stands on the side, one of its sides.
    """
    cuts = list(_cuts(geometry, spots))
    upright, lying = [], []
    for spot in spots:
        across, tall = geometry.span_mm(spot)
        upright.append((spot.x_mm, spot.y_mm, spot.y_mm + tall))
        middle = spot.x_mm + across / 2
        slit = any(abs(spot.y_mm - y) < SLACK_MM and start < middle < end for y, start, end in cuts)
        if not slit:
            lying.append((spot.y_mm, spot.x_mm, spot.x_mm + across))
    return _merged(upright), _merged(lying), _merged(cuts)


def _cuts(geometry: Geometry, spots: tuple[Spot, ...]) -> Iterable[Line]:
    """The slits as they lie on a side, column by column."""
    width, height = geometry.sheet_mm
    upright, lying = geometry.creases_mm
    xs = (0.0, *upright, width)
    first = spots == geometry.sides[0]
    for cut in geometry.cuts if spots else ():
        for left, right in zip(xs[cut.start : cut.end], xs[cut.start + 1 :], strict=False):
            y = lying[-cut.crease]
            if first and geometry.turns_over_upright:
                yield y, width - right, width - left
            else:
                yield (height - y if first else y), left, right


def _merged(lines: Iterable[Line]) -> Lines:
    """Lines inside the sheet, those that go on from one another made one."""
    found: list[Line] = []
    for at, start, end in sorted(lines):
        if at < SLACK_MM:
            continue
        if found and abs(found[-1][0] - at) < SLACK_MM and start - found[-1][2] < SLACK_MM:
            found[-1] = (found[-1][0], found[-1][1], max(end, found[-1][2]))
        else:
            found.append((at, start, end))
    return tuple(found)
