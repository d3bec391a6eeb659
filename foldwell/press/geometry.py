"""The geometry of a format on one paper: sheet, panels in reading order, sides and folds.

All lengths are millimetres. A geometry is data and knows nothing of words: typesetting makes one
page a panel in reading order, imposition puts the panels on the sides that it names.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

Paper = Literal["a4", "letter"]
Flip = Literal["long", "short"]
Binding = Literal["none", "folded", "stitched"]

PAPERS_MM: dict[Paper, tuple[float, float]] = {"a4": (210, 297), "letter": (215.9, 279.4)}
"""The desktop papers of the regions, upright."""
BLEED_MM: dict[Paper, float] = {"a4": 3.0, "letter": 3.175}
"""How far colour runs over the trim, by paper: 3 mm, or an eighth of an inch."""
SLACK_MM = 0.05
"""How far sums of panel widths may be off before they count as wrong."""


@dataclass(frozen=True)
class Panel:
    """One face between folds.

    Attributes:
        name: What it is for: ``front``, ``cover``, ``flap``, ``inside``, ``back``, ``page``.
        width_mm: Finished width.
        height_mm: Finished height.
    """

    name: str
    width_mm: float
    height_mm: float


@dataclass(frozen=True)
class Spot:
    """Where a panel stands on a side.

    Attributes:
        panel: Its index in reading order, from 0.
        x_mm: Left edge, from the left edge of the sheet.
        turn: Clockwise turn in degrees (0, 90, 180, 270).
    """

    panel: int
    x_mm: float
    turn: int = 0


@dataclass(frozen=True)
class Geometry:
    """A format on one kind of paper.

    Attributes:
        sheet_mm: Flat sheet after trimming, width and height.
        panels: In reading order. A flowing format has one panel, repeated as needed.
        sides: For each side of the sheet, what stands where, left to right.
        flip: The edge over which a duplex printer turns the sheet.
        binding: Whether the sheet is folded, or several are stitched in the fold.
        bleed_mm: How far colour runs over the trim in a press file.
        gap_mm: What is left open between panels that meet (the doors of a gate fold).
    """

    sheet_mm: tuple[float, float]
    panels: tuple[Panel, ...]
    sides: tuple[tuple[Spot, ...], ...]
    flip: Flip
    binding: Binding = "none"
    bleed_mm: float = 3.0
    gap_mm: float = 0.0

    @property
    def fold_positions_mm(self) -> tuple[tuple[float, ...], ...]:
        """For each side, the distances of its folds from the sheet's left edge."""
        return tuple(tuple(spot.x_mm for spot in side[1:]) for side in self.sides)

    @property
    def names(self) -> tuple[str, ...]:
        """What the panels are for, in reading order."""
        return tuple(panel.name for panel in self.panels)

    @property
    def finished_mm(self) -> tuple[float, float]:
        """The size of the folded piece, width and height."""
        width = max(panel.width_mm for panel in self.panels)
        return width, self.panels[0].height_mm

    def mirrored(self) -> Geometry:
        """The same for a language that is read from right to left.

        Order of panels, short panel, flap and binding edge change sides; the panels keep their
        reading order.
        """
        width = self.sheet_mm[0]
        sides = tuple(
            tuple(
                replace(spot, x_mm=round(width - spot.x_mm - self._span(spot), 6))
                for spot in reversed(side)
            )
            for side in self.sides
        )
        return replace(self, sides=sides)

    def _span(self, spot: Spot) -> float:
        panel = self.panels[spot.panel]
        return panel.width_mm if spot.turn % 180 == 0 else panel.height_mm

    def problems(self) -> list[str]:
        """What a printer could not print or fold, as sentences without a full stop."""
        found = []
        width, height = self.sheet_mm
        spots = sorted(spot.panel for side in self.sides for spot in side)
        for index, panel in enumerate(self.panels):
            if spots.count(index) != 1:
                times = "on no side" if index not in spots else "more than once"
                found.append(f"panel {index + 1} ('{panel.name}') stands {times}")
        for number, side in enumerate(self.sides, 1):
            known = [spot for spot in side if 0 <= spot.panel < len(self.panels)]
            if len(known) < len(side):
                found.append(f"side {number} names a panel that is not in the list")
                continue
            across = sum(self._span(spot) for spot in known)
            if abs(across - width) > SLACK_MM:
                found.append(
                    f"the panels of side {number} are {across:g} mm wide together, and the sheet"
                    f" {width:g} mm"
                )
            for spot in known:
                panel = self.panels[spot.panel]
                tall = panel.height_mm if spot.turn % 180 == 0 else panel.width_mm
                if abs(tall - height) > SLACK_MM:
                    found.append(
                        f"panel {spot.panel + 1} is {tall:g} mm high, and the sheet {height:g} mm"
                    )
        if len(self.sides) == 2 and not found:
            front, back = self.fold_positions_mm
            there = [width - fold for fold in reversed(back)]
            if len(front) != len(there) or any(
                abs(a - b) > SLACK_MM for a, b in zip(front, there, strict=True)
            ):
                found.append("the folds of the two sides do not lie on one another")
        return found


def row(widths_mm: list[tuple[int, float]]) -> tuple[Spot, ...]:
    """Panels side by side from the left edge.

    Args:
        widths_mm: (index of the panel, its width), left to right.
    """
    spots, x = [], 0.0
    for panel, width in widths_mm:
        spots.append(Spot(panel, round(x, 6)))
        x += width
    return tuple(spots)
