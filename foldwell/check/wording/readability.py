"""How easily a text reads: a formula for each language, never one for another.

English has SMOG (McLaughlin 1969) and Flesch–Kincaid (Kincaid 1975), two limits, because they
differ by grades on one text; Spanish Fernández-Huerta, German the first Wiener Sachtextformel,
Italian Gulpease, French Kandel and Moles, Dutch Douma, Scandinavian languages LIX.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from foldwell.check.passages import Passage, Sort
from foldwell.check.wording.entry import rule
from foldwell.check.wording.reading import Reading
from foldwell.check.wording.syllables import syllables
from foldwell.finding import Finding
from foldwell.rules import Severity

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_ADDRESS = re.compile(r"\S*(?:@|://|www\.)\S*|\b[\w-]+(?:\.[\w-]+)*\.(?:org|com|gov|uk|net)\b\S*")
_ENOUGH_SENTENCES, _SMOG_SENTENCES = 3, 30
_POLYSYLLABLE, _LONG_LETTERS = 3, 6


@dataclass(frozen=True)
class Counts:
    """What formulas are made of."""

    sentences: int
    words: int
    letters: int
    syllables: int
    polysyllables: int
    monosyllables: int
    long_words: int


def count(sentences: Sequence[str], language: str) -> Counts:
    """Count a text, sentence by sentence; numbers and addresses are no words."""
    each = [_of_sentence(text, language) for text in sentences]
    return Counts(len(sentences), *(map(sum, zip(*each, strict=True)) if each else [0] * 6))


@lru_cache(maxsize=4096)  # a sentence counts in its section, and in the whole
def _of_sentence(text: str, language: str) -> tuple[int, ...]:
    """Words, letters, syllables, words of three and more of them, of one, and long ones."""
    words = words_of(text)
    each = [syllables(word, language) for word in words]
    return (
        len(words),
        sum(map(len, words)),
        sum(each),
        sum(n >= _POLYSYLLABLE for n in each),
        each.count(1),
        sum(len(word) > _LONG_LETTERS for word in words),
    )


def words_of(text: str) -> list[str]:
    """The words of a sentence."""
    addressed = "@" in text or "://" in text or "." in text[:-1]
    return _WORD.findall(_ADDRESS.sub(" ", text) if addressed else text)


def flesch_kincaid(c: Counts) -> float:
    """School grade in the United States."""
    return 0.39 * c.words / c.sentences + 11.8 * c.syllables / c.words - 15.59


def smog(c: Counts) -> float:
    """School grade in the United States, made for 30 sentences or more."""
    return 1.0430 * math.sqrt(c.polysyllables * 30 / c.sentences) + 3.1291


@dataclass(frozen=True)
class Formula:
    """How one language is scored.

    Attributes:
        name: As people know it.
        score: What it gives.
        limit: Where a text for everybody ends.
        easier_is_more: Whether a higher score is easier.
    """

    name: str
    score: Callable[[Counts], float]
    limit: float
    easier_is_more: bool = False

    def passes(self, score: float) -> bool:
        """Whether a score is good enough."""
        return score >= self.limit if self.easier_is_more else score <= self.limit


def _share(part: int, c: Counts) -> float:
    return 100 * part / c.words


_LIX = Formula("LIX", lambda c: c.words / c.sentences + _share(c.long_words, c), 35)
FORMULAS = {
    "es": Formula(
        "Fernández-Huerta",
        lambda c: 206.84 - 60 * c.syllables / c.words - 1.02 * c.words / c.sentences,
        70,
        easier_is_more=True,
    ),
    "de": Formula(
        "Wiener Sachtextformel",
        lambda c: 0.1935 * _share(c.polysyllables, c) + 0.1672 * c.words / c.sentences
        + 0.1297 * _share(c.long_words, c) - 0.0327 * _share(c.monosyllables, c) - 0.875,
        8,
    ),
    "it": Formula(
        "Gulpease",
        lambda c: 89 + (300 * c.sentences - 10 * c.letters) / c.words,
        60,
        easier_is_more=True,
    ),
    "fr": Formula(
        "Kandel and Moles",
        lambda c: 207 - 1.015 * c.words / c.sentences - 73.6 * c.syllables / c.words,
        60,
        easier_is_more=True,
    ),
    "nl": Formula(
        "Douma",
        lambda c: 206.84 - 0.93 * c.words / c.sentences - 77 * c.syllables / c.words,
        60,
        easier_is_more=True,
    ),
    **dict.fromkeys(("sv", "da", "nb", "nn", "no"), _LIX),
}  # fmt: skip
"""By language; English has two of its own, which are set in ``build.yml``."""


@dataclass(frozen=True)
class Section:
    """What stands below one heading."""

    title: str
    passages: tuple[Passage, ...]

    @property
    def sentences(self) -> list[str]:
        """Its whole sentences; fragments of lists are none."""
        return [
            sentence
            for passage in self.passages
            for sentence in passage.sentences
            if sentence.rstrip("”\"')").endswith((".", "!", "?"))
        ]


def sections(reading: Reading) -> list[Section]:
    """The text by headings and titled boxes, in order."""
    found: list[tuple[str, list[Passage]]] = [(reading.edition.leaflet.facts.title, [])]
    for passage in reading.passages:
        if passage.sort in (Sort.HEADING, Sort.TITLE):
            found.append((passage.text, []))
        elif not any(name == "timeline" for name, _ in passage.blocks):
            found[-1][1].append(passage)
    return [Section(title, tuple(held)) for title, held in found if held]


def formulas(reading: Reading) -> list[Formula]:
    """Those of the text's language; none where there is none for it."""
    if reading.language == "en":
        limits = reading.profile.limits
        return [
            Formula("SMOG", smog, limits.smog),
            Formula("Flesch–Kincaid", flesch_kincaid, limits.flesch_kincaid),
        ]
    known = FORMULAS.get(reading.language)
    return [known] if known else []


