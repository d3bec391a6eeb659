"""The timeline block: a small table of spans, drawn as bands along an axis of days.

A row says when something starts, when it is worst and when it is over, in words such as
``6 to 24 hours``, ``days 1 to 3``, ``10 to 20 days or more``. The drawing only repeats the
words that stand beside it, so it may be decoration for a screen reader and still hide nothing.
"""

from __future__ import annotations

import html
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from foldwell.errors import FoldwellError
from foldwell.fonts import HOUSE

HOURS_A_DAY = 24


@dataclass(frozen=True)
class Span:
    """A stretch of time: from and to in days, and the words it was written in."""

    start_days: float
    end_days: float
    words: str
    open_end: bool = False


@dataclass(frozen=True)
class Row:
    """One band: what it is about, and its three spans."""

    label: str
    starts: Span
    worst: Span
    over: Span


@dataclass(frozen=True)
class Timeline:
    """A drawn timeline: the four column heads, and the rows."""

    heads: tuple[str, str, str, str]
    rows: tuple[Row, ...]

    @property
    def days(self) -> int:
        """The length of the axis: the last end, rounded up to whole days."""
        return math.ceil(max(row.over.end_days for row in self.rows))


def read_span(words: str, strings: Mapping[str, Any]) -> Span:
    """Read ``days 1 to 3`` or ``12 to 72 hours`` in the leaflet's language.

    Raises:
        FoldwellError: If the words are no such span.
    """
    factors = {unit: 1 / HOURS_A_DAY for unit in strings["hour"]}
    factors |= dict.fromkeys(strings["day"], 1.0)
    factors |= dict.fromkeys(strings["week"], 7.0)
    units = "|".join(re.escape(unit) for unit in factors)
    to, more = re.escape(strings["range_to"]), re.escape(strings["or_more"])
    pattern = (
        rf"(?:(?P<before>{units}) )?(?P<a>\d{{1,4}})(?: {to} (?P<b>\d{{1,4}}))?"
        rf"(?: (?P<after>{units}))?(?P<more> {more})?"
    )
    match = re.fullmatch(pattern, words.strip(), re.IGNORECASE)
    unit = match and (match["before"] or match["after"])
    if match is None or unit is None:
        to_word = strings["range_to"]
        day, hour = strings["day"][-1], strings["hour"][-1]
        raise FoldwellError(
            f"'{words}' is not a span of time.",
            None,
            f"Write it like '6 {to_word} 24 {hour}' or '{day} 1 {to_word} 3'.",
        )
    factor = factors[unit.lower()]
    start = int(match["a"]) * factor
    end = int(match["b"] or match["a"]) * factor
    if end < start or end > 400:
        raise FoldwellError(
            f"'{words}' does not run forward.", None, "Put the smaller number first."
        )
    return Span(start, end, words.strip(), bool(match["more"]))


def check_order(row: Row) -> None:
    """Refuse a row that a drawing could not show.

    Raises:
        FoldwellError: If its spans do not follow one another, or nothing lasts.
    """
    hint = "Write when it starts, is worst and is over, in that order."
    for before, after in ((row.starts, row.worst), (row.worst, row.over)):
        if after.start_days < before.start_days or after.end_days < before.end_days:
            raise FoldwellError(
                f"'{after.words}' does not come after '{before.words}'.", None, hint
            )
    if row.over.end_days <= 0:
        raise FoldwellError(
            f"'{row.over.words}' is no length of time for 'over'.",
            None,
            "Write when it is over, such as '3 days'.",
        )


PAINTED = (
    "tl-start", "tl-worst", "tl-ease", "tl-fade", "tl-start-word", "tl-worst-word",
    "tl-ease-word", "tl-axis", "tl-day",
)  # fmt: skip
"""The parts of a drawing that need a colour or a class."""


def draw(
    timeline: Timeline,
    width_mm: float,
    strings: Mapping[str, Any],
    text_mm: float,
    paint: Mapping[str, str],
) -> list[str]:
    """One SVG for each row and one for the axis, all on the same scale.

    Args:
        timeline: What to draw.
        width_mm: The width of the column.
        strings: The interface words of the language.
        text_mm: The size of the words on the bands.
        paint: For each of ``PAINTED`` the attribute that colours it.
    """
    scale = width_mm / timeline.days
    words = (timeline.heads[1].lower(), timeline.heads[2].lower(), strings["timeline_eases"])
    drawings = [_band(row, scale, width_mm, text_mm, words, paint) for row in timeline.rows]
    return [*drawings, _axis(timeline.days, scale, width_mm, text_mm, strings, paint)]


def _band(
    row: Row,
    scale: float,
    width: float,
    size: float,
    words: tuple[str, str, str],
    paint: Mapping[str, str],
) -> str:
    height = size + 1.8
    spans = [
        (row.starts.start_days, row.worst.start_days, "tl-start", words[0]),
        (row.worst.start_days, row.worst.end_days, "tl-worst", words[1]),
        (
            row.worst.end_days,
            max(row.over.start_days, row.worst.end_days),
            "tl-ease",
            words[2],
        ),
        (max(row.over.start_days, row.worst.end_days), row.over.end_days, "tl-fade", ""),
    ]
    parts = []
    for begin, stop, name, word in spans:
        x, w = begin * scale, (stop - begin) * scale
        if w <= 0:
            continue
        parts.append(
            f'<rect {paint[name]} x="{x:.2f}" y="0" width="{w:.2f}" height="{height:.2f}"/>'
        )
        if word and len(word) * size * 0.56 + 1.5 <= w:
            parts.append(
                f'<text {paint[f"{name}-word"]} x="{x + w / 2:.2f}"'
                f' y="{height / 2 + size * 0.34:.2f}" text-anchor="middle"'
                f' font-size="{size:.3f}">{html.escape(word)}</text>'
            )
    return _svg(width, height, "".join(parts))


def _axis(
    days: int,
    scale: float,
    width: float,
    size: float,
    strings: Mapping[str, Any],
    paint: Mapping[str, str],
) -> str:
    step = next(s for s in (1, 2, 5, 7, 10, 14, 28, 50, 100) if s * scale >= size * 2.4)
    axis, text = paint["tl-axis"], paint["tl-day"]
    parts = [f'<rect {axis} x="0" y="0" width="{width:.2f}" height="0.3"/>']
    # The last mark carries the unit, so a mark too near to it is left out.
    marks = [day for day in range(0, days, step) if (days - day) * scale > size * 4] + [days]
    for day in marks:
        x = day * scale
        words = strings["timeline_axis"].format(days=day) if day == days else str(day)
        anchor = "start" if day == 0 else "end" if x > width - size else "middle"
        tick = min(max(x - 0.15, 0), width - 0.3)
        parts.append(f'<rect {axis} x="{tick:.2f}" y="0" width="0.3" height="1.6"/>')
        parts.append(
            f'<text {text} x="{min(x, width):.2f}" y="{1.8 + size:.2f}"'
            f' text-anchor="{anchor}" font-size="{size:.3f}">{html.escape(words)}</text>'
        )
    return _svg(width, size * 1.25 + 2, "".join(parts))


def _svg(width: float, height: float, body: str) -> str:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" class="timeline-drawing" aria-hidden="true"'
        f' viewBox="0 0 {width:.2f} {height:.2f}" font-family="{HOUSE.family}">'
        f"{body}</svg>"
    )
