"""What a job depends on, part by part: hashes that tell what changed, before anything is composed.

Equal parts give an equal composition, because composing is a function of them alone. Parts that
differ need not change it (a comment in a clinic's file, a reference that is not cited); that is
decided by the composition's own key.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from foldwell.build.job import Options
from foldwell.content.edition import Edition
from foldwell.press.formats import Format, Medium


def parts_of_edition(edition: Edition) -> dict[str, str]:
    """The parts that all jobs of an edition share."""
    leaflet = edition.leaflet
    cited = {
        name: repr(reference)
        for name, reference in edition.references.items()
        if f"@{name}" in leaflet.text
    }
    pictures = [(name, image.content) for name, image in sorted(leaflet.images.items())]
    logos = [(name, image.content) for name, image in sorted(edition.brand.images.items())]
    return {
        "leaflet": _hash(
            leaflet.path,
            leaflet.language,
            leaflet.facts.model_dump_json(),
            leaflet.text,
            leaflet.first_line,
            pictures,
        ),
        "clinic": _hash(edition.clinic_slug, edition.clinic.model_dump_json()),
        "region": _hash(edition.region.model_dump_json()),
        "brand": _hash(edition.brand.slug, edition.brand.brand.model_dump_json(), logos),
        "references": _hash(sorted(cited.items())),
        "names": _hash(sorted((kind, sorted(names)) for kind, names in edition.known.items())),
        "templates": _hash(sorted(edition.overrides.items())),
        "status": edition.status,
    }


def parts_of_job(
    edition: Mapping[str, str],
    row: Format | None,
    medium: Medium,
    options: Options,
    stamps: Mapping[str, str],
) -> dict[str, str]:
    """All parts of a job.

    Args:
        edition: The parts of its edition.
        row: Its format; None for the web page.
        medium: What the file is for.
        options: What was asked for.
        stamps: Hashes of Foldwell itself, by name.
    """
    asked: tuple[object, ...] = ()
    if medium == "press":
        asked = (options.condition, options.sheet, options.spreads, options.own_condition)
    elif medium == "office":
        asked = (options.instructions,)
    return {**edition, "format": _hash(row, medium), "options": _hash(asked), **stamps}


def _hash(*values: object) -> str:
    """A short hash of plain values; their ``repr`` is the same in every process."""
    digest = hashlib.sha256()
    for value in values:
        digest.update(repr(value).encode(errors="surrogateescape") + b"\0")
    return digest.hexdigest()[:24]
