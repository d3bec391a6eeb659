"""Making a composition into a finished file: typeset, fit, impose, finish, check.

It touches no output, and knows nothing of the content behind the page source.
"""

from __future__ import annotations

from dataclasses import replace

from foldwell.build.job import Made, Order
from foldwell.build.messages import fit_note, overlapping, too_long, too_much, typography
from foldwell.check.finished import check_boxes, check_words
from foldwell.errors import FoldwellError, Mistakes, Place
from foldwell.press.finishing import finish_screen, read_srgb_profile
from foldwell.press.formats import OFFICE_MARGIN_MM, STITCHED_PAGES, Format
from foldwell.press.geometry import PAPERS_MM, Geometry
from foldwell.press.office import Piece, office_file
from foldwell.press.sheets import Side, flat_sides, on_paper
from foldwell.shipped import templates_folder
from foldwell.typeset.copyfit import Fitted, TooMuch, copyfit
from foldwell.typeset.engine import typeset
from foldwell.typeset.page_source import Composition, PageSource


def make(order: Order, composition: Composition) -> Made:
    """The finished PDF of an order.

    Raises:
        Mistakes: With everything that is wrong, such as words that do not fit the format.
    """
    row, geometry = order.row, order.geometry
    if row is None or geometry is None:
        raise ValueError("a web page is not typeset")
    try:
        fitted = _fitted(composition.pages, row, geometry)
    except TooMuch as overfull:
        raise Mistakes(too_much(order, overfull)) from None
    if overlaps := overlapping(order, fitted):
        raise Mistakes(overlaps)
    count = len(fitted.typeset.pages)
    limit = STITCHED_PAGES if geometry.binding == "stitched" else row.pages
    if row.flows and count > limit:
        raise too_long(order, count, limit)
    panels = fitted.typeset.write(tagged=composition.pages.tagged)
    notes = (("fit", fit_note(order, fitted)),)
    findings = tuple(typography(order, fitted))
    if order.medium == "screen":
        content = finish_screen(
            panels, read_srgb_profile(templates_folder()), row.name, fitted.fit.body_pt
        )
        sizes = _panel_sizes(row, geometry, count)
        made = Made(content, count, notes=notes, findings=findings)
        return _checked(order, fitted, made, sizes, 0)
    sides = flat_sides(geometry, count, flows=row.flows, right_to_left=order.right_to_left)
    sides = tuple(side for side in sides if side.placements)
    if order.medium == "office":
        sides = on_paper(sides, PAPERS_MM[order.paper])
        sizes = [(side.width_mm, side.height_mm) for side in sides]
        first = None
        if composition.instructions:
            pages = typeset(composition.instructions)
            first = pages.write()
            sizes = [(page.width_mm, page.height_mm) for page in pages.pages] + sizes
        content = office_file(panels, sides, _piece(order, fitted, sides), first)
        made = Made(content, len(sizes), notes=notes, findings=findings)
        return _checked(order, fitted, made, sizes, OFFICE_MARGIN_MM)
    from foldwell.build.press import make_press

    made = make_press(order, composition, fitted, panels, sides)
    return replace(made, notes=notes + made.notes, findings=findings + made.findings)


_last: tuple[str, Fitted] | None = None


def _fitted(pages: PageSource, row: Format, geometry: Geometry) -> Fitted:
    """Fitted pages: those of the last job too, if its panels were the same.

    The screen and the office file of an edition differ in what is done with the panels.
    """
    global _last
    key = f"{pages.layout_key} {row!r} {geometry!r}"
    if _last is None or _last[0] != key:
        _last = None  # so that two are never held at once
        _last = key, copyfit(pages, row, geometry)
    return _last[1]


def _panel_sizes(row: Format, geometry: Geometry, count: int) -> list[tuple[float, float]]:
    sizes = [(panel.width_mm, panel.height_mm) for panel in geometry.panels]
    return sizes[:1] * count if row.flows else sizes[:count]


def _piece(order: Order, fitted: Fitted, sides: tuple[Side, ...]) -> Piece:
    side = sides[0]
    flip = "short" if side.width_mm > side.height_mm else "long"
    return Piece(
        order.title,
        order.format,
        fitted.fit.body_pt,
        flip,  # type: ignore[arg-type]
        "",
        order.language,
    )


def _checked(
    order: Order, fitted: Fitted, made: Made, sizes: list[tuple[float, float]], margin_mm: float
) -> Made:
    """A finished file, if every word is on it and inside its page.

    Raises:
        Mistakes: If not.
    """
    errors = check_words(fitted.html, made.content) + check_boxes(made.content, sizes, margin_mm)
    if errors:
        raise Mistakes(
            FoldwellError(error.message, Place(order.leaflet_path), error.hint) for error in errors
        )
    return made
