"""What a job depends on, part by part: hashes that tell what changed, before anything is composed.

Equal parts give an equal composition, because composing is a function of them alone. Parts that
differ need not change it (a comment in a clinic's file, a reference that is not cited); that is
decided by the composition's own key.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping

from foldwell.build.job import Options
from foldwell.build.medium import Medium
from foldwell.check.waivers import in_force
from foldwell.content.edition import Edition
from foldwell.content.images import Image
from foldwell.content.leaflet import Leaflet
from foldwell.content.references import Reference
from foldwell.paper.formats import Format


class EditionParts:
    """The parts that all jobs of an edition share; what editions share is hashed once."""

    def __init__(self) -> None:
        # The value too, so that nothing else can have its identity.
        self._known: dict[int, tuple[object, str]] = {}
        self._rules: dict[tuple[int, int, str], tuple[object, str]] = {}
        self._names: dict[str, frozenset[str]] | None = None

    def names(self, found: dict[str, frozenset[str]]) -> dict[str, frozenset[str]]:
        """Names that may be used: the same value again, as long as they are equal."""
        if found != self._names:
            self._names = found
        return self._names

    def of(self, edition: Edition) -> dict[str, str]:
        """The parts of one edition."""
        leaflet, brand = edition.leaflet, edition.brand
        return {
            "leaflet": self._once(leaflet, lambda: _leaflet(leaflet)),
            "clinic": self._facts(edition),
            "region": self._once(edition.region, lambda: _region(edition)),
            "brand": self._once(
                brand, lambda: (brand.slug, brand.brand.model_dump_json(), _pictures(brand.images))
            ),
            "references": self._once(leaflet.text, lambda: _cited(leaflet, edition.references)),
            "names": self._once(
                edition.known,
                lambda: sorted((kind, sorted(names)) for kind, names in edition.known.items()),
            ),
            "variables": self._once(edition.shared, lambda: sorted(edition.shared.items())),
            "templates": self._once(edition.overrides, lambda: sorted(edition.overrides.items())),
            # Which facts are stale counts too: each is printed with its day from then on.
            "status": f"{edition.status} {edition.withdrawn or ''} {edition.web_pages} "
            f"{' '.join(edition.stale)}".strip(),
            "rules": self._held_to(edition),
            "sources": " ".join(f"{name} {one.gone}" for name, one in edition.gone.items()),
            "languages": " ".join([*edition.twins, *map(_hash, edition.titles)]),
        } | ({"beside": _hash(sorted(self.of(edition.beside).items()))} if edition.beside else {})

    def _facts(self, edition: Edition) -> str:
        """The hash of a clinic, and a short one of each fact, by which a change is named."""
        clinic = edition.clinic
        if id(clinic) not in self._known:
            whole = _hash((edition.clinic_slug, clinic.model_dump_json()))
            facts = [(key, value) for key, value in clinic if value is not None and value != ()]
            told = [f"{key}:{_hash(value)[:6]}" for key, value in facts if value != {}]
            self._known[id(clinic)] = clinic, " ".join([whole, *told])
        return self._known[id(clinic)][1]

    def _held_to(self, edition: Edition) -> str:
        """The hash of what an edition is held to, the same for all clinics of a region."""
        key = id(edition.held_to), id(edition.leaflet.text), edition.clinic.region
        if key not in self._rules:
            self._rules[key] = edition, _rules(edition)
        return self._rules[key][1]

    def _once(self, value: object, content: Callable[[], object]) -> str:
        if id(value) not in self._known:
            self._known[id(value)] = value, _hash(content())
        return self._known[id(value)][1]


def _rules(edition: Edition) -> str:
    """A hash of what its words are held to: what the project's lists say of it, and its waivers.

    What may be said behind a source is only asked of those that it may cite.
    """
    lists, leaflet, region = edition.held_to, edition.leaflet, edition.clinic.region
    named = sorted(edition.region.sources)
    behind = [
        (name, says)
        for name, says in sorted(lists.evidence.items())
        if name in named or f"@{name}" in leaflet.text
    ]
    never, must = lists.never.for_leaflet(leaflet.slug, region), lists.must
    asked = (must.short, must.all, must.but, must.leaflets.get(leaflet.slug))
    return _hash(bool(lists.evidence), behind, never, asked, in_force(leaflet, edition.today))


def _leaflet(leaflet: Leaflet) -> tuple[object, ...]:
    return (
        leaflet.path,
        leaflet.language,
        leaflet.facts.model_dump_json(),
        leaflet.text,
        leaflet.first_line,
        _pictures(leaflet.images),
        leaflet.checked,
        leaflet.stale,
        leaflet.older,
    )


def _cited(leaflet: Leaflet, references: Mapping[str, Reference]) -> list[tuple[str, str]]:
    known = sorted(references.items())
    return [(name, repr(reference)) for name, reference in known if f"@{name}" in leaflet.text]


def _region(edition: Edition) -> tuple[object, ...]:
    """A region's facts, and the references that its texts name."""
    known, named = edition.references, sorted(edition.region.sources)
    cited = [(name, repr(known[name])) for name in named if name in known]
    return edition.region.model_dump_json(), cited


def _pictures(images: Mapping[str, Image]) -> list[tuple[str, bytes]]:
    return [(name, image.content) for name, image in sorted(images.items())]


def parts_of_job(row: Format | None, medium: Medium, options: Options) -> dict[str, str]:
    """The parts of a job that are not those of its edition.

    Args:
        row: Its format; None where it is made in none.
        medium: What the file is for.
        options: What was asked for.
    """
    asked = tuple(getattr(options, name) for name in medium.options)
    return {"format": _hash(row, medium.name), "options": _hash(asked)}


def _hash(*values: object) -> str:
    """A short hash of plain values; their ``repr`` is the same in every process."""
    digest = hashlib.sha256()
    for value in values:
        digest.update(repr(value).encode(errors="surrogateescape") + b"\0")
    return digest.hexdigest()[:24]
