"""Rule X2, its second half: what is printed at the trim runs on into the bleed.

Judged from the drawn page. Where ink touches a trimmed edge it is followed outwards, and where
it ends along a line that runs with the edge before the bleed does, the knife will leave a white
line as soon as it is off. White paper at the edge is fine, and so are slanting shapes that cross
it, as long as they do not stop short like a background does.
"""

from __future__ import annotations

from collections.abc import Iterator

from PIL import Image

from foldwell.check.page_facts import PageFacts
from foldwell.check.raster import Raster, draw
from foldwell.check.subject import Subject
from foldwell.finding import Finding
from foldwell.pdf.plane import PT_PER_MM, Box, holds, joined
from foldwell.rules import Severity

RULE = "X2"
DPI = 127
"""Five pixels a millimetre."""
_INSIDE_MM, _OUTSIDE_MM = 0.6, 2.75
"""From where to where ink is followed; a pixel more is looked at on both sides."""
_INK, _PAPER = 246, 252
"""Darker than the first is printed for sure; lighter than the second is paper."""
_LEAST_MM = 2.0
"""A shorter gap is not seen: the grain of a photograph, a thin line that meets the edge."""
_LEVEL = 1
"""How many pixels the end of colour may wander while it still runs along the edge."""


def on_page(subject: Subject, page: PageFacts) -> Iterator[Finding]:
    """The edges at which colour stops short of the bleed."""
    if not subject.standard.press:
        return
    if not page.has_trim or not holds(page.bleed, page.trim) or not holds(page.media, page.bleed):
        return  # another check tells of that
    raster = draw(subject.file.viewer, page, DPI, any_ink=True)
    gaps: dict[str, list[Box]] = {}
    for piece in page.pieces:
        for index, edge in enumerate(page.edges):
            gap = _gap(raster, piece, index)
            if gap is not None:
                gaps.setdefault(edge, []).append(gap)
    if gaps:
        yield Finding(
            RULE,
            Severity.ERROR,
            f"Colour does not reach into the bleed ({', '.join(gaps)} edge).",
            "Let backgrounds and pictures run 3 mm over the trim.",
            page.place(joined(box for boxes in gaps.values() for box in boxes)),
        )


def _gap(raster: Raster, piece: Box, index: int) -> Box | None:
    """The first place along an edge where colour stops; None if it runs on everywhere."""
    rows = _rows(raster, piece, index)
    if not rows:
        return None
    depths = [_depth(column, len(rows)) for column in zip(*rows, strict=True)]
    least = max(round(_LEAST_MM * PT_PER_MM * raster.scale), 2)
    for first in range(len(depths) - least + 1):
        window = depths[first : first + least]
        if None in window:
            continue
        known = [depth for depth in window if depth is not None]
        if max(known) - min(known) <= _LEVEL:
            return _box(raster, piece, index, first, first + least)
    return None


def _depth(column: tuple[int, ...], full: int) -> int | None:
    """How many pixels outwards ink reaches; None where there is none, or it runs on."""
    inside = full * _INSIDE_MM / (_INSIDE_MM + _OUTSIDE_MM)
    if max(column[: max(int(inside), 1)]) >= _INK:
        return None
    return next((depth for depth, value in enumerate(column) if value > _PAPER), None)


def _rows(raster: Raster, piece: Box, index: int) -> list[bytes]:
    """The pixels along an edge, row by row from inside the trim to near the end of the bleed."""
    image = raster.part(_strip(piece, index))
    if index % 2 == 0:  # left and right edges run upwards
        image = image.transpose(Image.Transpose.TRANSPOSE)
    width, height = image.size
    data = image.tobytes()
    rows = [data[row * width : (row + 1) * width] for row in range(height)]
    return rows if index in (1, 2) else rows[::-1]


def _strip(piece: Box, index: int) -> Box:
    """A strip along an edge, from inside to outside of it."""
    near, far = _INSIDE_MM * PT_PER_MM, _OUTSIDE_MM * PT_PER_MM
    x0, y0, x1, y1 = piece
    return (
        (x0 - far, y0, x0 + near, y1),
        (x0, y0 - far, x1, y0 + near),
        (x1 - near, y0, x1 + far, y1),
        (x0, y1 - near, x1, y1 + far),
    )[index]


def _box(raster: Raster, piece: Box, index: int, first: int, last: int) -> Box:
    """Where some pixels along an edge lie on the page."""
    x0, y0, x1, y1 = _strip(piece, index)
    if index % 2 == 0:
        return (x0, y1 - last / raster.scale, x1, y1 - first / raster.scale)
    return (x0 + first / raster.scale, y0, x0 + last / raster.scale, y1)
