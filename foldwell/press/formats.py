"""The table of formats: finished size, panels in reading order, sheet sides and folds.

All lengths are millimetres. A format is data: typesetting makes one page a panel in reading
order, imposition puts the panels on the sides that the row names. Sizes and panel order
follow the usual trade tables for letter folds (the panel that tucks in is narrower: 3 mm on
A4, 1/16 inch on Letter).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from foldwell.errors import FoldwellError, did_you_mean

Paper = Literal["a4", "letter"]
Medium = Literal["screen", "office", "web"]

MEDIA: tuple[Medium, ...] = ("screen", "office", "web")

INCH_MM = 25.4
PAPERS_MM: dict[Paper, tuple[float, float]] = {"a4": (210, 297), "letter": (215.9, 279.4)}
OFFICE_MARGIN_MM = 5
"""What a desktop printer cannot print on, measured from every edge of the sheet."""


@dataclass(frozen=True)
class Panel:
    """One face between folds.

    Attributes:
        name: What it is for: ``front``, ``cover``, ``flap``, ``inside``, ``back``.
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
        turn: Clockwise quarter turns, in degrees (0, 90, 180, 270).
    """

    panel: int
    x_mm: float
    turn: int = 0


@dataclass(frozen=True)
class Geometry:
    """A format on one kind of paper.

    Attributes:
        sheet_mm: Flat sheet, width and height.
        panels: In reading order. A flowing format has one panel, repeated as needed.
        sides: For each side of the sheet, what stands where, left to right.
        flip: The edge over which a duplex printer turns the sheet.
    """

    sheet_mm: tuple[float, float]
    panels: tuple[Panel, ...]
    sides: tuple[tuple[Spot, ...], ...]
    flip: Literal["long", "short"]

    @property
    def fold_positions_mm(self) -> tuple[tuple[float, ...], ...]:
        """For each side, the distances of its folds from the sheet's left edge."""
        return tuple(tuple(spot.x_mm for spot in side[1:]) for side in self.sides)


@dataclass(frozen=True)
class Format:
    """One row of the table.

    Attributes:
        name: As in file names.
        layout: The template set: ``sheet`` (grid of a full page) or ``panels`` (one column).
        geometry: By paper; a paper that is missing cannot carry this format.
        body_pt: Size of body text.
        leading_pt: Distance of its lines.
        flows: Whether it takes as many pages as needed.
    """

    name: str
    layout: Literal["sheet", "panels"]
    geometry: dict[Paper, Geometry]
    body_pt: float
    leading_pt: float
    flows: bool = False

    @property
    def folded(self) -> bool:
        """Whether one side carries several panels."""
        return self.layout == "panels"


def _sheet(paper: Paper, names: tuple[str, ...] = ("front", "back")) -> Geometry:
    """One panel a side, on an upright sheet."""
    width, height = PAPERS_MM[paper]
    return Geometry(
        (width, height),
        tuple(Panel(name, width, height) for name in names),
        tuple((Spot(index, 0),) for index in range(len(names))),
        "long",
    )


def _letter_fold(paper: Paper, short_mm: float, wide_mm: float) -> Geometry:
    """Three panels a side; the flap, which tucks in, is the narrow one.

    Outside: flap, back, cover. Inside: left, middle, right; its right panel is the flap's
    other face.
    """
    height, width = PAPERS_MM[paper]
    wide = (wide_mm, height)
    short = (short_mm, height)
    panels = (
        Panel("cover", *wide),
        Panel("flap", *short),
        Panel("inside", *wide),
        Panel("inside", *wide),
        Panel("inside", *short),
        Panel("back", *wide),
    )
    outside = (Spot(1, 0), Spot(5, short_mm), Spot(0, short_mm + wide_mm))
    inside = (Spot(2, 0), Spot(3, wide_mm), Spot(4, 2 * wide_mm))
    return Geometry((width, height), panels, (outside, inside), "short")


FORMATS: dict[str, Format] = {
    row.name: row
    for row in (
        Format("a4", "sheet", {"a4": _sheet("a4")}, 12, 16),
        Format("letter", "sheet", {"letter": _sheet("letter")}, 12, 16),
        Format(
            "letter-fold",
            "panels",
            {
                "a4": _letter_fold("a4", 97, 100),
                "letter": _letter_fold("letter", 92.075, 93.6625),
            },
            12,
            15,
        ),
        Format(
            "large-print",
            "sheet",
            {"a4": _sheet("a4", ("page",)), "letter": _sheet("letter", ("page",))},
            18,
            25,
            flows=True,
        ),
    )
}


def format_named(name: str) -> Format:
    """The row of a format.

    Raises:
        FoldwellError: If there is none of that name.
    """
    try:
        return FORMATS[name]
    except KeyError:
        raise FoldwellError(
            f"There is no format '{name}'.", None, did_you_mean(name, FORMATS)
        ) from None
