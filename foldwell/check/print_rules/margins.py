"""Rule X3: text keeps clear of where the sheet is cut and folded.

A cut or a fold may be a millimetre or two off. Text that stands wholly outside the trim, such
as a slug line, is cut away with it and passed by.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from foldwell.check.page_facts import PageFacts
from foldwell.check.page_text import Word, named
from foldwell.check.print_rules.clipping import over_panels
from foldwell.check.subject import Subject
from foldwell.finding import Finding
from foldwell.pdf.plane import PT_PER_MM, Box, common, grown, holds, joined
from foldwell.rules import Severity

RULE = "X3"
LEAST_MM, CLEAR_MM = 3.0, 5.0
_SLACK_MM = 0.1
"""How far the ink of a letter may reach over the edge of its line box."""


@dataclass
class _Near:
    """Words near one edge or fold."""

    distance_mm: float = float("inf")
    words: dict[Word, float] = field(default_factory=dict)

    def add(self, word: Word, distance_mm: float) -> None:
        self.distance_mm = min(self.distance_mm, distance_mm)
        self.words[word] = min(distance_mm, self.words.get(word, distance_mm))


def on_page(subject: Subject, page: PageFacts) -> Iterator[Finding]:
    """One finding for each edge and fold that words come too near to."""
    cut = {*page.text.cut, *over_panels(page)}  # told by another rule
    words = [word for word in page.text.words if not cut.intersection(word.glyphs)]
    near: dict[str, _Near] = {}
    for piece in page.pieces:
        inside = grown(piece, -CLEAR_MM * PT_PER_MM)
        for word in words:
            box = word.box
            if holds(inside, box) or common(piece, box) is None:
                continue
            for edge, distance_mm in _to_edges(word, piece, page.edges):
                if distance_mm < CLEAR_MM - _SLACK_MM:
                    near.setdefault(f"the {edge} edge", _Near()).add(word, distance_mm)
    for x, low, high in page.info.folds if page.info else ():
        name = f"the fold {(x - page.trim[0]) / PT_PER_MM:.1f} mm from the {page.edges[0]} edge"
        for word in words:
            distance_mm = _to_fold(word.box, x, low, high)
            if distance_mm < CLEAR_MM - _SLACK_MM:
                near.setdefault(name, _Near()).add(word, distance_mm)
    for y, start, end in page.info.lying_folds if page.info else ():
        name = f"the fold {(y - page.trim[1]) / PT_PER_MM:.1f} mm from the {page.edges[1]} edge"
        for word in words:
            left, lower, right, upper = word.box
            distance_mm = _to_fold((lower, left, upper, right), y, start, end)
            if distance_mm < CLEAR_MM - _SLACK_MM:
                near.setdefault(name, _Near()).add(word, distance_mm)
    for name, found in near.items():
        yield _finding(page, name, found)


def _to_edges(
    word: Word, piece: Box, edges: tuple[str, str, str, str]
) -> Iterator[tuple[str, float]]:
    """How far a word stays from each edge; glyphs that are cut away do not count."""
    boxes = [glyph.box for glyph in word.glyphs if common(piece, glyph.box) is not None]
    if not boxes:
        return
    box = joined(boxes)
    yield edges[0], (box[0] - piece[0]) / PT_PER_MM
    yield edges[1], (box[1] - piece[1]) / PT_PER_MM
    yield edges[2], (piece[2] - box[2]) / PT_PER_MM
    yield edges[3], (piece[3] - box[3]) / PT_PER_MM


def _to_fold(box: Box, x: float, low: float, high: float) -> float:
    """How far a word's box stays from an upright fold; a word that it runs through, 0."""
    left, lower, right, upper = box
    if upper < low or lower > high:
        return float("inf")
    return max(left - x, x - right, 0.0) / PT_PER_MM


def _finding(page: PageFacts, name: str, near: _Near) -> Finding:
    words = sorted(near.words, key=near.words.__getitem__)
    wrong = near.distance_mm < LEAST_MM - _SLACK_MM / 2
    distance = max(near.distance_mm, 0.0)
    return Finding(
        RULE,
        Severity.ERROR if wrong else Severity.WARNING,
        f"The text '{named(words)}' stands {distance:.1f} mm from {name}.",
        f"Keep text {CLEAR_MM:g} mm clear of it.",
        page.place(joined(word.box for word in words) if len(page.pieces) == 1 else words[0].box),
    )
