"""The library: all leaflets, clinics, regions, brands and references of one project.

A broken file is told with all its mistakes and left out; what does not need it can still
be built.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from foldwell.content import shipped_content as shipped
from foldwell.content.alphabets import alphabet_notes, unprintable
from foldwell.content.brand_kit import BrandKit, BrandReader
from foldwell.content.clinic import Clinic
from foldwell.content.clinics import FOLDER as FOLDER_OF_CLINICS
from foldwell.content.clinics import ClinicReader, Clinics
from foldwell.content.collector import at_rest
from foldwell.content.condition_facts import FOLDER
from foldwell.content.entries import entries
from foldwell.content.evidence import Words, read_words
from foldwell.content.images import PICTURES, Image, read_image
from foldwell.content.interface_words import SOURCE
from foldwell.content.known_pictures import KnownPictures
from foldwell.content.leaflet import Leaflet, read_leaflet
from foldwell.content.links import Links, has_relative
from foldwell.content.overrides import read_overrides
from foldwell.content.phones import country_of
from foldwell.content.reading import read_file, read_model, read_text
from foldwell.content.references import Reference, read_references
from foldwell.content.region import Region
from foldwell.content.settings import RosterSettings, Settings, formats_with
from foldwell.content.source_records import SourceRecord, read_records
from foldwell.content.tidyings import Tidyings
from foldwell.content.translations import left_out, source_path, without_source
from foldwell.content.validation import validate
from foldwell.content.withdrawals import Withdrawal, read_withdrawals
from foldwell.content.yaml_text import read_yaml
from foldwell.errors import FoldwellError, Mistakes, Place, no_project
from foldwell.finding import Finding
from foldwell.paper.conditions import CONDITIONS, Condition
from foldwell.paper.formats import Format

T = TypeVar("T")


@dataclass
class Library:
    """Everything read from ``content/``.

    Attributes:
        root: The project folder.
        leaflets: By slug, then by language.
        families: All that was read of clinics, broken ones and parents too.
        records: What people recorded of the references, by their ids.
        broken: For each file that could not be read, its mistakes.
        tidyings: For each file, what was read otherwise than it stands there.
        at_hand: The regions, brands and references before clinics named those that are shipped.
        held_to: The lists that words are held to.
        overrides: Template and style sheet files of ``content/templates/``, by name.
        conditions: The table of printing conditions with the project's own.
        pictures: What was made of pictures before, and now.
    """

    root: Path
    settings: Settings | None = None
    leaflets: dict[str, dict[str, Leaflet]] = field(default_factory=dict)
    clinics: dict[str, Clinic] = field(default_factory=dict)
    families: Clinics = field(default_factory=Clinics)
    regions: dict[str, Region] = field(default_factory=dict)
    brands: dict[str, BrandKit] = field(default_factory=dict)
    references: dict[str, Reference] = field(default_factory=dict)
    records: dict[str, SourceRecord] = field(default_factory=dict)
    held_to: Words = field(default_factory=Words)
    overrides: dict[str, str] = field(default_factory=dict)
    withdrawn: dict[str, Withdrawal] = field(default_factory=dict)
    conditions: dict[str, Condition] = field(default_factory=lambda: dict(CONDITIONS))
    broken: dict[str, tuple[FoldwellError, ...]] = field(default_factory=dict)
    pictures: KnownPictures = field(default_factory=KnownPictures)
    tidyings: dict[str, Tidyings] = field(default_factory=dict)
    at_hand: tuple[Mapping[str, Any], ...] = ({}, {}, {})

    def noting(self, path: str) -> Tidyings:
        """Where to note what is read otherwise than it stands in a file."""
        return self.tidyings.setdefault(path, Tidyings(path))

    @property
    def tidied(self) -> dict[str, tuple[Finding, ...]]:
        """By file, a finding for each thing that was read otherwise than it stands."""
        told = {path: own.findings for path, own in self.tidyings.items()}
        leaflets = [own for languages in self.leaflets.values() for own in languages.values()]
        pictures = [own.images for own in leaflets]
        pictures += [kit.images for kit in self.brands.values()]
        told |= {image.path: image.findings for own in pictures for image in own.values()}
        for kit in self.brands.values():
            told[f"content/brands/{kit.slug}/brand.yml"] = kit.notes
        return {path: found for path, found in told.items() if found}

    def where(self, clinic: str) -> str:
        """Where the facts of a clinic stand, for messages."""
        source = self.families.sources.get(clinic)
        place = source.place(()) if source else None
        return str(place) if place and place.cell else f"content/clinics/{clinic}.yml"

    @property
    def formats(self) -> dict[str, Format]:
        """The table of formats with the project's own."""
        return formats_with(self.settings)


