"""Imposition: panel pages in reading order become sheet sides, ready to print and fold.

The panels stay what they are (text, fonts, drawings); each becomes a form XObject, clipped to
its own edge, to its bleed where the sheet is trimmed, and to what a desktop printer can reach.
"""

from __future__ import annotations

from collections.abc import Sequence

import pikepdf
from pikepdf import Dictionary, Matrix, Name, Pdf

from foldwell.paper.crease_lines import Line
from foldwell.paper.sheets import Box, Placement, Side
from foldwell.pdf.piece_info import PieceInfo
from foldwell.pdf.plane import PT_PER_MM
from foldwell.press.drawing import Drawing


def impose(
    panels: Pdf, sides: Sequence[Side], *, margin_mm: float = 0, around_mm: float = 0
) -> Pdf:
    """The sheet sides of some panels, one page a side.

    Args:
        panels: One page a panel, in reading order; its lower left trim corner is the origin.
        sides: What stands where.
        margin_mm: What a printer cannot reach at the edges of a side; nothing is drawn there.
        around_mm: How far each page reaches beyond its side on every edge.
    """
    sheets = Pdf.new()
    forms = [sheets.copy_foreign(_form(page)) for page in panels.pages]
    for side in sides:
        width, height = side.width_mm + 2 * around_mm, side.height_mm + 2 * around_mm
        page = sheets.add_blank_page(page_size=(width * PT_PER_MM, height * PT_PER_MM))
        drawing = Drawing(around_mm, around_mm)
        resources = Dictionary()
        reach = Box(
            margin_mm, margin_mm, side.width_mm - 2 * margin_mm, side.height_mm - 2 * margin_mm
        )
        for placement in side.placements:
            name = f"/Panel{placement.page}"
            resources[name] = forms[placement.page]
            _place(drawing, placement, Name(name), reach if margin_mm else None, around_mm)
        page.Resources = Dictionary(XObject=resources)
        page.Contents = sheets.make_stream(drawing.written())
    return sheets


def _form(page: pikepdf.Page) -> pikepdf.Stream:
    """A page as a form whose box is the whole page: bleed is cut where the panel is placed."""
    for key in ("/TrimBox", "/BleedBox", "/CropBox", "/ArtBox"):
        if key in page.obj:
            del page.obj[key]
    form = page.as_form_xobject()
    if not isinstance(form, pikepdf.Stream):  # so that the type checker knows it too
        raise TypeError(type(form).__name__)
    return form


def _place(
    drawing: Drawing, placement: Placement, name: Name, reach: Box | None, around_mm: float
) -> None:
    box, over = placement.box, placement.over_mm
    left, lower = box.x_mm - over[0], box.y_mm - over[1]
    right, upper = box.right_mm + over[2], box.top_mm + over[3]
    if reach:
        left, lower = max(left, reach.x_mm), max(lower, reach.y_mm)
        right, upper = min(right, reach.right_mm), min(upper, reach.top_mm)
    x = (box.x_mm + placement.shift_mm + around_mm) * PT_PER_MM
    y = (box.y_mm + around_mm) * PT_PER_MM
    width, height = box.width_mm * PT_PER_MM, box.height_mm * PT_PER_MM
    # A turn swings the panel out of its place; the shift brings its corner back.
    corner = {0: (0.0, 0.0), 90: (0.0, height), 180: (width, height), 270: (width, 0.0)}
    dx, dy = corner[placement.turn % 360]
    matrix = Matrix().translated(x + dx, y + dy).rotated(-placement.turn)
    drawing.op("q")
    clip = (left + around_mm, lower + around_mm, right - left, upper - lower)
    drawing.op("re", *(value * PT_PER_MM for value in clip))
    drawing.op("W")
    drawing.op("n")
    drawing.op("cm", *matrix.shorthand)
    drawing.op("Do", name)
    drawing.op("Q")


def overlay(sheets: Pdf, page: pikepdf.Page, drawn: bytes) -> None:
    """Draw marks over what a page holds already."""
    page.contents_add(sheets.make_stream(drawn))


def piece_info(
    side: Side, around_mm: float, *, format_name: str, medium: str, condition: str, body_pt: float
) -> PieceInfo:
    """What a page says of its side, in points."""

    def rectangle(box: Box) -> tuple[float, float, float, float]:
        moved = box.moved(around_mm, around_mm)
        return (
            moved.x_mm * PT_PER_MM,
            moved.y_mm * PT_PER_MM,
            moved.right_mm * PT_PER_MM,
            moved.top_mm * PT_PER_MM,
        )

    def lines(side_lines: tuple[Line, ...]) -> tuple[Line, ...]:
        return tuple(
            (
                (at + around_mm) * PT_PER_MM,
                (start + around_mm) * PT_PER_MM,
                (end + around_mm) * PT_PER_MM,
            )
            for at, start, end in side_lines
        )

    return PieceInfo(
        format_name,
        medium,
        condition,
        body_pt,
        lines(side.folds),
        tuple(rectangle(trim) for trim in side.trims),
        tuple(rectangle(placement.box) for placement in side.placements),
        lines(side.lying_folds),
    )
