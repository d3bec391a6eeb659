"""A side of a sheet as a drawing: panels with their numbers, folds dashed, cuts as thick lines."""

from __future__ import annotations

from foldwell.paper.sheets import Placement, Side

_CUT_BAR_MM = 5.0
"""The short bars at both ends of a slit, so that nobody cuts on."""


def diagram(side: Side) -> str:
    """The SVG drawing of one side; its unit is a millimetre of the sheet."""
    width, height = side.width_mm, side.height_mm
    parts = [
        f'<rect x=".4" y=".4" width="{width - 0.8:g}" height="{height - 0.8:g}" fill="#ffffff"'
        ' stroke="#000000" stroke-width=".8"/>'
    ]
    parts += [_number(placement, height) for placement in side.placements]
    for x, low, high in side.folds:
        parts.append(_line(x, height - low, x, height - high, ' stroke-dasharray="4 3"'))
    for y, left, right in side.lying_folds:
        parts.append(_line(left, height - y, right, height - y, ' stroke-dasharray="4 3"'))
    for y, left, right in side.cuts:
        parts.append(_line(left, height - y, right, height - y, "", 2.4))
        for x in (left, right):
            parts.append(_line(x, height - y - _CUT_BAR_MM, x, height - y + _CUT_BAR_MM, "", 2.4))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}">'
        f"{''.join(parts)}</svg>"
    )


def _number(placement: Placement, height: float) -> str:
    """The number of a panel in its middle, turned as the panel is."""
    box = placement.box
    size = min(box.width_mm, box.height_mm) * 0.34
    x, y = box.x_mm + box.width_mm / 2, height - box.y_mm - box.height_mm / 2
    turn = f' transform="rotate({placement.turn} {x:g} {y:g})"' if placement.turn else ""
    # A bar below it tells 6 from 9.
    bar = ""
    if placement.turn:
        bar = (
            f'<rect x="{x - size * 0.3:g}" y="{y + size * 0.45:g}" width="{size * 0.6:g}"'
            f' height="{size * 0.06:g}" fill="#000000"/>'
        )
    return (
        f'<g{turn}><text x="{x:g}" y="{y + size * 0.35:g}" font-size="{size:g}"'
        ' text-anchor="middle" font-family="Atkinson Hyperlegible Next" fill="#000000">'
        f"{placement.page + 1}</text>{bar}</g>"
    )


def _line(x0: float, y0: float, x1: float, y1: float, more: str, width: float = 0.8) -> str:
    return (
        f'<line x1="{x0:g}" y1="{y0:g}" x2="{x1:g}" y2="{y1:g}" stroke="#000000"'
        f' stroke-width="{width:g}"{more}/>'
    )
