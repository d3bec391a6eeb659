"""Rooms: how wide the runs of a line may get before anything else of its block moves."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any

from foldwell.typeset.stamping.shapes import Unlike
from foldwell.typeset.variable.faces import face_of
from foldwell.typeset.variable.fields import Room
from foldwell.typeset.variable.lines_found import LineFound
from foldwell.typeset.variable.pages import first_part
from foldwell.typeset.variable.shaping import Face, shaped
from foldwell.typeset.variable.static_lines import around, room_of


def room_for(line: LineFound, runs: Sequence[Any], scales: tuple[float, ...]) -> Room:
    """The room of a line; see ``Room``.

    Raises:
        Unlike: If it is not known what would stand on it if there were more room.
    """
    px, least, gap = room_of(line)[0], 0.0, 0.0
    before, behind = around(line)
    if before and _first(line) is runs[0]:
        gap = room_of(before)[0] - before.box.width
    if behind:
        first = _first(behind)
        chunk = shaped(first_part(first.text), face_and_tail(first)[0])
        if not chunk:
            raise Unlike
        least = px - chunk.width_px
    rest = line.box.width - sum(run.width for run in runs)
    return Room(px, rest, scales, least, gap)


def face_and_tail(box: Any) -> tuple[Face, str]:
    """The face of a run of text, and what is drawn behind its words: the space of a line's end.

    Raises:
        Unlike: If it has none.
    """
    drawn = box.pango_layout.text
    tail = drawn.removeprefix(box.text)
    face = face_of(SimpleNamespace(text=drawn, style=box.style, pango_layout=box.pango_layout))
    if face is None or tail.strip(" ") or box.text + tail != drawn:
        raise Unlike
    if (shape := shaped(box.text, face)) and shape.width_px == box.width:
        return face, tail
    raise Unlike


def _first(line: LineFound) -> Any:
    """What a line begins with, if that is text.

    Raises:
        Unlike: If it is not.
    """
    runs = [box for _, box in line.runs() if box.text.strip()]
    if not runs or runs[0].position_x > line.box.position_x + 0.1:
        raise Unlike
    return runs[0]
