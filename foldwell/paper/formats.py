"""The table of formats: finished size, panels in reading order, sheet sides and folds.

Sizes and panel order follow the usual trade tables: the panel that tucks in is narrower (3 mm
on A4, 1/16 inch on Letter), and the inside is the outside reversed. Gate and roll folds, the
mini booklet and the French fold follow our own arithmetic and want a folded dummy before a first
print run. Each row says how it is folded; ``foldwell.paper.folding`` holds it to that.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from foldwell.paper.folded_sheets import (
    FOLDED,
    PAPERS,
    WIDE_MM,
    booklet,
    flat,
    folded_once,
    lying,
    upright,
)
from foldwell.paper.geometry import PAPERS_MM, Geometry, Paper

Layout = Literal[
    "sheet",
    "small-sheet",
    "large-print",
    "panels",
    "booklet",
    "card",
    "poster",
    "bilingual",
    "languages",
]

STITCHED_PAGES = 48
"""The most pages that a wire stitch holds without the booklet springing open."""
OFFICE_MARGIN_MM = 5
"""What a desktop printer cannot print on, measured from every edge of the sheet."""

_CUT: tuple[tuple[str, Layout, Paper, tuple[float, float], tuple[float, float]], ...] = (
    ("a4", "sheet", "a4", (210, 297), (12, 13)),
    ("a5", "small-sheet", "a4", (148, 210), (12, 14)),
    ("a6", "small-sheet", "a4", (105, 148), (12, 13)),
    ("letter", "sheet", "letter", (215.9, 279.4), (12, 13)),
    ("half-letter", "small-sheet", "letter", (139.7, 215.9), (12, 14)),
)
"""Flat sheets: name, layout, the paper that carries them, size in mm, least and largest text."""
_CARD_MM: dict[Paper, tuple[float, float]] = {"a4": (85, 55), "letter": (88.9, 50.8)}
"""Cards for the wallet: 85 × 55 mm, and 3.5 × 2 inches."""
_POSTCARD_MM: dict[Paper, tuple[float, float]] = {"a4": (105, 148), "letter": (107.95, 139.7)}
"""Four on a desktop sheet: A6, and a quarter of Letter."""
_BOOKMARK_MM: dict[Paper, tuple[float, float]] = {"a4": (54, 190), "letter": (50.8, 190.5)}
"""Five on a desktop sheet: 2 × 7.5 inches on Letter."""
_STICKER_MM: dict[Paper, tuple[float, float]] = {"a4": (95, 66), "letter": (101.6, 63.5)}
"""Eight on a desktop sheet: 4 × 2.5 inches on Letter."""
SMALL_GIVES_WAY = (
    "fax",
    "authors",
    "interests",
    "roles",
    "feedback",
    "facts",
    "line-notes",
    "other-formats",
    "night-note",
    "website",
    "email",
    "hours",
    "address",
)
"""What formats of few panels leave out, in this order; sheets and web pages have it all. First what
nobody who is ill looks for; how to reach help, and who needs another format, stay longer."""
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
    def bilingual(self) -> bool:
        """Whether it sets two languages side by side."""
        return self.layout == "bilingual"

    @property
    def folded(self) -> bool:
        """Whether one side carries several panels."""
        return self.layout == "panels" or (self.bilingual and not self.flows)


_SIDES = ("front", "back")

FORMATS: dict[str, Format] = {
    row_.name: row_
    if row_.flows
    else replace(row_, gives_way=(*SMALL_GIVES_WAY, *LAYOUT_GIVES_WAY.get(row_.layout, ())))
    for row_ in (
        *(
            Format(name, layout, {paper: flat(paper, size_mm, _SIDES)}, sizes_pt, True, SHEET_PAGES)
            for name, layout, paper, size_mm, sizes_pt in _CUT
        ),
        Format(
            "large-print",
            "large-print",
            {paper: flat(paper, PAPERS_MM[paper], ("page",)) for paper in PAPERS},
            (18, 18),
            flows=True,
        ),
        Format(
            "bilingual",
            "bilingual",
            {paper: flat(paper, PAPERS_MM[paper], ("page",)) for paper in PAPERS},
            (12, 13),
            flows=True,
            pages=2 * SHEET_PAGES,
        ),
        Format(
            "bilingual-fold",
            "bilingual",
            {paper: folded_once(paper, WIDE_MM[paper]) for paper in PAPERS},
            (12, 13),
        ),
        Format(
            "poster",
            "poster",
            {paper: flat(paper, upright(paper), ("front",)) for paper in PAPERS},
            (30, 44),
        ),
        Format(
            "languages-poster",
            "languages",
            {paper: flat(paper, upright(paper), ("front",)) for paper in PAPERS},
            (24, 32),
        ),
        Format(
            "languages-card",
            "languages",
            {paper: flat(paper, _POSTCARD_MM[paper], _SIDES) for paper in PAPERS},
            (12, 13),
        ),
        Format(
            "card",
            "card",
            {paper: flat(paper, _CARD_MM[paper], _SIDES) for paper in PAPERS},
            (12, 12),
        ),
        Format(
            "bookmark",
            "card",
            {paper: flat(paper, _BOOKMARK_MM[paper], _SIDES) for paper in PAPERS},
            (12, 13),
        ),
        Format(
            "sticker-sheet",
            "card",
            {paper: flat(paper, _STICKER_MM[paper], ("front",)) for paper in PAPERS},
            (12, 15),
        ),
        *(Format(name, "panels", geometry, sizes_pt) for name, geometry, sizes_pt in FOLDED),
        Format(
            "booklet",
            "booklet",
            {paper: booklet(paper, lying(paper)) for paper in PAPERS},
            (12, 12),
            flows=True,
        ),
        Format(
            "booklet-large",
            "booklet",
            {paper: booklet(paper, WIDE_MM[paper]) for paper in PAPERS},
            (12, 12),
            flows=True,
        ),
    )
}
