"""Rule X10: the pages fit the fold, and none of them is empty.

Empty is a page on which nothing stands but a background, printers' marks and the foot. The
empty back of a sheet of ours says of itself that nothing was meant to be there.
"""

from __future__ import annotations

from collections.abc import Iterator

from foldwell.check.page_facts import PageFacts
from foldwell.check.subject import Subject
from foldwell.finding import Finding
from foldwell.paper.formats import STITCHED_PAGES
from foldwell.pdf.plane import PT_PER_MM, Box, area, common, holds
from foldwell.rules import Severity

RULE = "X10"
PAGES_A_SIDE = 2
_FOOT_MM, _FOOT_SHARE = 20.0, 0.12
"""The foot: the lowest 20 mm of a page, or this share of a small one."""
_BACKGROUND_SHARE = 0.4
"""An area that fills more of the page than this is its background."""


def on_file(subject: Subject) -> Iterator[Finding]:
    """More or fewer pages than the fold takes."""
    standard = subject.standard
    standard, file = subject.standard, subject.file
    count = sum(page.info is not None for page in file.pages) or len(file.pages)
    if not standard.imposed:
        if standard.stitched and (count % 4 or count > STITCHED_PAGES):
            yield _file_finding(
                f"{count} pages cannot be stitched.",
                f"Make them a multiple of 4, and at most {STITCHED_PAGES}.",
            )
        return
    if standard.stitched:
        most = STITCHED_PAGES // PAGES_A_SIDE
        if count % 2 or count > most:
            yield _file_finding(
                f"{count} sheet sides cannot be stitched.",
                f"Make their number even, and at most {most}.",
            )
    elif standard.format is not None and not standard.format.flows:
        sides = {
            len([s for s in geometry.sides if s]) for geometry in standard.format.geometry.values()
        }
        folded = standard.format.folded
        if count > max(sides) or (folded and count not in sides):
            yield _file_finding(
                f"The file has {count} sheet sides, and the format '{standard.format.name}' has"
                f" {max(sides)}.",
                "Make the file again.",
            )


def on_page(subject: Subject, page: PageFacts) -> Iterator[Finding]:
    """A page with nothing on it."""
    if subject.standard.imposed and page.info is not None and not page.info.panels:
        return
    if not any(_is_content(page, box, plain) for box, plain in _painted(page)):
        yield Finding(
            RULE,
            Severity.ERROR,
            "The page is empty.",
            "Take it out, or put something on it.",
            page.place(page.trim),
        )


def _painted(page: PageFacts) -> Iterator[tuple[Box, bool]]:
    """The boxes of all that is painted, and whether it may be a mere background."""
    for glyph in page.text.glyphs:
        yield glyph.box, False
    for picture in page.painted.pictures:
        yield picture.box, False
    for stroke in page.painted.strokes:
        yield stroke.box, False
    for fill in page.painted.fills:
        if not fill.colour.is_white:
            yield fill.box, True


def _is_content(page: PageFacts, box: Box, plain: bool) -> bool:
    """Whether a box is more than background, marks and foot."""
    for piece in page.pieces:
        shared = common(piece, box)
        if shared is None or (plain and area(shared) > _BACKGROUND_SHARE * area(piece)):
            continue
        if not holds(_foot(page, piece), shared):
            return True
    return False


def _foot(page: PageFacts, piece: Box) -> Box:
    """The foot of a piece, at the edge that a reader sees below."""
    _, tall = page.shown_size(piece)
    foot = min(_FOOT_MM * PT_PER_MM, _FOOT_SHARE * tall)
    x0, y0, x1, y1 = piece
    return (
        (x0, y0, x0 + foot, y1),
        (x0, y0, x1, y0 + foot),
        (x1 - foot, y0, x1, y1),
        (x0, y1 - foot, x1, y1),
    )[page.edges.index("lower")]


def _file_finding(message: str, hint: str) -> Finding:
    return Finding(RULE, Severity.ERROR, message, hint)
