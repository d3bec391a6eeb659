"""The operators that set and show text (ISO 32000-1, 9).

Only the linear part of the text matrix is followed: it gives the real size and the direction of
text. Where each glyph stands is asked of a viewer later.
"""

from __future__ import annotations

import math
from typing import Any

from foldwell.pdf.colour_space import resource
from foldwell.pdf.content_stream import numbers
from foldwell.pdf.graphics_state import NO_FONT
from foldwell.pdf.painting import INVISIBLE, STROKED, Show
from foldwell.pdf.plane import IDENTITY, height_of, multiply, thinnest
from foldwell.pdf.run import Operator, Run


def _begin(run: Run, _: list[Any]) -> None:
    run.text_matrix = IDENTITY


def _font(run: Run, operands: list[Any]) -> None:
    if len(operands) < 2 or type(operands[-1]) is not float:
        return
    item = resource(run.resources, "/Font", operands[-2])
    run.state.font = NO_FONT if item is None else run.page.fonts.read(item)
    run.state.font_size = operands[-1] * (1 if item is None else run.page.fonts.em(item))


def _mode(run: Run, operands: list[Any]) -> None:
    if values := numbers(operands, 1):
        run.state.text_mode = int(values[0])


def _matrix(run: Run, operands: list[Any]) -> None:
    if values := numbers(operands, 6):
        a, b, c, d, e, f = values
        run.text_matrix = (a, b, c, d, e, f)


def _show(run: Run, operands: list[Any]) -> None:
    """One string; an empty one shows nothing."""
    if operands and isinstance(operands[-1], bytes) and operands[-1]:
        _note(run)


def _show_parts(run: Run, operands: list[Any]) -> None:
    """Strings with moves between them."""
    if operands and isinstance(operands[-1], list):
        parts = operands[-1]
        if any(isinstance(part, bytes) and part for part in parts):
            _note(run)


def _note(run: Run) -> None:
    state, font = run.state, run.state.font
    if font is None:
        return
    if not run.listed:
        if state.text_mode not in INVISIBLE:
            run.font_used(font)
        return
    matrix = multiply(run.text_matrix, state.ctm)
    across = math.hypot(matrix[0], matrix[1])
    direction = (matrix[0] / across, matrix[1] / across) if across > 1e-9 else (1.0, 0.0)
    outlined = state.text_mode in STROKED
    run.painted.shows.append(
        Show(
            font=font,
            size_pt=abs(state.font_size) * height_of(matrix),
            direction=direction,
            colour=state.stroke if outlined else state.fill,
            mode=state.text_mode,
            clip=state.clip,
            opacity=state.stroke_opacity if outlined else state.fill_opacity,
            line_pt=state.line_width * thinnest(state.ctm),
            overprint=state.overprint(outlined),
        )
    )


OPERATORS: dict[str, Operator] = {
    "BT": _begin,
    "Tf": _font,
    "Tr": _mode,
    "Tm": _matrix,
    "Tj": _show,
    "'": _show,
    '"': _show,
    "TJ": _show_parts,
}
