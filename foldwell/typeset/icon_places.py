"""Where icons and rules that mean something stand on laid out pages, for checks of the file.

Bars and rules that only adorn are not among them: the words beside them say the same.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint.formatting_structure import boxes

from foldwell.typeset.engine import Typeset

SIGNS = frozenset(["icon", "tick-box"])
"""The classes of what is no text and must be seen."""
RULES = {"fill-line": "bottom", "fill-box": "left", "block-emergency": "left"}
"""The classes whose rule must be seen, and the edge that it runs along."""
AROUND_PX, LONG_PX = 2.4, 24.0
"""How much is looked at on both sides of a rule, and how long a part of it."""
PT_PER_PX = 0.75

Place = tuple[float, float, float, float]


def icon_places(typeset: Typeset) -> list[list[Place]]:
    """For each page the boxes of its signs, in points from its lower left corner."""
    return [[*_on(page)] for page in typeset.document.pages]


def _on(page: Any) -> Iterator[Place]:
    for box in page._page_box.descendants():
        element: Any = getattr(box, "element", None)
        classes = ("" if element is None else element.get("class") or "").split()
        if not classes or not isinstance(box, boxes.ParentBox) or box.element_tag != element.tag:
            continue
        x, y = box.border_box_x(), box.border_box_y()
        wide, high = box.border_width(), box.border_height()
        if SIGNS & {*classes}:
            yield _points(page, x, y, wide, high)
        for edge in (RULES[name] for name in classes if name in RULES):
            if edge == "bottom":
                yield _points(page, x, y + high - AROUND_PX, min(wide, LONG_PX), 2 * AROUND_PX)
            else:
                middle = y + high / 2 - LONG_PX / 2
                yield _points(page, x - AROUND_PX, middle, 2 * AROUND_PX, min(high, LONG_PX))


def _points(page: Any, x: float, y: float, wide: float, high: float) -> Place:
    """A box in points, from the lower left corner of a page."""
    left, right, upper, lower = x, x + wide, page.height - y, page.height - y - high
    return (left * PT_PER_PX, lower * PT_PER_PX, right * PT_PER_PX, upper * PT_PER_PX)
