"""How a check of words is entered into the table of them."""

from __future__ import annotations

from collections.abc import Callable

from foldwell.check.wording.reading import Check
from foldwell.rules import RULES

CHECKS: dict[str, Check] = {}
"""The checks that were loaded, by the ids of their rules."""
ENGLISH: set[str] = set()
"""The rules among them that know English only."""


def rule(name: str, *, english: bool = False) -> Callable[[Check], Check]:
    """Enter a function into the table.

    Args:
        name: The id of the rule.
        english: Whether it knows English only; texts in other languages are passed by.
    """

    def entered(check: Check) -> Check:
        if name not in RULES or name in CHECKS:
            raise ValueError(f"rule '{name}' has no row, or is checked twice")
        CHECKS[name] = check
        if english:
            ENGLISH.add(name)
        return check

    return entered
