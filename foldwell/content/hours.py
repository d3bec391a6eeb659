"""Opening hours as people write them: a map, a list or a sentence, read into one week.

``Mon-Fri 9am-5pm; Sat 9-12; closed bank holidays``. What is not certain (is ``2-5`` in the night?)
is refused with the way to write it.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from foldwell.content.locales import locale_of, signs_of
from foldwell.content.spans import Span, span_of
from foldwell.content.values import wrong

HOLIDAYS = 7
"""Stands behind the seven days of a week, which start on Monday."""
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_GROUPS = {
    "weekdays": range(5), "weekends": range(5, 7), "weekend": range(5, 7), "daily": range(7),
    "every day": range(7), "bank holidays": range(7, 8), "bank holiday": range(7, 8),
    "public holidays": range(7, 8), "public holiday": range(7, 8), "holidays": range(7, 8),
    "bank hols": range(7, 8), "public hols": range(7, 8), "ph": range(7, 8), "bh": range(7, 8),
}  # fmt: skip
_TOKEN = re.compile(
    r"\s*(?:(?P<all>24\s*(?:hours|hrs|h)(?:\s+a\s+day)?(?:[,\s]+7\s+days(?:\s+a\s+week)?)?|24/7)"
    r"|(?P<group>"
    + "|".join(name.replace(" ", r"\s+") for name in sorted(_GROUPS, key=len, reverse=True))
    + r")\b|(?P<day>mon|tue|wed|thu|fri|sat|sun|(?:mo|tu|we|th|fr|sa|su|[mwf])\b)[a-z]*\.?"
    r"|(?P<hour>\d{1,2})(?:[:.h]?(?P<minute>\d{2}))?\s*(?P<half>[ap](?:\.?m)?\b\.?)?"
    r"|(?P<noon>noon|midday)|(?P<midnight>midnight)|(?P<closed>closed)"
    r"|(?P<dash>-|to\b|until\b|till\b)|(?P<and>,|&|/|and\b)|(?P<end>;|\n|\|)|(?P<skip>:|h\b|uhr\b|on\b|open\b|from\b"
    r"|\(|\)|for\s+lunch\b|lunch\b))"
)
_HINT = "write it like 'Mon-Fri 9am-5pm; Sat 9am-12pm; closed bank holidays'"

_ELSEWHERE = {
    "de": {"geschlossen": "closed", "bis": "to", "und": "and", "von": "from"},
    "es": {"cerrado": "closed", "a": "to", "hasta": "to", "y": "and", "de": "from"},
    "fr": {"fermé": "closed", "à": "to", "au": "to", "et": "and", "de": "from"},
}
"""What stands between days and times in the languages of shipped regions; days are CLDR's."""


