"""Making a press file: sheets, inks, marks, preflight, and the job ticket that goes with it."""

from __future__ import annotations

import hashlib
import html
import io
from collections.abc import Mapping
from dataclasses import replace

from foldwell.build.job import Order
from foldwell.build.made import Made
from foldwell.build.panels import Finished, lines_on, set_panels, trimmed_sides
from foldwell.build.standing import print_file
from foldwell.check.code_strokes import is_code, said_by
from foldwell.errors import FoldwellError, Place
from foldwell.paper.conditions import (
    Condition,
    read_profile,
)
from foldwell.paper.formats import FORMATS
from foldwell.paper.sheets import PRESS_SHEETS_MM, Side, on_press_sheet
from foldwell.press.colour import Inks, report
from foldwell.press.finishing import read_srgb_profile
from foldwell.press.office import Piece
from foldwell.press.press_file import SIDE, SIDES, press_file, readdress
from foldwell.shipped import templates_folder
from foldwell.typeset.engine import typeset_again
from foldwell.typeset.fit import Fitted
from foldwell.typeset.page_source import Composition
from foldwell.typeset.paperwork import token
from foldwell.typeset.stamping.standing import Differing


def finish(order: Order, composition: Composition) -> Finished:
    """The press file of an order, with its ticket beside it.

    Raises:
        Mistakes: As ``fit_panels`` does.
    """
    panels = set_panels(order, composition)
    sides, row, geometry = trimmed_sides(order, panels), panels.row, panels.geometry
    options = order.options
    condition = order.condition
    if options.sheet:
        sides = _on_sheet(order, sides, geometry.bleed_mm)
    profile = read_profile(templates_folder(), condition)
    inks = Inks(
        condition, profile, read_srgb_profile(templates_folder()), dict(composition.own_inks)
    )
    piece = Piece(
        order.title,
        row.name,
        panels.fitted.fit.body_pt,
        geometry.flip,
        _slug(order, condition, dict(composition.facts or ())),
        order.language,
        order.right_to_left,
    )

    def finished(content: bytes) -> bytes:
        return press_file(
            content, sides, piece, condition=condition, profile=profile, inks=inks,
            bleed_mm=geometry.bleed_mm,
        )  # fmt: skip

    same = replace(piece, slug="", title="")
    content, standing = print_file(
        order, composition, panels, (same, sides, condition.identifier, composition.own_inks),
        finished, lambda sheets: readdress(sheets, sides, piece, geometry.bleed_mm),
    )  # fmt: skip
    trim_mm = (sides[0].trim.width_mm, sides[0].trim.height_mm)
    errors: tuple[FoldwellError, ...] = ()
    findings: tuple[str, ...] = ()
    if not (
        standing and standing.faultless and _codes_are_its_own(standing.own, content, composition)
    ):
        errors, findings = _preflight(order, content, None if options.sheet else trim_mm)
        if standing and not standing.printed:
            standing.kept.faultless = not errors and not findings
    colours = tuple(
        ("colour", f"{order.name}: {line}")
        for line in _colour_notes(dict(composition.colours), inks, condition)
    )
    beside = _ticket(order, composition, panels.fitted, content, len(sides))
    told = standing.told(panels.notes) if standing else panels.notes
    notes, findings = told + colours, panels.findings + findings
    made = Made(content, len(sides), beside, notes, findings)
    return Finished(made, lines_on(sides, panels), errors=errors, standing=standing)


def _codes_are_its_own(own: Differing | None, content: bytes, composition: Composition) -> bool:
    """Whether the codes that a viewer reads say what the pages say that they do.

    Those in holes are read by themselves; if there are none, the pages are read.
    """
    from foldwell.check.codes import words_of_codes

    asked = sum(name == "qr.svg" for name, _, _ in composition.pages.assets)
    said = html.unescape(composition.pages.html)
    holes = (b"\n".join(lines) for lines in (own.steps if own else ()))
    words = tuple(said_by(strokes) for strokes in holes if is_code(strokes))
    if asked and not words:
        words = words_of_codes(content)
    return len(words) >= asked and all(one and one in said for one in words)


def _on_sheet(order: Order, sides: tuple[Side, ...], bleed_mm: float) -> tuple[Side, ...]:
    width, height = PRESS_SHEETS_MM[order.options.sheet]
    several = on_press_sheet(sides, (width, height), bleed_mm)
    if several is sides:
        raise FoldwellError(
            f"A sheet of {order.options.sheet.upper()} ({width:g} × {height:g} mm) is too small"
            f" for '{order.format}' with its bleed and marks.",
            None,
            "Leave --sheet out.",
        )
    return several


