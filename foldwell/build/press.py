"""Making a press file: sheets, inks, marks, preflight, and the job ticket that goes with it."""

from __future__ import annotations

from dataclasses import replace

from foldwell.build.imprints import codes_are_its_own, dress, piece_of, sides_of, ticket_of
from foldwell.build.job import Order
from foldwell.build.made import Made
from foldwell.build.panels import Finished, lines_on, set_panels
from foldwell.build.standing import print_file
from foldwell.build.ticket_page import ticket_page
from foldwell.errors import FoldwellError, Place
from foldwell.paper.conditions import Condition, read_profile
from foldwell.paper.formats import FORMATS
from foldwell.press.colour import Inks, report
from foldwell.press.finishing import read_srgb_profile
from foldwell.press.press_file import press_file
from foldwell.shipped import templates_folder
from foldwell.typeset.page_source import Composition


def finish(order: Order, composition: Composition) -> Finished:
    """The press file of an order, with its ticket beside it.

    Raises:
        Mistakes: As ``fit_panels`` does.
    """
    panels = set_panels(order, composition)
    body_pt, geometry = panels.fitted.fit.body_pt, panels.geometry
    sides = sides_of(order, panels.count)
    options = order.options
    condition = order.condition
    profile = read_profile(templates_folder(), condition)
    inks = Inks(
        condition, profile, read_srgb_profile(templates_folder()), dict(composition.own_inks)
    )
    piece = piece_of(order, composition, body_pt)

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
    if not (standing and standing.faultless and codes_are_its_own(steps, content, composition)):
        errors, findings = _preflight(order, content, None if options.sheet else trim_mm)
        if standing and not standing.printed:
            standing.kept.faultless = not errors and not findings
    colours = tuple(
        ("colour", f"{order.name}: {line}")
        for line in _colour_notes(dict(composition.colours), inks, condition)
    )
    ticket = ticket_of(order, composition, panels.count, body_pt, content, ticket_page)
    told = standing.told(panels.notes) if standing else panels.notes
    notes, findings = told + colours, panels.findings + findings
    made = Made(content, len(sides), ticket or (), notes, findings)
    return Finished(made, lines_on(sides, panels), errors=errors, standing=standing)


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
