"""Where the pages of a catalogue stand in an output folder, for who writes and who deletes them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

FOLDER = "index.files"
"""Covers, style and script; no clinic can be called so, as its name holds a dot."""
LISTING, SITEMAP = "catalogue.json", "sitemap.xml"
PAGES = (
    "index.html",
    "feed.xml",
    SITEMAP,
    LISTING,
    f"{FOLDER}/catalogue.css",
    f"{FOLDER}/catalogue.js",
)
"""The files that each catalogue has once."""
_MARK = b'<meta name="generator" content="Foldwell">'
_MARKED_WITHIN = 1000


def pages_of_leaflets(output: Path) -> Iterator[Path]:
    """The pages that name the languages of a leaflet, of this catalogue or a former one."""
    for path in sorted(output.glob("*/*.html")):
        if path.is_symlink() or path.parent.is_symlink() or not path.is_file():
            continue
        with path.open("rb") as file:
            if _MARK in file.read(_MARKED_WITHIN):
                yield path
