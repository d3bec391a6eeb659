"""Making a composition into a finished file: typeset, fit, impose, finish, check.

It touches no output, and knows nothing of the content behind the page source.
"""

from __future__ import annotations

from dataclasses import replace

from foldwell.build.job import Made, Order
from foldwell.build.messages import fit_note, overlapping, refuse, too_long, too_much, typography
from foldwell.check.finished import check_boxes, check_laid_out, check_printed
from foldwell.errors import Mistakes
from foldwell.press.finishing import finish_screen, read_srgb_profile
from foldwell.press.formats import OFFICE_MARGIN_MM, STITCHED_PAGES, Format
from foldwell.press.geometry import PAPERS_MM, Geometry
from foldwell.press.office import Piece, office_file
from foldwell.press.sheets import Side, flat_sides, on_paper
from foldwell.shipped import templates_folder
from foldwell.typeset.copyfit import Fitted, TooMuch, copyfit
from foldwell.typeset.engine import typeset
from foldwell.typeset.laid_out import Lines, laid_out
from foldwell.typeset.page_source import Composition, PageSource

PAGE_LIMIT = 64


def make(order: Order, composition: Composition) -> Made:
    """The finished PDF of an order.

    Raises:
        Mistakes: With everything that is wrong, such as words that do not fit the format.
    """
    row, geometry = order.row, order.geometry
    if row is None or geometry is None:
        raise ValueError("a web page is not typeset")
    try:
        fitted, lines = _fitted(order, composition.pages, row, geometry)
    except TooMuch as overfull:
        raise Mistakes(too_much(order, overfull)) from None
    if overlaps := overlapping(order, fitted):
        raise Mistakes(overlaps)
    count = len(fitted.typeset.pages)
    limit = STITCHED_PAGES if geometry.binding == "stitched" else PAGE_LIMIT
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
        on_pages = [[panel] for panel in lines]
        return _checked(order, on_pages, made, sizes, 0)
    sides = flat_sides(
        geometry,
        count,
        flows=row.flows,
        right_to_left=order.right_to_left,
        single_pages=order.medium == "press" and not order.in_spreads,
    )
    sides = tuple(side for side in sides if side.placements)
    if order.medium == "office":
        sides = on_paper(sides, PAPERS_MM[order.paper])
        on_pages = panels_on(sides, lines)
        sizes = [(side.width_mm, side.height_mm) for side in sides]
        first = None
        if composition.instructions:
            pages = typeset(composition.instructions)
            first = pages.write()
            on_pages = [[page] for page in laid_out(pages, composition.instructions)] + on_pages
            sizes = [(page.width_mm, page.height_mm) for page in pages.pages] + sizes
        content = office_file(panels, sides, _piece(order, fitted, sides), first)
        made = Made(content, len(sizes), notes=notes, findings=findings)
        return _checked(order, on_pages, made, sizes, OFFICE_MARGIN_MM)
    from foldwell.build.press import make_press

    made = make_press(order, composition, fitted, lines, panels, sides)
    return replace(made, notes=notes + made.notes, findings=findings + made.findings)


_last: tuple[str, Fitted, tuple[Lines, ...]] | None = None


def _fitted(
    order: Order, pages: PageSource, row: Format, geometry: Geometry
) -> tuple[Fitted, tuple[Lines, ...]]:
    """Fitted pages and the lines on each: those of the last job too, if its panels were the same.

    The screen and the office file of an edition differ in what is done with the panels.

    Raises:
        Mistakes: If not all words were laid out.
    """
    global _last
    key = f"{pages.layout_key} {row!r} {geometry!r}"
    if _last is None or _last[0] != key:
        _last = None  # so that two are never held at once
        fitted = copyfit(pages, row, geometry)
        lines = laid_out(fitted.typeset, pages)
        refuse(order, check_laid_out(fitted.html, lines))
        _last = key, fitted, lines
    return _last[1:]


def panels_on(sides: tuple[Side, ...], lines: tuple[Lines, ...]) -> list[list[Lines]]:
    """For each side the lines of the panels on it, in the order in which they are placed."""
    return [[lines[placement.page] for placement in side.placements] for side in sides]


def _panel_sizes(row: Format, geometry: Geometry, count: int) -> list[tuple[float, float]]:
    sizes = [(panel.width_mm, panel.height_mm) for panel in geometry.panels]
    return sizes * count if row.flows else sizes[:count]


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
    order: Order,
    on_pages: list[list[Lines]],
    made: Made,
    sizes: list[tuple[float, float]],
    margin_mm: float,
) -> Made:
    """A finished file, if every word is on it and inside its page.

    Raises:
        Mistakes: If not.
    """
    errors = check_printed(on_pages, made.content)
    refuse(order, errors + check_boxes(made.content, sizes, margin_mm))
    return made
