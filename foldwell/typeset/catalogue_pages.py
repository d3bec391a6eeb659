"""The pages of a catalogue: one of everything, one a leaflet with its languages, feed and site map.

They are static: they work from a disk, from an intranet and from any web server, need no script
for reading, and ask nothing of any other machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from foldwell.typeset import templates

_SHARED = {"catalogue.css": "catalogue/catalogue.css", "catalogue.js": "catalogue/catalogue.js"}


@dataclass(frozen=True)
class Shown:
    """An edition as the pages show it.

    Attributes:
        entry: The edition; see ``foldwell.build.catalogue.Entry`` for what it holds.
        cover: The address of its cover below the output folder; empty if there is none.
        cover_size: Its width and height in pixels.
    """

    entry: Any
    cover: str = ""
    cover_size: tuple[int, int] = (0, 0)


def size_in_words(size_bytes: int) -> str:
    """A size of a file for people."""
    if size_bytes >= 1_000_000:
        return f"{size_bytes / 1_000_000:.1f} MB"
    return f"{max(1, round(size_bytes / 1000))} kB"


def catalogue_pages(
    title: str,
    shown: tuple[Shown, ...],
    gone: tuple[Any, ...],
    address: str,
    folder: str,
    today: str,
    overrides: Mapping[str, str],
) -> dict[str, bytes]:
    """All pages of a catalogue, by their paths below the output folder.

    Args:
        title: Of the whole.
        shown: The editions, those of a leaflet behind one another.
        gone: What is no longer handed out; see ``foldwell.build.editions.Entry``.
        address: Where the folder is published, with a ``/`` at its end; empty if that is not
            known. Without it there is no site map, whose addresses must be whole.
        folder: Where style and script stand, below the output folder.
        today: The day of the build (ISO).
        overrides: The project's own templates, by name.
    """
    leaflets = [(slug, tuple(group)) for slug, group in groupby(shown, lambda s: s.entry.leaflet)]
    entries = [each.entry for each in shown]
    days = [each.since for each in (*entries, *gone)]
    values = {
        "title": title,
        "leaflets": leaflets,
        "shown": shown,
        "gone": gone,
        "pages": {each.id: each.page for each in entries},
        "address": address,
        "updated": max(days, default=today),
        "folder": folder,
        "size": size_in_words,
        "clinics": dict(sorted({(e.clinic, e.clinic_name) for e in entries}, key=lambda c: c[1])),
        "languages": dict(sorted({(e.language, e.language_name) for e in entries})),
        "formats": sorted({file.format for e in entries for file in e.files if file.format}),
        "media": sorted({file.medium for e in entries for file in e.files}),
        "zip": zip,
    }

    def page(name: str, **more: Any) -> bytes:
        return templates.render(f"catalogue/{name}", overrides, {**values, **more}).encode()

    pages = {"index.html": page("index.html"), "feed.xml": page("feed.xml")}
    if address:
        pages["sitemap.xml"] = page("sitemap.xml")
    of_clinics = sorted(shown, key=lambda each: (each.entry.languages_page, each.entry.language))
    for path, group in groupby(of_clinics, lambda each: each.entry.languages_page):
        pages[path] = page("languages.html", group=tuple(group))
    for name, template in _SHARED.items():
        pages[f"{folder}/{name}"] = templates.style_sheet(template, overrides).encode()
    return pages
