"""The gallery: every format of every leaflet as thumbnails, for people who choose one."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import pikepdf
import pypdfium2

from foldwell.content.library import Library, read_library
from foldwell.content.locales import own_name
from foldwell.paper.formats import Format
from foldwell.paper.geometry import Geometry
from foldwell.typeset.picture_sheet import Picture, Row, Section, picture_sheet

SCALE = 1 / 8
"""All pages are shown at one scale, so that their sizes can be compared."""
DPI = 160
"""Dots an inch of the thumbnails."""
MOST_PAGES = 8
"""Of a longer leaflet, the first ones are shown."""
COLOURS = 64
LEAD = "All pages are shown at one scale, in the order in which they are read."


@dataclass(frozen=True)
class _Shown:
    """One built file: its leaflet, its place in the order of formats, and its row."""

    leaflet: str
    order: tuple[int, str]
    row: Row


def clinics_to_show(root: Path, today: datetime.date) -> tuple[str, ...]:
    """The first clinic of each paper: with these, every format of the project can be seen.

    Raises:
        FoldwellError: If there is no project.
    """
    library = read_library(root, today)
    first: dict[str, str] = {}
    for slug in sorted(library.clinics):
        region = library.regions.get(library.clinics[slug].region)
        if region is not None:
            first.setdefault(region.paper, slug)
    return tuple(first.values())


def gallery(
    root: Path,
    formats: Mapping[str, Format],
    files: Mapping[str, bytes],
    today: datetime.date,
    scripts: Iterable[tuple[str, bytes]] = (),
) -> tuple[bytes, bytes]:
    """The web page and the PDF of some built files.

    Args:
        root: The project folder.
        formats: The table of formats, those of the project among them.
        files: Screen files by their paths below the output folder.
        today: The day of the build.
        scripts: For languages the screen files of their specimens.
    """
    library = read_library(root, today)
    shown = sorted(
        (_shown(path, content, library, formats) for path, content in files.items()),
        key=lambda each: (each.leaflet, each.order),
    )
    sections = tuple(
        Section(title, tuple(each.row for each in group))
        for title, group in groupby(shown, key=lambda each: each.leaflet)
    )
    specimens = tuple(
        Row(own_name(language), f"{language}, letter-fold", (*_thumbnails(content, language),))
        for language, content in scripts
    )
    sections += (Section("Languages", specimens),) if specimens else ()
    return picture_sheet("Formats to choose from", LEAD, sections)


def _shown(path: str, content: bytes, library: Library, formats: Mapping[str, Format]) -> _Shown:
    clinic_slug, language = path.split("/")[:2]
    with pikepdf.open(io.BytesIO(content)) as pdf:
        title = str(pdf.docinfo.get("/Title", path))
        name = str(pdf.pages[0].PieceInfo.Foldwell.Private.Format)
    clinic = library.clinics[clinic_slug]
    geometry = formats[name].geometry[library.regions[clinic.region].paper]
    pictures = tuple(_thumbnails(content, f"{title}, {name}"))
    with pypdfium2.PdfDocument(content) as document:
        pages = len(document)
    note = f"{clinic.name} · {_about(formats[name], geometry, pages)}"
    if pages > len(pictures):
        note += f" · the first {len(pictures)} are shown"
    row = Row(name, note, pictures, path)
    leaflet = title if language == "en" else f"{title} ({language})"
    return _Shown(leaflet, (list(formats).index(name), clinic_slug), row)


def _about(format_: Format, geometry: Geometry, pages: int) -> str:
    """Sizes and folds of a format, in words."""
    wide, tall = geometry.sheet_mm
    words = [_size(wide, tall)]
    if geometry.binding == "stitched":
        words.append(f"stitched to {_size(wide / 2, tall)}")
    elif geometry.folds:
        words.append(f"folded to {_size(*geometry.finished_mm)}")
    if not format_.flows and not all(geometry.sides):
        words.append("printed on one side")
    noun = "panel" if format_.folded else "page"
    words.append(f"{pages} {noun}{'' if pages == 1 else 's'}")
    return ", ".join(words)


def _size(wide_mm: float, tall_mm: float) -> str:
    return f"{round(wide_mm, 1):g} × {round(tall_mm, 1):g} mm"


def _thumbnails(content: bytes, name: str) -> Iterator[Picture]:
    with pypdfium2.PdfDocument(content) as document:
        for number in range(min(len(document), MOST_PAGES)):
            page = document[number]
            width, height = (points * 25.4 / 72 * SCALE for points in page.get_size())
            image = page.render(scale=SCALE * DPI / 72).to_pil().convert("RGB")
            out = io.BytesIO()
            image.quantize(COLOURS).save(out, "PNG", optimize=True)
            size = (round(width, 1), round(height, 1))
            yield Picture(out.getvalue(), "image/png", size, f"{name}, page {number + 1}")
