"""Formats of a project's own, as ``build.yml`` writes them.

A row says the same as the shipped table: sheet, panels in reading order, where they stand and
how they are turned, cuts, and the sequence of folds. What could not be printed or folded is
refused, with the sheet drawn as text.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, field_validator, model_validator

from foldwell.content.values import Facts, wrong
from foldwell.paper.folded_sheets import stacked
from foldwell.paper.folding import fold
from foldwell.paper.formats import SMALL_GIVES_WAY, Format, Layout
from foldwell.paper.geometry import (
    BLEED_MM,
    Binding,
    Cut,
    Flip,
    Fold,
    Geometry,
    Panel,
    Paper,
    Part,
    Way,
)
from foldwell.paper.sheet_sketch import sketch
from foldwell.paper.usual_folds import usual_folds

Millimetres = Annotated[float, Field(gt=0, le=2000)]
Points = Annotated[float, Field(ge=12, le=200)]
Rows = tuple[tuple[tuple[int, int], ...], ...]
"""The rows of a side from the top; a panel is its number and its clockwise turn."""

_PLACE = re.compile(r"(\d{1,2})/(90|180|270)")


def _rows(value: Any) -> Any:
    """A side as rows: ``[4, 1]`` is one row; ``[[3/180, 2/180], [4, 1]]`` are two."""
    if not isinstance(value, list | tuple):
        return value
    rows = value if value and all(isinstance(row, list | tuple) for row in value) else [value]
    return tuple(tuple(_place(place) for place in row) for row in rows if row)


def _place(value: Any) -> tuple[int, int]:
    if isinstance(value, int) and not isinstance(value, bool):
        return value, 0
    match = _PLACE.fullmatch(value) if isinstance(value, str) else None
    if not match:
        raise wrong(
            f"'{value}' is no place of a panel",
            "write its number, such as 4, or 4/180 for a panel that is turned by 90, 180 or 270"
            " degrees",
        )
    return int(match.group(1)), int(match.group(2))


class PanelFacts(Facts):
    """One panel: what it is for, and its size."""

    name: Literal["cover", "flap", "inside", "back", "front", "page", "poster"]
    """What the panel is for."""
    width: Millimetres
    """In millimetres."""
    height: Millimetres
    """In millimetres."""


class FoldFacts(Facts):
    """One fold of the sheet, which lies with its second side up."""

    part: Part
    """The part that moves."""
    crease: Annotated[int, Field(ge=1, le=15)]
    """The upright crease, from the left, or the lying one, from the top; the first is 1."""
    way: Way = "over"
    """Whether the part goes over the rest, behind it, or is pushed into it."""


class CutFacts(Facts):
    """A slit along a lying crease, between two upright creases; 0 is the left edge."""

    crease: Annotated[int, Field(ge=1, le=15)]
    """The lying crease that is slit, from the top; the first is 1."""
    start: Annotated[int, Field(ge=0, le=15)]
    """The upright crease where the slit begins."""
    end: Annotated[int, Field(ge=1, le=16)]
    """The upright crease where it ends."""


class SheetFacts(Facts):
    """A format on one paper; sizes are millimetres."""

    sheet: tuple[Millimetres, Millimetres]
    """Width and height of the flat sheet after trimming."""
    panels: Annotated[tuple[PanelFacts, ...], Field(min_length=1, max_length=16)]
    """In reading order."""
    sides: Annotated[
        tuple[Annotated[Rows, BeforeValidator(_rows)], ...], Field(min_length=1, max_length=2)
    ]
    """For each side the numbers of its panels, left to right; the first panel is 1."""
    flip: Flip | None = None
    """The edge over which a duplex printer turns the sheet; the upright one if none is given."""
    binding: Binding = "folded"
    """How it is held together."""
    bleed: Annotated[float, Field(ge=3, le=5)] | None = None
    """How far colour reaches beyond the trim, in millimetres."""
    folds: Annotated[tuple[FoldFacts, ...], Field(max_length=7)] = ()
    """In their order; a usual sequence that can be done where none is given."""
    cuts: Annotated[tuple[CutFacts, ...], Field(max_length=4)] = ()
    """Slits that are cut before folding."""

    @model_validator(mode="after")
    def _can_be_folded(self) -> SheetFacts:
        numbers = [number for side in self.sides for row in side for number, _ in row]
        if any(not 1 <= number <= len(self.panels) for number in numbers):
            raise wrong(
                "a side names a panel that is not there",
                f"number the panels from 1 to {len(self.panels)}",
                "sides",
            )
        if self.binding == "stitched":
            raise wrong(
                "a stitched format cannot be added", "use 'booklet', or fold the sheet", "binding"
            )
        flat = self._flat("a4")
        if problems := flat.problems():
            hint = "measure the panels again"
            raise wrong("; ".join(problems), hint, "sides", sketch(flat))
        made = self.geometry("a4")
        if problems := list(fold(made).problems):
            key = "folds" if self.folds else "sides"
            hint = "change widths, order, turns or 'folds'"
            if not self.folds:
                hint = "change widths, order or turns, or write its 'folds'"
            raise wrong("; ".join(problems), hint, key, sketch(made))
        return self

    def _flat(self, paper: Paper) -> Geometry:
        panels = tuple(Panel(panel.name, panel.width, panel.height) for panel in self.panels)
        sides = tuple(
            stacked([[(n - 1, turn) for n, turn in row] for row in side], panels, self.sheet[1])
            for side in self.sides
        )
        return Geometry(
            self.sheet,
            panels,
            sides,
            self.flip or ("short" if self.sheet[0] >= self.sheet[1] else "long"),
            self.binding,
            self.bleed or BLEED_MM[paper],
            folds=tuple(Fold(step.part, step.crease, step.way) for step in self.folds),
            cuts=tuple(Cut(cut.crease, cut.start, cut.end) for cut in self.cuts),
        )

    def geometry(self, paper: Paper) -> Geometry:
        """The geometry, with the paper's usual bleed and a usual fold where none is given."""
        return usual_folds(self._flat(paper))


