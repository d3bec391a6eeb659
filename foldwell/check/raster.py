"""A page as pixels, with the way from its points to them.

Used where only a picture can tell: whether colour reaches the bleed, and whether a code can be
read. Layers, masks and blending are all in it, as a viewer shows them.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from PIL import Image, ImageChops

from foldwell.check.page_facts import PageFacts, whole_page
from foldwell.pdf.plane import Box, scaled, size

MOST_PIXELS = 36_000_000
"""A page is drawn more coarsely rather than with more pixels than this (A3 at 300 dpi has 17)."""


@dataclass(frozen=True)
class Raster:
    """A drawn page, not turned.

    Attributes:
        image: One byte a pixel: 255 for paper, less where anything is painted.
        scale: Pixels a point.
        origin: The left and the upper edge of the page in points.
    """

    image: Image.Image
    scale: float
    origin: tuple[float, float]

    def pixel(self, x_pt: float, y_pt: float) -> tuple[float, float]:
        """Where a point of the page lies in the image."""
        return (x_pt - self.origin[0]) * self.scale, (self.origin[1] - y_pt) * self.scale

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Where a pixel lies on the page, in points."""
        return x / self.scale + self.origin[0], self.origin[1] - y / self.scale

    def part(self, box: Box) -> Image.Image:
        """The pixels of a box; what reaches beyond the page is cut off."""
        left, upper = self.pixel(box[0], box[3])
        right, lower = self.pixel(box[2], box[1])
        width, height = self.image.size
        x0, y0 = max(math.floor(left), 0), max(math.floor(upper), 0)
        x1, y1 = min(math.ceil(right), width), min(math.ceil(lower), height)
        return self.image.crop((x0, y0, max(x1, x0), max(y1, y0)))


def draw(viewer: Any, page: PageFacts, dpi: float, *, any_ink: bool = False) -> Raster:
    """Draw a page.

    Args:
        viewer: The file as pypdfium2 has it.
        page: The page.
        dpi: Pixels an inch; fewer for a page that would have too many.
        any_ink: Let the palest colour count, be it yellow, in place of brightness.
    """
    width, height = size(page.media)
    most = math.sqrt(MOST_PIXELS / (width * height))
    scale = min(dpi / 72, most)
    shown = whole_page(viewer, page.number - 1, scaled(page.media, 1 / page.unit_pt))
    try:
        bitmap = shown.render(
            scale=scale * page.unit_pt,
            rotation=(360 - page.turn) % 360,
            grayscale=not any_ink,
            may_draw_forms=False,
        )
        image = bitmap.to_pil()
    finally:
        shown.close()
    if any_ink:
        red, green, blue = image.convert("RGB").split()
        image = ImageChops.darker(ImageChops.darker(red, green), blue)
    return Raster(image.convert("L"), scale, (page.media[0], page.media[3]))
