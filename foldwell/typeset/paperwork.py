"""What goes with a leaflet on paper: the page that says how to print and fold, and the job ticket.

Both are composed beside the leaflet, from the same facts; what is known only when the file is
finished (its checksum, the number of its sides) stands as a token until then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from foldwell.content.edition import Edition
from foldwell.paper.conditions import default_condition
from foldwell.paper.formats import FORMATS, Format
from foldwell.paper.geometry import PAPERS_MM, Geometry
from foldwell.paper.sheet_sketch import step_words
from foldwell.paper.sheets import flat_sides, on_paper
from foldwell.typeset import templates
from foldwell.typeset.brand_css import brand_css
from foldwell.typeset.diagram import diagram
from foldwell.typeset.fold_steps import FOLD_STEPS
from foldwell.typeset.page_source import Composition, PageSource
from foldwell.typeset.purpose import Purpose
from foldwell.typeset.scripts import script_fonts

LATER = ("sha256", "sides", "pages", "set", "body_pt", "colour")
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
    """The composition with the papers that go with it."""
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
    count = 4 if geometry.binding == "stitched" else len(geometry.panels)
    sides = flat_sides(geometry, count)
    printed = [side for side in sides if side.placements]
    assets = {
        f"side-{number}.svg": (diagram(side).encode(), "image/svg+xml")
        for number, side in enumerate(printed, 1)
    }
    text = templates.render(
        template,
        edition.overrides,
        {
            **values,
            **more,
            "diagrams": sorted(assets),
            "folded": any(side.folds or side.lying_folds for side in printed),
            "slit": any(side.cuts for side in printed),
            "paper_size": f"{width}mm {height}mm",
        },
    )
    css = (
        brand_css(edition.brand.brand),
        templates.style_sheet("css/paperwork.css", edition.overrides),
        f"@page {{ size: {width}mm {height}mm; }}\n",
    )
    named = tuple((n, *assets[n]) for n in sorted(assets))
    return PageSource(text, css, named, tagged=False, fonts=script_fonts((text,)))


def _instructions(
    edition: Edition, format_: Format, geometry: Geometry, values: Mapping[str, Any]
) -> PageSource:
    flat = flat_sides(geometry, 4 if format_.flows else len(geometry.panels), flows=False)
    flat = tuple(side for side in flat if side.placements)
    sides = on_paper(flat, PAPERS_MM[edition.region.paper])
    edge = "short" if sides[0].width_mm > sides[0].height_mm else "long"
    return _page(
        "parts/instructions.html",
        edition,
        values,
        geometry,
        {
            "two_sided": len(sides) > 1 or format_.flows,
            "edge": edge,
            "copies": len(sides[0].trims),
            "larger_paper": sides[0].height_mm > max(PAPERS_MM[edition.region.paper]) + 1
            or sides[0].width_mm > max(PAPERS_MM[edition.region.paper]) + 1,
            "fold_steps": _fold_steps(format_, geometry, values["t"]),
            "any_length": format_.any_length,
            "sheet": f"{sides[0].width_mm:g} × {sides[0].height_mm:g} mm",
            "format_name": format_.name,
        },
    )


def _fold_steps(format_: Format, geometry: Geometry, strings: Mapping[str, Any]) -> list[str]:
    """How to fold a format: as the shipped one that is folded alike, else step by step."""
    if steps := FOLD_STEPS.get(format_.name.removesuffix("-large")):
        return [strings["fold_step"][step] for step in steps]
    if not geometry.folds:
        return []
    for name, row in FORMATS.items():
        for other in row.geometry.values():
            if name in FOLD_STEPS and _folded_as(geometry) in map(
                _folded_as, (other, other.mirrored())
            ):
                return [strings["fold_step"][step] for step in FOLD_STEPS[name]]
    blank = not geometry.sides[-1]
    words = [strings["fold_step"]["cut"]] if geometry.cuts else []
    words.append(strings["fold_lay_blank" if blank else "fold_lay"])
    return words + [
        strings["fold_ways"][fold.way].format(
            part=strings["fold_parts"][fold.part], crease=fold.crease
        )
        for fold in geometry.folds
    ]


def _folded_as(geometry: Geometry) -> tuple[object, ...]:
    """What two formats have in common that are folded alike: which panel is where and tucks in."""
    widths = sorted({round(panel.width_mm, 2) for panel in geometry.panels})
    ranks = [widths.index(round(panel.width_mm, 2)) for panel in geometry.panels]
    sides = tuple(
        tuple((spot.panel, spot.turn, ranks[spot.panel]) for spot in side)
        for side in geometry.sides
    )
    return sides, geometry.folds, geometry.cuts


def _ticket_facts(
    edition: Edition,
    format_: Format,
    geometry: Geometry,
    values: Mapping[str, Any],
    purpose: Purpose,
) -> dict[str, object]:
    """The facts of a job ticket, in the order in which a printer reads them."""
    paper = edition.region.paper
    condition = purpose.condition or default_condition(paper)
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
            if positions
        }
    more: dict[str, object] = {}
    if geometry.sides and geometry.creases_mm[1]:
        more["lying folds mm from the lower edge"] = ", ".join(
            f"{round(y, 4):g}" for y in geometry.creases_mm[1]
        )
    if geometry.cuts:
        xs = (0.0, *geometry.creases_mm[0], width)
        more["cut before folding"] = "; ".join(
            f"{geometry.creases_mm[1][-cut.crease]:g} mm from the lower edge, from"
            f" {xs[cut.start]:g} to {xs[cut.end]:g} mm"
            for cut in geometry.cuts
        )
    if geometry.folds:
        more["folding, side 2 up"] = ", then ".join(step_words(fold) for fold in geometry.folds)
    panels: object = "single pages in reading order, bleed on all sides; not imposed"
    if purpose.spreads:
        panels = "printer's spreads, pages from the outside to the inside"
    if geometry.sides and not format_.flows:
        panels = {
            f"side {number}": [
                f"{spot.panel + 1} (turned {spot.turn}°)" if spot.turn else spot.panel + 1
                for spot in side
            ]
            for number, side in enumerate(geometry.sides, 1)
            if side
        }
    return {
        "title": str(edition.leaflet.facts.title),
        "edition": edition.id,
        "status": values["status_note"] or "reviewed",
        "language": edition.leaflet.language,
        "published": str(edition.leaflet.facts.published or "not yet"),
        "reviewed": "not yet" if edition.status == "draft" else str(edition.leaflet.facts.reviewed),
        "quantity": "to be filled in",
        "format": format_.name,
        "flat size mm": f"{width:g} × {height:g}",
        "finished size mm": f"{across:g} × {tall:g}",
        "sides": token("sides"),
        "pages": token("pages"),
        "held together": token("set"),
        "panels, left to right": panels,
        "folds mm from the left": folds,
        **more,
        "turn": f"over the {geometry.flip} edge",
        "press sheet": purpose.sheet or "as the printer chooses",
        "bleed mm": geometry.bleed_mm,
        "stock": condition.stock,
        "colour": token("colour"),
        "printing condition": f"{condition.identifier} ({condition.info})",
        **({"profile": condition.profile} if condition.icc else {}),
        "standard": "PDF/X-4",
        "body text pt": token("body_pt"),
        "sha256": token("sha256"),
        "contact": f"{clinic.name}, {clinic.phone}" + (f", {clinic.email}" if clinic.email else ""),
    }
