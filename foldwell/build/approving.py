"""A clinician's approval: written into the front matter for exactly the words that were shown."""

from __future__ import annotations

import datetime
import hashlib
import io
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from foldwell.build.check_leaflets import one_a_region
from foldwell.build.write import write_file
from foldwell.check.wording.table import errors_of
from foldwell.content.edition import make_edition
from foldwell.content.leaflet import FrontMatter, Leaflet, split_front_matter
from foldwell.content.library import Library
from foldwell.content.reading import read_file
from foldwell.content.round_trip import round_trip_yaml
from foldwell.content.signature import counts, wording_hash
from foldwell.content.tidyings import Tidyings
from foldwell.content.validation import validate
from foldwell.content.words_groups import grouped, short
from foldwell.content.yaml_text import read_yaml
from foldwell.errors import FoldwellError, Mistakes, Place, UsageError

REVISIONS = 200
"""So many changes of a file are looked through for approvals."""


def wordings(library: Library, leaflet: Leaflet) -> dict[str, str]:
    """The wording of a leaflet in each region that has a clinic, by the region's slug."""
    regions = dict.fromkeys(clinic.region for clinic in library.clinics.values())
    return {
        slug: wording_hash(leaflet, library.regions[slug])
        for slug in regions
        if slug in library.regions
    }


def code_of(wording: Mapping[str, str]) -> str:
    """One short name for the wordings of all regions, which whoever approves types."""
    return short(grouped(hashlib.sha256(repr(sorted(wording.items())).encode()).digest()))


@dataclass(frozen=True)
class Approval:
    """Who approves, and when.

    Attributes:
        name: The clinician.
        role: Their role.
        registration: Their number in a professional register, or nothing.
        day: The day of the review.
        due: The day by which it must be reviewed again; None keeps the day that is set.
    """

    name: str
    role: str
    registration: str
    day: datetime.date
    due: datetime.date | None


def approve(root: Path, library: Library, leaflet: Leaflet, approval: Approval, words: str) -> None:
    """Write an approval into the leaflet's file; everything else in it stays as it is.

    Args:
        root: The project.
        library: What there is.
        leaflet: The leaflet.
        approval: Who approves.
        words: The code that was shown with the words that were read.

    Raises:
        UsageError: If other words were read than stand there now.
        Mistakes: If the leaflet lacks facts that a reviewed one needs, a date is wrong, or no build
            would make it once it is approved.
    """
    here, wording = Place(leaflet.path), wordings(library, leaflet)
    if not wording:
        raise UsageError("No clinic has a region to approve it for.", None, "Add a clinic first.")
    if words.strip().upper() != code_of(wording):
        raise UsageError(
            f"'{words}' is not the code of the words as they stand now.",
            here,
            f"Read them again: 'approve {leaflet.slug}' shows their code.",
        )
    try:
        text = read_file(root, leaflet.path).decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        raise FoldwellError("This file is not UTF-8.", here, "Save it as UTF-8 first.") from None
    front, body = split_front_matter(text, leaflet.path)
    written = _with_approval(front, approval, wording)
    facts = validate(FrontMatter, read_yaml(written, leaflet.path, 2, Tidyings(leaflet.path)))
    _hold_to_rules(library, replace(leaflet, facts=facts), approval.day)
    write_file(root, leaflet.path, f"---\n{written}---\n{body}".encode())


def _hold_to_rules(library: Library, leaflet: Leaflet, day: datetime.date) -> None:
    """Refuse what stops a build: from here on no page says DRAFT any more."""
    found = {
        str(one): one
        for clinic in one_a_region(library)
        for one in errors_of(make_edition(library, leaflet, clinic, day)).stop
    }
    if found:
        raise Mistakes(FoldwellError(f.message, f.place, f.hint) for f in found.values())


def _with_approval(front: str, approval: Approval, wording: Mapping[str, str]) -> str:
    """The front matter with one more reviewer; comments and order stay."""
    yaml = round_trip_yaml()
    facts: Any = yaml.load(front)
    entry: dict[str, object] = {"name": approval.name, "role": approval.role,
                                "date": approval.day}  # fmt: skip
    if approval.registration:
        entry["registration"] = approval.registration
    entry["words"] = dict(wording)
    # Whoever approves again stands there once; those who approved other words are history.
    standing = [
        one for one in facts.get("clinical_reviewers") or []
        if one.get("name") != approval.name and one.get("words", wording) == wording
    ]  # fmt: skip
    facts["clinical_reviewers"] = [*standing, entry]
    facts["reviewed"] = max([approval.day, *(one["date"] for one in standing)])
    if approval.due is not None:
        facts["review_due"] = approval.due
    out = io.StringIO()
    yaml.dump(facts, out)
    return out.getvalue()


@dataclass(frozen=True)
class Recorded:
    """One approval, as it stands in a leaflet or stood there once.

    Attributes:
        name: Who approved.
        role: Their role.
        registration: Their number, or nothing.
        day: When.
        regions: The regions whose words are still those; empty for an approval of other words.
        others: The regions whose words have changed since.
        revision: The revision of the file that holds it; empty for the file as it is.
    """

    name: str
    role: str
    registration: str
    day: datetime.date
    regions: tuple[str, ...]
    others: tuple[str, ...]
    revision: str = ""

    def __str__(self) -> str:
        registered = f", {self.registration}" if self.registration else ""
        parts = [f"stands for {', '.join(self.regions)}"] if self.regions else []
        parts += [f"other words since, for {', '.join(self.others)}"] if self.others else []
        at = f" [{self.revision}]" if self.revision else ""
        return f"{self.day} {self.name}, {self.role}{registered}: {'; '.join(parts)}{at}"


def approvals(root: Path, library: Library, leaflet: Leaflet) -> list[Recorded]:
    """The approvals of a leaflet, those that stand first, then those of former revisions."""
    found = list(_recorded(leaflet, leaflet.facts, library))
    seen = {(one.name, one.day) for one in found}
    for revision, text in _revisions(root, leaflet.path):
        try:
            front, _ = split_front_matter(text, leaflet.path)
            facts = validate(FrontMatter, read_yaml(front, leaflet.path, 2))
        except (FoldwellError, Mistakes):
            continue  # a revision that could not be built either
        for one in _recorded(leaflet, facts, library, revision):
            if (one.name, one.day) not in seen:
                seen.add((one.name, one.day))
                found.append(one)
    return found


def _recorded(
    leaflet: Leaflet, facts: FrontMatter, library: Library, revision: str = ""
) -> Iterator[Recorded]:
    regions = wordings(library, leaflet)
    for one in facts.clinical_reviewers:
        stands = tuple(s for s in regions if counts(one, leaflet, s, library.regions[s]))
        if revision:  # it was taken away, whatever words it was for
            stands = ()
        yield Recorded(
            one.name, one.role, one.registration or "", one.date, stands,
            tuple(slug for slug in regions if slug not in stands), revision,
        )  # fmt: skip


def _revisions(root: Path, path: str) -> Iterator[tuple[str, str]]:
    """(revision, text) of a file's former states, the last first; none where there is no git."""
    revisions = _git(root, "log", f"-{REVISIONS}", "--format=%h", "--", path)
    for revision in revisions.split():
        yield revision, _git(root, "show", f"{revision}:./{path}")


def _git(root: Path, *words: str) -> str:
    try:
        done = subprocess.run(
            ["git", *words], cwd=root, capture_output=True, timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else ""
