"""The leaflets of a project held to the rules of wording and of sources."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path

from foldwell.check.sources import check_sources
from foldwell.check.wording.doses import DoseLine, dose_lines
from foldwell.check.wording.profiles import PROFILES
from foldwell.check.wording.reading import Reading
from foldwell.check.wording.table import check_wording
from foldwell.check.wording_hints import Hint, hints
from foldwell.check.wording_report import CheckedLeaflet
from foldwell.content.edition import known_names, make_edition
from foldwell.content.evidence import read_words
from foldwell.content.leaflet import Leaflet
from foldwell.content.library import Library, read_library
from foldwell.content.limits import Limits
from foldwell.content.reading import read_text
from foldwell.content.tidyings import Tidyings
from foldwell.content.word_lists import read_word_lists, shipped_words
from foldwell.errors import UsageError, did_you_mean
from foldwell.finding import Finding


def check_leaflets(
    root: Path,
    today: datetime.date,
    names: Sequence[str] = (),
    clinic: str = "",
    library: Library | None = None,
    *,
    with_hints: bool = False,
) -> list[CheckedLeaflet]:
    """Check leaflets for one clinic, or for the first of each region.

    Args:
        root: The project.
        today: The day by which a review may be overdue.
        names: Slugs; by default all leaflets.
        clinic: One clinic.
        library: What there is, where it was read already.
        with_hints: Whether plainer words are proposed too.

    Raises:
        UsageError: If there is no such leaflet or clinic, or no clinic at all.
        Mistakes: If a list of words cannot be read.
    """
    library = library or read_library(root, today)
    broken = {path.split("/")[2]: path for path in library.broken
              if path.startswith("content/leaflets/")}  # fmt: skip
    for name in names:
        if name not in {*library.leaflets, *broken}:
            known = {*library.leaflets, *broken}
            raise UsageError(f"There is no leaflet '{name}'.", None, did_you_mean(name, known))
    if clinic and clinic not in library.clinics:
        hint = did_you_mean(clinic, library.clinics)
        raise UsageError(f"There is no clinic '{clinic}'.", None, hint)
    clinics = [clinic] if clinic else one_a_region(library)
    if not clinics:
        raise UsageError("There is no clinic to check for.", None, "Add one: content/clinics/.")
    checker = _Checker(library, root, today, clinics, with_hints=with_hints)
    checked = [
        checker.checked(leaflet)
        for name, texts in library.leaflets.items()
        for leaflet in (texts.values() if name in (names or library.leaflets) else ())
    ]
    checked += [
        CheckedLeaflet(path, mistakes=tuple(library.broken[path]))
        for name, path in broken.items()
        if name in (names or broken)
    ]
    return sorted(checked, key=lambda one: one.path)


def one_a_region(library: Library) -> list[str]:
    """The first clinic of each region that has its region and brand."""
    first: dict[str, str] = {}
    for slug, clinic in library.clinics.items():
        if clinic.region in library.regions and clinic.brand in library.brands:
            first.setdefault(clinic.region, slug)
    return list(first.values())


class _Checker:
    """What is looked up once for all leaflets."""

    def __init__(
        self,
        library: Library,
        root: Path,
        today: datetime.date,
        clinics: list[str],
        *,
        with_hints: bool,
    ) -> None:
        self._with_hints = with_hints
        self._library, self._root, self._today, self._clinics = library, root, today, clinics
        self._evidence, self._words = read_words(root), read_word_lists(root)
        self._known = known_names(library)
        limits = library.settings.check if library.settings else Limits()
        self._limits = {name: getattr(limits, name) for name in limits.model_fields_set}

    def checked(self, leaflet: Leaflet) -> CheckedLeaflet:
        readings = list(self._readings(leaflet))
        found: dict[Finding, None] = {}
        doses: dict[DoseLine, None] = {}
        proposed: dict[Hint, None] = {}
        for reading in readings:
            found |= dict.fromkeys(check_wording(reading))
            found |= dict.fromkeys(check_sources(reading.edition, self._evidence, reading.passages))
            doses |= dict.fromkeys(dose_lines(reading))
            proposed |= dict.fromkeys(hints(reading) if self._with_hints else ())
        found |= dict.fromkeys(self._library.tidied.get(leaflet.path, ()))
        return CheckedLeaflet(
            leaflet.path,
            leaflet.facts.title,
            readings[0].original,
            tuple(sorted(found, key=lambda one: (one.place.line or 0, one.place.column or 0))),
            tuple(sorted(doses, key=lambda one: one.line)),
            tuple(sorted(proposed, key=lambda one: one.line)),
        )

    def _readings(self, leaflet: Leaflet) -> Iterator[Reading]:
        notes = Tidyings(leaflet.path)
        read_text(self._root, leaflet.path, notes)
        language = leaflet.language.partition("-")[0]
        words = shipped_words(language)
        if own := self._words.get(language):
            words = own.on_top_of(words)
        for slug in self._clinics:
            edition = make_edition(self._library, leaflet, slug, self._today, self._known)
            profile = PROFILES[edition.region.profile].with_limits(self._limits)
            yield Reading(edition, profile, words, tuple(notes.original), self._today)
