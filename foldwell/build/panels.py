"""Panels: the fitted pages that every printed medium starts from, and what is asked of each file.

It touches no output, and knows nothing of the content behind the page source.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from pikepdf import Pdf

from foldwell.build.job import Order, refuse
from foldwell.build.made import Made
from foldwell.build.messages import (
    fit_note,
    overlapping,
    too_long,
    too_much,
    typography,
)
from foldwell.build.unreadable import unreadable
from foldwell.build.variable import VariableFile
from foldwell.check.contrast import check_contrast
from foldwell.check.finished import check_boxes, check_laid_out, check_printed, check_said
from foldwell.errors import FoldwellError, Mistakes
from foldwell.paper.formats import STITCHED_PAGES, Format
from foldwell.paper.geometry import Geometry
from foldwell.paper.sheets import Side
from foldwell.pdf.content_stream import Streams
from foldwell.typeset.copyfit import copyfit
from foldwell.typeset.fit import Fitted, TooMuch
from foldwell.typeset.icon_places import icon_places
from foldwell.typeset.laid_out import Lines, laid_out
from foldwell.typeset.page_source import Composition, PageSource
from foldwell.typeset.stamping import is_on


@dataclass(frozen=True)
class Panels:
    """The pages of a leaflet in reading order, one a panel.

    Attributes:
        row: The format.
        geometry: The format on this paper, in this reading direction.
        fitted: The pages.
        lines: The lines of each.
        tagged: Whether they are tagged for screen readers.
        notes: How the words were fitted.
        findings: What there is to say of their typography.
    """

    row: Format
    geometry: Geometry
    fitted: Fitted
    lines: tuple[Lines, ...]
    tagged: bool
    notes: tuple[tuple[str, str], ...]
    findings: tuple[str, ...]

    @cached_property
    def content(self) -> bytes:
        """The pages as a PDF; they are drawn when it is asked for."""
        return self.fitted.typeset.write(tagged=self.tagged, packed=False)

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.lines)


class Printed(Protocol):
    """A file that may stand, for others to be made from."""

    @property
    def sound(self) -> bool:
        """Whether all that is asked of its structure is known to hold."""

    def passed(self, made: Made, name: str) -> VariableFile | None:
        """It has passed all checks; a file with fields, if one was learned from it."""


@dataclass(frozen=True)
class Finished:
    """A finished file, and what must hold of it.

    Attributes:
        made: The file.
        pages: For each page the panels on it in the order in which they were placed, and the
            lines of each.
        sizes_mm: Width and height of each page.
        margin_mm: How near to its edge text may come.
        errors: What was found wrong when it was made.
        turned: Whether panels may stand turned on its pages.
        standing: What is to be told when it has passed all checks, and knows which it need not.
    """

    made: Made
    pages: list[list[Lines]]
    sizes_mm: list[tuple[float, float]] = field(default_factory=list)
    margin_mm: float = 0
    errors: tuple[FoldwellError, ...] = ()
    turned: bool = True
    standing: Printed | None = None


def fit_panels(order: Order, composition: Composition) -> Panels:
    """The panels of an order, every word of which can be read.

    Raises:
        Mistakes: With everything that is wrong, such as words that do not fit the format.
    """
    panels = set_panels(order, composition)
    hold_to_contrast(order, composition, panels, panels.content)
    return panels


def hold_to_contrast(
    order: Order, composition: Composition, panels: Panels, content: bytes
) -> None:
    """Refuse panels on which words or icons cannot be read.

    Raises:
        Mistakes: With each of them.
    """
    refuse(order, unreadable_pages(composition, panels.fitted, content))


def set_panels(order: Order, composition: Composition) -> Panels:
    """The panels of an order as they were laid out: whole, with no word lost or upon another.

    Raises:
        Mistakes: If they are not.
    """
    row, geometry = order.row, order.geometry
    if row is None or geometry is None:
        raise ValueError("what is made in no format is not typeset")
    try:
        fitted, lines = _fitted(order, composition.pages, row, geometry)
    except TooMuch as overfull:
        raise Mistakes(too_much(order, overfull)) from None
    if overlaps := overlapping(order, fitted):
        raise Mistakes(overlaps)
    refuse(order, check_said(composition.said, lines))
    count = len(fitted.typeset.pages)
    limit = STITCHED_PAGES if geometry.binding == "stitched" else row.pages
    if row.flows and count > limit:
        raise too_long(order, count, limit)
    notes = (("fit", fit_note(order, fitted)), ("stamp", fitted.typeset.how))
    findings = tuple(typography(order, fitted))
    return Panels(row, geometry, fitted, lines, composition.pages.tagged, notes, findings)


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
    key = f"{is_on()} {pages.layout_key} {row!r} {geometry!r}"
    if _last is None or _last[0] != key:
        _last = None  # so that two are never held at once
        fitted = copyfit(pages, row, geometry)
        lines = laid_out(fitted.typeset, pages)
        refuse(order, check_laid_out(fitted.html, lines))
        _last = key, fitted, lines
    return _last[1:]


_looked_at: tuple[str, list[FoldwellError]] | None = None


def unreadable_pages(
    composition: Composition,
    fitted: Fitted,
    content: bytes,
    pdf: Pdf | None = None,
    streams: Streams | None = None,
) -> list[FoldwellError]:
    """Text and icons that cannot be read on the pages; media with the same pages share it.

    Args:
        composition: What the pages were made from.
        fitted: The pages.
        content: A PDF of them.
        pdf: The same as pikepdf has it, where it is open.
        streams: Its content streams, where they are read.
    """
    global _looked_at
    key = f"{composition.pages.layout_key} {fitted.fit!r}"
    if _looked_at is None or _looked_at[0] != key:
        places = icon_places(fitted.typeset)
        found = check_contrast(content, places, composition.marks, pdf, streams)
        _looked_at = key, [*map(unreadable, found)]
    return _looked_at[1]


def lines_on(sides: tuple[Side, ...], panels: Panels) -> list[list[Lines]]:
    """For each side the lines of the panels on it, in the order in which they are placed."""
    return [[panels.lines[place.page] for place in side.placements] for side in sides]


def found_before(finished: Finished) -> list[FoldwellError]:
    """What was found wrong when the file was made."""
    return list(finished.errors)


def words_differ(finished: Finished) -> list[FoldwellError]:
    """Words that are not in the file just as they were laid out."""
    return check_printed(finished.pages, finished.made.content, turned=finished.turned)


def pages_differ(finished: Finished) -> list[FoldwellError]:
    """Pages of the wrong size, and text too near to their edges."""
    return check_boxes(finished.made.content, finished.sizes_mm, finished.margin_mm)
