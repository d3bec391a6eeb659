"""The facts of a page of a PDF: boxes, what is painted, text, and what it says of itself.

Nothing is judged here. A page may be broken in ways that viewers forgive, and so are they
forgiven here; a page without a sheet is refused.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from pikepdf import Pdf

from foldwell.check.page_text import PageText, read_text
from foldwell.errors import Place
from foldwell.pdf.boxes import inherited, page_box, turned_by, user_unit
from foldwell.pdf.interpreter import Interpreter
from foldwell.pdf.painting import Painted
from foldwell.pdf.piece_info import PieceInfo, read_piece_info
from foldwell.pdf.plane import Box, common, scaled, size

LONGEST_PT = 15_000
"""The longest side that a page may have: a little over what viewers show (14,400)."""
CLIP_SLACK_PT = 0.5
"""How far a glyph's box may reach over an edge: rounding, and the side bearing of a letter."""


@dataclass(frozen=True)
class PageFacts:
    """One page. All boxes are points, in the space of the page that is not turned.

    Attributes:
        number: Counted from 1.
        media: The whole sheet of the file.
        trim: What is left after trimming; the whole page where the file names no TrimBox.
        bleed: How far colour runs over the trim.
        has_trim: Whether the file names a TrimBox.
        turn: By how many degrees a viewer turns it clockwise: 0, 90, 180 or 270.
        unit_pt: Points a unit of the page (UserUnit).
        info: What a page of ours says of itself.
        painted: What is painted.
        text: Its text.
    """

    number: int
    media: Box
    trim: Box
    bleed: Box
    has_trim: bool
    turn: int
    unit_pt: float
    info: PieceInfo | None
    painted: Painted
    text: PageText

    @property
    def pieces(self) -> tuple[Box, ...]:
        """The trimmed pieces on the page: the trim, or several of a press sheet."""
        return self.info.trims if self.info and self.info.trims else (self.trim,)

    @property
    def edges(self) -> tuple[str, str, str, str]:
        """What a reader calls the left, lower, right and upper edge of the page's own space."""
        names = ["left", "lower", "right", "upper"]
        shift = {0: 0, 90: 3, 180: 2, 270: 1}[self.turn]
        turned = names[shift:] + names[:shift]
        return turned[0], turned[1], turned[2], turned[3]

    def place(self, box_pt: Box | None = None) -> Place:
        """The page, or a box on it, as the place of a finding."""
        return Place(page=self.number, box_pt=box_pt)

    def shown_size(self, box: Box) -> tuple[float, float]:
        """Width and height of a box as a reader sees it."""
        width, height = size(box)
        return (width, height) if self.turn % 180 == 0 else (height, width)


def read_page(pdf: Pdf, viewer: Any, interpreter: Interpreter, number: int) -> PageFacts:
    """The facts of one page.

    Args:
        pdf: The file as pikepdf has it.
        viewer: The same as pypdfium2 has it.
        interpreter: What reads its content.
        number: Which page, counted from 1.

    Raises:
        ValueError: If it has no sheet, or one that no viewer shows.
    """
    page = pdf.pages[number - 1]
    unit_pt = user_unit(page.obj)
    media = page_box(page.obj, "/MediaBox", unit_pt)
    if media is None or max(size(media)) > LONGEST_PT or min(size(media)) < 1:
        raise ValueError("no sheet")
    crop = common(media, page_box(page.obj, "/CropBox", unit_pt)) or media
    trim = page_box(page.obj, "/TrimBox", unit_pt)
    info = read_piece_info(page)
    resources = inherited(page.obj, "/Resources")
    start = (unit_pt, 0.0, 0.0, unit_pt, 0.0, 0.0)
    painted = interpreter.read(page.obj, resources, start, media)
    shown = whole_page(viewer, number - 1, scaled(media, 1 / unit_pt))
    try:
        text = read_text(shown, painted.shows, unit_pt, CLIP_SLACK_PT)
    finally:
        shown.close()
    return PageFacts(
        number,
        media,
        trim or crop,
        page_box(page.obj, "/BleedBox", unit_pt) or crop,
        trim is not None,
        turned_by(page.obj),
        unit_pt,
        info if unit_pt == 1 or info is None else _in_points(info, unit_pt),
        painted,
        text,
    )


def whole_page(viewer: Any, index: int, media: Box) -> Any:
    """A page as a viewer has it, with nothing of its sheet cropped away."""
    page = viewer[index]
    if page.get_cropbox() != media:
        page.set_cropbox(*media)
        page.close()
        page = viewer[index]  # a viewer looks at the box when it opens a page
    return page


def _in_points(info: PieceInfo, unit_pt: float) -> PieceInfo:
    return replace(
        info,
        folds=tuple((x * unit_pt, y0 * unit_pt, y1 * unit_pt) for x, y0, y1 in info.folds),
        lying_folds=tuple(
            (y * unit_pt, x0 * unit_pt, x1 * unit_pt) for y, x0, x1 in info.lying_folds
        ),
        trims=tuple(scaled(box, unit_pt) for box in info.trims),
        panels=tuple(scaled(box, unit_pt) for box in info.panels),
    )
