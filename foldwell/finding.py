"""One thing that a check has to say, for people and for programs.

A finding is no exception: the work goes on, and all findings are told at its end.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypedDict

from foldwell.pdf.plane import Box


class Severity(StrEnum):
    """How much a finding weighs; nothing else decides what fails."""

    ERROR = "error"
    """The file must not go out; the command ends with exit code 1."""
    WARNING = "warning"
    """It may go out when a person has looked at it."""
    INFORMATION = "information"
    """Good to know, or something that could not be checked."""


class FindingFacts(TypedDict):
    """A finding as JSON has it; keys may be added, never changed."""

    rule: str
    severity: str
    page: int | None
    box_pt: list[float] | None
    message: str
    hint: str


@dataclass(frozen=True)
class Finding:
    """What is wrong, where, and what to do.

    Attributes:
        rule: The id of the rule, as in the table of rules.
        severity: What it means for the file.
        message: What is wrong: one sentence with its full stop.
        hint: What to do: one or more sentences, or nothing.
        page: The page, counted from 1; None where the whole file is meant.
        box_pt: The place on that page.
    """

    rule: str
    severity: Severity
    message: str
    hint: str = ""
    page: int | None = None
    box_pt: Box | None = None

    def __str__(self) -> str:
        where = "" if self.page is None else f"page {self.page}: "
        said = " ".join(part for part in (self.message, self.hint) if part)
        return f"{where}{self.rule} {self.severity.value}: {said}"

    def text(self, file: str) -> str:
        """One line, ``file: page 2: X3 error: what is wrong. What to do.``."""
        return f"{file}: {self}"

    def facts(self) -> FindingFacts:
        """The same for JSON."""
        return {
            "rule": self.rule,
            "severity": self.severity.value,
            "page": self.page,
            "box_pt": None if self.box_pt is None else [round(v, 2) for v in self.box_pt],
            "message": self.message,
            "hint": self.hint,
        }
