"""Rule L2, its second half: lines of one paragraph stand far enough apart.

Two lines belong together when they have one size and one direction, stand over one another and
near. Measured from base line to base line. Marks that a font sets above or below their letters, as
in Arabic, are no line of their own.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from foldwell.check.body_text import inside
from foldwell.check.page_facts import PageFacts
from foldwell.check.page_text import Line
from foldwell.check.subject import Subject
from foldwell.finding import Finding
from foldwell.pdf.plane import joined
from foldwell.rules import Severity

RULE = "L2"
LEAST, BODY_LEAST = 1.15, 1.25
"""Distance of base lines in sizes: an error below the first, for body text a warning below the
second. The rule asks for 1.2; a little is left for rounding to whole points."""
_SAME_LINE = 0.3
"""Text nearer than this is on the same line: raised, or printed twice for weight."""
_SLACK = 0.004


def on_page(subject: Subject, page: PageFacts) -> Iterator[Finding]:
    """Lines that stand too close."""
    tight: dict[Severity, list[tuple[float, Line, Line]]] = {}
    for upper, lower in neighbours(page):
        distance = (upper.base - lower.base) / upper.size_pt
        if distance < LEAST - _SLACK:
            tight.setdefault(Severity.ERROR, []).append((distance, upper, lower))
        elif distance < BODY_LEAST - _SLACK and abs(upper.size_pt - subject.body_pt) < 0.06:
            tight.setdefault(Severity.WARNING, []).append((distance, upper, lower))
    for severity, pairs in tight.items():
        distance, upper, lower = min(pairs, key=lambda pair: round(pair[0], 2))
        text = upper.text if len(upper.text) < 50 else upper.text[:49] + "…"
        yield Finding(
            RULE,
            severity,
            f"Lines of {upper.size_pt:.1f} pt stand {distance:.2f} × their size apart, first"
            f" under '{text}'.",
            "Set body text with 1.4 × its size, and nothing with less than 1.2.",
            page.place(joined(line.box for _, first, last in pairs for line in (first, last))),
        )


def neighbours(page: PageFacts, most: float = BODY_LEAST) -> Iterator[tuple[Line, Line]]:
    """Each line with the next one of its size below it.

    Args:
        page: The page.
        most: How far apart their base lines may be, in sizes.
    """
    lines = sorted(
        (
            line
            for line in page.text.lines
            if inside(page, line.glyphs[0]) and has_letters(line.text)
        ),
        key=lambda line: (line.angle, -line.base),
    )
    for index, upper in enumerate(lines):
        for lower in lines[index + 1 :]:
            away = upper.base - lower.base
            if lower.angle != upper.angle or away > most * upper.size_pt:
                break
            if away < _SAME_LINE * upper.size_pt:
                continue
            shared = min(upper.end, lower.end) - max(upper.start, lower.start)
            short = min(upper.end - upper.start, lower.end - lower.start)
            same_size = abs(upper.size_pt - lower.size_pt) < 0.02 * upper.size_pt
            if same_size and shared > 0.5 * short:
                yield upper, lower
                break


def has_letters(text: str) -> bool:
    """Whether it holds more than marks set apart from their letters."""
    return any(not unicodedata.category(char).startswith(("M", "Z")) for char in text)
