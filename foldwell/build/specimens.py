"""The specimens of scripts, made for a clinic: what a language looks like before it is translated.

Each is a leaflet of three paragraphs that says nothing but how its script is written.
"""

from __future__ import annotations

import datetime
from pathlib import Path

from foldwell.build import worker
from foldwell.build.jobs import make_job
from foldwell.build.made import Made
from foldwell.content.edition import make_edition
from foldwell.content.leaflet import read_leaflet
from foldwell.content.library import read_library
from foldwell.content.tidyings import Tidyings
from foldwell.errors import Mistakes
from foldwell.fonts import not_added
from foldwell.paper.formats import FORMATS
from foldwell.shipped import templates_folder
from foldwell.typeset.fonts import isolate

FOLDER = "specimen/scripts"


def languages() -> tuple[str, ...]:
    """The languages of which there is a specimen, and a font for its script here."""
    names = sorted(path.stem for path in (templates_folder() / FOLDER).glob("*.md"))
    return tuple(name for name in names if not not_added(name))


def specimens_of(
    root: Path, clinic: str, today: datetime.date, format_name: str = "letter-fold"
) -> tuple[tuple[str, bytes], ...]:
    """Each language and the screen file of its specimen.

    Args:
        root: The project folder.
        clinic: The clinic that they are made for.
        today: The day of the build.
        format_name: The format.

    Raises:
        Mistakes: If one cannot be made.
    """
    isolate()  # before the engine is imported
    library, found = read_library(root, today), []
    for language in languages():
        path = f"{FOLDER}/{language}.md"
        leaflet = read_leaflet(
            path, root=templates_folder(), slug="specimen", language=language, images={},
            tidyings=Tidyings(path),
        )  # fmt: skip
        edition = make_edition(library, leaflet, clinic, today)
        job = make_job(edition, FORMATS[format_name], "screen")
        step = worker.compose(job)
        made = step if isinstance(step, tuple | Made) else worker.typeset(job.order, step)
        if not isinstance(made, Made):
            raise Mistakes(made)
        found.append((language, made.content))
    return tuple(found)
