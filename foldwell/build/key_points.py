"""What a reader must be able to find in a leaflet and use: questions made from its own key points.

The European Commission's guideline on readability asks for such questions of every package
leaflet. They are made of what stands in the leaflet, in the order of what matters most: main
message, emergency, steps, doses, what not to do, warnings, whom to ask, sections. Questions of
the author's own (``trial_questions`` in the front matter) go first. What is asked around the
leaflet's own words stands in the catalogues of all languages, under ``trial``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from foldwell.check.passages import Passage, Sort, filled, passages
from foldwell.check.wording.doses import DoseLine
from foldwell.content.edition import Edition
from foldwell.content.interface_words import LANGUAGES, shipped_catalogue
from foldwell.content.words_groups import GROUP, grouped

MOST = 10
"""So many questions a person of any age answers in a quarter of an hour, and one page holds."""
_MOST_DOSES, _MOST_WARNINGS, _SENTENCES = 2, 2, 4
_FORMAT = "web"
"""The words of the web page are those of every format, each once."""
_NOT = {
    language: re.compile(rf"(?i)^(?:(?:[\w’-]+ ){{0,3}}[\w’-]+: )?(?:{words})")
    for language, words in {
        "en": r"(?:do not|don[’']t|never)\b",
        "cy": r"(?:peidiwch|peidio)\b",
        "de": r"\w+ Sie\b[^.!]*\b(?:nicht|nie|niemals|kein\w*)\b",
        "el": r"(?:μην?|ποτέ μην?)\b",
        "fr": r"(?:ne \w+ez|n[’']\w+ez)\b",
        "he": r"(?:אל|אין ל|לעולם אל)",
        "ru": r"(?:никогда )?не \w+(?:йте|ите|ьте)(?:сь)?\b",
        "uk": r"(?:ніколи )?не \w+(?:йте|іть|те)(?:ся)?\b",
        "vi": r"(?:đừng|không được|tuyệt đối không)\b",
        "zh": "(?:请勿|請勿|不要|切勿|绝不要|絕不要|千万不要|千萬不要)",
    }.items()
}
"""How a sentence begins that tells the reader not to do something, where only such ones do."""
_ASKS = ("?", "؟", "？", ";", "፧")
"""What questions end in; the semicolon is Greek."""
_TAKEN = ("key-message", "emergency", "steps", "warning")
_SILENT = frozenset(["fill-in", "contact", "questions", "timeline", "figure"])


@dataclass(frozen=True)
class Question:
    """One thing to find and to use.

    Attributes:
        ask: What the person is asked.
        answer: What the leaflet says of it, sentence by sentence.
    """

    ask: str
    answer: tuple[str, ...]

    @property
    def id(self) -> str:
        """Its short name: another, once its words or the right answer are others."""
        return grouped(hashlib.sha256(repr((self.ask, self.answer)).encode()).digest())[:GROUP]


def questions(edition: Edition, doses: Sequence[DoseLine]) -> list[Question]:
    """The questions of an edition, the weightiest first.

    Args:
        edition: The edition.
        doses: Its sentences with doses.
    """
    facts = edition.leaflet.facts
    own = [Question(str(one.ask), (str(one.answer),)) for one in facts.trial_questions]
    if edition.leaflet.language not in LANGUAGES:
        return own[:MOST]
    made = [*own, *_made(edition, doses)]
    return list({question.ask: question for question in made}.values())[:MOST]


def _made(edition: Edition, doses: Sequence[DoseLine]) -> Iterator[Question]:
    spoken = list(passages(edition, _FORMAT))
    blocks = list(_blocks(spoken))
    yield from _main_message(edition, blocks)
    words = _words(edition)
    number = edition.region.emergency_number
    for name, _, held in blocks:
        if name == "emergency":
            yield _asked(words["emergency"].format(number=number), held)
    for name, title, held in blocks:
        if name == "steps" and title:
            yield _asked(words["steps"].format(title=filled(title, edition)), held)
    yield from _doses(spoken, doses, words["dose"])
    is_not = _NOT.get(edition.leaflet.language.partition("-")[0])
    said = (text for passage in spoken for text in passage.sentences)
    never = dict.fromkeys(text for text in said if is_not and is_not.match(text))
    if len(never) > 1:
        yield Question(words["never"], tuple(never)[: _SENTENCES + 2])
    warnings = [(title, held) for name, title, held in blocks if name == "warning" and title]
    for title, held in warnings[:_MOST_WARNINGS]:
        yield _asked(words["warning"].format(title=filled(title, edition)), held)
    clinic = edition.clinic
    yield Question(words["contact"], (f"{clinic.name}, {clinic.phone}.",))
    yield from _sections(spoken, words)


def _words(edition: Edition) -> Mapping[str, str]:
    """What is asked around the leaflet's own words, in its language."""
    words: Mapping[str, str] = shipped_catalogue(edition.leaflet.language).words["trial"]
    return words


def _asked(ask: str, held: Sequence[Passage]) -> Question:
    told = [
        text for passage in held if passage.sort is not Sort.TITLE for text in passage.sentences
    ]
    return Question(ask, tuple(told[: _SENTENCES * 2]))


def _blocks(spoken: Iterable[Passage]) -> Iterator[tuple[str, str, list[Passage]]]:
    """(name, title, passages) of each block that carries a key point."""

    def outer(passage: Passage) -> tuple[str, str]:
        return next(((n, t) for n, t in passage.blocks if n in _TAKEN), ("", ""))

    for (name, title), group in groupby(spoken, outer):
        held = [passage for passage in group if passage.sort is not Sort.TITLE]
        if name and held:
            yield name, title, held


def _main_message(
    edition: Edition, blocks: Sequence[tuple[str, str, list[Passage]]]
) -> Iterator[Question]:
    ask = _words(edition)["main"]
    for name, _, held in blocks:
        if name == "key-message":
            yield _asked(ask, held)
            return
    if message := edition.leaflet.facts.main_message:
        yield Question(ask, (str(message),))


def _doses(spoken: Sequence[Passage], doses: Sequence[DoseLine], ask: str) -> Iterator[Question]:
    """The leaflet's own sentences, with their figures left out."""
    said = {text for passage in spoken for text in passage.sentences}
    for dose in [dose for dose in doses if dose.sentence in said][:_MOST_DOSES]:
        gap = dose.sentence
        for words in dose.doses:
            gap = gap.replace(words, "……", 1)
        yield Question(ask.format(sentence=gap), (dose.sentence,))


def _sections(spoken: Sequence[Passage], words: Mapping[str, str]) -> Iterator[Question]:
    heading: Passage | None = None
    held: list[Passage] = []
    for passage in [*spoken, None]:
        if passage is None or passage.sort is Sort.HEADING:
            if heading is not None and held:
                yield _of_section(heading.text, held, words)
            heading, held = passage, []
        elif not {name for name, _ in passage.blocks} & {*_TAKEN, *_SILENT}:
            held.append(passage)


def _of_section(heading: str, held: Sequence[Passage], words: Mapping[str, str]) -> Question:
    ask = words["asked" if heading.endswith(_ASKS) else "section"].format(title=heading)
    told = [text for passage in held for text in passage.sentences]
    return Question(ask, tuple(told[:_SENTENCES]))
