"""Doses: how they are written, and whether a leaflet says the same number everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

from foldwell.check.wording.entry import rule
from foldwell.check.wording.measures import Measure, measures
from foldwell.check.wording.reading import Reading
from foldwell.finding import Finding

_UNIT = r"(?:mg|g|ml|mL|micrograms?|mcg|units?|tablets?)\b"
_UNSAFE = (
    (re.compile(rf"(?<![\d.])\d+\.0+\s?{_UNIT}"), "is read ten times too large where the point is "
     "not seen", "Leave out the point and the zero.", True),
    (re.compile(rf"(?<![\d\w])\.\d+\s?{_UNIT}"), "is read ten times too large where the point is "
     "not seen", "Put a zero before the point.", True),
    (re.compile(r"\b\d[\d,]*\s?I?U\b(?!\.[A-Z])"), "is read as another number",
     "Write 'units' in full.", True),
    (re.compile(r"(?<!\w)(?:QO?D|q\.o\.d|q\.d)\b"), "is read as four times a day",
     "Write 'once a day' or 'every other day'.", False),
    (re.compile(r"\bMS(?:O4)?\b(?=\s?\d)|\bMSO4\b|\bMgSO4\b"), "stands for two medicines",
     "Write the medicine's name.", True),
)  # fmt: skip
"""Pattern, what is wrong, what to do, and whether it needs a digit."""
_MICRO = re.compile(r"\b\d[\d.,]*\s?(?:mcg|[µμu]g)\b")
_ALIKE = 0.4
"""What share of their words two sentences have in common that say how long the same thing takes."""
_SMALL_WORDS = frozenset(
    "a an and any are as at be by can do for from have if in is it its may more most no not of on"
    " or so than that the them then they this to up was when will with you your".split()
)


@rule("T6")
def unsafe_doses(reading: Reading) -> Iterator[Finding]:
    """Ways to write a dose that have killed."""
    for passage in reading.passages:
        for pattern, what, hint, of_digits in _UNSAFE:
            if of_digits and not passage.has_digits:
                continue
            for match in pattern.finditer(passage.text):
                yield reading.find("T6", f"'{match[0]}' {what}.", hint, passage, match[0])


@rule("T7")
def micrograms(reading: Reading) -> Iterator[Finding]:
    """A short form of microgram, which is read as milligram."""
    for passage in filter(attrgetter("has_digits"), reading.passages):
        for match in _MICRO.finditer(passage.text):
            yield reading.find(
                "T7", f"'{match[0]}' is read as milligrams.", "Write 'micrograms' in full.",
                passage, match[0],
            )  # fmt: skip


@rule("T22")
def two_numbers_for_one_thing(reading: Reading) -> Iterator[Finding]:
    """The same dose, span or limit with another number elsewhere."""
    told: list[Measure] = []
    for measure in measures(reading):
        other = next((one for one in told if _differ(one, measure)), None)
        if other is not None:
            yield reading.find(
                "T22",
                f"'{measure.words}' is said here, '{other.words}' on line"
                f" {other.passage.line_of(other.sentence)}, of the same thing.",
                "Look which holds, and say it in both places.",
                measure.passage,
                measure.words,
            )
        told.append(measure)


def _differ(one: Measure, two: Measure) -> bool:
    if one.unit != two.unit or one.said_of != two.said_of:
        return False
    if (one.low, one.high) == (two.low, two.high) or one.sentence == two.sentence:
        return False
    _, frame, _ = one.said_of
    first, second = _content(one.sentence), _content(two.sentence)
    bound = one.is_dose and frame != ""
    apart = frame == "every" and "dose" in first & second
    return bound or apart or len(first & second) / max(1, len(first | second)) >= _ALIKE


def _content(text: str) -> frozenset[str]:
    words = re.findall(r"[a-z]{2,}", text.casefold())
    return frozenset(word.removesuffix("s") for word in words) - _SMALL_WORDS


@dataclass(frozen=True)
class DoseLine:
    """A sentence that says how much, for the person who signs."""

    line: int
    sentence: str
    doses: tuple[str, ...]
    sources: tuple[str, ...] = ()


def dose_lines(reading: Reading) -> list[DoseLine]:
    """Every sentence with a dose or a span between doses, once, in order."""
    found: dict[tuple[int, str], list[str]] = {}
    for measure in measures(reading):
        medicine, frame, _ = measure.said_of
        if measure.is_dose or (medicine and frame in ("every", "least", "after")):
            at = (measure.passage.line_of(measure.sentence), measure.sentence)
            found.setdefault(at, []).append(measure.words)
    behind = {" ".join(one.text.split()): one.sources for one in reading.said}
    return [
        DoseLine(line, text, tuple(doses), behind.get(" ".join(text.split()), ()))
        for (line, text), doses in found.items()
    ]
