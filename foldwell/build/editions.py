"""The register of editions: which words were built when, and whether they still stand.

``output/editions.json`` is written by every build; ``docs/editions.schema.json`` says what it
holds. A former build's editions stay in it, as superseded, because paper lasts longer than files.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, get_args

from foldwell import __version__
from foldwell.build.job import Order
from foldwell.content.words_groups import is_short
from foldwell.errors import FoldwellError, Place

FILE = "editions.json"
VERSION = 1
State = Literal["current", "superseded", "withdrawn", "discontinued"]
_STATUSES = ("", "draft", "expired", "withdrawn")
_DAYS = ("published", "reviewed", "review_due", "since")
_SHA256 = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True)
class Entry:
    """One edition.

    Attributes:
        id: As it is printed.
        words: The whole hash that it is the start of.
        leaflet: The slug of the leaflet.
        language: The language's code.
        clinic: The slug of the clinic.
        title: Its title.
        state: Whether it still stands.
        status: ``draft``, ``expired`` or ``withdrawn``, if every page says so.
        published: When it was published, or nothing.
        reviewed: When it was reviewed, or nothing.
        review_due: When it is due for review, or nothing.
        since: The day of the build that found it superseded, withdrawn or discontinued; or nothing.
        present: The id of the edition in its place, or nothing.
        reason: Why it was withdrawn, or nothing.
        files: The SHA-256 of each of its files, by path; of one that stands no longer, as it was.
    """

    id: str
    words: str
    leaflet: str
    language: str
    clinic: str
    title: str
    state: State = "current"
    status: str = ""
    published: str = ""
    reviewed: str = ""
    review_due: str = ""
    since: str = ""
    present: str = ""
    reason: str = ""
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def place(self) -> tuple[str, str, str]:
        """What can have one present edition: leaflet, language, clinic."""
        return self.leaflet, self.language, self.clinic

    @cached_property
    def text(self) -> str:
        """The entry as it stands in the register; most stay the same from build to build."""
        said = {known.name: getattr(self, known.name) for known in fields(self)}
        said["files"] = dict(sorted(self.files.items()))
        return "  " + json.dumps(said, ensure_ascii=False, indent=1).replace("\n", "\n  ")


def entry_of(order: Order, files: Mapping[str, str]) -> Entry:
    """The entry of an edition that a build has just made a file of."""
    published, reviewed, due = order.dates
    state: State = "withdrawn" if order.status == "withdrawn" else "current"
    return Entry(
        order.edition,
        order.words,
        order.leaflet,
        order.language,
        order.clinic,
        order.title,
        state,
        order.status,
        published,
        reviewed,
        due,
        files=dict(files),
    )


def read_register(output: Path) -> list[Entry]:
    """The entries of an output folder; none where nothing was built yet.

    Raises:
        FoldwellError: If the register cannot be read.
    """
    return entries_of(register_of(output), output)


def register_of(output: Path) -> bytes | None:
    """What stands in the register of an output folder; None where nothing was built yet.

    Raises:
        FoldwellError: If it cannot be read.
    """
    try:
        return (output / FILE).read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unreadable(output, str(error)) from error


def entries_of(content: bytes | None, output: Path) -> list[Entry]:
    """The entries that stand in the register of an output folder.

    Raises:
        FoldwellError: If it is none.
    """
    if content is None:
        return []
    try:
        held = json.loads(content.decode())
        if held["version"] != VERSION:
            raise ValueError(f"it is of version {held['version']!r}")
        return [_entry(facts) for facts in held["editions"]]
    except RecursionError as error:
        raise _unreadable(output, "it is nested too deeply") from error
    except (ValueError, KeyError, TypeError) as error:
        raise _unreadable(output, f"{type(error).__name__}: {error}") from error


def _entry(facts: Any) -> Entry:
    """An entry as the register holds it.

    Raises:
        ValueError: If a field holds what no build writes into it.
        TypeError: If a field is unknown, or one is missing.
    """
    entry = Entry(**facts)
    said = {known.name: getattr(entry, known.name) for known in fields(entry)}
    files = said.pop("files")
    for name, value in said.items():
        if not isinstance(value, str):
            raise ValueError(f"'{name}' is no text")
    if not isinstance(files, dict) or not all(map(_is_sha256, files.values())):
        raise ValueError(f"'files' of {entry.id} is no map of SHA-256")
    if not is_short(entry.id) or not (is_short(entry.present) or not entry.present):
        raise ValueError(f"'{entry.id}' or '{entry.present}' is no edition id")
    if entry.state not in get_args(State) or entry.status not in _STATUSES:
        raise ValueError(f"there is no state '{entry.state}' with the status '{entry.status}'")
    for day in filter(None, (said[name] for name in _DAYS)):
        datetime.date.fromisoformat(day)
    return entry


def _is_sha256(value: Any) -> bool:
    return isinstance(value, str) and _SHA256.fullmatch(value) is not None


def _unreadable(output: Path, why: str) -> FoldwellError:
    return FoldwellError(
        f"The register of editions cannot be read ({why}).",
        Place(str(output / FILE)),
        "Put back a copy of it; if it is deleted, former editions are known no more.",
    )


def registered(
    before: Iterable[Entry],
    made: Iterable[Entry],
    day: str,
    withdrawn: Mapping[str, tuple[str, str]],
    places: Container[tuple[str, str, str]] | None = None,
) -> list[Entry]:
    """The entries after a build.

    Args:
        before: Those of the builds before.
        made: Those of this build, one a file; those of one edition are put together.
        day: The day of the build.
        withdrawn: When and why editions were withdrawn, by their ids.
        places: Each leaflet, language and clinic that the project builds; what stood elsewhere is
            discontinued. None where not all of them are known.
    """
    now: dict[str, Entry] = {}
    for entry in made:
        held = now.get(entry.id, entry)
        now[entry.id] = replace(entry, files={**held.files, **entry.files})
    present = {entry.place: entry.id for entry in now.values()}
    known: dict[str, Entry] = {}
    for entry in before:
        again = entry
        if entry.id in now:  # of files that were not asked for this time
            again = replace(now[entry.id], files={**entry.files, **now[entry.id].files})
        elif entry.place in present:
            again = replace(
                entry,
                state="withdrawn" if entry.state == "withdrawn" else "superseded",
                since=day if entry.state == "current" else entry.since,
                present=present[entry.place],
            )
        elif entry.state == "current" and places is not None and entry.place not in places:
            again = replace(entry, state="discontinued", since=day)
        if again is not entry and again == entry:
            again = entry  # whose text is worked out
        known[entry.id] = again
    told = with_withdrawals((now | known).values(), withdrawn)
    return sorted(told, key=lambda entry: (*entry.place, entry.since or "~", entry.id))


def with_withdrawals(
    entries: Iterable[Entry], withdrawn: Mapping[str, tuple[str, str]]
) -> list[Entry]:
    """The entries, those that the project withdraws as such, built since or not.

    Args:
        entries: As a build left them.
        withdrawn: When and why editions were withdrawn, by their ids.
    """
    told = []
    for entry in entries:
        if entry.id in withdrawn:
            since, reason = withdrawn[entry.id]
            entry = replace(entry, state="withdrawn", since=since, reason=reason)
        told.append(entry)
    return told


def present_of(entry: Entry, known: Mapping[str, Entry]) -> Entry | None:
    """The edition in an edition's place, however many came between; None if there is none.

    Args:
        entry: The edition.
        known: The register, by ids.
    """
    present, met = known.get(entry.present), {entry.id}
    while present is not None and present.present in known and present.id not in met:
        met.add(present.id)  # words that came back may lead round in a circle
        present = known[present.present]
    return present


def as_json(entries: Iterable[Entry]) -> bytes:
    """The register as text; equal entries give equal bytes."""
    held = ",\n".join(entry.text for entry in entries)
    facts = {"version": VERSION, "foldwell": __version__, "editions": []}
    text = json.dumps(facts, ensure_ascii=False, indent=1)
    if held:
        text = text.replace("[]", f"[\n{held}\n ]")
    return f"{text}\n".encode()
