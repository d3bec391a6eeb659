"""The table of formats: finished size, panels in reading order, sheet sides and folds.

Sizes and panel order follow the usual trade tables: the panel that tucks in is narrower (3 mm
on A4, 1/16 inch on Letter), and the inside is the outside reversed. Gate and roll folds follow
the same rule by our own arithmetic and want a folded dummy before a first print run.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from foldwell.errors import FoldwellError, did_you_mean
from foldwell.press.geometry import BLEED_MM, PAPERS_MM, Geometry, Panel, Paper, Spot, row

Medium = Literal["screen", "office", "press", "web"]
Layout = Literal["sheet", "small-sheet", "large-print", "panels", "booklet", "card", "poster"]

MEDIA: tuple[Medium, ...] = ("screen", "office", "press", "web")

STITCHED_PAGES = 48
"""The most pages that a wire stitch holds without the booklet springing open."""
OFFICE_MARGIN_MM = 5
"""What a desktop printer cannot print on, measured from every edge of the sheet."""

_WIDE_MM: dict[Paper, tuple[float, float]] = {"a4": (420, 297), "letter": (431.8, 279.4)}
"""Twice the desktop paper: A3 and Tabloid, lying."""
_CUT: tuple[tuple[str, Layout, Paper, tuple[float, float], tuple[float, float]], ...] = (
    ("a4", "sheet", "a4", (210, 297), (12, 13)),
    ("a5", "small-sheet", "a4", (148, 210), (12, 14)),
    ("a6", "small-sheet", "a4", (105, 148), (12, 13)),
    ("letter", "sheet", "letter", (215.9, 279.4), (12, 13)),
    ("half-letter", "small-sheet", "letter", (139.7, 215.9), (12, 14)),
)
"""Flat sheets: name, layout, the paper that carries them, size in mm, least and largest text."""
_CARD_MM = (85, 55)
SMALL_GIVES_WAY = (
    "line-notes",
    "feedback",
    "other-formats",
    "authors",
    "interests",
    "roles",
    "night-note",
    "website",
    "email",
    "hours",
    "address",
)
"""What formats of few panels leave out, in this order; sheets and web pages have it all."""
LAYOUT_GIVES_WAY: dict[Layout, tuple[str, ...]] = {"card": ("logo",), "poster": ("sources",)}
"""What some of them leave out after that; the clinic's name stands beside its logo."""
SHEET_PAGES = 8
"""The most pages of a flat sheet's format, unless a project says otherwise."""


@dataclass(frozen=True)
class Format:
    """One row of the table.

    Attributes:
        name: As in file names.
        layout: The set of templates and style sheets.
        geometry: By paper; a paper that is missing cannot carry this format.
        sizes_pt: The least and the largest size of body text that copyfitting may choose.
        flows: Whether it takes as many pages as needed, each of the size of its first panel.
        pages: The most pages that it takes then; a project may set it for sheets.
        gives_way: What it leaves out of a clinic's facts before they fail to fit, the piece of
            least use first; the names are those of ``foldwell.typeset.yielding``.
    """

    name: str
    layout: Layout
    geometry: dict[Paper, Geometry]
    sizes_pt: tuple[float, float]
    flows: bool = False
    pages: int = 64
    gives_way: tuple[str, ...] = ()

    @property
    def any_length(self) -> bool:
        """Whether it is a sheet of as many pages as needed."""
        return self.flows and self.layout in ("sheet", "small-sheet")

    @property
    def folded(self) -> bool:
        """Whether one side carries several panels."""
        return self.layout == "panels"


def _flat(paper: Paper, size_mm: tuple[float, float], names: tuple[str, ...]) -> Geometry:
    """One panel a side."""
    width, height = size_mm
    return Geometry(
        (width, height),
        tuple(Panel(name, width, height) for name in names),
        tuple((Spot(index, 0),) for index in range(len(names))),
        "short" if width > height else "long",
        bleed_mm=BLEED_MM[paper],
    )


def _folded(
    paper: Paper,
    panels: list[tuple[str, float]],
    outside: list[int],
    inside: list[int],
    gap_mm: float = 0,
) -> Geometry:
    """A lying sheet with upright folds.

    Args:
        paper: The desktop paper that the flat sheet is.
        panels: (name, width) in reading order.
        outside: Indices of the panels on the outside, left to right.
        inside: The same for the inside.
        gap_mm: What the doors of a gate fold leave open.
    """
    height, width = PAPERS_MM[paper]
    return Geometry(
        (width, height),
        tuple(Panel(name, across, height) for name, across in panels),
        tuple(row([(index, panels[index][1]) for index in side]) for side in (outside, inside)),
        "short",
        "folded",
        BLEED_MM[paper],
        gap_mm,
    )


def _bifold(paper: Paper, half: float) -> Geometry:
    panels = [("cover", half), ("inside", half), ("inside", half), ("back", half)]
    return _folded(paper, panels, [3, 0], [1, 2])


