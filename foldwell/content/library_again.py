"""A library of which only the clinics are read again: they change most, and least hangs on them."""

from __future__ import annotations

from dataclasses import replace

from foldwell.content.clinics import FOLDER
from foldwell.content.collector import at_rest
from foldwell.content.library import Library, read_clinics
from foldwell.content.spreadsheet import ENDINGS


def is_of_clinics(path: str) -> bool:
    """Whether a file of a project says who hands out leaflets, and nothing else.

    Args:
        path: The file, below the project folder.
    """
    name = path.removeprefix(f"{FOLDER}/")
    return path in {f"{FOLDER}{ending}" for ending in ENDINGS} or (
        name != path and name.endswith(".yml") and "/" not in name
    )


@at_rest()
def with_clinics_again(library: Library) -> Library | None:
    """A library with its clinics as they stand in their files now.

    Args:
        library: What was read; of its files only those of clinics changed.

    Returns:
        The library that reading all of it would give, with the same values where none changed;
        None if all of it has to be read, because anything is wrong, or another region or brand is
        named than before.
    """
    if library.broken:
        return None
    held = library.regions, library.brands, library.references
    regions, brands, references = library.at_hand
    again = replace(
        library,
        regions={**regions},
        brands={**brands},
        references={**references},
        tidyings={path: one for path, one in library.tidyings.items() if not is_of_clinics(path)},
    )
    again.broken = {}
    read_clinics(again)
    if again.broken or _named(again) != _named(library):
        return None
    again.regions, again.brands, again.references = held
    for slug, clinic in library.clinics.items():
        if again.clinics.get(slug) == clinic:
            again.clinics[slug] = clinic
    return again


def _named(library: Library) -> tuple[set[str], ...]:
    return set(library.regions), set(library.brands), set(library.references)
