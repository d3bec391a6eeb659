"""Making a page source into a finished file: typeset, fit, finish, check.

It touches no output, and knows nothing of the content behind the page source.
"""

from __future__ import annotations

from foldwell.build.job import Made, Order, Spare
from foldwell.check.finished import check_boxes, check_words
from foldwell.errors import FoldwellError, Mistakes, Place
from foldwell.press.finishing import finish_screen, read_srgb_profile
from foldwell.press.formats import OFFICE_MARGIN_MM, Geometry, format_named
from foldwell.press.imposition import impose_office
from foldwell.shipped import templates_folder
from foldwell.typeset.engine import TypesetPage, typeset
from foldwell.typeset.page_source import PageSource

PAGE_LIMIT = 64


def make(order: Order, source: PageSource) -> Made | Spare:
    """The finished PDF of an order, or how many of its panels are spare.

    Raises:
        Mistakes: With everything that is wrong, such as words that do not fit the format.
    """
    format_ = format_named(order.format)
    geometry = format_.geometry[order.paper]
    typeset_ = typeset(source)
    count = len(typeset_.pages)
    if format_.flows:
        _check_length(order, count)
    else:
        _check_fit(order, geometry, typeset_.pages)
        if format_.folded and count < len(geometry.panels):
            return Spare(len(geometry.panels) - count)
    content = typeset_.write()
    panels = [(panel.width_mm, panel.height_mm) for panel in geometry.panels]
    sizes = panels * count if format_.flows else panels[:count]
    margin_mm: float = 0
    if order.medium == "screen":
        content = finish_screen(content, read_srgb_profile(templates_folder()))
    else:
        content = impose_office(content, geometry, format_.flows, order.title)
        sides = count if format_.flows else len(geometry.sides)
        sizes, margin_mm = [geometry.sheet_mm] * sides, OFFICE_MARGIN_MM
    errors = check_words(source.html, content) + check_boxes(content, sizes, margin_mm)
    if errors:
        raise Mistakes(
            FoldwellError(error.message, Place(order.leaflet_path), error.hint) for error in errors
        )
    return Made(content, len(sizes))


def _check_length(order: Order, pages: int) -> None:
    if pages > PAGE_LIMIT:
        raise FoldwellError(
            f"The text does not fit for clinic '{order.clinic}', language '{order.language}',"
            f" format '{order.format}': it fills {pages} pages; the limit is {PAGE_LIMIT}.",
            Place(order.leaflet_path),
            "Split the leaflet.",
        )


def _check_fit(order: Order, geometry: Geometry, pages: tuple[TypesetPage, ...]) -> None:
    """Hold the pages against the panels of the format.

    Raises:
        Mistakes: For each part of the leaflet that needs more panels than it has, with the
            number of lines that are over.
    """
    errors = []
    names = [panel.name for panel in geometry.panels]
    parts = [page.name for page in pages]
    if not any(parts):  # one flow through all the panels
        names, parts = [""] * len(names), [""] * len(parts)
    for name in dict.fromkeys(names):
        room = names.count(name)
        used = [page for page, part in zip(pages, parts, strict=True) if part == name]
        if len(used) <= room:
            continue
        over = sum(page.lines for page in used[room:])
        what, unit = (f"The text for the {name}", "panel") if name else ("The text", "page")
        errors.append(
            FoldwellError(
                f"{what} does not fit for clinic '{order.clinic}', language '{order.language}',"
                f" format '{order.format}': it has room for {_count(room, unit)} and is"
                f" {_count(over, 'line')} over.",
                Place(order.leaflet_path),
                f"Shorten it, or put some of it in '/// only | format: not {order.format}'.",
            )
        )
    if errors:
        raise Mistakes(errors)


def _count(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"