@at_rest()
def read_library(
    root: Path, today: datetime.date, pictures: KnownPictures | None = None
) -> Library:
    """Read the whole of ``content/``.

    Args:
        root: The project folder.
        today: The day of the build, which decides what is still accepted.
        pictures: What was made of pictures before.

    Raises:
        FoldwellError: If there is no ``content`` folder.
    """
    if not (root / "content").is_dir():
        raise no_project(root)
    library = Library(root, pictures=pictures or KnownPictures())
    library.settings = _try(library, "content/build.yml", lambda p: _settings(library, p))
    for name, facts in (library.settings.conditions if library.settings else {}).items():
        path = f"{FOLDER}/{facts.file}"
        if condition := _try(library, path, lambda _: facts.condition(name, root)):  # noqa: B023
            library.conditions[name] = condition
    if os.path.lexists(root / "content/references.json"):
        references = _try(library, "content/references.json", lambda p: read_references(root, p))
        library.references = references or {}
    for slug, path in _entries(library, "content/regions", ".yml"):
        if region := _try(library, path, partial(_region, library, slug)):
            library.regions[slug] = region
    brands = dict(_entries(library, "content/brands", ""))
    reader = BrandReader(root, brands, library.pictures)
    for slug, path in brands.items():
        if kit := _try(library, f"{path}/brand.yml", lambda _: reader.read(slug)):  # noqa: B023
            library.brands[slug] = kit
    library.at_hand = {**library.regions}, {**library.brands}, {**library.references}
    read_clinics(library)
    library.records, broken = read_records(root, library.references)
    library.broken |= broken
    library.held_to, broken = read_words(root)
    library.broken |= broken
    library.withdrawn, broken = read_withdrawals(root)
    library.broken |= broken
    for slug, folder in _entries(library, "content/leaflets", ""):
        _read_languages(library, slug, folder)
    library.broken |= left_out(library.leaflets, library.broken, today)
    _resolve_links(library)
    _note_alphabets(library)
    library.overrides, broken = read_overrides(root)
    library.broken |= broken
    return library


def read_clinics(library: Library) -> None:
    """Read who hands out leaflets, and what is shipped of what they name."""
    settings = library.settings.roster if library.settings else RosterSettings()
    files = _entries(library, FOLDER_OF_CLINICS, ".yml")
    library.families = ClinicReader(
        library.root, settings, library.regions, library.brands, library.broken,
        partial(ship_region, library), partial(ship_brand, library), library.noting,
    ).read(files)  # fmt: skip
    library.clinics = library.families.clinics
    library.broken |= library.families.broken


def _note_alphabets(library: Library) -> None:
    """Note where a brand's fonts lack letters or signs that the leaflets need."""
    texts: dict[str, set[str]] = {}
    for leaflets in library.leaflets.values():
        for language, leaflet in leaflets.items():
            texts.setdefault(language, set()).update(leaflet.text)
    for slug, kit in [*library.brands.items()]:
        if kit.cuts:
            noted = (*kit.notes, *alphabet_notes(kit, texts))
            library.brands[slug] = replace(kit, notes=noted)


