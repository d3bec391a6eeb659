"""Where icons and other signs stand on laid out pages, for checks of the finished file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure import boxes

from foldwell.typeset.engine import Typeset

SIGNS = frozenset(["icon", "tick-box"])
"""The classes of what is no text and must be seen."""
PT_PER_PX = 0.75

Place = tuple[float, float, float, float]


def icon_places(typeset: Typeset) -> list[list[Place]]:
    """For each page the boxes of its signs, in points from its lower left corner."""
    return [[*_on(page)] for page in typeset.document.pages]


def _on(page: Any) -> Iterator[Place]:
    for box in page._page_box.descendants():
        element = getattr(box, "element", None)
        if element is None or not isinstance(box, boxes.ParentBox):
            continue
        if SIGNS & {*(element.get("class") or "").split()} and box.element_tag == element.tag:
            x, y = box.border_box_x(), box.border_box_y()
            wide, high = box.border_width(), box.border_height()
            yield (
                x * PT_PER_PX,
                (page.height - y - high) * PT_PER_PX,
                (x + wide) * PT_PER_PX,
                (page.height - y) * PT_PER_PX,
            )
