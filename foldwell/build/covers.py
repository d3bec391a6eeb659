"""Covers: the first page of a leaflet as a small picture, named by the file that it was made of."""

from __future__ import annotations

import io
from collections.abc import Iterable
from pathlib import Path

import pypdfium2
from PIL import Image

from foldwell.build.catalogue import Entry, File
from foldwell.build.write import remove_file, write_file

WIDTH_PX, HEIGHT_PX = 280, 420
"""The largest size of a cover; it is shown at half of it, so that it is sharp on good screens."""
QUALITY = 82
_FIRST = ("letter-fold", "bifold", "z-fold", "gate-fold", "roll-fold-4", "booklet", "a4", "letter")
"""Formats in which the first page is the best cover, the best first."""


def cover_file(entry: Entry) -> File | None:
    """The file whose first page is the cover: read on a screen, and with a cover if it can be."""
    pdfs = [file for file in entry.files if file.path.endswith(".pdf")]
    rank = {name: number for number, name in enumerate(_FIRST)}
    return min(
        pdfs,
        key=lambda file: (file.medium != "screen", rank.get(file.format, len(rank)), file.path),
        default=None,
    )


def draw_cover(content: bytes) -> bytes:
    """The first page of a PDF as WebP."""
    with pypdfium2.PdfDocument(content) as document:
        page = document[0]
        wide, tall = page.get_size()
        image = page.render(scale=min(WIDTH_PX / wide, HEIGHT_PX / tall)).to_pil().convert("RGB")
    out = io.BytesIO()
    image.save(out, "WEBP", quality=QUALITY)
    return out.getvalue()


def covers(
    entries: Iterable[Entry], output: Path, folder: str
) -> dict[str, tuple[str, tuple[int, int]]]:
    """Draw the covers that are not there yet, and delete those that are of no use any more.

    Args:
        entries: The editions.
        output: The output folder.
        folder: Where covers stand, below it.

    Returns:
        For each edition id the path of its cover, below the output folder, and its size in pixels.
    """
    found = {}
    for entry in entries:
        file = cover_file(entry)
        if file is None:
            continue
        path = f"{folder}/{file.sha256[:24]}.webp"
        size = _size(output / path)
        if size is None:
            write_file(output, path, draw_cover((output / file.path).read_bytes()))
            size = _size(output / path)
        found[entry.id] = path, size or (WIDTH_PX, HEIGHT_PX)
    used = {path for path, _ in found.values()}
    for old in sorted((output / folder).glob("*.webp")):
        if f"{folder}/{old.name}" not in used:
            remove_file(output, f"{folder}/{old.name}")
    return found


def _size(path: Path) -> tuple[int, int] | None:
    """The size of a cover that is there and whole enough to say it."""
    try:
        with Image.open(path) as image:
            return image.size
    except (OSError, ValueError):
        return None
