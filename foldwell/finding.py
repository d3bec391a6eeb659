"""One thing that a check has to say, for people and for programs.

A finding is no exception: the work goes on, and all findings are told at its end. Texts, HTML,
finished PDFs and what people bring are told of in the same way.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NotRequired, TypedDict

from foldwell.errors import Place
from foldwell.rules import RULES, Severity

WHOLE = Place()
"""All that is checked."""


class FindingFacts(TypedDict):
    """A finding as JSON has it; keys may be added, never changed."""

    rule: str
    severity: str
    page: int | None
    box_pt: list[float] | None
    message: str
    hint: str
    path: NotRequired[str]
    line: NotRequired[int | None]
    column: NotRequired[int | None]
    said: NotRequired[str]
    instead: NotRequired[str]


@dataclass(frozen=True)
class Finding:
    """What is wrong, where, and what to do.

    Attributes:
        rule: The id of the rule, as in the table of rules.
        severity: What it means for the file; no graver than the table has it.
        message: What is wrong: one sentence with its full stop.
        hint: What to do: one or more sentences, or nothing.
        place: Where; empty where all that is checked is meant.
        said: The words that are meant, where it is about words.
        instead: What can be written for them; then they stand at the place in just these letters.

    Raises:
        ValueError: If the table has no such rule, or has it less grave.
    """

    rule: str
    severity: Severity
    message: str
    hint: str = ""
    place: Place = WHOLE
    said: str = ""
    instead: str = ""

    def __post_init__(self) -> None:
        if self.rule not in RULES or self.severity.gravity > RULES[self.rule].severity.gravity:
            raise ValueError(f"the table of rules has no '{self.rule}' of that severity")

    def __str__(self) -> str:
        """One line, ``file: page 2: X3 error: what is wrong. What to do.``."""
        told = [f"{self.rule} {self.severity.value}: {self.message}", *filter(None, [self.hint])]
        return ": ".join([*filter(None, [str(self.place)]), " ".join(told)])

    def facts(self) -> FindingFacts:
        """The same for JSON; a place in a text has its path, line and column as well."""
        place = self.place
        facts: FindingFacts = {
            "rule": self.rule,
            "severity": self.severity.value,
            "page": place.page,
            "box_pt": None if place.box_pt is None else [round(v, 2) for v in place.box_pt],
            "message": self.message,
            "hint": self.hint,
        }
        if place.path:
            facts |= {"path": place.path, "line": place.line, "column": place.column}
        if self.instead:
            facts |= {"said": self.said, "instead": self.instead}
        return facts
