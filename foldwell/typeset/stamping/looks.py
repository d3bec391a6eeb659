"""Looks: how runs of text look on a page, as checks ask for it; values without the engine."""

from __future__ import annotations

from dataclasses import dataclass

from foldwell.pdf.plane import Box


@dataclass(frozen=True)
class Look:
    """How a run of text looks, where that has to be held to what stands behind it.

    Attributes:
        page: The number of its page.
        colour: Its colour.
        size: Its size in points.
        weight: Its weight.
        top: The head of its box, in CSS pixels.
        height: The height of its box.
        ctm: The transformations of its page, from CSS pixels to points.
    """

    page: int
    colour: str
    size: float
    weight: float
    top: float
    height: float
    ctm: tuple[float, float, float, float, float, float]

    def shown(self, x: float, width: float) -> tuple[str, float, float, Box]:
        """The run at a place, as checks have it."""
        a, b, c, d, e, f = self.ctm
        corners = [(x + dx, self.top + dy) for dx in (0, width) for dy in (0, self.height)]
        across = [a * x + c * y + e for x, y in corners]
        along = [b * x + d * y + f for x, y in corners]
        bounds = min(across), min(along), max(across), max(along)
        return self.colour, self.size, self.weight, bounds
