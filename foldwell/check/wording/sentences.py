"""Long sentences and paragraphs."""

from __future__ import annotations

from collections.abc import Iterator

from foldwell.check.passages import Sort
from foldwell.check.wording.entry import rule
from foldwell.check.wording.reading import Reading
from foldwell.finding import Finding
from foldwell.rules import Severity


@rule("T1")
def long_sentences(reading: Reading) -> Iterator[Finding]:
    """Sentences of more words than people keep in mind."""
    limits = reading.profile.limits
    for passage in reading.spoken:
        for sentence in passage.sentences:
            count = len(sentence.split())
            if count > limits.sentence_words:
                most = count > limits.sentence_words_most
                yield reading.find(
                    "T1",
                    f"This sentence has {count} words: '{_start(sentence)}'.",
                    f"Make two of it, or cut it to {limits.sentence_words} words.",
                    passage,
                    sentence,
                    Severity.WARNING if most else Severity.INFORMATION,
                )


@rule("T2")
def long_paragraphs(reading: Reading) -> Iterator[Finding]:
    """Paragraphs of more sentences than one thought has."""
    most = reading.profile.limits.paragraph_sentences
    for passage in reading.spoken:
        count = len(passage.sentences)
        if passage.sort is Sort.PARAGRAPH and count > most:
            yield reading.find(
                "T2",
                f"This paragraph has {count} sentences.",
                f"Part it; {most} are easy to read.",
                passage,
            )


def _start(sentence: str, words: int = 8) -> str:
    parts = sentence.split()
    return " ".join(parts[:words]) + (" …" if len(parts) > words else "")
