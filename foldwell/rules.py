"""The rules that Foldwell holds a leaflet to, each with its source: the table of ``rules.md``.

That page is what people read and what is read here; the checks themselves stand in modules of their
own. No finding can name a rule that has no row.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path


class Severity(StrEnum):
    """How much a finding weighs; nothing else decides what fails."""

    ERROR = "error"
    """The file must not go out; the command ends with exit code 1."""
    WARNING = "warning"
    """It may go out when a person has looked at it."""
    INFORMATION = "information"
    """Good to know, or something that could not be checked."""

    @property
    def gravity(self) -> int:
        """More is graver."""
        return _GRAVITY[self]


_GRAVITY = {severity: -number for number, severity in enumerate(Severity)}


@dataclass(frozen=True)
class Rule:
    """One row.

    Attributes:
        id: As printed with each finding.
        title: What is asked: one sentence.
        source: Who asks for it.
        link: Where to read more, or nothing.
        severity: The gravest that a finding can have.
    """

    id: str
    title: str
    source: str
    link: str
    severity: Severity


_ROW = re.compile(
    r"\| (?P<id>[A-Z]\d+) \| (?P<title>[^|]+) \| (?P<severity>[a-z]+)"
    r" \| (?:\[(?P<linked>[^]|]+)\]\((?P<link>[^)|]+)\)|(?P<source>[^|\[]+)) \|"
)


def read_rules(page: str) -> dict[str, Rule]:
    """The rules of a page in Markdown with one table: rule, what is asked, severity, who asks.

    Raises:
        ValueError: If a row is not as the others, or its rule stands twice.
    """
    _, _, *rows = (line for line in page.splitlines() if line.startswith("|"))
    rules: dict[str, Rule] = {}
    for row in rows:
        if not (cells := _ROW.fullmatch(row)) or cells["id"] in rules:
            raise ValueError(f"not a row of the table of rules, or the second of its id: {row}")
        name, source = cells["id"], cells["linked"] or cells["source"]
        severity = Severity(cells["severity"])
        rules[name] = Rule(name, cells["title"], source, cells["link"] or "", severity)
    return rules


NOT_WAIVED = frozenset(["C3", "C4", "F2", "F3", "F9", "F10", "T21"])
"""Rules of words that nobody can set aside: what is never printed, what makes pages say DRAFT or
EXPIRED, and what cannot be set at all."""


def is_waivable(name: str) -> bool:
    """Whether a leaflet may set a rule aside for a while: one about its words, and not all of them.

    A finished file is as it is, whatever a leaflet says of it.
    """
    return name == "A2" or (name[0] in "FTC" and name not in NOT_WAIVED)


RULES = read_rules(Path(__file__).with_name("rules.md").read_text(encoding="utf-8"))
"""Every rule, by its id."""
