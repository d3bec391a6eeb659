"""The sources behind a leaflet: whether somebody opened them, and whether they still stand."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from itertools import islice

from foldwell.check.source_forms import faults_of
from foldwell.check.wording.entry import rule
from foldwell.check.wording.reading import Reading
from foldwell.content.source_records import SourceRecord
from foldwell.errors import Place
from foldwell.finding import Finding
from foldwell.rules import Severity

NAMED = 5
"""So many sources are named in a message; ``sources status`` lists all."""


@rule("C7")
def opened(reading: Reading) -> Iterator[Finding]:
    """Somebody has opened each source within the year (``opened_days`` sets another time)."""
    edition, most = reading.edition, reading.profile.limits.opened_days
    states = {
        name: opening(edition.records.get(name), reading.today, most) for name in edition.cited
    }
    for state, said, since in (
        ("unrecorded", "Nobody is recorded to have opened", ""),
        ("stale", "Nobody has opened", f" for {most} days"),
    ):
        names = [name for name, found in states.items() if found == state]
        if names:
            yield reading.of_facts(
                "C7",
                f"{said} {len(names)} of its {len(states)} sources{since}: {_named(names)}.",
                "Open them, then record it: 'sources opened ID --by NAME'.",
                "title",
            )


@rule("C8")
def standing(reading: Reading) -> Iterator[Finding]:
    """No source that was retracted, or that another has superseded, by what people recorded."""
    for name, record in reading.edition.gone.items():
        yield _where_cited(
            reading,
            "C8",
            name,
            f"'{name}' {record.gone}.",
            "Look what holds now, correct the words, and cite another source.",
        )


@rule("C9")
def forms(reading: Reading) -> Iterator[Finding]:
    """DOI, PMID, ISBN, ISSN and address as such things are written; nobody is asked online."""
    for name, reference in reading.edition.cited.items():
        for fault in faults_of(reference):
            yield _where_cited(
                reading,
                "C9",
                name,
                f"'{name}': {fault.message}.",
                f"{fault.hint} (content/references.json).",
                None if fault.certain else Severity.WARNING,
            )


def opening(record: SourceRecord | None, today: datetime.date, most_days: int) -> str:
    """Whether a source was opened in time: ``unrecorded``, ``stale`` or ``opened``.

    A day still to come counts for nothing.
    """
    if record is None or record.opened is None or record.opened > today:
        return "unrecorded"
    return "stale" if (today - record.opened).days > most_days else "opened"


def _named(names: Iterable[str]) -> str:
    names = sorted(names)
    more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
    return f"{', '.join(islice(names, NAMED))}{more}"


def _where_cited(
    reading: Reading,
    rule_id: str,
    name: str,
    what: str,
    hint: str,
    severity: Severity | None = None,
) -> Finding:
    """A finding at the first line that cites a source; else of the front matter."""
    found = reading.of_facts(rule_id, what, hint, "title", severity)
    leaflet, cited = reading.edition.leaflet, re.compile(rf"@{re.escape(name)}(?![\w-])")
    for number, line in enumerate(leaflet.text.split("\n"), leaflet.first_line):
        if cited.search(line):
            return Finding(rule_id, found.severity, what, hint, Place(leaflet.path, number))
    return found
