"""What an author or a computer left in the text, and must never reach print."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum.gb import nhs
from stdnum.us import ssn

from foldwell.check.passages import Passage
from foldwell.check.wording.entry import rule
from foldwell.check.wording.reading import Reading
from foldwell.finding import Finding

_PLACEHOLDER = re.compile(
    r"\b(?:TODO|TBC|TBD|TK|FIXME|XX+)\b|\?\?\?|(?i:\blorem ipsum\b|\bplaceholder\b"
    r"|\b(?:insert|add|your) (?:text|name|number|date|phone|address) here\b)"
    r"|\[(?:name|date|phone|number|clinic|address)\](?![\[(:])"
)
_TEN_DIGITS = re.compile(r"(?<![\d+])(?<!\d[ -])\d{3}[ -]?\d{3}[ -]?\d{4}(?!\d)")
_PATIENT = re.compile(
    r"(?i)\b(?:date of birth|d\.?o\.?b\.?|nhs (?:no\.?|number)|mrn|hospital (?:no\.?|number)"
    r"|patient id)\s*[:#]?\s*(?=[\w/-]*\d)[\w/-]{4,}"
)
_SOCIAL = re.compile(r"(?<!\d)\d{3}-\d{2}-\d{4}(?!\d)")
_NEVER_GIVEN = "09"
"""No person has a number of the NHS that starts so: 0 starts phone numbers, 9 those for tests."""


@rule("T18")
def placeholders(reading: Reading) -> Iterator[Finding]:
    """Words that stand for something still to come."""
    for passage in reading.passages:
        for match in _PLACEHOLDER.finditer(passage.raw):
            yield reading.find(
                "T18",
                f"'{match[0]}' stands for something still to come.",
                "Write what is meant, or take it away.",
                passage,
                match[0],
            )


@rule("T19")
def identities(reading: Reading) -> Iterator[Finding]:
    """Anything that looks like a real patient's."""
    british = reading.edition.region.country == "GB"
    for passage in reading.passages:
        if not passage.has_digits:
            continue
        for match in _TEN_DIGITS.finditer(passage.text) if british else ():
            digits = re.sub(r"\D", "", match[0])
            if digits[0] not in _NEVER_GIVEN and nhs.is_valid(digits):
                yield _found(reading, passage, match[0], "an NHS number")
        for match in _SOCIAL.finditer(passage.text):
            if ssn.is_valid(match[0]):
                yield _found(reading, passage, match[0], "a Social Security number")
        for match in _PATIENT.finditer(passage.text):
            yield _found(reading, passage, match[0], "a patient's identity")


def _found(reading: Reading, passage: Passage, words: str, what: str) -> Finding:
    return reading.find(
        "T19",
        f"'{words}' looks like {what}.",
        "Take it away; an example number of the NHS starts with 9.",
        passage,
        words,
    )
