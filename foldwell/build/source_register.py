"""The register of sources: which statement cites what, and who opened each source when."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.error import YAMLError

from foldwell.build.check_leaflets import one_a_region
from foldwell.build.write import write_file
from foldwell.check.source_forms import faults_of
from foldwell.check.statements import statements
from foldwell.check.wording.cited_sources import opening
from foldwell.content.edition import Edition, known_names, make_edition
from foldwell.content.evidence import LIST_LIMIT_KB
from foldwell.content.library import Library
from foldwell.content.limits import Limits
from foldwell.content.reading import read_text
from foldwell.content.round_trip import round_trip_yaml
from foldwell.content.source_records import RECORDS, SourceList, SourceRecord
from foldwell.content.validation import validate
from foldwell.content.yaml_text import read_yaml
from foldwell.errors import FoldwellError, Mistakes, Place, UsageError, did_you_mean

STATES = ("gone", "unrecorded", "stale", "opened")
"""Retracted or superseded; opened by nobody that is recorded; too long ago; within the time."""
SCHEMA = 1
_HEAD = """\
# When each source was last opened, and by whom: 'sources opened ID --by NAME' writes it here.
# 'retracted:' or 'superseded_by:' with a sentence stops every leaflet that cites the source.
sources: {}
"""


@dataclass(frozen=True)
class Cited:
    """A statement that cites a source.

    Attributes:
        path: The leaflet's file.
        line: The line of its paragraph; None for a text of a region that the leaflet prints.
        text: The sentence.
        regions: Where it is said.
    """

    path: str
    line: int | None
    text: str
    regions: tuple[str, ...]


@dataclass(frozen=True)
class Standing:
    """One source.

    Attributes:
        id: Its id in ``content/references.json``.
        label: Its short name.
        state: One of ``STATES``.
        record: What people recorded of it.
        faults: What is wrong with its numbers and addresses.
        cited: What cites it; nothing where no leaflet does.
    """

    id: str
    label: str
    state: str
    record: SourceRecord
    faults: tuple[str, ...]
    cited: tuple[Cited, ...]

    @property
    def holds(self) -> bool:
        """Whether it may be cited, or is not."""
        return not self.cited or (self.state != "gone" and not self.faults)


def standings(
    library: Library, today: datetime.date, leaflets: Sequence[str] = ()
) -> list[Standing]:
    """All sources, those that ask for something first; or those that some leaflets cite.

    Raises:
        UsageError: If there is no such leaflet.
    """
    for name in leaflets:
        if name not in library.leaflets:
            hint = did_you_mean(name, library.leaflets)
            raise UsageError(f"There is no leaflet '{name}'.", None, hint)
    limits = library.settings.check if library.settings else Limits()
    cited = _citations(library, today, leaflets or list(library.leaflets))
    found = []
    for name, reference in library.references.items():
        if leaflets and name not in cited:
            continue
        record = library.records.get(name, SourceRecord())
        state = "gone" if record.gone else opening(record, today, limits.opened_days)
        label = str(reference.get("citation-label") or reference["title"])
        faults = tuple(fault.message for fault in faults_of(reference) if fault.certain)
        found.append(Standing(name, label, state, record, faults, tuple(cited.get(name, ()))))
    return sorted(found, key=lambda one: (not one.cited, STATES.index(one.state), one.id))


def _citations(
    library: Library, today: datetime.date, leaflets: Iterable[str]
) -> dict[str, list[Cited]]:
    found: dict[str, dict[tuple[str, int | None, str], list[str]]] = {}
    known, clinics = known_names(library), one_a_region(library)
    for slug in leaflets:
        for leaflet in library.leaflets[slug].values():
            for clinic in clinics:
                edition = make_edition(library, leaflet, clinic, today, known)
                for name, line, text in _cited_in(edition):
                    regions = found.setdefault(name, {}).setdefault((leaflet.path, line, text), [])
                    if edition.clinic.region not in regions:
                        regions.append(edition.clinic.region)
    return {name: [Cited(*at, tuple(regions)) for at, regions in places.items()]
            for name, places in found.items()}  # fmt: skip


def _cited_in(edition: Edition) -> Iterator[tuple[str, int | None, str]]:
    seen = set()
    for statement in statements(edition):
        for name in statement.sources:
            seen.add(name)
            yield name, statement.line, statement.text
    for name in edition.cited:
        if name not in seen:
            yield name, None, "a text that it has from its region, or a heading"


def register_table(found: Sequence[Standing]) -> str:
    """Lines for people: each source, then what cites it."""
    lines: list[str] = []
    for one in found:
        lines.append(f"{one.state:10} {one.id}: {one.label}{one.record.told}")
        lines += [f"           wrong: {fault}" for fault in one.faults]
        for cited in one.cited:
            where = f"{cited.path}:{cited.line}" if cited.line else cited.path
            lines.append(f"           {where}: {cited.text} [{', '.join(cited.regions)}]")
        lines += [] if one.cited else ["           no leaflet cites it"]
    counts = {state: sum(one.state == state for one in found) for state in STATES}
    lines.append(
        f"{len(found)} sources: {counts['opened']} opened in time, {counts['stale']} too long ago,"
        f" {counts['unrecorded']} by nobody that is recorded;"
        f" {counts['gone']} retracted or superseded."
    )
    return "\n".join(lines)


def register_json(found: Sequence[Standing], today: datetime.date) -> dict[str, Any]:
    """The same for programs."""
    sources = [
        {
            "id": one.id,
            "label": one.label,
            "state": one.state,
            **one.record.model_dump(mode="json"),
            "faults": list(one.faults),
            "cited": [
                {"path": c.path, "line": c.line, "text": c.text, "regions": list(c.regions)}
                for c in one.cited
            ],
        }
        for one in found
    ]
    return {"schema": SCHEMA, "today": str(today), "sources": sources}


def record_opening(
    root: Path, library: Library, names: Sequence[str], by: str, day: datetime.date
) -> None:
    """Record who opened sources, and when; all else in the file stays as it is.

    Args:
        root: The project.
        library: What there is.
        names: The ids of the sources.
        by: Who opened them.
        day: When; not later than the last day that is recorded of one.

    Raises:
        UsageError: If there is no such source.
        FoldwellError: If the file cannot be changed.
        Mistakes: If it has mistakes already, or would have.
    """
    for name in names:
        if name not in library.references:
            hint = did_you_mean(name, library.references)
            raise UsageError(f"There is no source '{name}'.", None, hint)
        last = library.records.get(name, SourceRecord()).opened
        if last and day < last:
            what = f"'{name}' was opened on {last}, which is later than {day}."
            raise UsageError(what, Place(RECORDS), "Only the last day is kept.")
    if mistakes := library.broken.get(RECORDS):
        raise Mistakes(list(mistakes))
    yaml = round_trip_yaml()
    try:
        facts = yaml.load(read_text(root, RECORDS) if (root / RECORDS).exists() else _HEAD)
    except YAMLError:
        what = "This file cannot be changed and kept as it is."
        raise FoldwellError(what, Place(RECORDS), "Write the day into it by hand.") from None
    if not facts["sources"]:
        facts["sources"] = CommentedMap()
    for name in names:
        facts["sources"].setdefault(name, CommentedMap()).update({"opened": day, "by": by})
    out = io.StringIO()
    yaml.dump(facts, out)
    validate(SourceList, read_yaml(out.getvalue(), RECORDS, limit_kb=LIST_LIMIT_KB))
    write_file(root, RECORDS, out.getvalue().encode())
