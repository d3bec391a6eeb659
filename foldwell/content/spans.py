"""Two times of a day as people write them: am or pm where that is certain."""

from __future__ import annotations

from typing import Any

from foldwell.content.values import wrong

NOON = 12 * 60
EARLIEST = 6 * 60
"""A time before it that says neither am nor pm may be meant as the afternoon."""

Span = tuple[int, int]
"""From and to, in minutes after midnight."""


def _minutes(token: Any) -> tuple[int, str, bool]:
    """Minutes after midnight as they stand, am or pm, and whether the clock has 24 hours."""
    if token == "noon":
        return NOON, "set", True
    if token == "midnight":
        return 0, "midnight", True
    hour, minute = int(token["hour"]), int(token["minute"] or 0)
    half = (token["half"] or "")[:1]
    if hour > 24 or minute > 59 or (half and not 1 <= hour <= 12):
        raise wrong(f"there is no time '{token[0].strip()}'", "write it like 9am or 17:30")
    if half:
        return (hour % 12 + (12 if half == "p" else 0)) * 60 + minute, "set", False
    clear = hour > 12 or (len(token["hour"]) == 2 and token["hour"][0] == "0")
    return hour * 60 + minute, "set" if clear else "", clear


def span_of(first: Any, last: Any, before: int) -> Span:
    """From when to when.

    Args:
        first: A match with ``hour``, ``minute`` and ``half`` (am or pm), or ``noon``.
        last: The same, or ``midnight``.
        before: When what stands before it on that day ends.

    Raises:
        PydanticCustomError: If it is not certain what is meant.
    """
    start, start_half, by_24 = _minutes(first)
    end, end_half, _ = _minutes(last)
    if end_half == "midnight":
        end = 24 * 60
    if not start_half and end_half and end > NOON and start <= NOON:
        twelve = end - NOON if end >= NOON + 60 else 0
        as_pm = start + NOON if start < NOON else start
        if start < twelve and last != "noon" and not isinstance(last, str) and last["half"]:
            if start >= EARLIEST:
                raise wrong("it is not clear whether it begins in the morning", "write am or pm")
            start = as_pm
    if not start_half and start < before:
        start += NOON
    if not start_half and start < EARLIEST:
        raise wrong("it is not clear whether it begins in the morning", "write am or pm")
    if not end_half and end <= start and end < NOON and not by_24:
        end += NOON
    if end <= start:
        raise wrong("the hours end before they begin", "correct one of the times")
    if start < before:
        raise wrong("the times of a day overlap", "write them in their order")
    return start, end