_ORDERS = {
    "panels": (
        "cover( flap)*( inside)+ back( poster)?",
        "one cover, any flaps, one or more inside, one back",
    ),
    "sheet": ("front( back)?", "a front and perhaps a back"),
    "small-sheet": ("front( back)?", "a front and perhaps a back"),
    "card": ("front( back)?", "a front and perhaps a back"),
    "poster": ("front", "a front"),
}
"""The panels that a layout's templates can fill, in reading order."""
_INSIDE_ONLY = "inside( inside)*( back)?"
"""The same of a folded sheet whose outside is blank."""


class FormatFacts(Facts):
    """A format of the project's own."""

    layout: Literal["panels", "sheet", "small-sheet", "card", "poster"] = "panels"
    """The set of templates and style sheets."""
    body: tuple[Points, Points] = (12, 14)
    """The least and the largest size of body text, in points."""
    on: Annotated[dict[Paper, SheetFacts], Field(min_length=1)]
    """By the paper of the clinic's region: a4 or letter."""

    @field_validator("body")
    @classmethod
    def _least_first(cls, value: tuple[float, float]) -> tuple[float, float]:
        if value[0] > value[1]:
            raise wrong("the least size is larger than the largest", "turn the two round")
        return value

    @model_validator(mode="after")
    def _has_what_the_layout_needs(self) -> FormatFacts:
        pattern, words = _ORDERS[self.layout]
        for paper, sheet in self.on.items():
            names = " ".join(panel.name for panel in sheet.panels)
            blank = self.layout == "panels" and not sheet.sides[0]
            if not re.fullmatch(_INSIDE_ONLY if blank else pattern, names):
                words = "one or more inside, and perhaps a back" if blank else words
                raise wrong(
                    f"the panels on {paper} are '{names}', and the layout '{self.layout}' has"
                    f" {words}, in this order",
                    "name and order them so",
                    "on",
                )
        return self

    def row(self, name: str) -> Format:
        """The row of the format table."""
        layout: Layout = self.layout
        return Format(
            name,
            layout,
            {paper: s.geometry(paper) for paper, s in self.on.items()},
            self.body,
            gives_way=SMALL_GIVES_WAY,
        )
