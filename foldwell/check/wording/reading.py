"""What a rule of wording is given: an edition taken apart, and what holds for it."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from foldwell.check.passages import Passage, Sort, long_forms, passages
from foldwell.check.statements import Statement, statements_of
from foldwell.check.wording.profiles import PROFILES, Profile
from foldwell.content.edition import Edition
from foldwell.content.word_lists import WordList
from foldwell.errors import Place
from foldwell.finding import Finding
from foldwell.rules import RULES, Severity

Check = Callable[["Reading"], Iterator[Finding]]


@dataclass(frozen=True, eq=False)
class Reading:
    """An edition as rules of wording read it.

    Attributes:
        edition: The edition.
        profile: What holds for its region.
        words: The words that are known for its language.
        original: The lines of its file as they stand there, for columns.
    """

    edition: Edition
    profile: Profile
    words: WordList
    original: tuple[str, ...] = ()
    today: datetime.date = field(default_factory=datetime.date.today)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """All its passages, in order."""
        return tuple(passages(self.edition))

    @cached_property
    def spoken(self) -> tuple[Passage, ...]:
        """Those that are text: no headings and titles."""
        heads = (Sort.HEADING, Sort.TITLE)
        return tuple(passage for passage in self.passages if passage.sort not in heads)

    @cached_property
    def said(self) -> tuple[Statement, ...]:
        """Its sentences, each with its sources."""
        return tuple(statements_of(self.passages, self.edition.clinic.region))

    @cached_property
    def text(self) -> str:
        """All words, a passage a line, the title first."""
        facts = self.edition.leaflet.facts
        head = [text for text in (facts.title, facts.subtitle) if text]
        return "\n".join([*head, *(passage.text for passage in self.passages)])

    @cached_property
    def long_forms(self) -> Mapping[str, str]:
        """The acronyms that it spells out on lines of their own."""
        return long_forms(self.edition)

    @property
    def language(self) -> str:
        """The language alone, such as ``en`` for ``en-GB``."""
        return self.edition.leaflet.language.partition("-")[0]

    def find(
        self,
        rule: str,
        message: str,
        hint: str,
        passage: Passage,
        fragment: str = "",
        severity: Severity | None = None,
    ) -> Finding:
        """A finding in a passage.

        Args:
            rule: The id of the rule.
            message: What is wrong.
            hint: What to do.
            passage: Where.
            fragment: The words that are meant, for line and column.
            severity: Another than the rule's own.
        """
        line = passage.line_of(fragment) if fragment else passage.line
        return Finding(rule, severity or RULES[rule].severity, message, hint,
                       self._place(line, fragment))  # fmt: skip

    def _place(self, line: int, fragment: str) -> Place:
        column = None
        if fragment and 0 < line <= len(self.original):
            column = self.original[line - 1].find(fragment.split()[0]) + 1 or None
        return Place(self.edition.leaflet.path, line, column)

    def of_facts(
        self, rule: str, message: str, hint: str, key: str, severity: Severity | None = None
    ) -> Finding:
        """A finding in the front matter, at the line of a key where it is there."""
        lines = self.original or ("", *self.edition.leaflet.front.split("\n"))
        line = next((n for n, text in enumerate(lines, 1) if text.startswith(f"{key}:")), None)
        place = Place(self.edition.leaflet.path, line)
        return Finding(rule, severity or RULES[rule].severity, message, hint, place)


def reading_of(edition: Edition) -> Reading:
    """An edition as the rules that can be errors read it: they need no words and no limits."""
    profile = PROFILES[edition.region.profile]
    return Reading(edition, profile, WordList(), (), edition.today)
