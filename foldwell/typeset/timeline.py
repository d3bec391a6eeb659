"""The timeline block: a small table of spans, drawn as bands along an axis of days.

A row says when something starts, when it is worst and when it is over, in words such as
``6 to 24 hours``, ``days 1 to 3``, ``10 to 20 days or more``. The drawing is one figure with all of
these words in it, and again as the words that a screen reader says.
"""

from __future__ import annotations

import html
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from foldwell.errors import FoldwellError
from foldwell.typeset.fonts import UNITS_PER_EM, length_of, reach_of

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


PAINTED = ("tl-start", "tl-worst", "tl-ease", "tl-worst-word", "tl-word", "tl-axis")
"""The parts of a drawing that need a colour or a class."""
STEPS_DAYS = (1, 2, 5, 7, 10, 14, 28, 50, 100)
FAMILY = "Atkinson Hyperlegible Next"


@dataclass(frozen=True)
class Drawing:
    """A drawn timeline.

    Attributes:
        svg: The whole of it, bands, axis and words.
        height_mm: How high it is.
        words: All that it shows, for people who cannot see it.
    """

    svg: str
    height_mm: float
    words: str


def draw(
    timeline: Timeline,
    width_mm: float,
    strings: Mapping[str, Any],
    text_mm: float,
    paint: Mapping[str, str],
    *,
    right_to_left: bool = False,
) -> Drawing:
    """All rows over one shared axis, as one drawing.

    Args:
        timeline: What to draw.
        width_mm: The width of the drawing.
        strings: The interface words of the language.
        text_mm: The size of its words.
        paint: For each of ``PAINTED`` the attribute that colours it.
        right_to_left: Whether days are counted from the right.
    """
    edge = text_mm * 0.6  # half a number hangs over each end of the axis
    room = width_mm - 2 * edge
    step = next(s for s in STEPS_DAYS if room * s / timeline.days >= text_mm * 1.9)
    days = math.ceil(timeline.days / step) * step
    names = (timeline.heads[1].lower(), timeline.heads[2].lower(), strings["timeline_eases"])
    # Letters of some scripts reach higher than their size; the frame would cut the first line.
    y = max(0.0, _reach(timeline.rows[0].label, text_mm)[0] - text_mm) if timeline.rows else 0.0
    parts, told = [], []
    for row in timeline.rows:
        parts.append(_text(paint["tl-word"], 0, y + text_mm, text_mm, row.label, bold=True))
        y += text_mm * 1.4
        parts.append(_band(row, y, room / days, edge, text_mm, names, paint))
        y += text_mm + 2.4
        facts = [
            f"{head} {span.words}"
            for head, span in zip(
                timeline.heads[1:], (row.starts, row.worst, row.over), strict=True
            )
        ]
        signs = strings["signs"]
        told.append(f"{row.label}: {signs.comma.join(map(str.lower, facts))}{signs.stop}")
        key, y = _key(facts, y, width_mm, text_mm, paint)
        parts.append(key)
        y += text_mm * 0.9
    axis, y = _axis(days, step, y - text_mm * 0.4, room / days, edge, text_mm, strings, paint)
    parts.append(axis)
    if right_to_left:
        parts = [_mirrored("".join(parts), width_mm)]
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" class="timeline-drawing"'
        f' viewBox="0 0 {width_mm:.2f} {y:.2f}" font-family="{FAMILY}">{"".join(parts)}</svg>'
    )
    return Drawing(svg, y, " ".join(told))


_PLACED = re.compile(
    r'<(?P<kind>rect|text) (?P<paint>[^>]*?)x="(?P<x>[\d.-]+)" (?P<y>y="[^"]*")'
    r'(?: width="(?P<width>[\d.]+)"| text-anchor="(?P<anchor>\w+)")'
)


def _mirrored(parts: str, width: float) -> str:
    """Boxes and words at the other side, the words themselves as they are read."""

    def placed(match: re.Match[str]) -> str:
        x = width - float(match["x"]) - float(match["width"] or 0)
        place = f'<{match["kind"]} {match["paint"]}x="{x:.2f}" {match["y"]}'
        if match["width"]:
            return f'{place} width="{match["width"]}"'
        return f'{place} text-anchor="{match["anchor"]}" direction="rtl"'

    return _PLACED.sub(placed, parts)


