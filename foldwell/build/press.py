"""Making a press file: sheets, inks, marks, preflight, and the job ticket that goes with it."""

from __future__ import annotations

import hashlib
import html
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from foldwell.build.job import Order
from foldwell.build.made import Made
from foldwell.build.panels import Finished, lines_on, set_panels, trimmed_sides
from foldwell.build.standing import print_file
from foldwell.build.ticket_page import ticket_page
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
from foldwell.press.imprint import Imprint
from foldwell.press.office import Piece
from foldwell.press.press_file import SIDE, SIDES, press_file, readdress
from foldwell.shipped import templates_folder
from foldwell.typeset.page_source import Composition
from foldwell.typeset.paperwork import token


def finish(order: Order, composition: Composition) -> Finished:
    """The press file of an order, with its ticket beside it.

    Raises:
        Mistakes: As ``fit_panels`` does.
    """
    panels = set_panels(order, composition)
    body_pt, geometry = panels.fitted.fit.body_pt, panels.geometry
    sides = _sides(order, panels.count)
    options = order.options
    condition = order.condition
    profile = read_profile(templates_folder(), condition)
    inks = Inks(
        condition, profile, read_srgb_profile(templates_folder()), dict(composition.own_inks)
    )
    piece = _piece(order, composition, body_pt)

    def finished(content: bytes) -> bytes:
        return press_file(
            content, sides, piece, condition=condition, profile=profile, inks=inks,
            bleed_mm=geometry.bleed_mm,
        )  # fmt: skip

    same = replace(piece, slug="", title="")
    content, standing = print_file(
        order, composition, panels, (same, sides, condition.identifier, composition.own_inks),
        finished, dress(order, composition, panels.count, body_pt),
    )  # fmt: skip
    trim_mm = (sides[0].trim.width_mm, sides[0].trim.height_mm)
    errors: tuple[FoldwellError, ...] = ()
    findings: tuple[str, ...] = ()
    steps = standing.own.steps if standing and standing.own else ()
    if not (standing and standing.faultless and _codes_are_its_own(steps, content, composition)):
        errors, findings = _preflight(order, content, None if options.sheet else trim_mm)
        if standing and not standing.printed:
            standing.kept.faultless = not errors and not findings
    colours = tuple(
        ("colour", f"{order.name}: {line}")
        for line in _colour_notes(dict(composition.colours), inks, condition)
    )
    ticket = _ticket(order, composition, panels.count, body_pt, content, len(sides))
    told = standing.told(panels.notes) if standing else panels.notes
    notes, findings = told + colours, panels.findings + findings
    made = Made(content, len(sides), ticket, notes, findings)
    return Finished(made, lines_on(sides, panels), errors=errors, standing=standing)


def dress(
    order: Order, composition: Composition, panels: int, body_pt: float
) -> Callable[[Imprint], None]:
    """What lets a finished file with the same sheets say of itself what an order's shall.

    Args:
        order: The order.
        composition: What it is made from.
        panels: How many panels it has.
        body_pt: The size of their text.
    """
    sides, piece = _sides(order, panels), _piece(order, composition, body_pt)
    assert order.geometry is not None
    bleed_mm = order.geometry.bleed_mm
    return lambda sheets: readdress(sheets, sides, piece, bleed_mm)


def beside(
    order: Order,
    composition: Composition,
    panels: int,
    body_pt: float,
    content: bytes,
    steps: Sequence[Sequence[bytes]],
) -> tuple[tuple[str, bytes], ...] | None:
    """The job ticket of a file that was made from one that stands.

    Args:
        order: The order.
        composition: What it is made from.
        panels: How many panels it has.
        body_pt: The size of their text.
        content: The file.
        steps: What stands in its holes.

    Returns:
        The ticket; None if the codes in the file are not those of its pages.
    """
    if not _codes_are_its_own(steps, content, composition):
        return None
    return _ticket(order, composition, panels, body_pt, content, len(_sides(order, panels)))


def _sides(order: Order, panels: int) -> tuple[Side, ...]:
    """What stands where on the sheets of so many panels."""
    sides = trimmed_sides(order, panels)
    assert order.geometry is not None
    return _on_sheet(order, sides, order.geometry.bleed_mm) if order.options.sheet else sides


def _piece(order: Order, composition: Composition, body_pt: float) -> Piece:
    """What the file says of itself."""
    assert order.geometry is not None
    slug = _slug(order, order.condition, dict(composition.facts or ()))
    return Piece(
        order.title, order.format, body_pt, order.geometry.flip, slug, order.language,
        order.right_to_left,
    )  # fmt: skip


def _codes_are_its_own(
    steps: Sequence[Sequence[bytes]], content: bytes, composition: Composition
) -> bool:
    """Whether the codes that a viewer reads say what the pages say that they do.

    Those in holes are read by themselves; if there are none, the pages are read.
    """
    from foldwell.check.codes import words_of_codes

    asked = sum(name == "qr.svg" for name, _, _ in composition.pages.assets)
    said = html.unescape(composition.pages.html)
    holes = (b"\n".join(lines) for lines in steps)
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
    order: Order,
    composition: Composition,
    panels: int,
    body_pt: float,
    content: bytes,
    sides: int,
) -> tuple[tuple[str, bytes], ...]:
    if composition.ticket is None or composition.facts is None:
        return ()
    known: dict[str, object] = {
        "sha256": hashlib.sha256(content).hexdigest(),
        "sides": sides,
        "pages": panels,
        "set": _set(order, panels),
        "body_pt": body_pt,
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
    page = ticket_page(replace(composition.ticket, html=text))
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
