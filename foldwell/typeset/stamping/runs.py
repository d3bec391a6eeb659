"""Runs of text in the holes of pages, as checks ask for them."""

from __future__ import annotations

from typing import Any

from weasyprint.formatting_structure import boxes

from foldwell.content.colours import as_hex
from foldwell.typeset.stamping.shapes import Path, box_at
from foldwell.typeset.stamping.strokes import Stroke

Run = tuple[str, float, float, tuple[float, float, float, float]]
"""Words by their colour, size in points, weight, and place in points from the lower left."""
SLACK = 0.01


def in_its_block(page: Any, path: Path) -> bool:
    """Whether a run of text stands between the edges of the block that holds it."""
    above = [box_at(page, path[:end]) for end in range(1, len(path) + 1)]
    run, block = above[-1], page
    for box in above:
        if isinstance(box, boxes.BlockContainerBox):
            block = box
    left, right = block.content_box_x(), block.content_box_x() + block.width
    return bool(left - SLACK <= run.position_x and run.position_x + run.width <= right + SLACK)


def run_of(stroke: Stroke, box: Any) -> Run:
    """Words in a hole, for checks."""
    place = stroke.ctm.transform_point
    x, y = box.position_x, box.position_y
    corners = [place(x + dx, y + dy) for dx in (0, box.width) for dy in (0, box.height)]
    across, along = zip(*corners, strict=True)
    style = box.style
    colour = as_hex(style["color"].to("srgb").coordinates)
    a, b, c, d = stroke.ctm.values[:4]
    size = style["font_size"] * abs(a * d - b * c) ** 0.5
    bounds = min(across), min(along), max(across), max(along)
    return colour, size, style["font_weight"], bounds