@dataclass(frozen=True)
class Week:
    """When a clinic is open.

    Attributes:
        spans: For Monday to Sunday and for holidays, when it is open; empty where it is closed,
            None for holidays that nothing is said of.
    """

    spans: tuple[tuple[Span, ...] | None, ...]

    def rows(self, language: str, country: str, words: Mapping[str, Any]) -> list[tuple[str, str]]:
        """Days and times as a table has them.

        Args:
            language: The language that they are written in.
            country: The country whose way of writing times holds; empty if unknown.
            words: ``range_to``, ``closed``, ``bank_holidays`` and ``all_day`` in the language.
        """
        from babel.dates import format_skeleton, format_time

        locale = locale_of(language, country)
        to = words["range_to"]

        twelve = "a" in locale.time_formats["short"].pattern

        def clock(minutes: int) -> str:
            time = datetime.time(minutes // 60 % 24, minutes % 60)
            whole = twelve and not time.minute  # 8 AM, but 08:00
            text = format_skeleton("h", time, locale=locale) if whole else format_time(
                time, "short", locale=locale
            )  # fmt: skip
            return "\u00a0".join(text.split())

        def times(spans: tuple[Span, ...]) -> str:
            if spans == ((0, 24 * 60),):
                return str(words["all_day"])
            comma = signs_of(language).comma
            told = comma.join(f"{clock(a)} {to} {clock(b)}" for a, b in spans)
            return told or str(words["closed"])

        names = locale.days["stand-alone"]["wide"]
        rows, first = [], 0
        for day in range(1, HOLIDAYS + 1):
            if day < HOLIDAYS and self.spans[day] == self.spans[first]:
                continue
            name = f"{names[first]} {to} {names[day - 1]}" if day - 1 > first else names[first]
            rows.append((name[0].upper() + name[1:], times(self.spans[first] or ())))
            first = day
        holidays = self.spans[HOLIDAYS]
        if holidays is not None:
            rows.append((str(words["bank_holidays"]), times(holidays)))
        return rows


def read_week(value: str | Mapping[Any, Any] | tuple[Any, ...], country: str = "") -> Week:
    """A week from what a person wrote, in English or with the days of the country's language.

    Args:
        value: What was written.
        country: The ISO 3166 code of the country; empty if unknown.

    Raises:
        PydanticCustomError: If it is not certain what is meant.
    """
    if isinstance(value, Mapping):
        value = "; ".join(f"{days} {_joined(times)}" for days, times in value.items())
    elif not isinstance(value, str):
        value = "; ".join(map(str, value))
    return _Reader(_in_english(value, country)).week()


def _in_english(text: str, country: str) -> str:
    """Hours with the names of days, and the few words between them, in English."""
    from babel import Locale
    from babel.core import get_global

    likely = str(get_global("likely_subtags").get(f"und_{country}", "en"))
    words = _ELSEWHERE.get(likely.partition("_")[0])
    if words is None:
        return text
    names = dict(words)
    for widths in Locale.parse(likely).days.values():
        for days in widths.values():
            if len({*days.values()}) == len(_DAYS):  # single letters mean several
                names |= {name.lower().rstrip("."): _DAYS[day] for day, name in days.items()}
    return re.sub(
        r"[^\W\d_]+\.?", lambda word: names.get(word[0].lower().rstrip("."), word[0]), text
    )


def _joined(times: Any) -> str:
    return ", ".join(map(str, times)) if isinstance(times, list | tuple) else str(times)


class _Reader:
    """Reads tokens from left to right."""

    def __init__(self, text: str) -> None:
        self._tokens: list[tuple[str, Any]] = []
        plain = re.sub("[–—−‒]", "-", text.lower()).strip()
        at = 0
        while at < len(plain):
            match = _TOKEN.match(plain, at)
            if match is None or match.end() == at:
                word = re.split(r"[\s;,]", plain[at:].strip())[0]
                raise wrong(f"'{word}' is not understood as opening hours", _HINT)
            kind = str(match.lastgroup)
            at = match.end()
            if match["hour"]:
                self._tokens.append(("time", match))
            elif kind == "day":
                day = next(n for n, name in enumerate(_DAYS) if name.startswith(match["day"]))
                self._tokens.append(("days", range(day, day + 1)))
            elif kind == "group":
                self._tokens.append(("days", _GROUPS[" ".join(match["group"].split())]))
            elif kind in ("noon", "midnight"):
                self._tokens.append(("time", kind))
            elif kind != "skip":
                self._tokens.append((kind, None))
        self._at = 0
        self._spans: list[tuple[Span, ...] | None] = [None] * (HOLIDAYS + 1)

    def _next(self, ahead: int = 0) -> str:
        at = self._at + ahead
        return self._tokens[at][0] if at < len(self._tokens) else ""

    def _take(self) -> Any:
        self._at += 1
        return self._tokens[self._at - 1][1]

    def week(self) -> Week:
        """The whole week; days that are not named are closed."""
        if [kind for kind, _ in self._tokens] == ["all"]:
            return Week((*(((0, 24 * 60),),) * HOLIDAYS, None))
        while self._next():
            if self._next() in ("end", "and"):
                self._take()
                continue
            if self._next() == "closed":
                self._take()
                self._set(self._days(), ())
                continue
            if self._next() == "time":  # 9am-5pm Mon-Fri
                spans = self._times()
                self._set(self._days(), spans)
                continue
            days = self._days()
            if self._next() == "closed":
                self._take()
                self._set(days, ())
            elif self._next() == "all":
                self._take()
                self._set(days, ((0, 24 * 60),))
            else:
                self._set(days, self._times())
        if all(not spans for spans in self._spans[:HOLIDAYS]):
            raise wrong("it names no day on which it is open", _HINT)
        return Week(tuple((*(s or () for s in self._spans[:HOLIDAYS]), self._spans[HOLIDAYS])))

    def _days(self) -> list[int]:
        if self._next() != "days":
            raise wrong("a day is missing", _HINT)
        days: list[int] = []
        while self._next() == "days":
            group = self._take()
            if self._next() == "dash" and self._next(1) == "days":
                self._take()
                last = self._take()[-1]
                if last < group[0] or last == HOLIDAYS:
                    raise wrong("the days run backwards", "start with the earlier day")
                group = range(group[0], last + 1)
            days += group
            if self._next() == "and" and self._next(1) == "days":
                self._take()
        return days

    def _times(self) -> tuple[Span, ...]:
        spans: list[Span] = []
        while self._next() == "time":
            first = self._take()
            if self._next() != "dash" or self._next(1) != "time":
                raise wrong("a time stands alone", "write from when to when, such as 9am-5pm")
            self._take()
            span = span_of(first, self._take(), spans[-1][1] if spans else 0)
            spans.append(span)
            if self._next() == "and" and self._next(1) == "time":
                self._take()
        if not spans:
            raise wrong("the times of a day are missing", _HINT)
        return self._without_break(tuple(spans))

    def _without_break(self, spans: tuple[Span, ...]) -> tuple[Span, ...]:
        """The times of a day without those in which it says that it is closed for a while."""
        ahead = 1 if self._next() == "and" else 0
        if self._next(ahead) != "closed" or self._next(ahead + 1) != "time":
            return spans
        self._at += ahead + 1
        [closed, *more] = self._times()
        if more or not any(start < closed[0] and closed[1] < end for start, end in spans):
            raise wrong("the break lies outside the times of the day", "correct one of the times")
        return tuple(
            part
            for start, end in spans
            for part in (
                ((start, closed[0]), (closed[1], end))
                if start < closed[0] and closed[1] < end
                else ((start, end),)
            )
        )

    def _set(self, days: list[int], spans: tuple[Span, ...]) -> None:
        for day in days:
            if self._spans[day] is not None:
                name = (*_DAYS, "bank holidays")[day].title()
                raise wrong(f"{name} stands twice", "say once when it is open on that day")
            self._spans[day] = spans
