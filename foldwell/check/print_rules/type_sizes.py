"""Rules L1, L2 and L3: how large text is on the finished page.

A raised or lowered number (a citation, a footnote, the 2 of H₂O) may be smaller than the rest:
a short run of at least 6 pt that stands beside larger text on the same line, off its base line.
In large print it may not. Bullets are ornaments, not text. Text outside the trim, such as a slug
line, is for the printer alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from foldwell.check.body_text import inside
from foldwell.check.page_facts import PageFacts
from foldwell.check.page_text import Glyph, Line, Word, named
from foldwell.check.subject import Subject
from foldwell.finding import Finding
from foldwell.pdf.plane import joined
from foldwell.rules import Severity

BODY_PT, LEAST_PT, RAISED_PT = 12.0, 9.0, 6.0
LARGE_BODY_PT, LARGE_LEAST_PT = 18.0, 16.0
_SLACK_PT = 0.05
_RAISED_GLYPHS = 16
"""The longest raised run: a list of citations such as '1,2,10–12'."""
_BULLETS = frozenset("•·∙‣◦▪▫●○■□◆◇–*")


def on_file(subject: Subject) -> Iterator[Finding]:
    """Body text that is too small."""
    standard, body_pt = subject.standard, subject.body_pt
    least, rule = (LARGE_BODY_PT, "L3") if standard.large_print else (BODY_PT, "L1")
    if body_pt == 0 or body_pt >= least - _SLACK_PT:
        return
    page = next(
        page
        for page in subject.file.pages
        if any(abs(glyph.size_pt - body_pt) < 0.06 for glyph in page.text.glyphs)
    )
    boxes = [glyph.box for glyph in page.text.glyphs if abs(glyph.size_pt - body_pt) < 0.06]
    kind = "large print" if standard.large_print else "body text"
    yield Finding(
        rule,
        Severity.ERROR,
        f"Most of the text is {body_pt:g} pt.",
        f"Set {kind} at least {least:g} pt.",
        page.place(joined(boxes)),
    )


def on_page(subject: Subject, page: PageFacts) -> Iterator[Finding]:
    """Text that is too small for anything."""
    standard = subject.standard
    least, rule = (LARGE_LEAST_PT, "L3") if standard.large_print else (LEAST_PT, "L2")
    raised = set() if standard.large_print else raised_glyphs(page)
    small: list[Word] = []
    for word in page.text.words:
        if not standard.large_print and _BULLETS.issuperset(word.text):
            continue
        glyphs = tuple(
            glyph
            for glyph in word.glyphs
            if glyph.size_pt < least - _SLACK_PT and glyph not in raised and inside(page, glyph)
        )
        if glyphs:
            small.append(Word(glyphs))
    if not small:
        return
    size = min(glyph.size_pt for word in small for glyph in word.glyphs)
    yield Finding(
        rule,
        Severity.ERROR,
        f"The text '{named(small)}' is {size:.1f} pt.",
        f"Set nothing under {least:g} pt.",
        page.place(joined(word.box for word in small)),
    )


def raised_glyphs(page: PageFacts) -> set[Glyph]:
    """The glyphs of raised and lowered numbers, which may be small."""
    lines = page.text.lines
    found: set[Glyph] = set()
    for line in lines:
        small = RAISED_PT - _SLACK_PT <= line.size_pt < LEAST_PT
        short = len(line.glyphs) <= _RAISED_GLYPHS
        if small and short and any(_carries(other, line) for other in lines):
            found.update(line.glyphs)
    return found


def _carries(line: Line, small: Line) -> bool:
    """Whether a small run stands beside the text of a line, off its base line."""
    if line.angle != small.angle or line.size_pt < 1.15 * small.size_pt:
        return False
    lift = (small.base - line.base) / line.size_pt
    gap = max(line.start - small.end, small.start - line.end) / line.size_pt
    return (0.08 < lift < 0.9 or -0.5 < lift < -0.08) and gap < 0.6
