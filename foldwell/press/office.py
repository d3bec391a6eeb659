"""Office files: sheets for a desktop printer, from typeset panel pages.

They fit the region's paper, keep clear of what a printer cannot reach, and are never scaled.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pikepdf import Dictionary, Name

from foldwell.paper.formats import OFFICE_MARGIN_MM
from foldwell.paper.geometry import Flip
from foldwell.paper.sheets import Side
from foldwell.pdf.opening import in_memory
from foldwell.pdf.piece_info import write_piece_info
from foldwell.press.cut_marks import cut_lines, cut_marks
from foldwell.press.finishing import read_from_right, save
from foldwell.press.imposition import impose, overlay, piece_info


@dataclass(frozen=True)
class Piece:
    """What a printed file says of itself.

    Attributes:
        title: The title that a viewer shows.
        format: The name of the format.
        body_pt: The size of its body text.
        flip: The edge over which a duplex printer turns the sheet.
        slug: The line of job facts outside the trim, with marks for the side's number.
        language: The language of the words.
        right_to_left: Whether it is read from right to left.
    """

    title: str
    format: str
    body_pt: float
    flip: Flip
    slug: str
    language: str
    right_to_left: bool = False


def office_file(
    panels: bytes, sides: Sequence[Side], piece: Piece, instructions: bytes | None = None
) -> bytes:
    """The file for a desktop printer: nothing in the margin that it cannot print.

    Args:
        panels: A PDF with one page a panel, in reading order.
        sides: What stands where on the region's paper.
        piece: What the file says of itself.
        instructions: A PDF whose pages stand before the leaflet's own: how to print and fold.
    """
    with in_memory(panels) as source:
        sheets = impose(source, sides, margin_mm=OFFICE_MARGIN_MM)
        modified = str(source.docinfo.get("/ModDate", "D:20000101000000Z"))
        for side, page in zip(sides, sheets.pages, strict=True):
            if any(cut_lines(side)):
                overlay(sheets, page, cut_marks(side).written())
            info = piece_info(
                side, 0, format_name=piece.format, medium="office", condition="",
                body_pt=piece.body_pt,
            )  # fmt: skip
            write_piece_info(page, info, modified)
        if instructions:
            with in_memory(instructions) as first:
                for index, page in enumerate(first.pages):
                    sheets.pages.insert(index, page)
        sheets.Root.Lang = piece.language
        sheets.Root.ViewerPreferences = Dictionary(
            DisplayDocTitle=True,
            PrintScaling=Name("/None"),
            Duplex=Name(f"/DuplexFlip{piece.flip.title()}Edge"),
        )
        if piece.right_to_left:
            read_from_right(sheets)
        for key in ("/Author", "/Creator", "/Producer", "/CreationDate", "/ModDate"):
            if key in source.docinfo:
                sheets.docinfo[key] = str(source.docinfo[key])
        sheets.docinfo["/Title"] = piece.title
        return save(sheets)
