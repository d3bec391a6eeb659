"""What goes with a leaflet on paper: the page that says how to print and fold, and the job ticket.

Both are composed beside the leaflet, from the same facts; what is known only when the file is
finished (its checksum, the number of its sides) stands as a token until then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from foldwell.content.edition import Edition
from foldwell.press.conditions import condition_named, default_condition
from foldwell.press.formats import Format, Medium
from foldwell.press.geometry import PAPERS_MM, Geometry
from foldwell.press.sheets import Side, flat_sides, on_paper
from foldwell.typeset import look, templates
from foldwell.typeset.page_source import Composition, PageSource

LATER = ("sha256", "sides", "pages", "set", "body_pt", "colour")
"""Facts that are filled in when the file is finished; ``token`` gives what stands for each."""


@dataclass(frozen=True)
class Paperwork:
    """What is asked for beside the leaflet itself.

    Attributes:
        instructions: Whether an office file starts with a page of instructions.
        condition: The name of the printing condition; empty for the region's own.
        sheet: The press sheet that carries several copies; empty for none.
    """

    instructions: bool = False
    condition: str = ""
    sheet: str = ""


def token(name: str) -> str:
    """What stands for a later fact."""
    return f"\ue010{name}\ue011"


def add_paperwork(
    composition: Composition,
    edition: Edition,
    format_: Format,
    geometry: Geometry,
    medium: Medium,
    values: Mapping[str, Any],
    job: Paperwork | None,
) -> Composition:
    """The composition with the papers that its medium and the user ask for.

    Raises:
        FoldwellError: If the printing condition is not known.
    """
    job = job or Paperwork()
    if medium == "office" and job.instructions:
        page = _instructions(edition, format_, geometry, values)
        return replace(composition, instructions=page)
    if medium == "press":
        facts = _ticket_facts(edition, format_, geometry, values, job)
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
            "any_length": format_.any_length,
            "fold_steps": values["t"]["fold_steps"].get(format_.name, []),
            "sheet": f"{sides[0].width_mm:g} × {sides[0].height_mm:g} mm",
            "format_name": format_.name,
        },
    )


def _ticket_facts(
    edition: Edition,
    format_: Format,
    geometry: Geometry,
    values: Mapping[str, Any],
    job: Paperwork,
) -> dict[str, object]:
    """The facts of a job ticket, in the order in which a printer reads them."""
    paper = edition.region.paper
    condition = condition_named(job.condition) if job.condition else default_condition(paper)
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
        "title": edition.leaflet.facts.title,
        "edition": edition.id,
        "status": values["status_note"] or "reviewed",
        "language": edition.leaflet.language,
        "published": edition.leaflet.facts.published.isoformat(),
        "quantity": "to be filled in",
        "format": format_.name,
        "flat size mm": f"{width:g} × {height:g}",
        "finished size mm": f"{across:g} × {tall:g}",
        "sides": token("sides"),
        "pages": token("pages"),
        "held together": token("set"),
        "panels, left to right": panels,
        "folds mm from the left": folds,
        "turn": f"over the {geometry.flip} edge",
        "press sheet": job.sheet or "as the printer chooses",
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
            ' text-anchor="middle" font-family="Atkinson Hyperlegible Next" fill="#000000">'
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
