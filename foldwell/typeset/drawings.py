"""Drawings in the colours of a brand: icons in one ink, and figures in several.

A file in ``templates/icons`` is drawn in ``currentColor`` on white, or in the inks below; which
colours these become follows from the brand and from the ground that the drawing stands on.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from foldwell.typeset import templates
from foldwell.typeset.fonts import word_outline

_BY_HEX = {
    "#86a894": "figure",
    "#1f4d31": "helper",
    "#cfe0d5": "pale",
    "#b9c4bd": "floor",
    "#b3131d": "alarm",
    "#1f1f1f": "tool",
    "#f7f7f7": "ground",
}
"""The colours that the drawings are drawn in, and the ink that each stands for."""
_WORD = re.compile(
    r'<text x="(?P<x>[\d.]+)" y="(?P<y>[\d.]+)" text-anchor="middle" font-size="(?P<size>[\d.]+)"'
    r' fill="(?P<fill>[^"]+)">(?P<word>[^<]*)</text>'
)
_VIEW = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
UNITS_PER_EM = 1000


@dataclass(frozen=True)
class Inks:
    """The colours of a drawing, each ``#rrggbb``.

    Attributes:
        ink: What an icon of one colour is drawn in.
        ground: What it stands on; lines cut out of it show this.
        figure: A person who is helped.
        helper: The one who helps, and all that must stand out.
        pale: A soft mark on white.
        floor: The line that a figure stands on.
        alarm: The number to call.
        tool: What a hand holds.
    """

    ink: str
    ground: str
    figure: str
    helper: str
    pale: str
    floor: str
    alarm: str
    tool: str = "#1f1f1f"


def size_of(name: str) -> tuple[float, float]:
    """Width and height of an icon's drawing, in its own units."""
    match = _VIEW.search(templates.icon(name))
    return (float(match[1]), float(match[2])) if match else (48.0, 48.0)


def paint(name: str, inks: Inks, number: str) -> str:
    """An icon as SVG in the colours of a brand.

    Args:
        name: As ``templates.icon`` knows it.
        inks: Its colours.
        number: The emergency number of the region, for a drawing that shows one.
    """
    drawing = templates.icon(name)
    several = "#1f4d31" in drawing
    for colour, ink in _BY_HEX.items():
        drawing = drawing.replace(colour, f"\0{ink}\0")
    if not several:
        drawing = drawing.replace("#ffffff", inks.ground)
    for ink in _BY_HEX.values():
        drawing = drawing.replace(f"\0{ink}\0", getattr(inks, ink))
    drawing = drawing.replace("currentColor", inks.ink)
    return _WORD.sub(lambda match: _outlined(match, number), drawing)


def placed(name: str, inks: Inks, number: str, box: tuple[float, float, float, float]) -> str:
    """An icon as a group, as large as a box (x, y, width, height) allows, in its middle."""
    wide, high = size_of(name)
    x, y, width, height = box
    scale = min(width / wide, height / high)
    left, top = x + (width - wide * scale) / 2, y + (height - high * scale) / 2
    drawing = paint(name, inks, number)
    fill = re.search(r"<svg[^>]*?fill=\"([^\"]+)\"", drawing)
    body = re.sub(r"</?svg[^>]*>", "", drawing).strip()
    given = f' fill="{fill[1]}"' if fill else ""
    return f'<g{given} transform="translate({left:.3f} {top:.3f}) scale({scale:.5f})">{body}</g>'


def _outlined(match: re.Match[str], number: str) -> str:
    """A word of a drawing as an outline: the sentence beside the drawing says it in text."""
    outline, length, _ = word_outline(match["word"].replace("{number}", number))
    scale = float(match["size"]) / UNITS_PER_EM
    left = float(match["x"]) - length * scale / 2
    return (
        f'<path fill="{match["fill"]}" transform="translate({left:.2f} {match["y"]})'
        f' scale({scale:.5f} {-scale:.5f})" d="{outline}"/>'
    )
