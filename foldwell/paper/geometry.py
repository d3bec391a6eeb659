"""The geometry of a format on one paper: sheet, panels in reading order, sides, folds and cuts.

All lengths are millimetres. A geometry is data and knows nothing of words: typesetting makes one
page a panel in reading order, imposition puts the panels on the sides that it names, and
``foldwell.paper.folding`` folds it to see whether that can be done.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

Paper = Literal["a4", "letter"]
Flip = Literal["long", "short"]
Binding = Literal["none", "folded", "stitched"]
Part = Literal["left", "right", "upper", "lower"]
Way = Literal["over", "behind", "push"]

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
        name: What it is for: ``front``, ``cover``, ``flap``, ``inside``, ``back``, ``page``,
            ``poster``.
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
        y_mm: Lower edge, from the lower edge of the sheet.
    """

    panel: int
    x_mm: float
    turn: int = 0
    y_mm: float = 0.0


@dataclass(frozen=True)
class Fold:
    """One fold of the sheet, which lies with its second side (the inside) up.

    Attributes:
        part: The part that moves.
        crease: Where: the number of the upright crease, from the left, or of the lying one,
            from the top; the first is 1.
        way: ``over`` the rest or ``behind`` it; or ``push``: the ends of a strip that is cut open
            in the middle are pushed together, and ``part`` is the end that becomes the cover.
    """

    part: Part
    crease: int
    way: Way = "over"


@dataclass(frozen=True)
class Cut:
    """A slit along a lying crease, from one upright crease to another.

    Attributes:
        crease: The number of the lying crease, from the top.
        start: The number of the upright crease where it starts, from the left; 0 is the edge.
        end: The number of the one where it ends.
    """

    crease: int
    start: int
    end: int


