"""Rule X11: what prints over other inks, and what should.

White that overprints is not on the plate at all: it vanishes. Small black text that is cut out of
a tint shows a pale rim as soon as a plate is a hair off. Other overprint may be meant, and is told.
"""

from __future__ import annotations

from collections.abc import Iterator

from foldwell.check.page_facts import PageFacts
from foldwell.check.page_text import Word, named
from foldwell.check.subject import Subject
from foldwell.finding import Finding
from foldwell.pdf.painted_colour import TRACE, Colour
from foldwell.pdf.painting import Overprint
from foldwell.pdf.plane import Box, holds, joined
from foldwell.rules import Severity

RULE = "X11"
LARGE_PT = 24.0
"""Black text of this size and more may knock out: a rim is not seen on it."""
LINE_PT = 2.0
"""Black lines thicker than this, and black areas, show what is under them."""
_FULL = 0.95
_SLACK_PT = 0.05


def on_page(subject: Subject, page: PageFacts) -> Iterator[Finding]:
    """White that overprints, black text that does not, and colours that do."""
    vanishing: list[Box] = []
    other: list[Box] = []
    for colour, overprint, box, black_may in _painted(page):
        if overprint and colour.is_white:
            vanishing.append(box)
        elif overprint and not (black_may and colour.black_only):
            other.append(box)
    if vanishing:
        yield Finding(
            RULE,
            Severity.ERROR,
            "Something white overprints: it will not be on the plate.",
            "Let white knock out: switch its overprint off.",
            page.place(joined(vanishing)),
        )
    if subject.standard.press and (rims := list(_knocked_out(page))):
        yield Finding(
            RULE,
            Severity.WARNING,
            f"The black text '{named(rims)}' is cut out of the tint that it stands on.",
            "Let black text overprint, so that no pale rim shows round its letters.",
            page.place(joined(word.box for word in rims)),
        )
    if other:
        yield Finding(
            RULE,
            Severity.INFORMATION,
            "Something that is not small and black overprints: it mixes with what is under it.",
            "See whether that is meant.",
            page.place(joined(other)),
        )


def _painted(page: PageFacts) -> Iterator[tuple[Colour, Overprint, Box, bool]]:
    """Each painted colour, its overprint, its box, and whether black may overprint there."""
    for fill in page.painted.fills:
        thin = min(fill.box[2] - fill.box[0], fill.box[3] - fill.box[1]) <= LINE_PT
        yield fill.colour, fill.overprint, fill.box, thin
    for stroke in page.painted.strokes:
        yield stroke.colour, stroke.overprint, stroke.box, stroke.width_pt <= LINE_PT
    for show in page.painted.shows:
        if show.prints and show.clip is not None:
            small = show.size_pt < LARGE_PT
            yield show.colour, show.overprint, show.clip, small


def _knocked_out(page: PageFacts) -> Iterator[Word]:
    """Words in small letters of full black that do not overprint the tint under them."""
    areas = [fill for fill in page.painted.fills if not fill.overprint]
    for word in page.text.words:
        glyphs = tuple(
            glyph
            for glyph in word.glyphs
            if not glyph.show.overprint
            and glyph.size_pt < LARGE_PT - _SLACK_PT
            and _is_black(glyph.show.colour)
        )
        if not glyphs:
            continue
        part = Word(glyphs)
        under = next((fill for fill in reversed(areas) if holds(fill.box, part.box)), None)
        if under is not None and max((under.colour.inks or (0.0,) * 4)[:3]) > TRACE:
            yield part


def _is_black(colour: Colour) -> bool:
    inks = colour.inks
    return inks is not None and colour.black_only and inks[3] >= _FULL
