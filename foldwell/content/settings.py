"""``content/build.yml``: which leaflets are built for whom, in which formats and media.

A project may add formats of its own, with the same facts as the rows of the shipped table.
"""

from __future__ import annotations

import re
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from foldwell.content.facts import Text
from foldwell.content.values import Facts, SiteAddress, Slug, wrong
from foldwell.content.variables import Variables
from foldwell.press.formats import FORMATS, Format, Layout
from foldwell.press.geometry import BLEED_MM, Binding, Flip, Geometry, Panel, Paper, row

Pattern = Annotated[tuple[Text, ...], Field(min_length=1)]
Millimetres = Annotated[float, Field(gt=0, le=2000)]
Points = Annotated[float, Field(ge=12, le=200)]


class PanelFacts(Facts):
    """One panel: what it is for, and its size."""

    name: Literal["cover", "flap", "inside", "back", "front", "page"]
    width: Millimetres
    height: Millimetres


class SheetFacts(Facts):
    """A format on one paper; sizes are millimetres."""

    sheet: tuple[Millimetres, Millimetres]
    """Width and height of the flat sheet after trimming."""
    panels: Annotated[tuple[PanelFacts, ...], Field(min_length=1, max_length=16)]
    """In reading order."""
    sides: Annotated[tuple[tuple[int, ...], ...], Field(min_length=1, max_length=2)]
    """For each side the numbers of its panels, left to right; the first panel is 1."""
    flip: Flip = "short"
    """The edge over which a duplex printer turns the sheet."""
    binding: Binding = "folded"
    bleed: Annotated[float, Field(ge=3, le=5)] | None = None

    @model_validator(mode="after")
    def _can_be_folded(self) -> SheetFacts:
        if any(not 1 <= number <= len(self.panels) for side in self.sides for number in side):
            raise wrong(
                "a side names a panel that is not there",
                f"number the panels from 1 to {len(self.panels)}",
                "sides",
            )
        if self.binding == "stitched":
            raise wrong(
                "a stitched format cannot be added", "use 'booklet', or fold the sheet", "binding"
            )
        if problems := self.geometry("a4").problems():
            raise wrong("; ".join(problems), "measure the panels again", "sides")
        return self

    def geometry(self, paper: Paper) -> Geometry:
        """The geometry, with the paper's usual bleed where none is given."""
        sides = tuple(
            row([(number - 1, self.panels[number - 1].width) for number in side])
            for side in self.sides
        )
        return Geometry(
            self.sheet,
            tuple(Panel(panel.name, panel.width, panel.height) for panel in self.panels),
            sides,
            self.flip,
            self.binding,
            self.bleed or BLEED_MM[paper],
        )


_ORDERS = {
    "panels": (
        "cover( flap)*( inside)+ back",
        "one cover, any flaps, one or more inside, one back",
    ),
    "sheet": ("front( back)?", "a front and perhaps a back"),
    "small-sheet": ("front( back)?", "a front and perhaps a back"),
    "card": ("front back", "a front and a back"),
    "poster": ("front", "a front"),
}
"""The panels that a layout's templates can fill, in reading order."""


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
            if not re.fullmatch(pattern, names):
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
            name, layout, {paper: s.geometry(paper) for paper, s in self.on.items()}, self.body
        )


class Run(Facts):
    """Some editions, and what is made of each; names may be patterns such as ``kratom-*``."""

    leaflets: Pattern = (Text("*"),)
    clinics: Pattern = (Text("*"),)
    languages: Pattern = (Text("*"),)
    formats: dict[Text, tuple[Text, ...]] = {}
    """For each format the media it is made for."""
    web: bool = True
    """Whether the web page is made too."""
    also: tuple[Text, ...] = ()
    """Further media that have no format, such as ``text``."""

    @property
    def without_format(self) -> tuple[str, ...]:
        """The media that are made once for each edition."""
        return tuple(dict.fromkeys((*(("web",) if self.web else ()), *self.also)))


def formats_with(settings: Settings | None) -> dict[str, Format]:
    """The table of formats, with those that a project has of its own."""
    own = settings.formats if settings else {}
    return {**FORMATS, **{name: facts.row(name) for name, facts in own.items()}}


USUAL_RUNS = (Run(formats={
    Text("a4"): (Text("screen"), Text("office")), Text("letter"): (Text("screen"), Text("office")),
}),)  # fmt: skip
"""What is made where a project does not say: sheets for the screen and the desktop printer."""


class Settings(Facts):
    """The whole of ``build.yml``."""

    formats: dict[Slug, FormatFacts] = {}
    """Formats of the project's own, by name."""
    runs: Annotated[tuple[Run, ...], Field(min_length=1)] = USUAL_RUNS
    site: SiteAddress | None = None
    """The project's web site, below which links such as ``/sleep/`` lead."""
    variables: Variables = {}
    """Texts for ``{{ name }}`` in every leaflet; a clinic's and a leaflet's own go first."""

    @field_validator("formats")
    @classmethod
    def _new_names(cls, value: dict[str, FormatFacts]) -> dict[str, FormatFacts]:
        for name in value:
            if name in FORMATS or name == "web":
                raise wrong(f"Foldwell has a format '{name}' already", "choose another name")
        return value
