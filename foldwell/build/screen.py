"""Making a screen file: the panels in reading order, tagged."""

from __future__ import annotations

from foldwell.build.job import Order, refuse
from foldwell.build.made import Made
from foldwell.build.panels import Finished, Panels, set_panels, unreadable_pages
from foldwell.build.standing import print_file
from foldwell.check.archive import breaches_of
from foldwell.check.archived import Archived
from foldwell.check.kept import failings_of
from foldwell.errors import FoldwellError
from foldwell.pdf.content_stream import Streams
from foldwell.pdf.opening import opened, reading
from foldwell.press.finishing import finish_screen, read_srgb_profile
from foldwell.shipped import templates_folder
from foldwell.typeset.page_source import Composition


def finish(order: Order, composition: Composition) -> Finished:
    """The screen file of an order, every word of which can be read.

    Raises:
        Mistakes: As ``fit_panels`` does; it is the finished file whose colours are looked at.
    """
    panels = set_panels(order, composition)
    body_pt = panels.fitted.fit.body_pt

    def finished(content: bytes) -> bytes:
        profile, turned = read_srgb_profile(templates_folder()), order.right_to_left
        return finish_screen(content, profile, panels.row.name, body_pt, right_to_left=turned)

    kind = (panels.row.name, body_pt, order.right_to_left)
    content, standing = print_file(order, composition, panels, kind, finished, looks=False)
    sizes = [(panel.width_mm, panel.height_mm) for panel in panels.geometry.panels]
    sizes = sizes[:1] * panels.count if panels.row.flows else sizes[: panels.count]
    notes = standing.told(panels.notes) if standing else panels.notes
    made = Made(content, panels.count, notes=notes, findings=panels.findings)
    errors: tuple[FoldwellError, ...] = ()
    if not (standing and standing.sound):
        with opened(content) as pdf, reading():
            streams = Streams()
            if not (standing and standing.printed):
                refuse(order, unreadable_pages(composition, panels.fitted, content, pdf, streams))
            errors = _breaches_of_the_archive(Archived(pdf, streams))
    pages = [[lines] for lines in panels.lines]
    return Finished(made, pages, sizes, errors=errors, turned=False, standing=standing)


def look(order: Order, composition: Composition) -> tuple[Panels, bytes]:
    """The panels, and a PDF of them: the finished file adds to it what no eye sees.

    Raises:
        Mistakes: As ``set_panels`` does.
    """
    panels = set_panels(order, composition)
    return panels, panels.content


def _breaches_of_the_archive(file: Archived) -> tuple[FoldwellError, ...]:
    """Where the file does not keep PDF/UA-1 or PDF/A-2a."""
    told = [(f"PDF/UA-1, {one.clause}", one.message) for one in breaches_of(file)]
    told += [(f"PDF/A-2a, {one.clause}", one.message) for one in failings_of(file)]
    hint = "Correct the template or picture that leaves it out."
    return tuple(
        FoldwellError(f"The screen file breaks {where}: {what}", None, hint) for where, what in told
    )
