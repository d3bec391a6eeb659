"""Rooms: how wide the runs of a line may get before anything else of its block moves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import SimpleNamespace
from typing import Any

from foldwell.typeset.stamping.shapes import Unlike
from foldwell.typeset.variable.columns import padding_of, sharing_table
from foldwell.typeset.variable.faces import face_of
from foldwell.typeset.variable.fields import Room
from foldwell.typeset.variable.lines_found import LineFound, Lines, Place
from foldwell.typeset.variable.pages import first_part
from foldwell.typeset.variable.shaping import Face, shaped
from foldwell.typeset.variable.static_lines import around, group_of, is_static, room_of


def rooms_of(
    lines: Sequence[LineFound], own: Sequence[Sequence[Any]], sizes: Sequence[Sequence[float]]
) -> list[Room]:
    """The rooms of the lines of a block in one setting.

    Args:
        lines: The lines.
        own: For each line the runs on it with words of a clinic's own.
        sizes: For each of these runs the size of its type on the pages, in CSS pixels.

    Raises:
        Unlike: If it is not known what would stand on a line if there were more room.
    """
    found = []
    for index, (line, runs) in enumerate(zip(lines, own, strict=True)):
        scales = tuple(map(_scale, runs, sizes[index]))
        rest = line.box.width - sum(run.width for run in runs)
        if sharing_table(line.above):
            rest += padding_of(line.block)
        chunk, chunk_scale = 0.0, 0.0
        if around(line)[1] and (runs or own[index + 1]):
            chunk, chunk_scale = _chunk(lines[index + 1], own[index + 1], sizes[index + 1])
        found.append(Room(room_of(line)[0], rest, scales, chunk, chunk_scale))
    return found


def _chunk(line: LineFound, own: Sequence[Any], sizes: Sequence[float]) -> tuple[float, float]:
    """What a line begins with and is never parted: see ``Room``.

    Raises:
        Unlike: If it does not begin with text, or that is not known.
    """
    runs, chunk = [box for _, box in line.runs() if box.text], 0.0
    if not runs or runs[0].position_x > line.box.position_x + 0.1:
        raise Unlike
    for run in runs:
        if own and run is own[0]:
            return chunk, _scale(run, sizes[0])
        text = run.text.lstrip(" ") if run is runs[0] else run.text
        part = first_part(text, whole=is_whole(run))
        shape = shaped(part, face_of_run(run)) if part else None
        if part and shape is None:
            raise Unlike
        chunk += shape.width_px if shape else 0.0
        if part != text:
            break
    return chunk, 0.0


def is_whole(run: Any) -> bool:
    """Whether a run of text is never broken."""
    return bool(run.style["white_space"] == "nowrap")


def _scale(run: Any, size: float) -> float:
    return float(run.style["font_size"] / size)


def face_of_run(box: Any) -> Face:
    """The face of a run of text.

    Raises:
        Unlike: If it has none.
    """
    return face_and_tail(box)[0]


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


def lines_there(
    other: Lines, own: Sequence[Sequence[Place]], shown: Iterable[int]
) -> tuple[list[LineFound], list[list[Any]]]:
    """The lines of a block in another setting, and the runs with words of a clinic's own.

    Args:
        other: The lines of that setting.
        own: For each line of the block here the words of a clinic's own on it.
        shown: The numbers of all such words.

    Raises:
        Unlike: If its words stand on other lines there.
    """
    found = [[other.places.get(place.number, []) for place in places] for places in own]
    every = [places for line in found for places in line]
    if any(len(places) != 1 for places in every):
        raise Unlike
    group = group_of(other.lines[every[0][0].line])
    numbers = [n for n, line in enumerate(other.lines) if group_of(line) is group]
    here = [n for n in shown if any(p.line in numbers for p in other.places.get(n, ()))]
    lines = [other.lines[number] for number in numbers]
    as_here = len(lines) == len(own) and len(here) == len(every) and all(map(is_static, lines))
    if not as_here or any(
        place.line != numbers[index] for index, line in enumerate(found) for (place,) in line
    ):
        raise Unlike
    return lines, [[place.run for (place,) in line] for line in found]
