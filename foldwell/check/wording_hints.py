"""Proposals for sentences that read hard, to stand beside them: nothing is ever changed in a text.

A score shows where a text is hard, a proposal where to begin: where a long sentence could end, a
plainer word for a hard one, the 'not' in full. Whoever wrote the sentence decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from foldwell.check.passages import Passage
from foldwell.check.wording.plain_words import CONTRACTION, in_full
from foldwell.check.wording.readability import count, formulas, words_of
from foldwell.check.wording.reading import Reading
from foldwell.check.wording.syllables import syllables

_HARD, _LEAST_WORDS, _MOST_WORDS = 3, 4, 5
"""Syllables of a hard word; words on either side of a break; hard words that are named."""
_BREAK = re.compile(
    r"(?<=[;:]) |(?<= –) |(?<=,) (?=(?:which|who|where|so|if|when|or)\b)"
    r"| (?=(?:and|but|because|although|while|unless)\b)"
)


@dataclass(frozen=True)
class Hint:
    """One sentence, and what is proposed for it.

    Attributes:
        line: The line of the leaflet's file.
        sentence: As it stands there.
        proposals: What its author may try, each a clause.
    """

    line: int
    sentence: str
    proposals: tuple[str, ...]


def hints(reading: Reading) -> list[Hint]:
    """The sentences of an edition for which something is proposed, in their order."""
    found = []
    for passage in reading.spoken:
        for sentence in passage.sentences:
            if proposals := tuple(_proposals(reading, passage, sentence)):
                found.append(Hint(passage.line_of(sentence), sentence, proposals))
    return found


def _proposals(reading: Reading, passage: Passage, sentence: str) -> Iterator[str]:
    limit = reading.profile.limits.sentence_words
    words = len(sentence.split())
    if words > limit:
        after = _could_end(sentence)
        where = f": it could end after “… {after}”" if after else ""
        yield f"{words} words; make two sentences of it{where}"
    told: set[str] = set()
    for known in (reading.words.jargon_in(sentence), reading.words.stigma_in(sentence)):
        for said, _ in known:
            instead = reading.words.plainer(said) or reading.words.kinder(said)
            told.update(words_of(said.casefold()))
            yield f"“{said}”: {instead}"
    if reading.language == "en":
        for match in CONTRACTION.finditer(sentence):
            yield f"“{match[0]}”: {in_full(match[0])}"
    yield from _hard_words(reading, sentence, told)


def _hard_words(reading: Reading, sentence: str, told: set[str]) -> Iterator[str]:
    """The hard words of a whole sentence that reads above the limit; names are not meant."""
    if not sentence.rstrip("”\"')").endswith((".", "!", "?")):
        return
    used = formulas(reading)
    counts = count([sentence], reading.language)
    formula = used[-1] if used else None  # of English, the one that does not need 30 sentences
    if formula is None or not counts.words or formula.passes(score := formula.score(counts)):
        return
    lists = reading.words
    known = {
        word.casefold() for term in (*lists.glossary, *lists.medicines) for word in words_of(term)
    }
    hard = [
        word
        for word in dict.fromkeys(words_of(sentence))
        if syllables(word, reading.language) >= _HARD
        and word.casefold() not in known | told
        and (word.islower() or sentence.startswith(word))
    ]
    if hard:
        named = ", ".join(f"“{word}”" for word in hard[:_MOST_WORDS])
        yield f"reads at {score:.0f} by {formula.name}; is there a shorter word for {named}?"


def _could_end(sentence: str) -> str:
    """The last words before the break that is nearest to the middle; empty where there is none."""
    whole = len(sentence.split())
    best, last = whole, ""
    for match in _BREAK.finditer(sentence):
        before = sentence[: match.start()].split()
        away = abs(2 * len(before) - whole)
        if min(len(before), whole - len(before)) >= _LEAST_WORDS and away < best:
            best, last = away, " ".join(before[-_LEAST_WORDS:]).rstrip(",;:–")
    return last
