"""Words that would be printed over other words, and the words and places of a page."""

from __future__ import annotations

from typing import Any

from weasyprint.formatting_structure import boxes

from foldwell.typeset.units import PX_PER_MM

OVERLAP_MM = 0.4
"""How far words may reach over each other sideways; some letters lean over a little."""


CORE = 0.25
"""The share of the height of a line, at its head and foot, that holds no letters or few."""


def overlaps(page: Any) -> tuple[tuple[str, str], ...]:
    """Pairs of words of one page, feet among them, that are printed over each other."""
    words = sorted(
        (
            box.position_y + CORE * box.height,
            box.position_y + (1 - CORE) * box.height,
            box.position_x,
            box.position_x + box.width,
            box.text.strip(),
        )
        for box in page.descendants()
        if isinstance(box, boxes.TextBox) and box.text.strip()
    )
    found, near = [], list[tuple[float, float, float, float, str]]()
    for word in words:
        top, _, left, right, text = word
        near = [other for other in near if other[1] > top]
        found += [
            (other[4], text)
            for other in near
            if min(right, other[3]) - max(left, other[2]) > OVERLAP_MM * PX_PER_MM
        ]
        near.append(word)
    return tuple(found)
