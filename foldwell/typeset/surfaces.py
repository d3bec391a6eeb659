"""The colours of a page that follow from a brand: tints, solid grounds, inks of drawings.

They follow from what the brand's colours are used for (``content.brand_roles``). Each is a mix of
two colours, so that the printing inks that a brand gives for its colours follow it too.
"""

from __future__ import annotations

import colorsys
from dataclasses import dataclass

from foldwell.content.brand import Brand
from foldwell.content.brand_roles import roles
from foldwell.content.colours import (
    BLACK,
    TEXT_CONTRAST,
    WHITE,
    contrast,
    lightness,
    mix,
    on,
    shade,
)
from foldwell.remembered import remembered
from foldwell.typeset.drawings import Inks

ROOMY_CONTRAST = 6.2
"""A ground with more contrast than this bears lighter shapes under its words."""
STEPS = 40
SOFT_CONTRAST = 1.8
"""The least contrast of a figure in a picture with the tile behind it."""
DEEP_SHARE = 0.8
"""The share of black in a drawing on a ground that bears black words: a deep tone of its hue."""


@dataclass(frozen=True)
class Surfaces:
    """The grounds and inks of one brand, each ``#rrggbb``.

    Attributes:
        solid: Covers, bands, the contact card.
        on_solid: Words and drawings on it.
        shapes: The two shapes behind the drawing of a cover.
        tint: Panels in the text, and the tiles of pictures.
        line: Rules.
        soft: A figure in a drawing, and the first phase of a timeline.
        deep: What must stand out most in a drawing or timeline.
        on_deep: Words on it.
        pale: The last phase of a timeline.
        light_shapes: The two shapes of a cover that saves ink.
    """

    solid: str
    on_solid: str
    shapes: tuple[str, str]
    tint: str
    line: str
    soft: str
    deep: str
    on_deep: str
    pale: str
    light_shapes: tuple[str, str]

    def colours(self) -> dict[str, str]:
        """All of them by the name of their CSS property."""
        return {
            "solid": self.solid,
            "on-solid": self.on_solid,
            "tint": self.tint,
            "line": self.line,
            "soft": self.soft,
            "deep": self.deep,
            "on-deep": self.on_deep,
            "pale": self.pale,
        }


@remembered(256)
def surfaces(brand: Brand) -> Surfaces:
    """The surfaces of a brand."""
    use = roles(brand)
    paper, solid, words = use.paper, use.solid, use.on_solid
    pole = WHITE if words == BLACK else BLACK
    deep = mix(use.ink, BLACK, 0.8)
    lighter = contrast(solid, words) >= ROOMY_CONTRAST
    steps = (0.065, 0.125) if lighter == (words == WHITE) else (-0.05, -0.09)
    return Surfaces(
        solid=solid,
        on_solid=words,
        shapes=tuple(  # type: ignore[arg-type]
            _passing(_shade(solid, step), pole, words) for step in steps
        ),
        tint=use.tint,
        line=mix(solid, paper, 0.35),
        soft=_visible(mix(solid, paper, 0.5), use.tint),
        deep=deep,
        on_deep=on(deep),
        pale=mix(solid, paper, 0.16),
        light_shapes=(mix(solid, paper, 0.1), mix(solid, paper, 0.18)),
    )


def _visible(colour: str, ground: str) -> str:
    """A soft colour that can be told from the ground of a picture."""
    steps = (shade(colour, lightness(colour) - step / 50) for step in range(50))
    return next(made for made in steps if contrast(made, ground) >= SOFT_CONTRAST)


def _shade(colour: str, step: float) -> str:
    """A colour with as much of its own hue, lighter or darker by a step of 0 to 1."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    hue, light, full = colorsys.rgb_to_hls(red, green, blue)
    parts = colorsys.hls_to_rgb(hue, min(max(light + step, 0.0), 1.0), full * 0.9)
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)


def _passing(ground: str, pole: str, words: str) -> str:
    """A ground, moved towards a pole until words on it can be read."""
    for step in range(STEPS + 1):
        shade = mix(pole, ground, step / STEPS)
        if contrast(shade, words) >= TEXT_CONTRAST:
            return shade
    return pole


@remembered(256)
def inks_on_tint(brand: Brand) -> Inks:
    """The inks of a drawing in a tinted tile."""
    s = surfaces(brand)
    return Inks(s.deep, s.tint, s.soft, s.deep, s.pale, s.line, roles(brand).alarm)


@remembered(256)
def inks_on_paper(brand: Brand) -> Inks:
    """The inks of a drawing on paper, in the brand's own colour."""
    s, use = surfaces(brand), roles(brand)
    return Inks(use.ink, use.paper, s.soft, s.deep, s.pale, s.line, use.alarm)


@remembered(256)
def inks_on_solid(brand: Brand) -> Inks:
    """The inks of a drawing on a solid ground."""
    s = surfaces(brand)
    full, part = (0.95, 0.9) if s.on_solid == WHITE else (DEEP_SHARE, DEEP_SHARE - 0.05)
    figure = mix(s.on_solid, s.solid, part)
    far = BLACK if s.on_solid == WHITE else WHITE
    helper = mix(s.solid, far, 0.4)
    return Inks(
        mix(s.on_solid, s.solid, full), s.solid, figure, helper, s.shapes[1], s.shapes[1],
        roles(brand).alarm,
    )  # fmt: skip


def own_inks_of(brand: Brand, colour: str, full: tuple[float, ...]) -> dict[str, tuple[float, ...]]:
    """The inks of the surfaces that are mixes of one colour with white or black.

    Args:
        brand: Whose colour it is.
        colour: The colour, ``#rrggbb``.
        full: Its inks: cyan, magenta, yellow, black, 0 to 1.
    """
    known: dict[str, tuple[float, ...]] = {}
    s = surfaces(brand)
    wanted = {*s.colours().values(), *s.light_shapes}
    if s.solid == colour:  # a shape is a step away from the ground, and so are its inks
        for shape, share in zip(s.shapes, (0.9, 0.8), strict=True):
            known[shape] = tuple(part * share for part in full)
    for inks in (inks_on_tint(brand), inks_on_paper(brand), inks_on_solid(brand)):
        wanted |= {inks.ink, inks.figure, inks.helper}
    for hundredth in range(1, 100):
        share = hundredth / 100
        light, dark = mix(colour, WHITE, share), mix(colour, BLACK, share)
        if light in wanted:
            known.setdefault(light, tuple(part * share for part in full))
        if dark in wanted:
            black = full[3] + (1 - full[3]) * (1 - share)
            known.setdefault(dark, (*(part * share for part in full[:3]), black))
    return known
