"""How large the body text of a file is, told from its letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from foldwell.check.page_facts import PageFacts
from foldwell.check.page_text import Glyph
from foldwell.pdf.plane import has_point, middle

_ENOUGH = 20
"""How many letters must have the named size of body text, to count as such."""


_SMALLEST_TEXT = 40
"""A file with fewer letters has no body text."""


def inside(page: PageFacts, glyph: Glyph) -> bool:
    """Whether a reader sees a glyph: it lies within a trimmed piece."""
    place = middle(glyph.box)
    return any(has_point(piece, *place) for piece in page.pieces)


def body_size(pages: Iterable[PageFacts]) -> float:
    """The size of body text in points; 0 where there are too few letters.

    That is the size in which most letters are set. Where a file of ours names its body size, and
    enough of its letters have it, that one counts: a long list of sources in small print does
    not make small print of a booklet.
    """
    letters: Counter[float] = Counter()
    named_sizes = set()
    for page in pages:
        if page.info:
            named_sizes.add(round(page.info.body_pt, 1))
        for glyph in page.text.glyphs:
            if glyph.character.isalnum() and inside(page, glyph):
                letters[round(glyph.size_pt, 1)] += 1
    if letters.total() < _SMALLEST_TEXT:
        return 0.0
    if len(named_sizes) == 1 and letters[own := named_sizes.pop()] >= _ENOUGH:
        return own
    return max(letters, key=lambda size: (letters[size], size))
