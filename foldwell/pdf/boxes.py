"""The boxes of a page, and what else says how it lies (ISO 32000-1, 7.7.3 and 14.11.2)."""

from __future__ import annotations

from typing import Any

from pikepdf import Dictionary

from foldwell.pdf.content_stream import numbers, plain_value
from foldwell.pdf.plane import Box, scaled

_INHERITED = ("/MediaBox", "/CropBox")
_PARENTS = 40


def inherited(item: Any, key: str) -> Any:
    """A value of a page, or of the nodes above it (ISO 32000-1, 7.7.3.4)."""
    for _ in range(_PARENTS):
        if not isinstance(item, Dictionary):
            return None
        if key in item:
            return item[key]
        item = item.get("/Parent")
    return None


def page_box(page: Any, key: str, unit_pt: float = 1.0) -> Box | None:
    """A box of a page in points, its edges in order; None where there is none, or it is empty.

    Args:
        page: The page's dictionary.
        key: Which box, such as ``/TrimBox``.
        unit_pt: Points a unit of the page.
    """
    item = inherited(page, key) if key in _INHERITED else page.get(key)
    edges = upright(item)
    if edges is None or edges[2] <= edges[0] or edges[3] <= edges[1]:
        return None
    return scaled(edges, unit_pt)


def upright(item: Any) -> Box | None:
    """A rectangle as the standard writes it, by any two corners; None where it is none."""
    values = plain_value(item)
    edges = numbers(values, 4) if isinstance(values, list) and len(values) == 4 else None
    if edges is None:
        return None
    x0, y0, x1, y1 = edges
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def user_unit(page: Any) -> float:
    """Points a unit of a page; 1 where it says nothing sensible."""
    unit_pt = plain_value(page.get("/UserUnit", 1))
    return unit_pt if type(unit_pt) is float and 0.01 < unit_pt < 1000 else 1.0


def turned_by(page: Any) -> int:
    """By how many degrees a viewer turns a page clockwise: 0, 90, 180 or 270."""
    turn = plain_value(inherited(page, "/Rotate") or 0)
    return int(turn) // 90 * 90 % 360
