"""Whether two pictures show the same: drawings are compared before and after they are mended."""

from __future__ import annotations

import io
from typing import Any

MOST_DIFFERENT, MOST_IN_A_SPOT = 0.01, 0.2
"""As a share of black to white: the mean of all pixels, and of those of any one spot."""
COMPARED_PX, SPOT_PX = 600, 12
"""How large pictures are compared, and how large a spot is."""


def alike(one: Any, other: Any) -> bool:
    """Whether two pictures look the same on paper.

    Args:
        one: A picture as Pillow has it; what it lets through is white.
        other: Another, of about the same size.
    """
    from PIL import Image, ImageChops

    papers = [Image.new("RGBA", one.size, "white") for _ in range(2)]
    for paper, picture in zip(papers, (one, other), strict=True):
        paper.alpha_composite(picture.convert("RGBA").resize(one.size))
    steps: Any = ImageChops.difference(*(paper.convert("RGB") for paper in papers)).convert("L")
    worst = steps.reduce(SPOT_PX).getextrema()[1] / 255
    mean = steps.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0)) / 255
    return bool(mean < MOST_DIFFERENT and worst < MOST_IN_A_SPOT)


def drawn(svg: str, width: int | None = None, height: int | None = None) -> Any:
    """A drawing as a picture, which resvg makes of it.

    Args:
        svg: The file.
        width: How many pixels across.
        height: How many down, where nothing is said of its width.

    Raises:
        ValueError: If it cannot be drawn.
    """
    import resvg_py
    from PIL import Image

    png = resvg_py.svg_to_bytes(
        svg_string=svg, skip_system_fonts=True, dpi=96, width=width, height=height
    )
    return Image.open(io.BytesIO(bytes(png)))
