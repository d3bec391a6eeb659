"""The reviewer's pack: the words of a leaflet by numbered lines, each with who stands behind it.

With them go the points that a clinician has to decide, every dose, what the rules found, what only
people can judge, and room to sign. It claims no score; what is known is filled in.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from foldwell.build.approving import code_of, wordings
from foldwell.build.check_leaflets import check_leaflets, one_a_region
from foldwell.check.passages import Sort, passages
from foldwell.check.sources import reviewer_points
from foldwell.check.statements import Statement, statements
from foldwell.content.edition import Edition, make_edition
from foldwell.content.facts import Text
from foldwell.content.leaflet import Leaflet
from foldwell.content.library import Library
from foldwell.content.validation import validate
from foldwell.content.values import Facts
from foldwell.content.yaml_text import read_yaml
from foldwell.finding import Finding
from foldwell.rules import Severity
from foldwell.shipped import templates_folder
from foldwell.typeset.desk_sheet import desk_sheet

_STATES = {"": "reviewed", "draft": "draft: no clinician stands behind these words",
           "expired": "EXPIRED: past its review date",
           "withdrawn": "WITHDRAWN: must not be handed out"}  # fmt: skip
_PLURALS = {Severity.ERROR: "errors", Severity.WARNING: "warnings", Severity.INFORMATION: "notes"}


@dataclass(frozen=True)
class ReviewLine:
    """One numbered line.

    Attributes:
        number: The line of the leaflet's file.
        text: What it says.
        sources: Who stands behind it, and how well each is known.
        sort: ``heading`` or ``words``.
        only: The regions that alone print it; empty where all do.
        wanting: Whether it needs a source and has none.
    """

    number: int
    text: str
    sources: tuple[str, ...]
    sort: str
    only: str = ""
    wanting: bool = False


class Question(Facts):
    """What only a person can judge."""

    ask: Text
    rules: tuple[Text, ...] = ()
    """The rules that see a part of it."""


class Checklist(Facts):
    """Questions of one source."""

    name: Text
    link: Text
    items: tuple[Question, ...]


class _Checklists(Facts):
    lists: tuple[Checklist, ...]


def review_pack(root: Path, library: Library, leaflet: Leaflet, today: datetime.date) -> bytes:
    """The pack of one leaflet, as a PDF.

    Args:
        root: The project.
        library: What there is.
        leaflet: The leaflet.
        today: The day that stands on it.

    Raises:
        UsageError: If there is no clinic to read it for.
    """
    checked = check_leaflets(root, today, [leaflet.slug], library=library)
    mine = next(one for one in checked if one.path == leaflet.path)
    editions = [make_edition(library, leaflet, slug, today) for slug in one_a_region(library)]
    told = [one for one in mine.findings if one.severity is not Severity.INFORMATION]
    wording = wordings(library, leaflet)
    content, _ = desk_sheet("review", {
        "title": leaflet.facts.title,
        "slug": leaflet.slug,
        "path": leaflet.path,
        "day": str(today),
        "code": code_of(wording),
        "regions": [library.regions[slug].name for slug in wording],
        "state": _STATES[editions[0].status],
        "points": list(dict.fromkeys(p for edition in editions for p in reviewer_points(edition))),
        "lines": review_lines(editions),
        "doses": mine.doses,
        "findings": [_told(finding) for finding in told],
        "checklists": [_filled(each, mine.findings) for each in checklists()],
    })  # fmt: skip
    return content


def _told(finding: Finding) -> str:
    line = f"line {finding.place.line}: " if finding.place.line else ""
    return f"{line}{finding.rule} {finding.severity.value}: {finding.message} {finding.hint}"


def review_lines(editions: Sequence[Edition]) -> list[ReviewLine]:
    """The lines of a leaflet for some regions, in the order of its file, each once."""
    lines: dict[tuple[Any, ...], ReviewLine] = {}  # the sources of a sentence differ by region
    regions: dict[tuple[Any, ...], list[str]] = {}
    for edition in editions:
        for line in _lines(edition):
            key = line.number, line.text, line.sources
            lines.setdefault(key, line)
            regions.setdefault(key, []).append(edition.region.name)
    ordered = sorted(lines, key=lambda key: key[0])
    everywhere = len(editions)
    return [
        _only(lines[key], regions[key] if len({*regions[key]}) < everywhere else ())
        for key in ordered
    ]


def _only(line: ReviewLine, regions: Iterable[str]) -> ReviewLine:
    names = ", ".join(dict.fromkeys(regions))
    return ReviewLine(line.number, line.text, line.sources, line.sort, names, line.wanting)


def _lines(edition: Edition) -> list[ReviewLine]:
    heads = (Sort.HEADING, Sort.TITLE)
    found = [
        ReviewLine(passage.line, passage.text, (), "heading")
        for passage in passages(edition)
        if passage.sort in heads
    ]
    found += [_line(statement, edition) for statement in statements(edition)]
    return sorted(found, key=lambda line: line.number)


def _line(statement: Statement, edition: Edition) -> ReviewLine:
    known, records = edition.references, edition.records
    sources = tuple(
        f"{name}: {known.get(name, {}).get('note') or 'nothing is known of it'}"
        f"{records[name].told if name in records else ''}"
        for name in statement.sources
    )
    wanting = statement.needs_source and not sources
    return ReviewLine(statement.line, statement.text, sources, "words", wanting=wanting)


@cache
def checklists() -> tuple[Checklist, ...]:
    """The questions that are shipped."""
    path = templates_folder() / "reviews" / "checklists.yml"
    text = "lists:\n" + path.read_text(encoding="utf-8")
    return validate(_Checklists, read_yaml(text, str(path))).lists


def _filled(checklist: Checklist, findings: Iterable[Finding]) -> dict[str, Any]:
    held = list(findings)
    rows = [{"ask": item.ask, "known": _known(item.rules, held)} for item in checklist.items]
    return {"name": checklist.name, "link": checklist.link, "rows": rows}


def _known(rules: Sequence[str], findings: Sequence[Finding]) -> str:
    """What the rules that see a part of a question found."""
    if not rules:
        return ""
    named = ", ".join(rules)
    found = [finding.severity for finding in findings if finding.rule in rules]
    counts = [f"{found.count(s)} {_PLURALS[s]}" for s in Severity if s in found]
    return f"{named}: {', '.join(counts) or 'nothing found'}"
