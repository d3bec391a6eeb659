"""The review clock: which leaflets are due, when, whose they are, and who hands them out."""

from __future__ import annotations

import csv
import datetime
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from foldwell.content.leaflet import Leaflet
from foldwell.content.library import Library
from foldwell.content.settings import USUAL_RUNS

SCHEMA = 1
_NOBODY = "nobody named"


@dataclass(frozen=True)
class Due:
    """One leaflet in one language.

    Attributes:
        leaflet: Its slug.
        language: Its language.
        title: Its title.
        owner: Who answers for it: its 'owner', else its publisher.
        due: The last day of its review; None where no day is set.
        days: From today to that day; less than 0 once it has passed.
        clinics: Who hands it out, by ``build.yml``.
        facts: The facts of regions that are due before it, as (region, name, day).
    """

    leaflet: str
    language: str
    title: str
    owner: str
    due: datetime.date | None
    days: int | None
    clinics: tuple[str, ...]
    facts: tuple[tuple[str, str, datetime.date], ...]

    @property
    def first(self) -> datetime.date:
        """The day on which the first of its parts is due; the first of all where none is set."""
        days = [day for _, _, day in self.facts]
        return min([*days, *([self.due] if self.due else [])], default=datetime.date.min)

    def state(self, today: datetime.date) -> str:
        """``overdue``, ``due``, or ``no date``."""
        if self.due is None and not self.facts:
            return "no date"
        return "overdue" if self.first < today else "due"


def due_leaflets(
    library: Library, today: datetime.date, within_days: int | None = None, owner: str = ""
) -> list[Due]:
    """What is due, the first first; leaflets without a date go before all.

    Args:
        library: What there is.
        today: From which days are counted.
        within_days: Leave out what is due later than in so many days.
        owner: Leave out what is of others; a part of a name is enough.
    """
    found = [
        _due(library, leaflet, today)
        for texts in library.leaflets.values()
        for leaflet in texts.values()
    ]
    last = None if within_days is None else today + datetime.timedelta(days=within_days)
    kept = [
        due for due in found
        if owner.casefold() in due.owner.casefold() and (last is None or due.first <= last)
    ]  # fmt: skip
    return sorted(kept, key=lambda due: (due.first, due.leaflet, due.language))


def _due(library: Library, leaflet: Leaflet, today: datetime.date) -> Due:
    facts = leaflet.facts
    clinics = _clinics(library, leaflet)
    used = {
        (library.clinics[slug].region, name): fact.due
        for slug in clinics
        for name, fact in library.regions[library.clinics[slug].region]
        .used_in(leaflet.text)
        .items()
        if fact.due != datetime.date.max
    }
    before = facts.review_due or datetime.date.max
    early = tuple((region, name, day) for (region, name), day in used.items() if day < before)
    return Due(
        leaflet.slug,
        leaflet.language,
        facts.title,
        str(facts.owner or facts.publisher or _NOBODY),
        facts.review_due,
        (facts.review_due - today).days if facts.review_due else None,
        clinics,
        tuple(sorted(early, key=lambda item: item[2])),
    )


def _clinics(library: Library, leaflet: Leaflet) -> tuple[str, ...]:
    """The clinics that ``build.yml`` makes a leaflet for."""
    runs = library.settings.runs if library.settings else USUAL_RUNS

    def one_of(name: str, patterns: Sequence[str]) -> bool:
        return any(fnmatchcase(name, pattern) for pattern in patterns)

    return tuple(
        slug
        for slug, clinic in library.clinics.items()
        if clinic.region in library.regions
        and any(
            one_of(leaflet.slug, run.leaflets)
            and one_of(slug, run.clinics)
            and one_of(leaflet.language, run.languages)
            for run in runs
        )
    )


def due_table(found: Sequence[Due], today: datetime.date) -> str:
    """Lines for people, by owner."""
    lines: list[str] = []
    owners: dict[str, list[Due]] = {}
    for due in found:
        owners.setdefault(due.owner, []).append(due)
    for owner, held in owners.items():
        lines.append(f"{owner}:")
        for due in held:
            when = f"{due.due} ({_in_days(due.days)})" if due.due else "no review date"
            lines.append(
                f"  {due.state(today):8} {when}  {due.leaflet}, {due.language}: {due.title}"
            )
            for region, name, day in due.facts:
                lines.append(f"           the fact '{name}' of '{region}' by {day}")
            lines.append(f"           handed out by: {', '.join(due.clinics) or 'nobody'}")
    overdue = sum(due.state(today) == "overdue" for due in found)
    lines.append(f"{len(found)} listed, {overdue} overdue.")
    return "\n".join(lines)


def _in_days(days: int | None) -> str:
    if days is None or days == 0:
        return "today"
    many = "" if abs(days) == 1 else "s"
    return f"in {days} day{many}" if days > 0 else f"{-days} day{many} ago"


def due_csv(found: Sequence[Due], today: datetime.date) -> str:
    """A row a leaflet, for spreadsheets."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["state", "due", "days", "leaflet", "language", "title", "owner", "clinics"])
    for due in found:
        row = [due.state(today), due.due or "", due.days if due.days is not None else "",
               due.leaflet, due.language, due.title, due.owner, " ".join(due.clinics)]  # fmt: skip
        writer.writerow([_inert(str(cell)) for cell in row])
    return out.getvalue()


def _inert(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; a number stays one."""
    return f"'{cell}" if cell[:1] in "=+@\t\r" else cell


def due_json(found: Sequence[Due], today: datetime.date) -> str:
    """The same for programs: ``schema``, ``today`` and ``leaflets``."""
    leaflets = [
        {
            "leaflet": due.leaflet,
            "language": due.language,
            "title": due.title,
            "owner": due.owner,
            "due": due.due and str(due.due),
            "days": due.days,
            "state": due.state(today),
            "clinics": list(due.clinics),
            "facts": [
                {"region": region, "fact": name, "due": str(day)} for region, name, day in due.facts
            ],
        }
        for due in found
    ]
    facts = {"schema": SCHEMA, "today": str(today), "leaflets": leaflets}
    return json.dumps(facts, indent=2, ensure_ascii=False)


def due_calendar(found: Sequence[Due], today: datetime.date) -> str:
    """An iCalendar feed (RFC 5545): an entry of a whole day for each leaflet with a date."""
    from icalendar import Alarm, Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Foldwell//due//EN")
    calendar.add("version", "2.0")
    calendar.add("name", "Leaflets due for review")
    for due in found:
        if due.due is None:
            continue
        event = Event()
        event.add("uid", f"{due.leaflet}.{due.language}@foldwell")
        event.add("dtstamp", datetime.datetime.combine(today, datetime.time(), datetime.UTC))
        event.add("dtstart", due.due)
        event.add("summary", f"Review: {due.title} ({due.language})")
        handed = ", ".join(due.clinics) or "nobody"
        event.add("description", f"Owner: {due.owner}. Handed out by: {handed}.")
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", f"{due.title} is due for review.")
        alarm.add("trigger", datetime.timedelta(days=-90))
        event.add_component(alarm)
        calendar.add_component(event)
    text: str = calendar.to_ical().decode()
    return text
