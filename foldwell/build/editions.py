"""The register of editions: which words were built when, and whether they still stand.

``output/editions.json`` is written by every build; ``docs/editions.schema.json`` says what it
holds. A former build's editions stay in it, as superseded, because paper lasts longer than files.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Literal

from foldwell import __version__
from foldwell.build.job import Order
from foldwell.errors import FoldwellError, Place

FILE = "editions.json"
State = Literal["current", "superseded", "withdrawn"]


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
        since: The day of the build that found it superseded or withdrawn; or nothing.
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
    try:
        text = (output / FILE).read_text(encoding="utf-8")
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(output, str(error)) from error
    try:
        return [Entry(**facts) for facts in json.loads(text)["editions"]]
    except (ValueError, KeyError, TypeError) as error:
        raise _unreadable(output, type(error).__name__) from error


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
) -> list[Entry]:
    """The entries after a build.

    Args:
        before: Those of the builds before.
        made: Those of this build, one a file; those of one edition are put together.
        day: The day of the build.
        withdrawn: When and why editions were withdrawn, by their ids.
    """
    now: dict[str, Entry] = {}
    for entry in made:
        held = now.get(entry.id, entry)
        now[entry.id] = replace(entry, files={**held.files, **entry.files})
    present = {entry.place: entry.id for entry in now.values()}
    known: dict[str, Entry] = {}
    for entry in before:
        if entry.id in now:  # of files that were not asked for this time
            files = {**entry.files, **now[entry.id].files}
            known[entry.id] = replace(now[entry.id], files=files)
        elif entry.place in present:
            gone = entry.state == "current"
            known[entry.id] = replace(
                entry,
                state="superseded" if gone else entry.state,
                since=day if gone else entry.since,
                present=present[entry.place],
            )
        else:
            known[entry.id] = entry
    known = now | known
    for name, (since, reason) in withdrawn.items():
        if name in known:
            known[name] = replace(known[name], state="withdrawn", since=since, reason=reason)
    return sorted(known.values(), key=lambda entry: (*entry.place, entry.since or "~", entry.id))


def as_json(entries: Iterable[Entry]) -> bytes:
    """The register as text; equal entries give equal bytes."""
    held = [{**asdict(entry), "files": dict(sorted(entry.files.items()))} for entry in entries]
    facts = {"version": 1, "foldwell": __version__, "editions": held}
    return (json.dumps(facts, ensure_ascii=False, indent=1) + "\n").encode()
