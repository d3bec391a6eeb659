"""What a change of one fact of a clinic touches, told before anything is changed."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase

from foldwell.build.job import Options, Selection
from foldwell.build.plan import make_plan
from foldwell.content.clinic import Clinic
from foldwell.content.facts_used import printed_facts, prints
from foldwell.content.families import givers
from foldwell.content.kept_text import asks_for_tags
from foldwell.content.leaflet import Leaflet
from foldwell.content.library import Library
from foldwell.errors import UsageError, did_you_mean

EVERYWHERE = frozenset(["name", "region", "nation", "brand", "cover", "phone"])
"""Facts that every file of a clinic depends on."""


@dataclass(frozen=True)
class Touched:
    """An edition that prints a fact.

    Attributes:
        leaflet: The slug of the leaflet.
        clinic: The slug of the clinic.
        language: The language.
        id: The edition id that it has now; it will be another.
        files: Its files below the output folder. Each prints the edition id, so all of them change.
    """

    leaflet: str
    clinic: str
    language: str
    id: str
    files: tuple[str, ...]


def touched_by(
    library: Library, today: datetime.date, fact: str, clinic: str = "*", draft: bool = False
) -> list[Touched]:
    """The editions that a change of a fact touches, with their files.

    Args:
        library: What there is.
        today: The day of the build.
        fact: Such as ``phone``, ``out_of_hours.phone`` or ``facts.Parking``.
        clinic: The clinic, or a pattern; those that inherit the fact from it are touched too.
        draft: Whether marked proofs for the press are made too.

    Raises:
        UsageError: If there is no such fact, or no such clinic.
    """
    fact = fact.removeprefix("clinic.")
    if fact.partition(".")[0] not in Clinic.model_fields:
        raise UsageError(
            f"A clinic has no fact '{fact}'.", None, did_you_mean(fact, Clinic.model_fields)
        )
    slugs = frozenset(_sharing(library, fact, clinic))
    if not slugs:  # what it means has mistakes, and an empty choice would be all clinics
        return []
    editions: dict[tuple[str, str, str, str], list[str]] = {}
    plan = make_plan(library, Selection(clinics=tuple(sorted(slugs))), today, Options(draft=draft))
    for job in plan.jobs:
        order = job.order
        leaflet = library.leaflets[order.leaflet][order.language]
        if _touches(fact, leaflet, library.clinics[order.clinic], library):
            key = order.leaflet, order.clinic, order.language, order.edition
            editions.setdefault(key, []).append(job.path)
    return [Touched(*key, tuple(files)) for key, files in sorted(editions.items())]


def _touches(fact: str, leaflet: Leaflet, clinic: Clinic, library: Library) -> bool:
    first, _, rest = fact.partition(".")
    if first in EVERYWHERE:
        return True
    if first == "tags":
        return bool(leaflet.facts.for_) or asks_for_tags(leaflet.text)
    names = printed_facts(leaflet, clinic, library.overrides)
    if first == "variables":
        names -= leaflet.facts.variables.keys()  # the leaflet's own are nearer
        return rest in names if rest else bool(clinic.variables.keys() & names)
    return prints(names, fact)


def _sharing(library: Library, fact: str, pattern: str) -> Iterator[str]:
    """The clinics that a pattern means, and those that have, or would have, the fact from one."""
    sources = library.families.sources
    meant = frozenset(slug for slug in sources if fnmatchcase(slug, pattern))
    if not meant:
        raise UsageError(f"There is no clinic '{pattern}'.", None, did_you_mean(pattern, sources))
    for slug in library.clinics:
        if slug in meant or meant.intersection(givers(fact, slug, sources)):
            yield slug