def _letter_fold(paper: Paper, short: float, wide: float) -> Geometry:
    """Outside: flap, back, cover. The inside's right panel is the flap's other face."""
    panels = [("cover", wide), ("flap", short), ("inside", wide), ("inside", wide)]
    panels += [("inside", short), ("back", wide)]
    return _folded(paper, panels, [1, 5, 0], [2, 3, 4])


def _z_fold(paper: Paper, third: float) -> Geometry:
    """Outside: 5, 6, cover. The flap is what meets the eye first when the cover is opened."""
    names = ("cover", "flap", "inside", "inside", "inside", "back")
    return _folded(paper, [(name, third) for name in names], [4, 5, 0], [1, 2, 3])


def _gate_fold(paper: Paper, door: float, centre: float, gap: float) -> Geometry:
    """Outside: right door, back, left door. Closed, the doors are cover and flap."""
    panels = [("cover", door), ("flap", door), ("inside", door), ("inside", centre)]
    panels += [("inside", door), ("back", centre)]
    return _folded(paper, panels, [1, 5, 0], [2, 3, 4], gap)


def _roll_fold(paper: Paper, innermost: float, inner: float, wide: float) -> Geometry:
    """Outside: innermost, inner, back, cover. The two flaps appear one after the other."""
    panels = [("cover", wide), ("flap", inner), ("flap", innermost), ("inside", wide)]
    panels += [("inside", wide), ("inside", inner), ("inside", innermost), ("back", wide)]
    return _folded(paper, panels, [2, 1, 7, 0], [3, 4, 5, 6])


def _booklet(paper: Paper, flat_mm: tuple[float, float]) -> Geometry:
    """Pages of half the flat sheet; how many sheets there are depends on the words."""
    width, height = flat_mm
    page = Panel("page", width / 2, height)
    return Geometry((width, height), (page,), (), "short", "stitched", BLEED_MM[paper])


def _lying(paper: Paper) -> tuple[float, float]:
    width, height = PAPERS_MM[paper]
    return height, width


def _upright(paper: Paper) -> tuple[float, float]:
    width, height = _WIDE_MM[paper]
    return height, width


_PAPERS: tuple[Paper, ...] = ("a4", "letter")
_SIDES = ("front", "back")

FORMATS: dict[str, Format] = {
    row_.name: row_
    if row_.flows
    else replace(row_, gives_way=(*SMALL_GIVES_WAY, *LAYOUT_GIVES_WAY.get(row_.layout, ())))
    for row_ in (
        *(
            Format(
                name, layout, {paper: _flat(paper, size_mm, _SIDES)}, sizes_pt, True, SHEET_PAGES
            )
            for name, layout, paper, size_mm, sizes_pt in _CUT
        ),
        Format(
            "large-print",
            "large-print",
            {paper: _flat(paper, PAPERS_MM[paper], ("page",)) for paper in _PAPERS},
            (18, 18),
            flows=True,
        ),
        Format(
            "poster",
            "poster",
            {paper: _flat(paper, _upright(paper), ("front",)) for paper in _PAPERS},
            (30, 44),
        ),
        Format(
            "card",
            "card",
            {paper: _flat(paper, _CARD_MM, _SIDES) for paper in _PAPERS},
            (12, 12),
        ),
        Format(
            "bifold",
            "panels",
            {"a4": _bifold("a4", 148.5), "letter": _bifold("letter", 139.7)},
            (12, 14),
        ),
        Format(
            "letter-fold",
            "panels",
            {
                "a4": _letter_fold("a4", 97, 100),
                "letter": _letter_fold("letter", 92.075, 93.6625),
            },
            (12, 14),
        ),
        Format(
            "z-fold",
            "panels",
            {"a4": _z_fold("a4", 99), "letter": _z_fold("letter", 279.4 / 3)},
            (12, 14),
        ),
        Format(
            "gate-fold",
            "panels",
            {
                "a4": _gate_fold("a4", 73.5, 150, 3),
                "letter": _gate_fold("letter", 69.05625, 141.2875, 3.175),
            },
            (12, 14),
        ),
        Format(
            "roll-fold-4",
            "panels",
            {
                "a4": _roll_fold("a4", 71.5, 73.5, 76),
                "letter": _roll_fold("letter", 67.46875, 69.05625, 71.4375),
            },
            (12, 14),
        ),
        Format(
            "booklet",
            "booklet",
            {paper: _booklet(paper, _lying(paper)) for paper in _PAPERS},
            (12, 12),
            flows=True,
        ),
        Format(
            "booklet-large",
            "booklet",
            {paper: _booklet(paper, _WIDE_MM[paper]) for paper in _PAPERS},
            (12, 12),
            flows=True,
        ),
    )
}


def format_named(name: str, formats: dict[str, Format] | None = None) -> Format:
    """The row of a format.

    Args:
        name: Its name.
        formats: The table, when a project has formats of its own.

    Raises:
        FoldwellError: If there is none of that name.
    """
    table = FORMATS if formats is None else formats
    try:
        return table[name]
    except KeyError:
        raise FoldwellError(
            f"There is no format '{name}'.", None, did_you_mean(name, table)
        ) from None
