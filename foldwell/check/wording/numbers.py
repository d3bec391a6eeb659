"""Numbers as most people read them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import attrgetter

from foldwell.check.wording.entry import rule
from foldwell.check.wording.measures import NUMBERS
from foldwell.check.wording.reading import Reading
from foldwell.finding import Finding

_LONG = re.compile(r"(?<![\d,./:#-])(?<!\d[ \u00a0])\d{4,9}(?![\d/:-]|[ \u00a0]\d|[,.]\d)")
_YEARS = range(1900, 2100)
_RANGE = re.compile(r"(?<![\d/.–-])(?<!\d[ \u00a0])\d{1,4}\s?[–-]\s?\d{1,4}(?![\d/–-]|[ \u00a0]\d)")
_COUNTED = (
    "mg|ml|tablets?|capsules?|sprays?|doses?|minutes?|hours?|days?|weeks?|months?|years?|times"
)
_SPELLED = re.compile(
    rf"(?i)\b(?:{'|'.join(word for word in NUMBERS if word != 'one')}) (?=(?:{_COUNTED})\b)"
)
_NUMERIC_DATE = re.compile(r"(?<![\d/])\d{1,2}/\d{1,2}/\d{2,4}(?![\d/])")
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s?(?:%|per ?cent\b)")
_ONE_IN = re.compile(
    r"\b(\d+) (?:in|out of)(?: every)? (\d[\d,]*)\b(?! (?:hours?|minutes?|days?|weeks?))"
)
_TENTH = 10
"""From so many in a hundred on, shares are said in tenths."""


@rule("T8")
def written_numbers(reading: Reading) -> Iterator[Finding]:
    """Commas in long numbers, 'to' in ranges, numerals, and months by their names."""
    for passage in reading.passages:
        text = passage.text
        for match in _LONG.finditer(text) if passage.has_digits else ():
            number = int(match[0])
            phone = match[0].startswith("0")
            if number in _YEARS or phone or reading.language != "en":
                continue
            yield reading.find(
                "T8", f"'{match[0]}' is hard to read.", f"Write {number:,}.", passage, match[0]
            )
        for match in _RANGE.finditer(text) if passage.has_digits else ():
            low, high = re.split(r"\s?[–-]\s?", match[0])
            if int(low) < int(high) and not (int(low) in _YEARS and int(high) in _YEARS):
                yield reading.find(
                    "T8", f"'{match[0]}' can be read as a minus.", f"Write '{low} to {high}'.",
                    passage, match[0],
                )  # fmt: skip
        for match in _SPELLED.finditer(text) if reading.language == "en" else ():
            word = match[0].strip()
            yield reading.find(
                "T8", f"'{word}' is easily passed over.",
                f"Write {NUMBERS[word.casefold()]}.", passage, word,
            )  # fmt: skip
        for match in _NUMERIC_DATE.finditer(text) if passage.has_digits else ():
            yield reading.find(
                "T8", f"'{match[0]}' is read as two dates in two countries.",
                "Write the month by its name.", passage, match[0],
            )  # fmt: skip


@rule("T9")
def shares(reading: Reading) -> Iterator[Finding]:
    """'1 in 7', not 14.3 %, and one denominator in a leaflet."""
    denominators: dict[str, None] = {}
    for passage in filter(attrgetter("has_digits"), reading.passages):
        for match in _PERCENT.finditer(passage.text):
            yield reading.find(
                "T9", f"'{match[0]}' is hard to picture.", _in_people(float(match[1])),
                passage, match[0],
            )  # fmt: skip
        for match in _ONE_IN.finditer(passage.text):
            if denominators and match[2] not in denominators:
                first = next(iter(denominators))
                yield reading.find(
                    "T9", f"'{match[0]}' has another denominator than '… in {first}' above.",
                    "Use one denominator, so that readers can compare.", passage, match[0],
                )  # fmt: skip
            denominators[match[2]] = None


def _in_people(percent: float) -> str:
    if not 0 < percent < 100:
        return "Say it as a number of people."
    if percent < _TENTH:
        return f"Write 'about 1 in {round(100 / percent):,}'."
    return f"Write 'about {min(9, max(1, round(percent / 10)))} in 10'."
