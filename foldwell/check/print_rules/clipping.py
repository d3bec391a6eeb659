"""Rule L11: every glyph is whole, and stands inside its page and its panel.

A clip counts as the box around it, so text cut by a slanting or round edge alone is not found.
Text that lies wholly outside its clip or its page is lost in a file of ours; elsewhere it may
have been cropped away on purpose, and a person must look.
"""

from __future__ import annotations

from collections.abc import Iterator

from foldwell.check.page_facts import CLIP_SLACK_PT, PageFacts
from foldwell.check.page_text import Glyph
from foldwell.check.subject import Subject
from foldwell.finding import Finding
from foldwell.pdf.plane import has_point, holds, joined, middle
from foldwell.rules import Severity

RULE = "L11"


def on_page(subject: Subject, page: PageFacts) -> Iterator[Finding]:
    """Text that is cut, or that stands over the edge of its page or panel."""
    outside = [g for g in page.text.cut if not holds(page.media, g.box, CLIP_SLACK_PT)]
    clipped = [g for g in page.text.cut if holds(page.media, g.box, CLIP_SLACK_PT)]
    told = set(page.text.cut)
    seen = {id(glyph.show) for glyph in page.text.glyphs}
    over = [glyph for glyph in over_panels(page) if glyph not in told]
    for glyphs, what, hint in (
        (outside, "stands outside the page", "Make it narrower, or move it inside."),
        (clipped, "is cut off", "Make it narrower, or the frame around it wider."),
        (over, "stands over the edge of its panel", "Break the long word, or narrow the table."),
    ):
        if not glyphs:
            continue
        part = any(id(glyph.show) in seen for glyph in glyphs)
        yield Finding(
            RULE,
            Severity.ERROR if part or subject.standard.ours else Severity.WARNING,
            f"The text '{_said(page, glyphs)}' {what}.",
            hint,
            page.place(joined(glyph.box for glyph in glyphs)),
        )


def over_panels(page: PageFacts) -> list[Glyph]:
    """Glyphs that stand over the edge of the panel that they are in."""
    panels = page.info.panels if page.info else ()
    found = []
    for glyph in page.text.glyphs if panels else ():
        home = next((panel for panel in panels if has_point(panel, *middle(glyph.box))), None)
        if home is not None and not holds(home, glyph.box, CLIP_SLACK_PT):
            found.append(glyph)
    return found


def _said(page: PageFacts, glyphs: list[Glyph], longest: int = 60) -> str:
    """The words of some glyphs; characters alone where no word has them any more."""
    wanted = set(glyphs)
    words = [word.text for word in page.text.words if wanted & set(word.glyphs)]
    text = " ".join(words) or "".join(glyph.character for glyph in glyphs)
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
