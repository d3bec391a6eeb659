"""The sources of a leaflet, told for one clinic or for one of each region."""

from __future__ import annotations

import datetime
from pathlib import Path

from foldwell.build.check_leaflets import one_a_region
from foldwell.check.sources import reviewer_points, sources_report
from foldwell.check.wording.table import check_claims
from foldwell.content.edition import make_edition
from foldwell.content.evidence import LISTS
from foldwell.content.library import read_library
from foldwell.errors import Mistakes, UsageError, did_you_mean


def tell_sources(
    root: Path, today: datetime.date, leaflet: str, clinic: str = "", language: str = "en"
) -> tuple[list[str], list[str]]:
    """Each sentence with its sources, what a reviewer has to decide, and what is wrong, as lines.

    Args:
        root: The project.
        today: The day by which a fact may be overdue.
        leaflet: Its slug.
        clinic: One clinic; by default the first of each region.
        language: The language's code.

    Raises:
        UsageError: If there is no such leaflet, language or clinic.
        Mistakes: If the leaflet's file cannot be read.
    """
    library = read_library(root, today)
    for path in (f"content/leaflets/{leaflet}/{language}.md", *sorted(LISTS)):
        if mistakes := library.broken.get(path):
            raise Mistakes(list(mistakes))
    for kind, name, known in (
        ("leaflet", leaflet, library.leaflets),
        ("language", language, library.leaflets.get(leaflet, {})),
        ("clinic", clinic, {"": None, **library.clinics}),
    ):
        if name not in known:
            raise UsageError(f"There is no {kind} '{name}'.", None, did_you_mean(name, known))
    lines: list[str] = []
    complaints: dict[str, None] = {}  # what holds for every clinic is told once
    for slug in [clinic] if clinic else one_a_region(library):
        edition = make_edition(library, library.leaflets[leaflet][language], slug, today)
        lines += [f"For {slug}:", *sources_report(edition)]
        if points := reviewer_points(edition):
            lines += [f"For the reviewer ({slug}), never printed:", *(f"  {p}" for p in points)]
        complaints |= dict.fromkeys(map(str, check_claims(edition)))
    return lines, list(complaints)