@rule("T3")
def hard_to_read(reading: Reading) -> Iterator[Finding]:
    """Whole text and sections that read harder than the limits, with what makes them so."""
    used = formulas(reading)
    if not used:
        yield reading.of_facts(
            "T3",
            f"Readability of '{reading.language}' is not assessed: no formula is known for it.",
            "Read it aloud to somebody.",
            "title",
            Severity.INFORMATION,
        )
        return
    parts = sections(reading)
    everything = [sentence for part in parts for sentence in part.sentences]
    if len(everything) >= _ENOUGH_SENTENCES:
        yield from _judged(reading, "The text", everything, parts[0].passages[0], used)
    for part in parts:
        sentences = part.sentences
        if len(sentences) >= _ENOUGH_SENTENCES and len(parts) > 1:
            fk = [formula for formula in used if formula.name != "SMOG"]
            yield from _judged(reading, f"The section '{part.title}'", sentences,
                               part.passages[0], fk)  # fmt: skip


def _judged(
    reading: Reading, what: str, sentences: list[str], at: Passage, used: Iterable[Formula]
) -> Iterator[Finding]:
    counts = count(sentences, reading.language)
    if not counts.words:
        return
    for formula in used:
        score = formula.score(counts)
        if formula.passes(score):
            continue
        few = counts.sentences < _SMOG_SENTENCES
        sure = f" (indicative, {counts.sentences} sentences)" if few else ""
        without = _without_glossary(reading, sentences, formula)
        yield reading.find(
            "T3",
            f"{what} reads at {score:.1f} by {formula.name}{without}; the limit is"
            f" {formula.limit:g}{sure}.",
            _what_to_do(reading, sentences),
            at,
        )


def _without_glossary(reading: Reading, sentences: list[str], formula: Formula) -> str:
    if not reading.words.glossary:
        return ""
    bare = [reading.words.without_terms(sentence) for sentence in sentences]
    counts = count(bare, reading.language)
    if bare == sentences or not counts.words:
        return ""
    return f", {formula.score(counts):.1f} without the terms that it explains"


def _what_to_do(reading: Reading, sentences: list[str]) -> str:
    worst = max(sentences, key=lambda text: len(words_of(text)))
    told = [f"Its longest sentence: '{worst}'."]
    words = {word.casefold() for text in sentences for word in words_of(text)}
    hard = sorted(words, key=lambda word: (-syllables(word, reading.language), -len(word), word))
    hard = [word for word in hard[:5] if syllables(word, reading.language) >= _POLYSYLLABLE]
    if hard:
        plainer = [(word, reading.words.plainer(word)) for word in hard]
        told.append(f"Hard words: {', '.join(f'{w} ({p})' if p else w for w, p in plainer)}.")
    return " ".join(told)
