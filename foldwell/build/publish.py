"""Publishing: the pages of a catalogue, written beside what they list."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from pathlib import Path

from foldwell.build.catalogue import Catalogue, gather
from foldwell.build.covers import covers
from foldwell.build.job import Order
from foldwell.build.published import FOLDER, LISTING, SITEMAP, pages_of_leaflets
from foldwell.build.write import remove_file, write_file
from foldwell.content.library import Library
from foldwell.content.values import site_address
from foldwell.errors import UsageError
from foldwell.typeset.catalogue_pages import Shown, catalogue_pages


def web_address(text: str) -> str:
    """Where a folder is published, with a ``/`` at its end; empty if nothing is said.

    Raises:
        UsageError: If it is no address of the web.
    """
    try:
        return f"{site_address(text)}/" if text else ""
    except ValueError:
        raise UsageError(
            f"'{text}' is no address of a folder of the web.",
            None,
            "Write it as https://leaflets.example.org/.",
        ) from None


def publish(
    library: Library,
    orders: Iterable[Order],
    built: Mapping[str, str],
    output: Path,
    today: datetime.date,
    title: str,
    address: str,
) -> Catalogue:
    """Write the pages of all that was built; those of what is no longer handed out go.

    Args:
        library: What the orders were planned from.
        orders: What is planned.
        built: The SHA-256 of each file that is right, by its path.
        output: The output folder, which holds them.
        today: The day of the build.
        title: Of the whole.
        address: Where the folder is published; empty if that is not known.

    Raises:
        FoldwellError: If the register of editions cannot be read; nothing is written then.
    """
    made = gather(library, orders, built, output, today)
    drawn = covers(made.entries, output, f"{FOLDER}/covers")
    shown = tuple(Shown(entry, *drawn.get(entry.id, ("", (0, 0)))) for entry in made.entries)
    pages = catalogue_pages(
        title, shown, made.gone, address, FOLDER, today.isoformat(), library.overrides
    )
    for path, content in pages.items():
        write_file(output, path, content)
    if SITEMAP not in pages:
        remove_file(output, SITEMAP)
    for old in pages_of_leaflets(output):  # some may not be handed out any more
        path = old.relative_to(output).as_posix()
        if path not in pages:
            remove_file(output, path)
    write_file(output, LISTING, made.as_json().encode())
    return made
