"""The brand sheet: what a brand looks like and does, on two pages.

The pages say what follows from the brand's own values; the leaflet's panels beside them are real
ones, typeset like any other and laid into their frames afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from foldwell.content.brand_kit import BrandKit
from foldwell.content.brand_roles import Roles, roles
from foldwell.content.brand_sights import confusions, seen_boxes
from foldwell.content.colours import bearing, grey, on, told_contrast
from foldwell.typeset import brand_fonts, templates
from foldwell.typeset.brand_css import brand_css
from foldwell.typeset.head_band import band_drawing
from foldwell.typeset.page_source import PageSource
from foldwell.typeset.pictures import Assets
from foldwell.typeset.scripts import script_fonts
from foldwell.typeset.surfaces import surfaces
from foldwell.typeset.wordmark import asset_name, logo_of, on_solid, wordmarks

PAGE_MM = (210.0, 297.0)
MARGIN_MM, HEAD_MM, BAND_MM = 16.0, 12.0, 58.0
"""The margins of a page at its sides and head, and the band on the first, as in its style sheet."""
LEAST_COLOURS, MOST_COLOURS = 4, 8
NOTES = (5, 3, 1, 0)
"""How many notes stand on the first page; from the second on it is set closer."""
SVG = "image/svg+xml"


@dataclass(frozen=True)
class Frame:
    """Where a typeset page is laid onto the second page, in mm from its upper left corner."""

    x: float
    y: float
    w: float
    h: float


@dataclass(frozen=True)
class InkRow:
    """What a colour is printed with: a condition, its parts and their total, as they are shown."""

    condition: str
    parts: str
    total: str


def colours_of(kit: BrandKit) -> dict[str, str]:
    """The colours of a brand, each once, by its own name where it has one."""
    section, use, s = kit.brand.color, roles(kit.brand), surfaces(kit.brand)
    named = {"primary": section.role("primary")} | {
        role: section.role(role)
        for role in ("secondary", "tertiary", "success", "info", "warning", "danger")
        if getattr(section, role)
    }
    named |= section.palette
    shown: dict[str, list[str]] = {}
    for name, colour in named.items():
        shown.setdefault(colour, []).append(name)
    for name, colour in (("tint", use.tint), ("soft", s.soft), ("deep", s.deep)):
        if len(shown) < LEAST_COLOURS:  # what follows from it fills the row
            shown.setdefault(colour, []).append(name)
    return {_title(shown[colour]): colour for colour in [*shown][:MOST_COLOURS]}


def _title(names: Sequence[str]) -> str:
    return ", ".join(dict.fromkeys(name[:1].upper() + name[1:] for name in names[:2]))


def brand_sheet(
    kit: BrandKit,
    name: str,
    inks: Mapping[str, Sequence[InkRow]],
    frames: Sequence[Frame],
    closeness: int = 0,
) -> PageSource:
    """The two pages of a brand.

    Args:
        kit: The brand.
        name: What it is called where it has no name.
        inks: What each of its colours is printed with, by ``#rrggbb``.
        frames: Where leaflets are laid onto the second page.
        closeness: How close the first page is set, for brands of many colours: an index of
            ``NOTES``.
    """
    brand, use = kit.brand, roles(kit.brand)
    sizes = {size: logo_of(kit, size, name) for size in ("small", "medium", "large")}
    type_ = brand.typography
    text = templates.render(
        "brand-sheet.html",
        {},
        {
            "name": brand.name or name,
            "logos": sizes,
            "colours": [
                {
                    "name": title,
                    "hex": colour,
                    "words": bearing(colour)[1],
                    "on_it": told_contrast(bearing(colour)[1], colour),
                    "on_paper": told_contrast(colour, use.paper),
                    "inks": inks[colour],
                }
                for title, colour in colours_of(kit).items()
            ],
            "uses": [*_uses(use)],
            "heading_family": type_.headings.family,
            "heading_weight": type_.headings.weight or 700,
            "base_family": type_.base.family,
            "sights": seen_boxes(brand),
            "confusions": confusions(brand),
            "notes": [note.message for note in kit.notes][: NOTES[closeness]],
            "close": closeness > 0,
            "has_logo": brand.logo.of_size("medium") is not None,
            "shown": _shown(kit, name),
            "logo_told": _logo_told(kit),
            "frames": [replace(f, x=f.x - MARGIN_MM, y=f.y - HEAD_MM) for f in frames],
        },
    )
    assets: Assets = {}
    for image, picture in kit.images.items():
        assets[asset_name(kit, image)] = (picture.content, picture.media_type)
    assets |= wordmarks(kit, name)
    size = (PAGE_MM[0], BAND_MM)
    assets["band.svg"] = (band_drawing(brand, size, MARGIN_MM, 0, ("health", ""), True), SVG)
    css = (brand_css(brand, text), templates.style_sheet("css/brand-sheet.css", {}))
    named = tuple((name, *assets[name]) for name in sorted(assets))
    return PageSource(
        text, css, named, False, (*brand_fonts.own_fonts(kit), *script_fonts((text,)))
    )


def _uses(use: Roles) -> list[dict[str, str]]:
    rows = (
        ("Areas, bars, discs", "1", use.on_solid, use.solid),
        ("Headings", "Aa", use.heading, use.paper),
        ("Icons, outlines", "Aa", use.ink, use.paper),
        ("Heads in panels", "Aa", use.head_on_tint, use.tint),
        ("Running text", "Aa", use.text, use.paper),
        ("Links on the web", "Aa", use.link, use.paper),
        ("Emergency", "!", use.on_alarm, use.alarm),
        ("Warning", "!", on(use.warning), use.warning),
        ("Text in a warning", "Aa", "#000000", use.warning_tint),
    )
    return [
        {
            "name": name,
            "sample": sample,
            "colour": colour,
            "ground": ground,
            "grey": grey(colour),
            "grey_ground": grey(ground),
            "ratio": told_contrast(colour, ground),
        }
        for name, sample, colour, ground in rows
    ]


def _shown(kit: BrandKit, name: str) -> list[dict[str, Any]]:
    """The wide logo on paper and on a solid ground."""
    wide = logo_of(kit, "medium", name)
    return [
        {"ground": "light", "src": wide.src, "plate": False},
        {"ground": "solid", "src": wide.dark_src, "plate": wide.plate},
    ]


def _logo_told(kit: BrandKit) -> str:
    shades = kit.brand.logo.of_size("medium")
    if shades is None:
        return "The brand has no logo yet: its name in heavy type stands in."
    if logo_of(kit, "medium", "").plate:
        return "Too much of it is lost on the brand's colour, so that it stands on a white plate."
    if on_solid(kit, shades) == shades.light:
        return "One drawing serves on both grounds."
    return ""