def _text(paint: str, x: float, y: float, size: float, words: str, *, bold: bool = False,
          anchor: str = "start") -> str:  # fmt: skip
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text {paint} x="{x:.2f}" y="{y:.2f}" text-anchor="{anchor}" font-size="{size:.3f}"'
        f"{weight}>{html.escape(words)}</text>"
    )


def _box(paint: str, x: float, y: float, width: float, height: float) -> str:
    return (
        f'<rect {paint} x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}"'
        ' rx="0.9" stroke-width="0.35"/>'
    )


def _band(
    row: Row,
    y: float,
    scale: float,
    edge: float,
    size: float,
    names: tuple[str, str, str],
    paint: Mapping[str, str],
) -> str:
    """The phases of one row; each has its name in it where there is room."""
    spans = [
        (row.starts.start_days, row.worst.start_days, "tl-start", names[0]),
        (row.worst.start_days, row.worst.end_days, "tl-worst", names[1]),
        (row.worst.end_days, row.over.end_days, "tl-ease", names[2]),
    ]
    height, parts = size + 2.0, []
    for begin, stop, phase, name in spans:
        x, wide = edge + begin * scale, (stop - begin) * scale
        if wide <= 0:
            continue
        parts.append(_box(paint[phase], x, y, wide, height))
        if _length(name, size) + 1.6 <= wide:
            word = paint["tl-worst-word" if phase == "tl-worst" else "tl-word"]
            middle = y + height / 2 + size * 0.34
            parts.append(_text(word, x + wide / 2, middle, size, name, bold=True, anchor="middle"))
    return "".join(parts)


def _key(
    facts: list[str], y: float, width: float, size: float, paint: Mapping[str, str]
) -> tuple[str, float]:
    """What each phase is called and how long it lasts, behind a patch of its colour."""
    x, y, parts = 0.0, y + size * 0.5, []
    patch = size * 0.72
    for fact, phase in zip(facts, ("tl-start", "tl-worst", "tl-ease"), strict=True):
        wide = patch + size * 0.4 + _length(fact, size)
        if x and x + wide > width:
            x, y = 0.0, y + size * 1.4
        parts.append(_box(paint[phase], x + 0.2, y + size * 0.28, patch, patch))
        parts.append(_text(paint["tl-word"], x + patch + size * 0.4, y + size, size, fact))
        x += wide + size
    return "".join(parts), y + size * 1.3


def _axis(
    days: int,
    step: int,
    y: float,
    scale: float,
    edge: float,
    size: float,
    strings: Mapping[str, Any],
    paint: Mapping[str, str],
) -> tuple[str, float]:
    """A tick and a number at every step, and the unit under them."""
    axis, text = paint["tl-axis"], paint["tl-word"]
    parts = [f'<rect {axis} x="{edge:.2f}" y="{y:.2f}" width="{days * scale:.2f}" height="0.3"/>']
    for day in range(0, days + 1, step):
        x = edge + day * scale
        parts.append(f'<rect {axis} x="{x - 0.15:.2f}" y="{y:.2f}" width="0.3" height="1.6"/>')
        parts.append(_text(text, x, y + 1.8 + size, size, str(day), anchor="middle"))
    unit = strings["timeline_axis"]
    low = y + 2.2 + 2.2 * size
    parts.append(_text(text, edge + days * scale / 2, low, size, unit, anchor="middle"))
    return "".join(parts), low + max(size * 0.35, _reach(unit, size)[1] + size * 0.05)


def _length(words: str, size_mm: float) -> float:
    """How long words are, in mm; measured in the heaviest cut, so never longer in fact."""
    return length_of(words) / UNITS_PER_EM * size_mm


def _reach(words: str, size_mm: float) -> tuple[float, float]:
    """How far words reach over and under their base line, in mm."""
    over, under = reach_of(words)
    return over / UNITS_PER_EM * size_mm, under / UNITS_PER_EM * size_mm
