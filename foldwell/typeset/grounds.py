"""The grounds of covers and bands: solid or white, with one of the brand's shapes on them."""

from __future__ import annotations

import math
from collections.abc import Callable

from foldwell.content.brand import Brand
from foldwell.typeset.surfaces import surfaces

Box = tuple[float, float, float, float]
"""Left, top, right and bottom, in mm."""
MARK_ON_SOLID = 0.28
"""The share of white in the word of a draft where it lies on a solid ground."""
RULE_MM = 2.4
"""The band that borders the drawing of a cover that saves ink."""
CORNERS = 96
"""A ring is drawn with this many corners; at 70 mm it is round to a twentieth of a millimetre."""


def ground(
    brand: Brand,
    box: Box,
    centre: tuple[float, float],
    size: float,
    solid: bool,
    across: float | None = None,
) -> str:
    """The ground of a drawing with the brand's shape on it, or the shape alone on white."""
    s = surfaces(brand)
    shades = s.shapes if solid else s.light_shapes
    left, top, right, bottom = box
    draw = SHAPES.get(brand.defaults.foldwell.cover_shape)
    start = left if across is None else across
    shape = draw((start, top, right, bottom), centre, size, shades) if draw else ""
    if solid:
        return rect(box, s.solid) + shape
    return shape + rect((left, bottom - RULE_MM, right, bottom), s.solid)


def marked(mark: str, box: Box, colour: str) -> str:
    """The word of a draft, on the ground alone."""
    left, top, right, bottom = box
    return (
        f'<clipPath id="ground"><rect x="{left:.2f}" y="{top:.2f}" width="{right - left:.2f}"'
        f' height="{bottom - top:.2f}"/></clipPath>'
        f'<g clip-path="url(#ground)"><g fill="{colour}">{mark}</g></g>'
    )


def rect(box: Box, colour: str) -> str:
    """A box of one colour."""
    left, top, right, bottom = box
    return (
        f'<rect x="{left:.2f}" y="{top:.2f}" width="{right - left:.2f}"'
        f' height="{bottom - top:.2f}" fill="{colour}"/>'
    )


def _hills(box: Box, centre: tuple[float, float], size: float, shades: tuple[str, str]) -> str:
    """Two waves of hills, one before the other."""
    left, top, right, bottom = box
    wide, high = right - left, min(bottom - top, (right - left) * 0.9)
    far, near = bottom - high * 0.3, bottom - high * 0.13
    return (
        f'<path fill="{shades[0]}" d="M{left:.2f} {far + high * 0.16:.2f}'
        f"C{left + wide * 0.22:.2f} {far - high * 0.16:.2f} {left + wide * 0.4:.2f}"
        f" {far - high * 0.06:.2f} {left + wide * 0.58:.2f} {far + high * 0.04:.2f}"
        f"S{right - wide * 0.14:.2f} {far + high * 0.14:.2f} {right:.2f} {far - high * 0.1:.2f}"
        f'V{bottom:.2f}H{left:.2f}z"/>'
        f'<path fill="{shades[1]}" d="M{left:.2f} {bottom - high * 0.02:.2f}'
        f"C{left + wide * 0.24:.2f} {near - high * 0.08:.2f} {left + wide * 0.56:.2f}"
        f" {near + high * 0.07:.2f} {right:.2f} {near - high * 0.03:.2f}"
        f'V{bottom:.2f}H{left:.2f}z"/>'
    )


def _rays(box: Box, centre: tuple[float, float], size: float, shades: tuple[str, str]) -> str:
    """Two rays that rise from the foot to the far edge."""
    left, top, right, bottom = box
    wide, high = right - left, bottom - top
    return "".join(
        f'<path fill="{shade}" d="M{left + wide * foot:.2f} {bottom:.2f}'
        f'L{right:.2f} {top + high * edge:.2f}V{bottom:.2f}z"/>'
        for shade, foot, edge in ((shades[0], 0.38, 0.24), (shades[1], 0.68, 0.58))
    )


def _rings(box: Box, centre: tuple[float, float], size: float, shades: tuple[str, str]) -> str:
    """Two rings round the drawing, cut where the ground ends."""
    left, top, right, bottom = box
    parts = []
    x = centre[0] + size * 0.06
    for shade, radius in ((shades[0], size * 0.8), (shades[1], size * 0.6)):
        radius = min(radius, x - left - 2)  # never as far as a crease
        corners = [
            (
                min(max(x + radius * math.cos(angle), left), right),
                min(max(centre[1] + radius * math.sin(angle), top), bottom),
            )
            for angle in (2 * math.pi * n / CORNERS for n in range(CORNERS))
        ]
        points = " ".join(f"{a:.2f},{b:.2f}" for a, b in corners)
        parts.append(f'<polygon fill="{shade}" points="{points}"/>')
    return "".join(parts)


Draw = Callable[[Box, tuple[float, float], float, tuple[str, str]], str]
SHAPES: dict[str, Draw] = {"hills": _hills, "rays": _rays, "rings": _rings}
"""The shapes behind the drawing of a cover, by their names in ``brand.yml``."""