@dataclass(frozen=True)
class Geometry:
    """A format on one kind of paper.

    Attributes:
        sheet_mm: Flat sheet after trimming, width and height.
        panels: In reading order. A flowing format has one panel, repeated as needed.
        sides: For each side of the sheet, what stands where, left to right; a blank side is empty.
        flip: The edge over which a duplex printer turns the sheet.
        binding: Whether the sheet is folded, or several are stitched in the fold.
        bleed_mm: How far colour runs over the trim in a press file.
        gap_mm: What is left open between panels that meet (the doors of a gate fold).
        folds: How the sheet is folded, step by step.
        cuts: Slits that are cut before folding.
    """

    sheet_mm: tuple[float, float]
    panels: tuple[Panel, ...]
    sides: tuple[tuple[Spot, ...], ...]
    flip: Flip
    binding: Binding = "none"
    bleed_mm: float = 3.0
    gap_mm: float = 0.0
    folds: tuple[Fold, ...] = ()
    cuts: tuple[Cut, ...] = ()

    @property
    def fold_positions_mm(self) -> tuple[tuple[float, ...], ...]:
        """For each side, the distances of its upright folds from the sheet's left edge."""
        return tuple(_distinct([spot.x_mm for spot in side]) for side in self.sides)

    @property
    def lying_positions_mm(self) -> tuple[tuple[float, ...], ...]:
        """For each side, the distances of its lying folds from the sheet's lower edge."""
        return tuple(_distinct([spot.y_mm for spot in side]) for side in self.sides)

    @property
    def turns_over_upright(self) -> bool:
        """Whether its sides are mirrored left and right, not up and down."""
        width, height = self.sheet_mm
        return width == height or (self.flip == "short") == (width > height)

    @property
    def creases_mm(self) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Upright creases from the left and lying ones from the lower edge, the inside up."""
        width, height = self.sheet_mm
        upright: list[float] = []
        lying: list[float] = []
        for number, (xs, ys) in enumerate(
            zip(self.fold_positions_mm, self.lying_positions_mm, strict=True)
        ):
            below = number == 0
            upright += [width - x if below and self.turns_over_upright else x for x in xs]
            lying += [height - y if below and not self.turns_over_upright else y for y in ys]
        return _distinct(upright), _distinct(lying)

    @property
    def names(self) -> tuple[str, ...]:
        """What the panels are for, in reading order."""
        return tuple(panel.name for panel in self.panels)

    @property
    def finished_mm(self) -> tuple[float, float]:
        """The size of the folded piece, width and height."""
        if not self.sides:
            return self.panels[0].width_mm, self.panels[0].height_mm
        upright, lying = self.creases_mm
        across, tall = (0.0, *upright, self.sheet_mm[0]), (0.0, *lying, self.sheet_mm[1])
        return (
            round(max(b - a for a, b in pairwise(across)), 4),
            round(max(b - a for a, b in pairwise(tall)), 4),
        )

    def span_mm(self, spot: Spot) -> tuple[float, float]:
        """The width and height that a panel takes as it lies on its side."""
        panel = self.panels[spot.panel]
        size = (panel.width_mm, panel.height_mm)
        return size if spot.turn % 180 == 0 else size[::-1]

    def mirrored(self) -> Geometry:
        """The same for a language that is read from right to left.

        Order of panels, short panel, flap, binding edge and folds change sides, and what was
        turned clockwise is turned the other way; the panels keep their reading order.
        """
        width = self.sheet_mm[0]
        sides = tuple(
            tuple(
                replace(
                    spot,
                    x_mm=round(width - spot.x_mm - self.span_mm(spot)[0], 6),
                    turn=-spot.turn % 360,
                )
                for spot in sorted(side, key=lambda spot: (-spot.y_mm, -spot.x_mm))
            )
            for side in self.sides
        )
        columns = len(self.creases_mm[0]) + 1
        other: dict[Part, Part] = {"left": "right", "right": "left"}
        folds = tuple(
            replace(fold, part=other[fold.part], crease=columns - fold.crease)
            if fold.part in other
            else fold
            for fold in self.folds
        )
        cuts = tuple(
            replace(cut, start=columns - cut.end, end=columns - cut.start) for cut in self.cuts
        )
        return replace(self, sides=sides, folds=folds, cuts=cuts)

    def problems(self) -> list[str]:
        """Where panels and sheet do not agree, as sentences without a full stop."""
        found = []
        width = self.sheet_mm[0]
        spots = sorted(spot.panel for side in self.sides for spot in side)
        for index, panel in enumerate(self.panels):
            if spots.count(index) != 1:
                times = "on no side" if index not in spots else "more than once"
                found.append(f"panel {index + 1} ('{panel.name}') stands {times}")
        for number, side in enumerate(self.sides, 1):
            if any(not 0 <= spot.panel < len(self.panels) for spot in side):
                found.append(f"side {number} names a panel that is not in the list")
            else:
                found += self._problems_of_side(number, side)
        # One panel alone, such as a poster, may be folded through.
        poster = any(self.lying_positions_mm) and any(len(side) == 1 for side in self.sides)
        if len(self.sides) == 2 and all(self.sides) and not found and not poster:
            front, back = self.fold_positions_mm
            there = [width - fold for fold in reversed(back)] if self.turns_over_upright else back
            if len(front) != len(there) or any(
                abs(a - b) > SLACK_MM for a, b in zip(front, there, strict=True)
            ):
                found.append("the folds of the two sides do not lie on one another")
        return found

    def _problems_of_side(self, number: int, side: tuple[Spot, ...]) -> list[str]:
        found = []
        width, height = self.sheet_mm
        tops = 0.0
        rows = sorted({spot.y_mm for spot in side})
        for y in rows:
            in_row = [spot for spot in side if spot.y_mm == y]
            across = sum(self.span_mm(spot)[0] for spot in in_row)
            what = f"side {number}" if len(rows) == 1 else f"a row of side {number}"
            if abs(across - width) > SLACK_MM:
                found.append(
                    f"the panels of {what} are {across:g} mm wide together, and the sheet"
                    f" {width:g} mm"
                )
            tall = max(self.span_mm(spot)[1] for spot in in_row)
            tops += tall
            wanted = height if len(rows) == 1 else tall
            for spot in in_row:
                own = self.span_mm(spot)[1]
                if abs(own - wanted) > SLACK_MM:
                    beside = "the sheet" if len(rows) == 1 else "its row"
                    found.append(
                        f"panel {spot.panel + 1} is {own:g} mm high, and {beside} {wanted:g} mm"
                    )
        if len(rows) > 1 and abs(tops - height) > SLACK_MM:
            found.append(
                f"the rows of side {number} are {tops:g} mm high together, and the sheet"
                f" {height:g} mm"
            )
        return found


def _distinct(lines_mm: list[float]) -> tuple[float, ...]:
    """Lines inside a sheet, each once, in order; the edge at 0 left out."""
    found: list[float] = []
    for line in sorted(lines_mm):
        if line > SLACK_MM and (not found or line - found[-1] > SLACK_MM):
            found.append(line)
    return tuple(found)


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
