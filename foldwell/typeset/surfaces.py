"""The colours of a page that follow from a brand: tints, solid grounds, inks of drawings.

Each is a mix of two colours, so that the printing inks that a brand gives for its colours follow
it too. White or black words on any solid ground have a contrast of 4.5:1, whatever the brand.
"""

from __future__ import annotations

import colorsys
from dataclasses import dataclass

from foldwell.content.brand import Brand
from foldwell.content.colours import TEXT_CONTRAST, contrast, mix, on
from foldwell.typeset.drawings import Inks

ROOMY_CONTRAST = 6.2
"""A ground with more contrast than this bears lighter shapes under its words."""
ALARM_HUE = 24 / 360
"""A brand's colour nearer than this to that of emergencies is darkened where it is solid."""
LEAST_SATURATION = 0.35
STEPS = 40
BLACK, WHITE = "#000000", "#ffffff"


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
            "pale": self.pale,
        }


def surfaces(brand: Brand) -> Surfaces:
    """The surfaces of a brand."""
    primary, paper = brand.color.role("primary"), brand.color.role("background")
    solid = calm_primary(brand)
    words = on(solid)
    pole = WHITE if words == BLACK else BLACK
    solid = _passing(solid, pole, words)
    lighter = contrast(solid, words) >= ROOMY_CONTRAST
    steps = (0.065, 0.125) if lighter == (words == WHITE) else (-0.05, -0.09)
    return Surfaces(
        solid=solid,
        on_solid=words,
        shapes=tuple(  # type: ignore[arg-type]
            _passing(_shade(solid, step), pole, words) for step in steps
        ),
        tint=mix(primary, paper, 0.1),
        line=mix(primary, paper, 0.35),
        soft=mix(primary, paper, 0.5),
        deep=mix(primary, BLACK, 0.8),
        pale=mix(primary, paper, 0.16),
        light_shapes=(mix(primary, paper, 0.1), mix(primary, paper, 0.18)),
    )


def calm_primary(brand: Brand) -> str:
    """The brand's colour; darkened where it could be taken for that of emergencies."""
    primary = brand.color.role("primary")
    alarming = _like(primary, brand.color.role("danger"))
    return mix(primary, BLACK, 0.5) if alarming else primary


def _like(colour: str, alarm: str) -> bool:
    """Whether a colour could be taken for that of emergencies."""
    (hue, _, full), (other, _, _) = (
        colorsys.rgb_to_hls(*(int(c[i : i + 2], 16) / 255 for i in (1, 3, 5)))
        for c in (colour, alarm)
    )
    apart = abs(hue - other)
    return full > LEAST_SATURATION and min(apart, 1 - apart) < ALARM_HUE


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


def inks_on_tint(brand: Brand) -> Inks:
    """The inks of a drawing in a tinted tile."""
    s = surfaces(brand)
    return Inks(s.deep, s.tint, s.soft, s.deep, s.pale, s.line, brand.color.role("danger"))


def inks_on_paper(brand: Brand) -> Inks:
    """The inks of a drawing on paper, in the brand's own colour."""
    s = surfaces(brand)
    primary, paper = calm_primary(brand), brand.color.role("background")
    return Inks(primary, paper, s.soft, s.deep, s.pale, s.line, brand.color.role("danger"))


def inks_on_solid(brand: Brand) -> Inks:
    """The inks of a drawing on a solid ground."""
    s = surfaces(brand)
    figure = mix(s.on_solid, s.solid, 0.9)
    far = BLACK if s.on_solid == WHITE else WHITE
    helper = mix(s.solid, far, 0.4)
    return Inks(
        mix(s.on_solid, s.solid, 0.95), s.solid, figure, helper, s.shapes[1], s.shapes[1],
        brand.color.role("danger"),
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