def _resolve_links(library: Library) -> None:
    """Let links lead to the project's site and its other leaflets."""
    site = (library.settings.site or "") if library.settings else ""
    for slug, texts in [*library.leaflets.items()]:
        for language, leaflet in [*texts.items()]:
            if not has_relative(leaflet.text):
                continue
            titles = {
                name: str(other.get(language, next(iter(other.values()))).facts.title)
                for name, other in library.leaflets.items()
            }
            links = Links(leaflet.path, site, titles, library.noting(leaflet.path))
            text = links.resolved(leaflet.text, leaflet.first_line)
            if links.errors:
                library.broken[leaflet.path] = tuple(links.errors)
                del texts[language]
            else:
                texts[language] = replace(leaflet, text=text)
        if source_path(slug) in library.broken:  # just now: before, none of these was left
            for own in texts.values():
                library.broken[own.path] = (without_source(own, SOURCE),)
            texts.clear()
        if not texts:
            del library.leaflets[slug]


def _try(library: Library, path: str, read: Callable[[str], T]) -> T | None:
    try:
        return read(path)
    except Mistakes as mistakes:
        library.broken[path] = mistakes.errors
    except FoldwellError as error:
        library.broken[path] = (error,)
    return None


def _entries(library: Library, folder: str, suffix: str) -> list[tuple[str, str]]:
    found, broken = entries(library.root, folder, suffix)
    library.broken |= broken
    return found


def _settings(library: Library, path: str) -> Settings:
    if not os.path.lexists(library.root / path):
        return Settings()
    return read_model(Settings, library.root, path, library.noting(path))


def _region(library: Library, slug: str, path: str) -> Region:
    notes = library.noting(path)
    source = read_yaml(read_text(library.root, path, notes), path, tidyings=notes)
    source.value.setdefault("country", country_of(slug))
    return validate(Region, source, str(source.value["country"]))


def ship_region(library: Library, slug: str) -> None:
    """Read a region that is shipped, where the project has none of its name."""
    own = f"content/regions/{slug}.yml"
    if (
        slug not in library.regions
        and own not in library.broken
        and slug in shipped.SHIPPED_REGIONS
    ):
        library.regions[slug], sources = shipped.shipped_region(slug, library.references)
        library.references = {**sources, **library.references}


def ship_brand(library: Library, slug: str) -> None:
    """Read a brand that is shipped, where the project has none of its name."""
    own = f"content/brands/{slug}/brand.yml"
    if slug not in library.brands and own not in library.broken and slug in shipped.BRANDS:
        library.brands[slug] = shipped.shipped_brand(slug, library.pictures)


def line_with(root: Path, path: str, words: str) -> int | None:
    """The first line of a file of the project that holds some words."""
    try:
        lines = read_file(root, path).decode().splitlines()
    except (FoldwellError, UnicodeDecodeError):
        return None
    return next((number for number, text in enumerate(lines, 1) if words in text), None)


def _read_languages(library: Library, slug: str, folder: str) -> None:
    pictures: dict[str, Image] = {}
    texts = []
    for name in sorted(os.listdir(library.root / folder)):
        path = f"{folder}/{name}"
        suffix = Path(name).suffix.lower()
        if suffix == ".md":
            texts.append((name.removesuffix(".md"), path))
        elif suffix in PICTURES and (
            picture := _try(library, path, lambda p: read_image(library.root, p, library.pictures))
        ):
            pictures[name] = picture
    for language, path in texts:
        if problem := unprintable(language, path):
            library.broken[path] = (problem,)
            continue
        read = partial(
            read_leaflet, root=library.root, slug=slug, language=language, images=pictures,
            tidyings=library.noting(path),
        )  # fmt: skip
        leaflet = _try(library, path, read)
        if leaflet:
            library.leaflets.setdefault(slug, {})[language] = leaflet
    if not texts:
        what, hint = "This leaflet has no text.", "Add a file such as 'en.md'."
        library.broken[folder] = (FoldwellError(what, Place(folder), hint),)
