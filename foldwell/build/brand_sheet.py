"""Making a brand sheet: a specimen leaflet in the brand, and two pages about it.

It happens in a process behind limits, like all that reads what others have drawn.
"""

from __future__ import annotations

import datetime
import io
import multiprocessing
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any, cast

from foldwell.errors import FoldwellError, Mistakes

SCALE, CARD_SCALE = 0.5, 0.53
"""How large panels and cards are shown."""
PANELS = {"letter-fold": "folded", "card": "card"}
"""The formats of the specimen, and its texts in ``templates/specimen``."""
SHEET_PAGES = 2
TIME_LIMIT_S = 180
PREVIEW_DPI = 150
PHONES = {"US": "(513) 555-0142", "GB": "0113 496 0142"}
"""Numbers that are kept for fiction."""


@dataclass(frozen=True)
class Sheet:
    """A brand sheet: its PDF, its pages as PNG, and what is not just as the brand's file says."""

    pdf: bytes
    pictures: tuple[bytes, ...]
    notes: tuple[str, ...] = ()


def make_sheet(root: Path, slug: str, today: datetime.date) -> Sheet:
    """The sheet of a brand.

    Args:
        root: The project folder.
        slug: The brand.
        today: The day on which its project is read.

    Raises:
        Mistakes: If there is no such brand, or it cannot be used.
    """
    from pebble import ProcessPool

    from foldwell.build.worker import start_typesetter

    pool: Any = ProcessPool(
        max_workers=1,
        initializer=start_typesetter,
        context=cast(Any, multiprocessing.get_context("spawn")),
    )
    try:
        made = pool.schedule(_sheet, args=[root, slug, today], timeout=TIME_LIMIT_S).result()
    finally:
        pool.stop()
        pool.join()
    if isinstance(made, Sheet):
        return made
    raise Mistakes(made)


def _sheet(root: Path, slug: str, today: datetime.date) -> Sheet | tuple[FoldwellError, ...]:
    try:
        return _made(root, slug, today)
    except Mistakes as mistakes:
        return mistakes.errors
    except FoldwellError as error:
        return (error,)


def _made(root: Path, slug: str, today: datetime.date) -> Sheet:
    from foldwell.content.library import read_library
    from foldwell.errors import UsageError, did_you_mean
    from foldwell.typeset.brand_sheet import NOTES, brand_sheet
    from foldwell.typeset.engine import typeset

    library = read_library(root, today)
    path = f"content/brands/{slug}/brand.yml"
    for broken, errors in library.broken.items():
        if broken == path:
            raise Mistakes(errors)
    if slug not in library.brands:
        known = {name.split("/")[2] for name in library.broken if "/brands/" in name}
        hint = did_you_mean(slug, {*library.brands, *known})
        raise UsageError(f"There is no brand '{slug}'.", None, hint)
    kit = library.brands[slug]
    specimen = [*_specimen(library, slug)]
    frames, placed = _frames(specimen)
    name = name_of(kit)
    inks = _inks(library, kit)
    laid = (typeset(brand_sheet(kit, name, inks, frames, n)) for n in range(len(NOTES)))
    made = next((pages for pages in laid if len(pages.pages) == SHEET_PAGES), None)
    if made is None:
        raise FoldwellError(
            f"The sheet of the brand '{slug}' needs more than two pages.",
            None,
            "Shorten its name, or the names of its colours.",
        )
    sheet = _finished(made.write(), specimen, placed)
    return replace(sheet, notes=tuple(map(str, kit.notes)))


def name_of(kit: Any) -> str:
    """What a brand is called: by its name, or by that of its folder."""
    return str(kit.brand.name or kit.slug.replace("-", " ").title())


