"""How a leaflet opens: its cover or the band at its head, and the measures these need."""

from __future__ import annotations

from foldwell.content.edition import Edition
from foldwell.errors import FoldwellError, Mistakes, Place, did_you_mean
from foldwell.press.formats import Format, Medium
from foldwell.press.geometry import Geometry
from foldwell.typeset import templates
from foldwell.typeset.cover import (
    band_drawing,
    band_of,
    cover_drawing,
    cover_of,
    fitting_pt,
)
from foldwell.typeset.pictures import Assets, mark_path

DRAWINGS = {"information": "info", "treatment": "medicines", "card": "health"}
"""What stands for a leaflet that names no drawing, by its kind."""
MARGINS_MM = {"sheet": 16.0, "small-sheet": 11.0, "large-print": 18.0}
PHONE_PT = (30.0, 28.0, 26.0, 24.0, 22.0, 20.0, 18.0, 16.0)
"""Sizes of the main number on the contact card; 24 or more where its panel is wide enough."""
SVG = "image/svg+xml"


def is_solid(edition: Edition, medium: Medium) -> bool:
    """Whether grounds are printed solid: what clinic or brand say, else all but in the office."""
    said = edition.clinic.cover or edition.brand.brand.defaults.foldwell.cover
    return (said or ("light" if medium == "office" else "solid")) == "solid"


def drawing_of(edition: Edition) -> str:
    """The name of the drawing that stands for the topic.

    Raises:
        Mistakes: If there is none of the name that the leaflet gives.
    """
    facts, known = edition.leaflet.facts, templates.icon_names()
    name = facts.drawing or DRAWINGS[facts.kind]
    if name not in known:
        hint = did_you_mean(name, known)
        hint = hint if hint.startswith("Did") else "'python3 build.py list --icons' lists them."
        raise Mistakes(
            [FoldwellError(f"There is no drawing '{name}'.", Place(edition.leaflet.path), hint)]
        )
    return name


def opening(
    edition: Edition,
    format_: Format,
    geometry: Geometry,
    mark_word: str,
    solid: bool,
    bleed_mm: float,
    assets: Assets,
) -> str:
    """Draw the cover or band of a format into the assets, and give their measures as CSS."""
    brand, facts = edition.brand.brand, edition.leaflet.facts
    panel = geometry.panels[0]
    drawing = (drawing_of(edition), edition.region.emergency_number)
    mark = mark_path(mark_word, panel.width_mm, panel.height_mm) if mark_word else ""
    css = _phone_css(edition, format_, geometry)
    if format_.layout in ("panels", "booklet"):
        cover = cover_of(geometry, facts.title, facts.subtitle, bool(mark_word))
        picture = cover_drawing(brand, cover, bleed_mm, drawing, facts.strip, solid, mark)
        assets["cover.svg"] = (picture, SVG)
        return css + cover.css
    if format_.layout in MARGINS_MM:
        large, margin = format_.layout == "large-print", MARGINS_MM[format_.layout]
        band = band_of(panel.width_mm, margin, large, facts.title, facts.subtitle)
        size = (panel.width_mm, band.height_mm)
        assets["band.svg"] = (band_drawing(brand, size, bleed_mm, drawing, solid, mark), SVG)
        return css + band.css
    return css


def _phone_css(edition: Edition, format_: Format, geometry: Geometry) -> str:
    """The size of the main number: as large as its card allows."""
    widths = [p.width_mm for p in geometry.panels if p.name in ("back", "page", "front")]
    room = min(widths or [geometry.panels[-1].width_mm])
    room -= 2 * MARGINS_MM.get(format_.layout, 14.0 if format_.layout == "booklet" else 7.0) + 11
    if format_.layout == "sheet":
        room = 80.0  # beside hours and address
    size = fitting_pt(edition.clinic.phone.replace(" ", "\u00a0"), room, 1, PHONE_PT)
    return f":root {{ --phone: {size}pt; }}\n"
