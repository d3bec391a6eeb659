"""Files that are not saved yet, read and planned just as if they were.

A draft is put into an empty folder of its own and read by the same door as a file of the project.
"""

from __future__ import annotations

import contextlib
import datetime
import tempfile
from dataclasses import replace
from pathlib import Path

from foldwell.build.job import Job
from foldwell.build.jobs import make_job
from foldwell.build.pieces import HERE
from foldwell.build.plan import plan_edition
from foldwell.content.clinics import FOLDER, ClinicReader, Clinics
from foldwell.content.leaflet import Leaflet, read_leaflet
from foldwell.content.library import Library, ship_brand, ship_region
from foldwell.content.links import Links, has_relative
from foldwell.content.reading import TEXT_LIMIT_BYTES, read_file
from foldwell.content.settings import RosterSettings
from foldwell.content.spreadsheet import ENDINGS, LIMIT_BYTES
from foldwell.content.tidyings import Tidyings
from foldwell.errors import FoldwellError, Mistakes, UsageError, did_you_mean


def draft_leaflet(library: Library, slug: str, language: str, text: str) -> Leaflet:
    """A leaflet as it will be once a text is saved; see ``read_draft``."""
    return read_draft(library, slug, language, text)[0]


def read_draft(library: Library, slug: str, language: str, text: str) -> tuple[Leaflet, Tidyings]:
    """A leaflet as it will be once a text is saved, and what was converted in it.

    Args:
        library: What there is.
        slug: The leaflet.
        language: Its language.
        text: All of its file.

    Raises:
        Mistakes: With everything that is wrong with it.
    """
    path = f"content/leaflets/{slug}/{language}.md"
    others = library.leaflets.get(slug, {})
    images = next(iter(others.values())).images if others else {}
    notes = Tidyings(path)
    with tempfile.TemporaryDirectory(prefix="foldwell-draft-") as folder:
        _put(Path(folder), path, text)
        leaflet = read_leaflet(
            path, root=Path(folder), slug=slug, language=language, images=images, tidyings=notes
        )
    if not has_relative(leaflet.text):
        return leaflet, notes
    titles = {
        name: str(other.get(language, next(iter(other.values()))).facts.title)
        for name, other in library.leaflets.items()
    }
    site = (library.settings.site or "") if library.settings else ""
    links = Links(path, site, titles, notes)
    resolved = links.resolved(leaflet.text, leaflet.first_line)
    if links.errors:
        raise Mistakes(links.errors)
    return replace(leaflet, text=resolved), notes


def draft_job(
    library: Library,
    leaflet: Leaflet,
    clinic: str,
    format_name: str,
    medium: str,
    today: datetime.date,
) -> Job:
    """The job of one file of a leaflet, whether it is planned or not.

    Raises:
        UsageError: If there is no such clinic or format, or not on its paper.
    """
    if clinic not in library.clinics:
        raise UsageError(f"There is no clinic '{clinic}'.", None, did_you_mean(clinic, []))
    row = library.formats.get(format_name) if format_name else None
    for passing in (leaflet, library.clinics[clinic]):
        HERE.lend(passing)
    edition = plan_edition(library, leaflet, clinic, today)
    if format_name and (row is None or edition.region.paper not in row.geometry):
        raise UsageError(f"'{format_name}' is not made on the paper of this clinic.")
    return make_job(edition, row, medium)


def draft_clinics(library: Library, slug: str, text: str) -> Clinics:
    """A clinic as it will be once a text is saved, with the parents that it takes facts from.

    Args:
        library: What there is.
        slug: The clinic, which may be new.
        text: All of its file.
    """
    with tempfile.TemporaryDirectory(prefix="foldwell-draft-") as folder:
        root, notes = Path(folder), dict[str, Tidyings]()
        _put(root, f"{FOLDER}/{slug}.yml", text)
        if "parent:" in text:
            own = sorted((library.root / FOLDER).glob("*.yml"))
            others = {
                f"{FOLDER}/{path.name}": TEXT_LIMIT_BYTES for path in own if path.stem != slug
            }
            for path, limit in (
                others | {f"{FOLDER}{end}": LIMIT_BYTES for end in ENDINGS}
            ).items():
                with contextlib.suppress(FoldwellError):  # the library tells of it
                    (root / path).write_bytes(read_file(library.root, path, limit))
        regions, brands = dict(library.regions), dict(library.brands)
        shadow = replace(library, regions=regions, brands=brands)
        reader = ClinicReader(
            root,
            library.settings.roster if library.settings else RosterSettings(),
            regions,
            brands,
            library.broken,
            lambda name: ship_region(shadow, name),
            lambda name: ship_brand(shadow, name),
            lambda path: notes.setdefault(path, Tidyings(path)),
        )
        found = sorted((root / FOLDER).glob("*.yml"))
        return reader.read([(path.stem, f"{FOLDER}/{path.name}") for path in found])


def _put(root: Path, path: str, text: str) -> None:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(text.encode("utf-8", "surrogateescape"))
