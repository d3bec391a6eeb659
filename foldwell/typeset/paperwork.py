"""What goes with a leaflet on paper: the page that says how to print and fold, and the job ticket.

Both are composed beside the leaflet, from the same facts; what is known only when the file is
finished (its checksum, the number of its sides) stands as a token until then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from foldwell.content.edition import Edition
from foldwell.fonts import HOUSE
from foldwell.press.conditions import condition_named, default_condition
from foldwell.press.formats import FORMATS, Format
from foldwell.press.geometry import PAPERS_MM, Geometry
from foldwell.press.sheets import Side, flat_sides, on_paper
from foldwell.typeset import look, templates
from foldwell.typeset.page_source import Composition, PageSource
from foldwell.typeset.purpose import Purpose

LATER = ("sha256", "sides", "pages", "body_pt", "colour")
"""Facts that are filled in when the file is finished; ``token`` gives what stands for each."""


def token(name: str) -> str:
    """What stands for a later fact."""
    return f"\ue010{name}\ue011"


def add_paperwork(
    composition: Composition,
    edition: Edition,
    format_: Format,
    geometry: Geometry,
    purpose: Purpose,
    values: Mapping[str, Any],
) -> Composition:
    """The composition with the papers that go with it.

    Raises:
        FoldwellError: If the printing condition is not known.
    """
    if purpose.instructions:
        page = _instructions(edition, format_, geometry, values)
        return replace(composition, instructions=page)
    if purpose.ticket:
        facts = _ticket_facts(edition, format_, geometry, values, purpose)
        page = _page("parts/ticket.html", edition, values, geometry, {"facts": facts})
        return replace(composition, ticket=page, facts=tuple(facts.items()))
    return composition


def _page(
    template: str,
    edition: Edition,
    values: Mapping[str, Any],
    geometry: Geometry,
    more: Mapping[str, Any],
) -> PageSource:
    width, height = PAPERS_MM[edition.region.paper]
    # A booklet's sides are known in the end; its outer sheet shows how they lie.
    sides = flat_sides(geometry, 4 if geometry.binding == "stitched" else len(geometry.panels))
    assets = {
        f"side-{number}.svg": (_diagram(side).encode(), "image/svg+xml")
        for number, side in enumerate(sides, 1)
        if side.placements
    }
    text = templates.render(
        template,
        edition.overrides,
        {**values, **more, "diagrams": sorted(assets), "paper_size": f"{width}mm {height}mm"},
    )
    css = (
        look.brand_css(edition.brand.brand),
        templates.style_sheet("css/paperwork.css", edition.overrides),
        f"@page {{ size: {width}mm {height}mm; }}\n",
    )
    return PageSource(text, css, tuple((n, *assets[n]) for n in sorted(assets)), tagged=False)


def _instructions(
    edition: Edition, format_: Format, geometry: Geometry, values: Mapping[str, Any]
) -> PageSource:
    flat = flat_sides(geometry, 4 if format_.flows else len(geometry.panels), flows=False)
    sides = on_paper(flat, PAPERS_MM[edition.region.paper])
    edge = "short" if sides[0].width_mm > sides[0].height_mm else "long"
    return _page(
        "parts/instructions.html",
        edition,
        values,
        geometry,
        {
            "two_sided": len(sides) > 1 or format_.flows,
            "edge": values["t"][f"{edge}_edge"],
            "copies": len(sides[0].trims),
            "larger_paper": sides[0].height_mm > max(PAPERS_MM[edition.region.paper]) + 1
            or sides[0].width_mm > max(PAPERS_MM[edition.region.paper]) + 1,
            "fold_steps": _fold_steps(format_, geometry, values["t"]),
            "sheet": f"{sides[0].width_mm:g} × {sides[0].height_mm:g} mm",
            "format_name": format_.name,
        },
    )


def _fold_steps(format_: Format, geometry: Geometry, strings: Mapping[str, Any]) -> list[str]:
    """How to fold a format: as the shipped one that is folded alike, else along the drawings."""
    steps: Mapping[str, list[str]] = strings["fold_steps"]
    if format_.name in steps:
        return steps[format_.name]
    if geometry.binding != "folded":
        return []
    for name, row in FORMATS.items():
        for other in row.geometry.values():
            if name in steps and _folded_as(geometry) in map(_folded_as, (other, other.mirrored())):
                return steps[name]
    return [strings["fold_by_drawing"].format(last=len(geometry.panels))]


def _folded_as(geometry: Geometry) -> tuple[object, ...]:
    """What two formats have in common that are folded alike: which panel is where and tucks in."""
    widths = sorted({round(panel.width_mm, 2) for panel in geometry.panels})
    ranks = [widths.index(round(panel.width_mm, 2)) for panel in geometry.panels]
    return tuple(
        tuple((spot.panel, spot.turn, ranks[spot.panel]) for spot in side)
        for side in geometry.sides
    )


def _ticket_facts(
    edition: Edition,
    format_: Format,
    geometry: Geometry,
    values: Mapping[str, Any],
    purpose: Purpose,
) -> dict[str, object]:
    """The facts of a job ticket, in the order in which a printer reads them."""
    paper = edition.region.paper
    condition = (
        condition_named(purpose.condition) if purpose.condition else default_condition(paper)
    )
    width, height = geometry.sheet_mm
    across, tall = geometry.finished_mm
    if geometry.binding == "stitched":
        across, tall = width / 2, height
    clinic = edition.clinic
    folds: object = "none"
    if geometry.binding == "stitched":
        folds = f"one, at {width / 2:g} mm; two wire stitches in it"
    elif any(geometry.fold_positions_mm):
        folds = {
            f"side {number}": [round(x, 4) for x in positions]
            for number, positions in enumerate(geometry.fold_positions_mm, 1)
        }
    panels: object = "printer's spreads, pages from the outside to the inside"
    if geometry.sides and not format_.flows:
        panels = {
            f"side {number}": [spot.panel + 1 for spot in side]
            for number, side in enumerate(geometry.sides, 1)
        }
    return {
        "title": str(edition.leaflet.facts.title),
        "edition": edition.id,
        "status": values["status_note"] or "reviewed",
        "language": edition.leaflet.language,
        "published": str(edition.leaflet.facts.published or "not yet"),
        "quantity": "to be filled in",
        "format": format_.name,
        "flat size mm": f"{width:g} × {height:g}",
        "finished size mm": f"{across:g} × {tall:g}",
        "sides": token("sides"),
        "pages": token("pages"),
        "panels, left to right": panels,
        "folds mm from the left": folds,
        "turn": f"over the {geometry.flip} edge",
        "press sheet": purpose.sheet or "as the printer chooses",
        "bleed mm": geometry.bleed_mm,
        "stock": condition.stock,
        "colour": token("colour"),
        "printing condition": f"{condition.identifier} ({condition.info})",
        "standard": "PDF/X-4",
        "body text pt": token("body_pt"),
        "sha256": token("sha256"),
        "contact": f"{clinic.name}, {clinic.phone}" + (f", {clinic.email}" if clinic.email else ""),
    }


def _diagram(side: Side) -> str:
    """A side as a drawing: panels with their numbers, folds dashed."""
    width, height = side.width_mm, side.height_mm
    size = min(width / max(len(side.placements), 1), height) * 0.34
    parts = [
        f'<rect x=".4" y=".4" width="{width - 0.8:g}" height="{height - 0.8:g}" fill="#ffffff"'
        ' stroke="#000000" stroke-width=".8"/>'
    ]
    for placement in side.placements:
        x = placement.box.x_mm + placement.box.width_mm / 2
        parts.append(
            f'<text x="{x:g}" y="{height / 2 + size * 0.35:g}" font-size="{size:g}"'
            f' text-anchor="middle" font-family="{HOUSE.family}" fill="#000000">'
            f"{placement.page + 1}</text>"
        )
    for x, _, _ in side.folds:
        parts.append(
            f'<line x1="{x:g}" y1="0" x2="{x:g}" y2="{height:g}" stroke="#000000"'
            ' stroke-width=".8" stroke-dasharray="4 3"/>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}">'
        f"{''.join(parts)}</svg>"
    )
