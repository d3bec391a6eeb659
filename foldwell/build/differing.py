"""What has changed in the words of a leaflet: sentence by sentence, changed numbers first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from foldwell.check.passages import Sort, passages
from foldwell.content.edition import Edition
from foldwell.content.facts_used import printed_facts

_NUMBER = re.compile(
    r"\d[\d,.:]*\d|\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten)\b", re.I
)
_WORDS = re.compile(r"\S+")
_PRINTED = ("title", "subtitle", "main_message", "action")
"""Texts of the front matter that are printed."""


@dataclass(frozen=True)
class Change:
    """One sentence that is new, gone or said otherwise.

    Attributes:
        section: The heading that it stands under.
        before: The sentence as it was; empty if it is new.
        after: The sentence as it is; empty if it is gone.
        line: The line of the file, of the new one where it is still there.
    """

    section: str
    before: str
    after: str
    line: int

    @property
    def numbers(self) -> bool:
        """Whether a number is another, new or gone."""
        was, now = (Counter(_NUMBER.findall(text.lower())) for text in (self.before, self.after))
        return was != now

    def parts(self) -> Iterator[tuple[str, str]]:
        """Both in one, piece by piece: the words, and ``gone``, ``new`` or nothing."""
        was, now = _WORDS.findall(self.before), _WORDS.findall(self.after)
        for kind, a, b, c, d in SequenceMatcher(None, was, now, autojunk=False).get_opcodes():
            if kind == "equal":
                yield " ".join(was[a:b]), ""
                continue
            if a < b:
                yield " ".join(was[a:b]), "gone"
            if c < d:
                yield " ".join(now[c:d]), "new"

    def marked(self) -> str:
        """Both in one: ``[-gone-]`` and ``{+new+}`` words."""
        marks = {"gone": "[-{}-]", "new": "{{+{}+}}", "": "{}"}
        return " ".join(marks[mark].format(words) for words, mark in self.parts())


@dataclass(frozen=True)
class _Said:
    section: str
    text: str
    line: int


def changes(before: Edition, after: Edition) -> list[Change]:
    """What two editions of one leaflet say differently: changed numbers first, then in order."""
    was, now = _said(before), _said(after)
    matcher = SequenceMatcher(None, [s.text for s in was], [s.text for s in now], autojunk=False)
    found: list[Change] = []
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind != "equal":
            found += _paired(was[a:b], now[c:d])
    return sorted(found, key=lambda change: not change.numbers)


def _said(edition: Edition) -> list[_Said]:
    facts = edition.leaflet.facts
    head = [(name, getattr(facts, name)) for name in _PRINTED]
    said = [_Said(f"front matter, {name}", str(text), 1) for name, text in head if text]
    section = str(facts.title)
    for passage in passages(edition):
        if passage.sort in (Sort.HEADING, Sort.TITLE):
            section = passage.text
            said.append(_Said(section, passage.text, passage.line))
        else:
            said += [_Said(section, text, passage.line_of(text)) for text in passage.sentences]
    return said


def _paired(was: Sequence[_Said], now: Sequence[_Said]) -> Iterator[Change]:
    """Sentences that stand in each other's place, the likest together, in their order."""
    left = list(now)
    for old in was:
        likest = max(left, key=lambda new: _likeness(old.text, new.text), default=None)
        if likest is not None and _likeness(old.text, likest.text) >= 0.5:
            for new in left[: left.index(likest)]:
                yield Change(new.section, "", new.text, new.line)
            left = left[left.index(likest) + 1 :]
            yield Change(likest.section, old.text, likest.text, likest.line)
        else:
            yield Change(old.section, old.text, "", old.line)
    for new in left:
        yield Change(new.section, "", new.text, new.line)


def _likeness(one: str, two: str) -> float:
    return SequenceMatcher(None, one.split(), two.split(), autojunk=False).ratio()


def report(found: Iterable[Change], facts: Iterable[FactChange] = ()) -> str:
    """The changes as lines, by section, then the facts; those of numbers are said to be so."""
    lines, last = [], None
    held = list(found)
    for change in held:
        head = ("NUMBERS: " if change.numbers else "") + change.section
        if head != last:
            lines.append(head)
            last = head
        lines.append(f"  line {change.line}: {change.marked()}")
    numbers = sum(change.numbers for change in held)
    many = "" if len(held) == 1 else "s"
    lines += [f"FACT {fact}" for fact in facts]
    lines.append(f"{len(held)} change{many}, {numbers} of numbers." if held else "No word changed.")
    return "\n".join(lines)


@dataclass(frozen=True)
class FactChange:
    """A fact of a clinic or its region that a leaflet prints, and that is another.

    Attributes:
        clinic: The slug of the clinic.
        name: As a leaflet names it, such as ``clinic.phone``.
        before: As it was; empty if it was not given.
        after: As it is.
    """

    clinic: str
    name: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.clinic}, {self.name}: {self.before or 'nothing'} → {self.after or 'nothing'}"


def changed_facts(before: Edition, after: Edition) -> list[FactChange]:
    """The facts that two editions of one leaflet for one clinic print otherwise, numbers first."""
    names = printed_facts(before.leaflet, before.clinic, before.overrides)
    names |= printed_facts(after.leaflet, after.clinic, after.overrides)
    found = [
        FactChange(after.clinic_slug, name, _fact(before, name), _fact(after, name))
        for name in sorted(names)
        if not name.startswith("brand.")
    ]
    told = [one for one in found if one.before != one.after]
    return sorted(told, key=lambda one: not _NUMBER.search(one.before + one.after))


def _fact(edition: Edition, name: str) -> str:
    value: object = {"clinic": edition.clinic, "region": edition.region}.get(name.split(".")[0])
    for word in name.split(".")[1:]:
        value = value.get(word) if isinstance(value, Mapping) else getattr(value, word, None)
    if isinstance(value, tuple | list):
        return "; ".join(str(one) for one in value)
    text = getattr(value, "text", value)
    return "" if text is None else str(text)
