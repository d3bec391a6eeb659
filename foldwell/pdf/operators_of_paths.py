"""The operators that build, paint and clip paths (ISO 32000-1, 8.5)."""

from __future__ import annotations

from typing import Any

from pikepdf import Stream

from foldwell.pdf.content_stream import numbers
from foldwell.pdf.graphics_state import Path
from foldwell.pdf.painting import Fill, Stroke
from foldwell.pdf.plane import grown, thinnest
from foldwell.pdf.run import Operator, Run
from foldwell.pdf.shading import shading_colour


def _building(method: str, count: int) -> Operator:
    """An operator that adds to the path."""

    def add(run: Run, operands: list[Any]) -> None:
        if (values := numbers(operands, count)) is not None:
            getattr(run.path, method)(run.state.ctm, *values)

    return add


def _close(run: Run, _: list[Any]) -> None:
    run.path.close()


def _clip(run: Run, _: list[Any]) -> None:
    run.clips = True


def _line_width(run: Run, operands: list[Any]) -> None:
    if values := numbers(operands, 1):
        run.state.line_width = values[0]


def _painting(*, fill: bool = False, stroke: bool = False, close: bool = False) -> Operator:
    """An operator that paints the path and starts a new one."""

    def paint(run: Run, _: list[Any]) -> None:
        if close:
            run.path.close()
        if run.path.pieces and not run.masked:
            if fill:
                _fill(run)
            if stroke:
                _stroke(run)
        if run.clips and run.path.started:  # a path without length leaves nothing
            run.cut(run.path.box)
        run.path, run.clips = Path(), False

    return paint


def _fill(run: Run) -> None:
    state, path = run.state, run.path
    box = run.seen(path.box) if path.box else None
    if box is None or state.fill_opacity <= 0:
        return
    colour, pattern = state.fill, state.fill_pattern
    if pattern is not None and pattern.get("/PatternType") == 2:
        colour = shading_colour(pattern.get("/Shading"), run.resources)
    over = state.overprint(False)
    run.painted.fills.append(Fill(box, colour, path.upright, path.pieces, over))
    if isinstance(pattern, Stream):
        run.tile(pattern, colour, box)


def _stroke(run: Run) -> None:
    state, path = run.state, run.path
    width_pt = state.line_width * thinnest(state.ctm)
    box = run.seen(grown(path.box, width_pt / 2)) if path.box else None
    if box is None or state.stroke_opacity <= 0:
        return
    over = state.overprint(True)
    run.painted.strokes.append(Stroke(box, width_pt, state.stroke, path.pieces, over))
    if isinstance(state.stroke_pattern, Stream):
        run.tile(state.stroke_pattern, state.stroke, box)


def _shade(run: Run, operands: list[Any]) -> None:
    """Operator sh: a shading all over the clip."""
    clip = run.state.clip
    if clip is None or run.masked or run.state.fill_opacity <= 0 or not operands:
        return
    colour = shading_colour(operands[-1], run.resources)
    over = run.state.overprint(False)
    run.painted.fills.append(Fill(clip, colour, upright=False, pieces=1, overprint=over))


OPERATORS: dict[str, Operator] = {
    "m": _building("move", 2),
    "l": _building("line", 2),
    "c": _building("curve", 6),
    "v": _building("curve", 4),
    "y": _building("curve", 4),
    "re": _building("rectangle", 4),
    "h": _close,
    "W": _clip,
    "W*": _clip,
    "w": _line_width,
    "n": _painting(),
    "f": _painting(fill=True),
    "F": _painting(fill=True),
    "f*": _painting(fill=True),
    "S": _painting(stroke=True),
    "s": _painting(stroke=True, close=True),
    "B": _painting(fill=True, stroke=True),
    "B*": _painting(fill=True, stroke=True),
    "b": _painting(fill=True, stroke=True, close=True),
    "b*": _painting(fill=True, stroke=True, close=True),
    "sh": _shade,
}