def _specimen(library: Any, slug: str) -> Any:
    """The PDF of the specimen in each format, and the sizes of its pages in mm."""
    from foldwell.build.job import Order
    from foldwell.build.media import MEDIA
    from foldwell.build.panels import fit_panels
    from foldwell.content.clinic import Clinic
    from foldwell.content.edition import Edition, make_edition
    from foldwell.content.leaflet import read_leaflet
    from foldwell.content.library import ship_region
    from foldwell.content.tidyings import Tidyings
    from foldwell.paper.formats import FORMATS
    from foldwell.shipped import templates_folder
    from foldwell.typeset.compose import compose_print
    from foldwell.typeset.purpose import Purpose

    kit = library.brands[slug]
    users = (clinic for clinic in library.clinics.values() if clinic.brand == slug)
    region = next((clinic.region for clinic in users if clinic.region in library.regions), "uk")
    if region not in library.regions:
        ship_region(library, region)
    country = library.regions[region].country
    name = name_of(kit)
    clinic = Clinic.model_validate(
        {
            "name": name,
            "region": region,
            "brand": slug,
            "phone": PHONES.get(country, PHONES["GB"]),
            "address": "1 High Street, Town",
            "website": "www.example.org",
            "hours": "Mon-Fri 9am-5pm",
        },
        context=country if country in PHONES else "GB",
    )
    library.clinics["specimen"] = clinic

    class Specimen(Edition):
        """A leaflet that nobody is handed, so that it is no draft of one."""

        status: Any = ""

    for format_name, file in PANELS.items():
        path = f"specimen/{file}.md"
        leaflet = read_leaflet(
            path, root=templates_folder(), slug="specimen", language="en", images={},
            tidyings=Tidyings(path),
        )  # fmt: skip
        made = make_edition(library, leaflet, "specimen", datetime.date(2000, 1, 1))
        home = made.region.model_copy(update={"paper": "a4"})
        facts = {field.name: getattr(made, field.name) for field in fields(made)}
        edition = Specimen(**{**facts, "region": home})
        row = FORMATS[format_name]
        geometry = row.geometry["a4"]
        order = Order(
            "specimen", path, "specimen", "en", "Specimen", "", "a4", MEDIA["screen"], row, geometry
        )
        panels = fit_panels(order, compose_print(edition, row, Purpose("screen")))
        sizes = [(panel.width_mm, panel.height_mm) for panel in geometry.panels]
        yield panels.content, sizes[: panels.count]


def _frames(specimen: Any) -> tuple[list[Any], list[tuple[int, int, Any]]]:
    """Where each page of the specimen stands: frames, and (file, page, frame)."""
    from foldwell.typeset.brand_sheet import MARGIN_MM, PAGE_MM, Frame

    frames, placed = [], []
    for number, (wide, high) in enumerate(specimen[0][1]):
        w, h = wide * SCALE, high * SCALE
        gap = (PAGE_MM[0] - 2 * MARGIN_MM - 3 * 100 * SCALE) / 2
        x = MARGIN_MM + (number % 3) * (100 * SCALE + gap)
        y = 73 + (number // 3) * (h + 5)
        frames.append(Frame(x, y, w, h))
        placed.append((0, number, frames[-1]))
    for number, (wide, high) in enumerate(specimen[1][1][:2]):
        w, h = wide * CARD_SCALE, high * CARD_SCALE
        frames.append(Frame(PAGE_MM[0] - MARGIN_MM - w, 12 + number * (h + 1.5), w, h))
        placed.append((1, number, frames[-1]))
    return frames, placed


def _inks(library: Any, kit: Any) -> Mapping[str, Any]:
    """What each colour is printed with on each shipped condition."""
    from foldwell.paper.conditions import CONDITIONS, read_profile
    from foldwell.press.colour import Inks, report
    from foldwell.press.finishing import read_srgb_profile
    from foldwell.shipped import templates_folder
    from foldwell.typeset.brand_sheet import InkRow, colours_of
    from foldwell.typeset.look import own_inks

    folder = templates_folder()
    rows: dict[str, list[InkRow]] = {}
    for condition in CONDITIONS.values():
        inks = Inks(
            condition,
            read_profile(folder, condition),
            read_srgb_profile(folder),
            dict(own_inks(kit.brand)),
        )
        for row in report({c: c for c in colours_of(kit).values()}, inks):
            parts = [round(part * 100) for part in row.ink]
            told = " ".join(map(str, parts))
            rows.setdefault(row.colour, []).append(InkRow(condition.name, told, f"{sum(parts)} %"))
    return rows


def _finished(pages: bytes, specimen: Any, placed: list[tuple[int, int, Any]]) -> Sheet:
    """The two pages with the specimen in its frames, and pictures of them."""
    import pypdfium2
    from pikepdf import ObjectStreamMode, Pdf, Rectangle

    with Pdf.open(io.BytesIO(pages)) as pdf:
        sources = [Pdf.open(io.BytesIO(content)) for content, _ in specimen]
        page = pdf.pages[1]
        high = float(page.mediabox[3])
        for source, number, frame in placed:
            x, y, w, h = (value * 72 / 25.4 for value in (frame.x, frame.y, frame.w, frame.h))
            place = Rectangle(x, high - y - h, x + w, high - y)
            page.add_overlay(sources[source].pages[number], place)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
    content = out.getvalue()
    with pypdfium2.PdfDocument(content) as file:
        pictures = []
        for shown in file:
            picture = io.BytesIO()
            shown.render(scale=PREVIEW_DPI / 72).to_pil().save(picture, "PNG", optimize=True)
            pictures.append(picture.getvalue())
            shown.close()
    return Sheet(content, tuple(pictures))