def _slug(order: Order, condition: Condition, facts: Mapping[str, object]) -> str:
    """The line outside the trim, with marks for the number of the side.

    Its dates are the edition's: with the day of a build the same job would be another one a day
    later, and be made again.
    """
    words = [
        order.title,
        f"edition {order.edition}",
        f"{order.clinic} {order.language}",
        order.format,
        f"side {SIDE} of {SIDES}",
        condition.identifier,
        f"published {facts.get('published', '')}, reviewed {facts.get('reviewed', '')}",
    ]
    if order.status:
        words.insert(0, "PROOF, NOT FOR PRINTING")
    return " · ".join(words)


def _colour_notes(colours: dict[str, str], inks: Inks, condition: Condition) -> list[str]:
    lines = []
    for row in report(colours, inks):
        percents = " ".join(f"{part * 100:.0f}" for part in row.ink)
        how = "the brand's own inks" if row.own else "converted"
        lines.append(
            f"{row.role} {row.colour} → CMYK {percents} ({how}, {condition.identifier},"
            f" ΔE2000 {row.difference:.1f})"
        )
    return lines


def _preflight(
    order: Order, content: bytes, trim_mm: tuple[float, float] | None
) -> tuple[tuple[FoldwellError, ...], tuple[str, ...]]:
    """What preflight has to say of a press file: errors, and lines for the rest.

    Args:
        order: What was made.
        content: The file.
        trim_mm: The size of its trimmed sheet; None where a press sheet carries several.
    """
    from foldwell.check.preflight import preflight
    from foldwell.check.standard import Expected

    row = order.row
    formats = {**FORMATS, row.name: row} if row else FORMATS  # the project's own among them
    limits = (100 * order.condition.ink_warn, 100 * order.condition.ink_error)
    expected = Expected(medium="press", trim_mm=trim_mm, ink_percent=limits, formats=formats)
    findings = preflight(content, expected)
    errors = tuple(
        FoldwellError(
            f"Preflight of the {order.format} press file{_where(finding.place)}:"
            f" {finding.rule} {finding.message}",
            None,
            finding.hint,
        )
        for finding in findings
        if finding.severity == "error"
    )
    return errors, tuple(
        f"{order.name}: {finding}" for finding in findings if finding.severity != "error"
    )


def _where(place: Place) -> str:
    return f", {place}" if place != Place() else ""


def _ticket(
    order: Order, composition: Composition, fitted: Fitted, content: bytes, sides: int
) -> tuple[tuple[str, bytes], ...]:
    if composition.ticket is None or composition.facts is None:
        return ()
    known: dict[str, object] = {
        "sha256": hashlib.sha256(content).hexdigest(),
        "sides": sides,
        "pages": len(fitted.typeset.pages),
        "set": _set(order, len(fitted.typeset.pages)),
        "body_pt": fitted.fit.body_pt,
        "colour": "4/0, CMYK" if sides == 1 else "4/4, CMYK",
    }
    text = composition.ticket.html
    facts = {}
    for name, value in composition.facts:
        for key, later in known.items():
            if value == token(key):
                value = later
        facts[name] = value
    for key, later in known.items():
        text = text.replace(token(key), f"{later:g}" if isinstance(later, float) else str(later))
    facts["file"] = order.path.rpartition("/")[2]
    page = typeset_again(replace(composition.ticket, html=text)).write()
    return (("-ticket.yml", _yaml(facts)), ("-ticket.pdf", page))


def _set(order: Order, pages: int) -> str:
    """How the sheets of a leaflet are held together."""
    if order.geometry and order.geometry.binding == "stitched":
        return "sheets laid into each other, two wire stitches in the fold"
    if pages > 2 and order.row and order.row.any_length:
        return f"{(pages + 1) // 2} sheets, in order, one staple at the corner where reading starts"
    return "none"


def _yaml(facts: dict[str, object]) -> bytes:
    from ruamel.yaml import YAML

    yaml = YAML(typ="safe", pure=True)
    yaml.default_flow_style = False
    yaml.allow_unicode = True
    yaml.sort_base_mapping_type_on_output = False  # type: ignore[assignment]
    yaml.width = 200
    out = io.BytesIO()
    yaml.dump(facts, out)
    return out.getvalue()
