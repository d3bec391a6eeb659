"""Rule X1: every font that leaves ink travels in the file, or the printer puts in another."""

from __future__ import annotations

from collections.abc import Iterator

from foldwell.check.page_facts import PageFacts
from foldwell.check.subject import Subject
from foldwell.finding import Finding
from foldwell.pdf.plane import joined
from foldwell.rules import Severity

RULE = "X1"


def on_page(subject: Subject, page: PageFacts) -> Iterator[Finding]:
    """Fonts that are not embedded, with the text that is set in them."""
    names = dict.fromkeys(
        font.name
        for font in (
            *(show.font for show in page.painted.shows if show.prints),
            *page.painted.hidden_fonts,
        )
        if not font.embedded
    )
    for name in names:
        boxes = [
            glyph.box
            for glyph in page.text.glyphs
            if glyph.show.font.name == name and not glyph.show.font.embedded
        ]
        yield Finding(
            RULE,
            Severity.ERROR,
            f"The font '{name}' is not embedded.",
            "Embed it, or set the text in another font.",
            page.place(joined(boxes) if boxes else None),
        )
