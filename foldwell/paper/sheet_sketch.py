"""A sheet drawn as text: panels, folds and cuts, for messages about formats."""

from __future__ import annotations

from itertools import pairwise

from foldwell.paper.geometry import Fold, Geometry, Spot

_LINE_CHARACTERS = 64
"""The width of a drawing."""
_LEAST_CHARACTERS = 10
"""The least width of a panel: room for its name."""


def sketch(geometry: Geometry) -> str:
    """The sides of a sheet, the panels with number, turn, name and size.

    Solid lines are edges, dotted ones folds, double ones cuts.
    """
    lines = []
    width, height = geometry.sheet_mm
    for number, side in enumerate(geometry.sides, 1):
        lines.append(f"side {number}, {width:g} × {height:g} mm:" + ("" if side else " blank"))
        if side:
            lines += _drawn(geometry, side, number)
    if geometry.folds:
        lines.append(f"folded, side 2 up: {', then '.join(map(step_words, geometry.folds))}")
    return "\n".join(lines)


def step_words(step: Fold) -> str:
    """A fold in few words."""
    if step.way == "push":
        return f"push the ends together at crease {step.crease}"
    return f"{step.part} part {step.way} at crease {step.crease}"


def _drawn(geometry: Geometry, side: tuple[Spot, ...], number: int) -> list[str]:
    ys = sorted({spot.y_mm for spot in side}, reverse=True)
    rows = [[spot for spot in side if spot.y_mm == y] for y in ys]
    scale = _LINE_CHARACTERS / geometry.sheet_mm[0]
    lines: list[str] = []
    for index, row in enumerate(rows):
        cells = [_cell(geometry, spot) for spot in row]
        widths = [max(round(geometry.span_mm(spot)[0] * scale), _LEAST_CHARACTERS) for spot in row]
        slit = _slit(geometry, row, index, number) if index else [False] * len(row)
        fill = ["═" if cut else ("┄" if index else "─") for cut in slit]
        lines.append("+" + "+".join(f * w for f, w in zip(fill, widths, strict=True)) + "+")
        for texts in zip(*cells, strict=True):
            line = "┊".join(t[:w].center(w) for t, w in zip(texts, widths, strict=True))
            lines.append(f"│{line}│")
    lines.append("+" + "+".join("─" * w for w in widths) + "+")
    return lines


def _cell(geometry: Geometry, spot: Spot) -> tuple[str, str, str]:
    panel = geometry.panels[spot.panel]
    turn = f" /{spot.turn}" if spot.turn else ""
    return (
        f"{spot.panel + 1}{turn}",
        panel.name,
        f"{panel.width_mm:g} × {panel.height_mm:g}",
    )


def _slit(geometry: Geometry, row: list[Spot], index: int, number: int) -> list[bool]:
    """Whether the upper edge of each panel of a row is cut."""
    upright = (0.0, *geometry.creases_mm[0], geometry.sheet_mm[0])
    columns = list(pairwise(upright))
    found = []
    for spot in row:
        x = spot.x_mm + geometry.span_mm(spot)[0] / 2
        if number == 1 and geometry.turns_over_upright:
            x = geometry.sheet_mm[0] - x
        column = next(i for i, (left, right) in enumerate(columns) if left <= x <= right)
        found.append(any(c.crease == index and c.start <= column < c.end for c in geometry.cuts))
    return found
