"""Rule X7: lines are thick enough to hold on the plate.

Drawn lines, outlines of letters, and filled areas so thin that they are lines in all but name.
What lies outside the trim is the printer's own, and white lines are none.
"""

from __future__ import annotations

from collections.abc import Iterator

from foldwell.check.page_facts import PageFacts
from foldwell.check.subject import Subject
from foldwell.finding import Finding
from foldwell.pdf.painting import STROKED
from foldwell.pdf.plane import Box, common, joined, size
from foldwell.rules import Severity

RULE = "X7"
LEAST_PT = 0.25
_SLACK_PT = 0.005
_LINE_FROM_PT = 2.0
"""A thin area is a line when it is at least this long."""


def on_page(subject: Subject, page: PageFacts) -> Iterator[Finding]:
    """The thin lines of a page."""
    thin = [
        (width_pt, box)
        for width_pt, box in _lines(page)
        if width_pt < LEAST_PT - _SLACK_PT
        and any(common(piece, box) is not None for piece in page.pieces)
    ]
    if not thin:
        return
    width_pt = min(width for width, _ in thin)
    count = f"{len(thin)} lines are" if len(thin) > 1 else "A line is"
    yield Finding(
        RULE,
        Severity.WARNING,
        f"{count} thinner than {LEAST_PT:g} pt, down to {width_pt:.2f} pt.",
        f"Draw lines at least {LEAST_PT:g} pt thick.",
        page.place(joined(box for _, box in thin)),
    )


def _lines(page: PageFacts) -> Iterator[tuple[float, Box]]:
    """How thick each line is, and where it runs."""
    for stroke in page.painted.strokes:
        if not stroke.colour.is_white:
            yield stroke.width_pt, stroke.box
    for fill in page.painted.fills:
        thin, long = sorted(size(fill.box))
        if fill.upright and long >= _LINE_FROM_PT and not fill.colour.is_white:
            yield thin, fill.box
    for word in page.text.words:
        show = word.glyphs[0].show
        if show.mode in STROKED:
            yield show.line_pt, word.box
