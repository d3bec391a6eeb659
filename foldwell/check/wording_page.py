"""The report of checked leaflets as a page: each finding with its sentence in its context."""

from __future__ import annotations

from collections.abc import Sequence

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from foldwell.check.wording_report import CheckedLeaflet, summary
from foldwell.finding import Finding
from foldwell.rules import RULES
from foldwell.shipped import templates_folder

_AROUND = 1
"""So many lines before and after are shown."""


def html_report(leaflets: Sequence[CheckedLeaflet]) -> str:
    """One HTML page that asks nobody for anything."""
    loader = FileSystemLoader(templates_folder() / "reports")
    environment = Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    values = {"leaflets": leaflets, "rules": RULES, "context": _context}
    return environment.get_template("check.html").render(summary=summary(leaflets), **values)


def _context(leaflet: CheckedLeaflet, finding: Finding) -> list[tuple[int, str, bool]]:
    """(line, its text, whether it is meant) of what stands around a finding."""
    line = finding.place.line or 1
    numbers = range(max(1, line - _AROUND), min(len(leaflet.original), line + _AROUND) + 1)
    return [(number, leaflet.original[number - 1], number == line) for number in numbers]
