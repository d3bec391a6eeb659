"""Words that few readers know, words that hurt, and shortened words that are read wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator

from foldwell.check.wording.entry import rule
from foldwell.check.wording.reading import Reading
from foldwell.finding import Finding

CONTRACTION = re.compile(
    r"(?i)\b(?:(?:do|does|did|is|are|was|were|has|have|had|could|should|would|must|might|need)n[’']t"
    r"|can[’']t|won[’']t|shan[’']t)\b"
)
"""A 'not' that is shortened."""
_IN_FULL = {"ca": "cannot", "wo": "will not", "sha": "shall not"}
_STEM = -len("n't")


def in_full(contraction: str) -> str:
    """A shortened 'not' in full."""
    stem = contraction[:_STEM]
    return _IN_FULL.get(stem.casefold(), f"{stem} not")


@rule("T4")
def jargon(reading: Reading) -> Iterator[Finding]:
    """Words of the trade at their first use, unless they stand in brackets or are explained."""
    told: set[str] = set()
    for passage in reading.passages:
        for said, at in reading.words.jargon_in(passage.text):
            word = said.casefold()
            if word in told:
                continue
            told.add(word)
            before, after = passage.text[:at], passage.text[at + len(said) :]
            bracketed = before.rfind("(") > before.rfind(")")
            explained = re.match(
                r"s?(?: [\w-]+)?[”\"]?\s*\(|s?,? (?:which|that) (?:is|are|means?)\b|, or ", after
            )
            named = re.search(r"(?i)\b(?:called|known as) (?:[\w-]+ )?$", before)
            if bracketed or explained or named:
                continue
            yield reading.find(
                "T4",
                f"Few readers know '{said}'.",
                f"Write '{reading.words.plainer(said)}', and '{said}' in brackets if it is needed.",
                passage,
                said,
                instead=reading.words.plainer(said),
            )


@rule("T10", english=True)
def negative_contractions(reading: Reading) -> Iterator[Finding]:
    """'Don't' and the like, which are easily read as their opposite."""
    for passage in reading.passages:
        for match in CONTRACTION.finditer(passage.text):
            yield reading.find(
                "T10",
                f"'{match[0]}' is easily read as its opposite.",
                "Write the 'not' in full.",
                passage,
                match[0],
                instead=in_full(match[0]),
            )


@rule("T20")
def words_that_hurt(reading: Reading) -> Iterator[Finding]:
    """Words that make a person a disease or a fault."""
    for passage in reading.passages:
        for said, _ in reading.words.stigma_in(passage.text):
            yield reading.find(
                "T20",
                f"'{said}' hurts people who read this.",
                f"Write '{reading.words.kinder(said)}'.",
                passage,
                said,
                instead=reading.words.kinder(said),
            )
