"""Whether lines hold words of another width, so that no line ends elsewhere than it did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from foldwell.typeset.variable.fields import Line, Room

SLACK_PX, SLACK_SHARE = 0.02, 0.002
"""How much room a line must have left, and what share of its width in other sizes of type, so
that no rounding decides whether it breaks."""


def holds(room: Room, widths: Sequence[float], chunk: float) -> bool:
    """Whether runs of some widths have room on a line, and neither less nor more gets on it.

    Args:
        room: The room.
        widths: How wide the runs are, in CSS pixels, in the final size.
        chunk: The same of the first part of the next line, if that is a clinic's own.
    """
    wide, slack = _wide(room, widths)
    if wide + slack > room.px:
        return False
    if not room.chunk and not room.chunk_scale:
        return True
    scaled = chunk * room.chunk_scale
    slack += 0 if room.chunk_scale in (0, 1) else scaled * SLACK_SHARE
    return wide + room.chunk + scaled - slack > room.px


def _wide(room: Room, widths: Sequence[float]) -> tuple[float, float]:
    """How wide a line is with some runs, and what it must have left."""
    wide, slack = room.rest, SLACK_PX
    for width, scale in zip(widths, room.scales, strict=True):
        wide += width * scale
        slack += 0 if scale == 1 else width * SLACK_SHARE
    return wide, slack


def columns_hold(lines: Iterable[tuple[Line, Sequence[float]]]) -> bool:
    """Whether the columns of each table have room beside each other for their widest cells.

    Args:
        lines: The lines, each with the widths of its runs with words of a clinic's own.
    """
    tables: dict[tuple[int, int], tuple[float, dict[int, float]]] = {}
    for line, widths in lines:
        if line.cell is None:
            continue
        table, column = line.cell
        for setting, room in enumerate(line.rooms):
            _, columns = tables.setdefault((table, setting), (room.px, defaultdict(float)))
            columns[column] = max(columns[column], sum(_wide(room, widths)))
    return all(sum(columns.values()) <= px for px, columns in tables.values())
