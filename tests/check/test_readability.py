"""Readability agrees with syllables that were counted by hand, in six published passages.

A dot in ``readability/*.txt`` stands where a person parts a word when saying it slowly, so that
everybody can count after. All six are out of copyright. (Scores that are printed beside such
passages elsewhere are no measure: one sentence that most explanations of the formula use is given
24 syllables here and 26 there.)
"""

import math
import re
from pathlib import Path

import pytest
from test_wording import reading

from foldwell.check.wording.readability import count, flesch_kincaid, sections, smog
from foldwell.check.wording.syllables import _as_said, _by_vowels, _pronounced, syllables
from foldwell.content.library import Library

PASSAGES = sorted(Path(__file__).with_name("readability").glob("*.txt"))
DOT = "·"
WITHIN = 0.5
"""Of a school grade."""


def counted_by_hand(marked: str) -> tuple[float, float]:
    """Flesch–Kincaid and SMOG from the dots and the full stops alone."""
    words = re.findall(rf"[A-Za-z{DOT}’-]+", marked.replace("—", " "))
    syllables = [len(re.split(rf"[{DOT}-]", word)) for word in words]
    sentences = len(re.findall(r"[.?!]", marked))
    hard = sum(each >= 3 for each in syllables)
    grade = 0.39 * len(words) / sentences + 11.8 * sum(syllables) / len(words) - 15.59
    return grade, 1.043 * math.sqrt(hard * 30 / sentences) + 3.1291


def test_there_are_six_of_them() -> None:
    assert len(PASSAGES) == 6


@pytest.mark.parametrize("path", PASSAGES, ids=lambda path: path.stem)
def test_a_published_passage_scores_as_counted_by_hand(path: Path, library: Library) -> None:
    marked = path.read_text(encoding="utf-8").split("\n", 1)[1].strip()
    (section,) = sections(reading(library, marked.replace(DOT, "")))
    ours = count(section.sentences, "en")
    by_hand = counted_by_hand(marked)
    assert flesch_kincaid(ours) == pytest.approx(by_hand[0], abs=WITHIN)
    assert smog(ours) == pytest.approx(by_hand[1], abs=WITHIN)


def test_a_count_that_is_off_would_be_seen() -> None:
    """One syllable in ten more is a grade more: within half a grade, counts have to be right."""
    marked = "Rest well to·night. Sleep is good for you and me."
    more = marked.replace("good", "go·od")
    assert counted_by_hand(more)[0] - counted_by_hand(marked)[0] > WITHIN


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("our", 1), ("interest", 3), ("every", 2), ("fire", 1), ("overdoses", 4), ("lettuces", 3),
        ("opioids", 3), ("naloxone", 3), ("diazepam", 4), ("paracetamol", 5), ("reparative", 4),
        ("loperamide", 4), ("haemorrhage", 3), ("tablet's", 2), ("sleepy-eyed", 3),
    ],
)  # fmt: skip
def test_a_word_has_the_syllables_that_people_say(word: str, parts: int) -> None:
    assert syllables(word) == parts


def test_words_that_the_dictionary_lacks_are_not_made_easier(library: Library) -> None:
    """Of words that it has, counting vowels is right nine times in ten, and off to neither side."""
    words = [word for word in _pronounced() if re.fullmatch("[a-z]{6,}", word)][::40]
    off = [_by_vowels(word) - _as_said(word) for word in words]
    assert len(words) > 1000
    assert sum(map(bool, off)) / len(off) < 0.12 and abs(sum(off) / len(off)) < 0.05
