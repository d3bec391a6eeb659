"""The leaflets of a project held to the rules of wording and of sources."""

from __future__ import annotations

import datetime
import gc
import multiprocessing
import os
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

from foldwell.build.twins import without_twin
from foldwell.check.waivers import not_waived
from foldwell.check.wording.doses import DoseLine, dose_lines
from foldwell.check.wording.profiles import PROFILES
from foldwell.check.wording.reading import Reading
from foldwell.check.wording.syllables import is_word
from foldwell.check.wording.table import check_wording
from foldwell.check.wording_hints import Hint, hints
from foldwell.check.wording_report import CheckedLeaflet
from foldwell.content.edition import known_names, make_edition
from foldwell.content.evidence import LISTS
from foldwell.content.laws import law_findings
from foldwell.content.leaflet import Leaflet
from foldwell.content.library import Library, read_library
from foldwell.content.limits import Limits
from foldwell.content.reading import read_text
from foldwell.content.tidyings import Tidyings
from foldwell.content.word_lists import read_word_lists, shipped_words
from foldwell.errors import Mistakes, UsageError, did_you_mean
from foldwell.finding import Finding

MANY = 40
"""Of fewer leaflets it takes longer to start processes than to check them."""
_AT_WORK: list[tuple[_Checker, Sequence[Leaflet]]] = []
"""What the processes that this one is doubled into go through."""


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
    if unread := [one for path in sorted(LISTS) for one in library.broken.get(path, ())]:
        raise Mistakes(unread)
    clinics = [clinic] if clinic else one_a_region(library)
    if not clinics:
        raise UsageError("There is no clinic to check for.", None, "Add one: content/clinics/.")
    checker = _Checker(library, root, today, clinics, with_hints=with_hints)
    checked = _each(
        checker,
        [
            leaflet
            for name, texts in library.leaflets.items()
            for leaflet in (texts.values() if name in (names or library.leaflets) else ())
        ],
    )
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


def _each(checker: _Checker, leaflets: Sequence[Leaflet]) -> list[CheckedLeaflet]:
    """Check some leaflets; many of them by one process a core, which have read all there is.

    Only a process of one thread can be doubled safely; any other checks them itself.
    """
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    if len(leaflets) < MANY or cores < 2 or threading.active_count() > 1:
        return [checker.checked(leaflet) for leaflet in leaflets]
    _AT_WORK[:] = [(checker, leaflets)]
    if any(leaflet.language == "en" for leaflet in leaflets):
        is_word("read")  # once, for all processes
    try:
        context = multiprocessing.get_context("fork")
        # What was read stays, so that no process need look through it for what may go.
        with ProcessPoolExecutor(cores, mp_context=context, initializer=gc.freeze) as pool:
            return list(pool.map(_one, range(len(leaflets)), chunksize=8))
    finally:
        _AT_WORK.clear()


def _one(number: int) -> CheckedLeaflet:
    ((checker, leaflets),) = _AT_WORK
    return checker.checked(leaflets[number])


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
        self._words, self._tidied = read_word_lists(root), library.tidied
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
            doses |= dict.fromkeys(dose_lines(reading))
            found |= dict.fromkeys(self._beside_words(leaflet, reading.edition.clinic_slug))
            proposed |= dict.fromkeys(hints(reading) if self._with_hints else ())
        found |= dict.fromkeys(self._tidied.get(leaflet.path, ()))
        return CheckedLeaflet(
            leaflet.path,
            leaflet.facts.title,
            readings[0].original,
            tuple(sorted(found, key=lambda one: (one.place.line or 0, one.place.column or 0))),
            tuple(sorted(doses, key=lambda one: one.line)),
            tuple(sorted(proposed, key=lambda one: one.line)),
        )

    def _beside_words(self, leaflet: Leaflet, clinic: str) -> Iterator[Finding]:
        """What is found of a leaflet for a clinic, and not in the words that it gets."""
        laws = law_findings(self._library, [(leaflet.path, clinic)])
        twin = without_twin(leaflet, clinic, self._library.settings)
        return not_waived([*laws, *twin], leaflet, self._today)

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
