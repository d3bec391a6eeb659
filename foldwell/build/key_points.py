"""What a reader must be able to find in a leaflet and use: questions made from its own key points.

The European Commission's guideline on readability asks for such questions of every package
leaflet. They are made of what stands in the leaflet, in the order of what matters most: main
message, emergency, steps, doses, what not to do, warnings, whom to ask, sections. Questions of
the author's own (``trial_questions`` in the front matter) go first; in a language other than
English there are no others.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from foldwell.check.passages import Passage, Sort, filled, passages
from foldwell.check.wording.doses import DoseLine
from foldwell.content.edition import Edition
from foldwell.content.words_groups import GROUP, grouped

MOST = 10
"""So many questions a person of any age answers in a quarter of an hour, and one page holds."""
_MOST_DOSES, _MOST_WARNINGS, _SENTENCES = 2, 2, 4
_FORMAT = "web"
"""The words of the web page are those of every format, each once."""
_NOT = re.compile(r"(?i)^(?:(?:[\w’-]+ ){0,3}[\w’-]+: )?(?:do not|don[’']t|never)\b")
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
    if edition.leaflet.language.partition("-")[0] != "en":
        return own[:MOST]
    made = [*own, *_made(edition, doses)]
    return list({question.ask: question for question in made}.values())[:MOST]


def _made(edition: Edition, doses: Sequence[DoseLine]) -> Iterator[Question]:
    spoken = list(passages(edition, _FORMAT))
    blocks = list(_blocks(spoken))
    yield from _main_message(edition, blocks)
    number = edition.region.emergency_number
    for name, _, held in blocks:
        if name == "emergency":
            yield _asked(f"When do you have to call {number}, and what else do you do then?", held)
    for name, title, held in blocks:
        if name == "steps" and title:
            ask = (
                f"Find “{filled(title, edition)}”. What do you do first, and what comes after that?"
            )
            yield _asked(ask, held)
    yield from _doses(spoken, doses)
    never = dict.fromkeys(text for p in spoken for text in p.sentences if _NOT.match(text))
    if len(never) > 1:
        ask = "Find two things that it tells you not to do. Why not?"
        yield Question(ask, tuple(never)[: _SENTENCES + 2])
    warnings = [(title, held) for name, title, held in blocks if name == "warning" and title]
    for title, held in warnings[:_MOST_WARNINGS]:
        ask = f"Find “{filled(title, edition)}”. What does it warn you of, and what would you do?"
        yield _asked(ask, held)
    yield _contact(edition)
    yield from _sections(spoken)


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
    ask = "In your own words: what is the most important thing that it says?"
    for name, _, held in blocks:
        if name == "key-message":
            yield _asked(ask, held)
            return
    if message := edition.leaflet.facts.main_message:
        yield Question(ask, (str(message),))


def _doses(spoken: Sequence[Passage], doses: Sequence[DoseLine]) -> Iterator[Question]:
    """The leaflet's own sentences, with their figures left out."""
    said = {text for passage in spoken for text in passage.sentences}
    for dose in [dose for dose in doses if dose.sentence in said][:_MOST_DOSES]:
        gap = dose.sentence
        for words in dose.doses:
            gap = gap.replace(words, "……", 1)
        yield Question(f"Find what is missing here: “{gap}”", (dose.sentence,))


def _sections(spoken: Sequence[Passage]) -> Iterator[Question]:
    heading: Passage | None = None
    held: list[Passage] = []
    for passage in [*spoken, None]:
        if passage is None or passage.sort is Sort.HEADING:
            if heading is not None and held:
                yield _of_section(heading.text, held)
            heading, held = passage, []
        elif not {name for name, _ in passage.blocks} & {*_TAKEN, *_SILENT}:
            held.append(passage)


def _of_section(heading: str, held: Sequence[Passage]) -> Question:
    if heading.endswith("?"):
        ask = f"A friend asks you: “{heading}” Find the answer, and tell them in your own words."
    else:
        ask = f"A friend asks you about “{heading}”. Find it, and tell them in your own words."
    told = [text for passage in held for text in passage.sentences]
    return Question(ask, tuple(told[:_SENTENCES]))


def _contact(edition: Edition) -> Question:
    clinic = edition.clinic
    return Question(
        "You have a question once you are home. Whom do you ask, and how?",
        (f"{clinic.name}, {clinic.phone}.",),
    )
