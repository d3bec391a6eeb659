"""A poster or card that lists the languages of a leaflet, each by its own name with a code.

A code leads to the web page in that language, which leads on to all others.
"""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from foldwell.content.edition import Edition
from foldwell.content.locales import own_name, right_to_left
from foldwell.errors import FoldwellError, Mistakes, Place
from foldwell.paper.geometry import Geometry
from foldwell.typeset.foreign import BESIDE
from foldwell.typeset.pictures import Assets, qr_code

COLUMNS = ((4, 2, 24.0), (9, 3, 20.0), (16, 4, 17.0), (30, 5, 14.0))
"""For so many languages at most, the columns of a poster and the size of titles in points."""
LARGEST_CODE_MM, LEAST_CODE_MM = 80.0, 22.0
HEAD_MM, WORDS_MM, EDGES_MM, GAP_MM = 98.0, 42.0, 32.0, 8.0
"""What the head and foot of a poster take, the words of a tile at 24 pt, and the edges."""
CARD_MM = 150.0
"""Sheets narrower than this are cards, whose tiles have no room for titles."""
CARD_CSS = (
    "@page { margin: 8mm 8mm 12mm; @bottom-left { font-size: 9.5pt } @bottom-right "
    "{ font-size: 9.5pt } }\n:root { --edge: 8mm; --head: 8mm; --gap: 3mm; --columns: 3;"
    f" --code: {LEAST_CODE_MM}mm; --tile: 12pt; }}\n"
)


def list_languages(
    edition: Edition, values: dict[str, Any], geometry: Geometry, assets: Assets
) -> str:
    """Give templates a tile for each language, and the style sheet of their size.

    Args:
        edition: The edition that the sheet is for; it knows the titles in all languages.
        values: Those of its templates.
        geometry: The sheet.
        assets: Where the codes go.

    Raises:
        Mistakes: If there is no other language, or no address for the codes.
    """
    if not edition.web_pages or len(edition.titles) < 2:
        what = "This leaflet has no web pages in several languages that codes could lead to."
        hint = "Say in content/build.yml under 'web_pages' where they are published."
        raise Mistakes([FoldwellError(what, Place(edition.leaflet.path), hint)])
    tiles = []
    for language, title in edition.titles:
        address = page_in(edition, language)
        assets[f"qr-{language}.svg"] = qr_code(address)
        tiles.append(
            {
                "language": language,
                "direction": "rtl" if right_to_left(language) else "ltr",
                "name": own_name(language),
                "title": title,
                "address": address,
            }
        )
    if geometry.panels[0].width_mm < CARD_MM:
        columns, css = 3, CARD_CSS
    else:
        columns, css = _poster(len(tiles), geometry)
    values["titled"] = css is not CARD_CSS
    values["rows"] = [tiles[at : at + columns] for at in range(0, len(tiles), columns)]
    values["apart"] = tuple(map(Markup, BESIDE))
    return css


def _poster(count: int, geometry: Geometry) -> tuple[int, str]:
    """The columns of a poster for some languages, and its measures."""
    sheet = geometry.panels[0]
    columns, size_pt = next(((n, pt) for most, n, pt in COLUMNS if count <= most), COLUMNS[-1][1:])
    across = (sheet.width_mm - EDGES_MM) / columns - GAP_MM
    down = (sheet.height_mm - HEAD_MM) / -(-count // columns) - WORDS_MM * size_pt / 24 - GAP_MM
    code = max(LEAST_CODE_MM, min(LARGEST_CODE_MM, across, down))
    return columns, (
        f":root {{ --columns: {columns}; --code: {code:.1f}mm; --tile: {size_pt:g}pt; }}\n"
    )


def page_in(edition: Edition, language: str) -> str:
    """The address of the web page of a leaflet in one of its languages."""
    base = edition.web_pages.rstrip("/")
    return f"{base}/{edition.clinic_slug}/{language}/{edition.leaflet.slug}.html"
