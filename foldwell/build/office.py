"""Making an office file: the panels on sheets for a desktop printer."""

from __future__ import annotations

from foldwell.build.imprints import trimmed_sides
from foldwell.build.job import Order
from foldwell.build.made import Made
from foldwell.build.panels import Finished, Panels, lines_on, set_panels
from foldwell.build.standing import print_file
from foldwell.check.print_rules.picture_size import coarse_for_office
from foldwell.paper.formats import OFFICE_MARGIN_MM
from foldwell.paper.geometry import PAPERS_MM
from foldwell.paper.sheets import Side, on_paper
from foldwell.press.office import Piece, office_file
from foldwell.typeset.engine import typeset
from foldwell.typeset.laid_out import laid_out
from foldwell.typeset.page_source import Composition


def finish(order: Order, composition: Composition) -> Finished:
    """The office file of an order, instructions before it if they were composed.

    Raises:
        Mistakes: As ``fit_panels`` does.
    """
    panels = set_panels(order, composition)
    sides = on_paper(trimmed_sides(order, panels.count), PAPERS_MM[order.paper])
    pages = lines_on(sides, panels)
    sizes = [(side.width_mm, side.height_mm) for side in sides]
    first = None
    if composition.instructions:
        instructions = typeset(composition.instructions)
        first = instructions.write()
        pages = [[lines] for lines in laid_out(instructions, composition.instructions)] + pages
        sizes = [(page.width_mm, page.height_mm) for page in instructions.pages] + sizes
    piece = _piece(order, panels, sides)
    content, standing = print_file(
        order, composition, panels, (piece, sides, first),
        lambda content: office_file(content, sides, piece, first),
    )  # fmt: skip
    findings = panels.findings + _coarse(order, composition, content)
    notes = standing.told(panels.notes) if standing else panels.notes
    made = Made(content, len(sizes), notes=notes, findings=findings)
    return Finished(made, pages, sizes, OFFICE_MARGIN_MM, standing=standing)


def look(order: Order, composition: Composition) -> tuple[Panels, bytes]:
    """The panels, and a PDF of the sheets, without instructions.

    Raises:
        Mistakes: As ``set_panels`` does.
    """
    panels = set_panels(order, composition)
    sides = on_paper(trimmed_sides(order, panels.count), PAPERS_MM[order.paper])
    return panels, office_file(panels.content, sides, _piece(order, panels, sides), None)


def _piece(order: Order, panels: Panels, sides: tuple[Side, ...]) -> Piece:
    """What the file says of itself."""
    return Piece(
        order.title,
        order.format,
        panels.fitted.fit.body_pt,
        "short" if sides[0].width_mm > sides[0].height_mm else "long",
        "",
        order.language,
        order.right_to_left,
    )


def _coarse(order: Order, composition: Composition, content: bytes) -> tuple[str, ...]:
    """Pictures that are too coarse as large as they are printed; a file without any is not read."""
    pictured = any(
        kind != "image/svg+xml" or b"<image" in asset for _, asset, kind in composition.pages.assets
    )
    return (
        tuple(f"{order.name}: {found}" for found in coarse_for_office(content)) if pictured else ()
    )
