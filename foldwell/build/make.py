"""Making one job, start to end: compose, typeset, fit, finish, check. It touches no output."""

from __future__ import annotations

from foldwell.build.job import Job, Made
from foldwell.check.finished import check_boxes, check_words
from foldwell.content.library import templates_folder
from foldwell.errors import FoldwellError, Mistakes, Place
from foldwell.press.finishing import finish_screen, read_srgb_profile
from foldwell.press.formats import OFFICE_MARGIN_MM, Format, Geometry, format_named
from foldwell.press.imposition import impose_office
from foldwell.typeset.compose import compose_print, compose_web
from foldwell.typeset.engine import Typeset, TypesetPage, typeset
from foldwell.typeset.page_source import PageSource

PAGE_LIMIT = 64


def make(job: Job) -> Made:
    """The finished file of a job.

    Raises:
        Mistakes: With everything that is wrong.
        FoldwellError: If the words do not fit the format.
    """
    if job.medium == "web":
        return Made(compose_web(job.edition).encode(), 1)
    format_ = format_named(job.format)
    geometry = format_.geometry[job.edition.region.paper]
    source, pages = _fitted(job, format_, geometry)
    content = pages.write()
    panels = [(panel.width_mm, panel.height_mm) for panel in geometry.panels]
    sizes = panels[: len(pages.pages)] if not format_.flows else panels * len(pages.pages)
    margin: float = 0
    if job.medium == "screen":
        content = finish_screen(content, read_srgb_profile(templates_folder()))
    else:
        title = job.edition.leaflet.facts.title
        content = impose_office(content, geometry, format_.flows, title)
        count = len(sizes) if format_.flows else len(geometry.sides)
        sizes, margin = [geometry.sheet_mm] * count, OFFICE_MARGIN_MM
    errors = check_words(source.html, content) + check_boxes(content, sizes, margin)
    if errors:
        raise Mistakes(
            FoldwellError(e.message, Place(job.edition.leaflet.path), e.hint) for e in errors
        )
    return Made(content, len(sizes))


def _fitted(job: Job, format_: Format, geometry: Geometry) -> tuple[PageSource, Typeset]:
    """Typeset; where the words leave panels empty, fill these with ruled notes."""
    source = compose_print(job.edition, format_, job.medium)
    pages = typeset(source)
    if format_.flows:
        if len(pages.pages) > PAGE_LIMIT:
            raise FoldwellError(
                f"The text fills {len(pages.pages)} pages; the limit is {PAGE_LIMIT}.",
                Place(job.edition.leaflet.path),
                "Split the leaflet.",
            )
        return source, pages
    _check_fit(job, geometry, pages.pages)
    spare = len(geometry.panels) - len(pages.pages)
    if format_.folded and spare:
        source = compose_print(job.edition, format_, job.medium, spare=spare)
        pages = typeset(source)
        _check_fit(job, geometry, pages.pages)
    return source, pages


def _check_fit(job: Job, geometry: Geometry, pages: tuple[TypesetPage, ...]) -> None:
    """Hold the pages against the panels of the format.

    Raises:
        Mistakes: For each part of the leaflet that needs more panels than it has, with the
            number of lines that are over.
    """
    errors = []
    names = [panel.name for panel in geometry.panels]
    parts = [page.name or names[0] for page in pages]
    if not set(parts) & set(names[1:]) or "front" in names:
        parts = names[:1] * len(parts)  # one flow through all panels
        names = names[:1] * len(names)
    for name in dict.fromkeys(names):
        room, used = names.count(name), [p for p, n in zip(pages, parts, strict=True) if n == name]
        if len(used) <= room:
            continue
        over = sum(page.lines for page in used[room:])
        leaflet = job.edition.leaflet
        where = "The text" if len(set(names)) == 1 else f"The text for the {name}"
        unit = "panel" if len(set(names)) > 1 else "page"
        errors.append(
            FoldwellError(
                f"{where} does not fit for clinic '{job.edition.clinic_slug}', language"
                f" '{leaflet.language}', format '{job.format}': it has room for {room} {unit}"
                f"{'s' if room > 1 else ''} and is {over} line{'s' if over != 1 else ''} over.",
                Place(leaflet.path),
                f"Shorten it, or put some of it in '/// only | format: not {job.format}'.",
            )
        )
    if errors:
        raise Mistakes(errors)
