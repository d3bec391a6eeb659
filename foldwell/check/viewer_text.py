"""Characters and the boxes of their glyphs, as the viewer in pypdfium2 finds them on a page."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from typing import Any

import pypdfium2.raw as pdfium

from foldwell.pdf.colour_space import UNKNOWN
from foldwell.pdf.font import Font
from foldwell.pdf.painted_colour import Colour
from foldwell.pdf.painting import Show
from foldwell.pdf.plane import Box, height_of


def text_objects(page: Any) -> Iterator[Any]:
    """Every text object of a page, those in forms where the form is painted."""

    def within(holder: Any, count: Any, get: Any) -> Iterator[Any]:
        for index in range(count(holder)):
            item = get(holder, index)
            kind = pdfium.FPDFPageObj_GetType(item)
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                yield item
            elif kind == pdfium.FPDF_PAGEOBJ_FORM:
                yield from within(
                    item, pdfium.FPDFFormObj_CountObjects, pdfium.FPDFFormObj_GetObject
                )

    yield from within(page.raw, pdfium.FPDFPage_CountObjects, pdfium.FPDFPage_GetObject)


Character = tuple[str, Box, tuple[float, float], int | None]


def characters(
    page: Any, objects: dict[int, int], known: dict[int, Show], unit_pt: float
) -> Iterator[Character]:
    """Character, box, origin and number of the text object; no number for a gap.

    A text object that is not known yet becomes known as the viewer sees it.
    """
    text = page.get_textpage()
    raw = text.raw
    left, right, lower, upper, x, y = (ctypes.c_double() for _ in range(6))
    for index in range(text.count_chars()):
        item = pdfium.FPDFText_GetTextObject(raw, index)
        number = objects.get(ctypes.addressof(item.contents)) if item else None
        if number is not None and number not in known:
            known[number] = _as_viewed(raw, index, item, unit_pt)
        pdfium.FPDFText_GetCharBox(raw, index, left, right, lower, upper)
        pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
        box = (left.value, lower.value, right.value, upper.value)
        character = _printable(pdfium.FPDFText_GetUnicode(raw, index))
        yield character, box, (x.value, y.value), number
    text.close()


def _as_viewed(raw: Any, index: int, item: Any, unit_pt: float) -> Show:
    """How a viewer sees a text object: its size, but no colour as it was written."""
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(raw, index, matrix)
    linear = (matrix.a, matrix.b, matrix.c, matrix.d, 0.0, 0.0)
    across = math.hypot(matrix.a, matrix.b) or 1.0
    return Show(
        font=Font("unknown", True),
        size_pt=abs(pdfium.FPDFText_GetFontSize(raw, index)) * height_of(linear) * unit_pt,
        direction=(matrix.a / across, matrix.b / across),
        colour=Colour(UNKNOWN),
        mode=pdfium.FPDFTextObj_GetTextRenderMode(item),
        clip=(-math.inf, -math.inf, math.inf, math.inf),
        opacity=1.0,
        line_pt=math.inf,
    )


def _printable(code: int) -> str:
    """A character that may stand in a message; a hyphen at a line end has a code of its own."""
    character = "-" if code in (2, 0xAD, 0xFFFE) else chr(code) if code < 0x110000 else "\ufffd"
    return character if character.isprintable() or character.isspace() else "\ufffd"
