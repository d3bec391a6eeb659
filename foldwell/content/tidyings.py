"""What the door converted, gathered: one finding for each kind of thing in a file."""

from __future__ import annotations

from dataclasses import dataclass, field

from foldwell.errors import Place
from foldwell.finding import Finding
from foldwell.rules import RULES


@dataclass
class Tidyings:
    """The tidyings of one file.

    Attributes:
        path: The file, as the user knows it.
        original: Its lines as they stand there, for columns.
    """

    path: str
    original: list[str] = field(default_factory=list)
    _noted: dict[tuple[str, str, str], list[Place]] = field(default_factory=dict)

    def note(
        self,
        rule: str,
        message: str,
        line: int | None,
        fragment: str = "",
        hint: str = "",
        place: Place | None = None,
    ) -> None:
        """Note what was converted.

        Args:
            rule: The id of the rule.
            message: What was read as what: a sentence with its full stop.
            line: The line of the file.
            fragment: What stands there in the file, for the column.
            hint: What to do if it was meant otherwise.
            place: Where it stands, if that is a cell of a spreadsheet.
        """
        column = None
        if fragment and line is not None and line <= len(self.original):
            column = self.original[line - 1].find(fragment) + 1 or None
        self._noted.setdefault((rule, message, hint), []).append(
            place or Place(self.path, line, column)
        )

    @property
    def findings(self) -> tuple[Finding, ...]:
        """A finding for each thing that was noted, in the order of the lines."""
        found = []
        for (rule, message, hint), places in self._noted.items():
            lines = sorted({place.line for place in places if place.line is not None})
            if len(lines) > 1:
                unit = "row" if places[0].cell else "line"
                message = f"{message} So on {len(lines)} {unit}s, to {unit} {lines[-1]}."
            found.append(Finding(rule, RULES[rule].severity, message, hint, places[0]))
        return tuple(sorted(found, key=lambda one: (one.place.line or 0, one.place.column or 0)))
