"""Imposition: panel pages in reading order become sheet sides, ready to print and fold.

The panels stay what they are (text, fonts, drawings); each becomes a form XObject, clipped to
its own edge and to what the printer can reach.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

from pikepdf import (
    ContentStreamInstruction,
    Dictionary,
    Matrix,
    Name,
    Operator,
    Pdf,
    unparse_content_stream,
)

from foldwell.press.finishing import save
from foldwell.press.formats import OFFICE_MARGIN_MM, Geometry, Spot

PT_PER_MM = 72 / 25.4


@dataclass(frozen=True)
class Placement:
    """One panel page on one sheet side, in millimetres from the lower left corner.

    Attributes:
        page: The index of the panel page, from 0.
        x_mm: The panel's left edge on the sheet.
        y_mm: Its lower edge.
        width_mm: Its width as it stands on the sheet.
        height_mm: Its height as it stands on the sheet.
        turn: Clockwise turn in degrees.
    """

    page: int
    x_mm: float
    y_mm: float
    width_mm: float
    height_mm: float
    turn: int


def plan_sides(geometry: Geometry, pages: int, flows: bool) -> tuple[tuple[Placement, ...], ...]:
    """What stands where on each sheet side.

    Args:
        geometry: The format on its paper.
        pages: How many panel pages there are.
        flows: Whether each page is a sheet side of its own, as many as there are.
    """
    sides: tuple[tuple[Spot, ...], ...] = geometry.sides
    if flows:
        sides = tuple((Spot(index, 0),) for index in range(pages))
    plan = []
    for side in sides:
        placements = []
        for spot in side:
            if spot.panel >= pages:
                continue  # an empty back
            panel = geometry.panels[0 if flows else spot.panel]
            size = (panel.width_mm, panel.height_mm)
            width, height = size if spot.turn % 180 == 0 else size[::-1]
            y = geometry.sheet_mm[1] - height
            placements.append(Placement(spot.panel, spot.x_mm, y, width, height, spot.turn))
        plan.append(tuple(placements))
    return tuple(plan)


def impose_office(content: bytes, geometry: Geometry, flows: bool, title: str) -> bytes:
    """The sheet sides for a desktop printer, with nothing in the margin it cannot print.

    Args:
        content: A PDF with one page a panel, in reading order.
        geometry: The format on its paper.
        flows: Whether each page is a side of its own.
        title: The title that a viewer shows.
    """
    with Pdf.open(io.BytesIO(content)) as panels, Pdf.new() as sheets:
        forms = [sheets.copy_foreign(page.as_form_xobject()) for page in panels.pages]
        sheet_width, sheet_height = geometry.sheet_mm
        for side in plan_sides(geometry, len(forms), flows):
            page = sheets.add_blank_page(
                page_size=(sheet_width * PT_PER_MM, sheet_height * PT_PER_MM)
            )
            stream: list[ContentStreamInstruction] = []
            resources = Dictionary()
            for placement in side:
                name = f"/Panel{placement.page}"
                resources[name] = forms[placement.page]
                stream += _place(placement, name, sheet_width, sheet_height)
            page.Resources = Dictionary(XObject=resources)
            page.Contents = sheets.make_stream(unparse_content_stream(stream))
        sheets.Root.Lang = panels.Root.get("/Lang", "")
        sheets.Root.ViewerPreferences = Dictionary(
            DisplayDocTitle=True,
            PrintScaling=Name("/None"),
            Duplex=Name(f"/DuplexFlip{geometry.flip.title()}Edge"),
        )
        for key in ("/Author", "/Creator", "/Producer", "/CreationDate", "/ModDate"):
            if key in panels.docinfo:
                sheets.docinfo[key] = str(panels.docinfo[key])
        sheets.docinfo["/Title"] = title
        return save(sheets)


def _place(
    placement: Placement, name: str, sheet_width: float, sheet_height: float
) -> list[ContentStreamInstruction]:
    margin = OFFICE_MARGIN_MM
    left = max(placement.x_mm, margin)
    bottom = max(placement.y_mm, margin)
    right = min(placement.x_mm + placement.width_mm, sheet_width - margin)
    top = min(placement.y_mm + placement.height_mm, sheet_height - margin)
    clip = [value * PT_PER_MM for value in (left, bottom, right - left, top - bottom)]
    x, y = placement.x_mm * PT_PER_MM, placement.y_mm * PT_PER_MM
    width, height = placement.width_mm * PT_PER_MM, placement.height_mm * PT_PER_MM
    # A turn swings the panel out of its place; the shift brings its corner back.
    shift = {0: (0.0, 0.0), 90: (0.0, height), 180: (width, height), 270: (width, 0.0)}
    dx, dy = shift[placement.turn % 360]
    matrix = Matrix().translated(x + dx, y + dy).rotated(-placement.turn)

    def op(operator: str, *operands: float | Name) -> ContentStreamInstruction:
        rounded = [round(o, 4) if isinstance(o, float) else o for o in operands]
        return ContentStreamInstruction(rounded, Operator(operator))

    return [
        op("q"),
        op("re", *clip),
        op("W"),
        op("n"),
        op("cm", *matrix.shorthand),
        op("Do", Name(name)),
        op("Q"),
    ]
