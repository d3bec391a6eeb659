"""Numbers with units: doses, spans of time, ages; and what each is said of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from foldwell.check.passages import Passage, Sort
from foldwell.check.wording.reading import Reading
from foldwell.content.word_lists import WordList

NUMBERS = dict(
    zip("one two three four five six seven eight nine ten".split(), range(1, 11), strict=True)
)
_NUMBER = rf"\d[\d,]*(?:\.\d+)?|{'|'.join(NUMBERS)}"
_DOSED = (
    "mg|g|ml|mL|micrograms?|milligrams?|grams?|millilitres?|milliliters?|tablets?|capsules?|pills?"
    "|sprays?|puffs?|drops?|patch(?:es)?|films?|strips?|lozenges?|sachets?|spoonfuls?|injections?"
    "|doses?|units?"
)
_TIMED = "seconds?|minutes?|hours?|days?|weeks?|months?|years?|times"
_MEASURE = re.compile(
    rf"(?i)(?<![\w.,/])(?P<low>{_NUMBER})(?:\s?(?:to|-|–|or)\s?(?P<high>{_NUMBER}))?"
    rf"[\s\u00a0-]?(?P<unit>{_DOSED}|{_TIMED})(?![\w])"
)
_SHORT = {"milligram": "mg", "gram": "g", "ml": "ml", "millilitre": "ml", "milliliter": "ml",
          "patche": "patch", "pill": "tablet"}  # fmt: skip
_MOST = re.compile(r"(?i)\b(?:more than|at most|up to|(?:maximum|limit|most)(?: of| is)?|over)\W*$")
_LEAST = re.compile(r"(?i)\b(?:at least|(?:minimum|least)(?: of| is)?|less than)\W*$")
_EVERY = re.compile(r"(?i)\b(?:every|each)\W*$")
_AFTER = re.compile(r"(?i)\b(?:after|in|within|another)\W*$")
_FOR = re.compile(r"(?i)\bfor(?: up to| about| at least)?\W*$")
_A_DAY = re.compile(
    r"(?i)^\W*(?:[\w-]+\s){0,4}?(?:in (?:any )?24 hours|a day|per day|each day|every day|daily)\b"
)
_AT_A_TIME = re.compile(r"(?i)^\W*(?:[\w-]+\s){0,3}?(?:at a time|each time|at once|per dose)\b")
_BEFORE = re.compile(r"(?i)^\W*(?:[\w-]+\s){0,5}?before you\b")
_APART = re.compile(r"(?i)^\W*(?:apart|between)\b")
_OLD = re.compile(r"(?i)^\W*(?:old|of age|and (?:over|older)|or (?:over|older|younger))\b")
_PEOPLE = re.compile(
    r"(?i)\b(?:adults?|child(?:ren)?|babies|baby|teenagers?|older people|pregnan\w+|breastfeeding"
    r"|under \d+|over \d+|aged? \d+(?: to \d+)?|\d+ to \d+ years|(?:liver|kidney|heart) \w+"
    r"|\w+ (?:than )?\d[\d.,]* ?kg|weigh\w*)\b"
)
_CASE = re.compile(
    r"(?i)\b(?:start\w*|initial\w*|first|increas\w*|rais\w*|reduc\w*|lower\w*"
    r"|from week \d+|\w*(?:itis|osis|iasis|aemia|emia|oma|ache|disease|cancer|infection|fever|pain"
    r"|migraine|asthma|epilepsy|depression))\b"
)
"""What a dose is for, or at which step of a plan; of other cases other numbers are true."""
_HOLDS = re.compile(
    r"(?i)\bcontain(?:s|ing)?\b(?:(?!\b(?:take|taking|use|using|give|giving)\b)[^,;:])*$"
)
"""What a medicine is made of is no dose: so much of it, with no bound and no time."""


@dataclass(frozen=True)
class Measure:
    """One number with its unit.

    Attributes:
        words: As it stands there.
        low: The number, or the lower of a range.
        high: The higher of a range; the same as ``low`` for one number.
        unit: In the singular, spelled in one way.
        said_of: Medicine, bound and span, people and case, which make two measures the same thing.
        sentence: The sentence that it stands in.
        passage: Where.
    """

    words: str
    low: float
    high: float
    unit: str
    said_of: tuple[str, str, str]
    sentence: str
    passage: Passage

    @property
    def is_dose(self) -> bool:
        """Whether it says how much of something, not how long."""
        return re.fullmatch(_TIMED, self.unit, re.IGNORECASE) is None


@lru_cache(maxsize=1)  # one rule after another asks for them
def measures(reading: Reading) -> tuple[Measure, ...]:
    """Every number with a unit, in order."""
    return tuple(_measures(reading))


def _measures(reading: Reading) -> Iterator[Measure]:
    words = reading.words
    about, last_row = "", 0
    of_all = _last(words, reading.edition.leaflet.facts.title)
    for passage in reading.passages:
        if any(name == "timeline" for name, _ in passage.blocks):
            continue  # its rows are of different things
        row = passage.line if passage.sort is Sort.CELL else 0
        about = about if row and row == last_row else of_all
        last_row = row
        named = bool(words.medicines_in(passage.text))
        for sentence in passage.sentences:
            about = (_last(words, sentence) if named else "") or about
            for match in _measured(sentence):
                found = _measure(match, sentence, passage, about)
                if found.said_of[1] or not _HOLDS.search(sentence[: match.start()]):
                    yield found


@lru_cache(maxsize=4096)  # regions have most of their sentences in common
def _measured(sentence: str) -> tuple[re.Match[str], ...]:
    return tuple(_MEASURE.finditer(sentence))


def _last(words: WordList, text: str) -> str:
    """The last medicine that a text names; nothing where it names none."""
    found = words.medicines_in(text)
    return found[-1][0].casefold() if found else ""


def _measure(match: re.Match[str], sentence: str, passage: Passage, about: str) -> Measure:
    before, after = sentence[: match.start()], sentence[match.end() :]
    low = _value(match["low"])
    unit = match["unit"].lower()
    unit = unit.removesuffix("s") if len(unit) > 2 else unit
    unit = _SHORT.get(unit, unit)
    timed = re.fullmatch(_TIMED, unit, re.IGNORECASE) is not None
    frame = " ".join(filter(None, [_bound(before, after, timed=timed), _span(after)]))
    told = (*_PEOPLE.findall(sentence), *_CASE.findall(sentence))
    people = " ".join(sorted({word.casefold() for word in told}))
    high = _value(match["high"]) if match["high"] else low
    return Measure(match[0], low, high, unit, (about, frame, people), sentence, passage)


def _value(text: str) -> float:
    return float(NUMBERS.get(text.casefold(), 0) or text.replace(",", ""))


_BOUNDS = (("most", _MOST), ("least", _LEAST))
_SPANS = (("every", _EVERY), ("for", _FOR), ("after", _AFTER))


def _bound(before: str, after: str, *, timed: bool) -> str:
    for name, pattern in _BOUNDS + _SPANS if timed else _BOUNDS:
        if pattern.search(before):
            return name
    if timed and _APART.match(after):
        return "every"
    if timed and _BEFORE.match(after):
        return "after"
    return "age" if _OLD.match(after) else ""


def _span(after: str) -> str:
    if _A_DAY.match(after):
        return "a day"
    return "at a time" if _AT_A_TIME.match(after) else ""
