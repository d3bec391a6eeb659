"""The text of a page as a viewer finds it: glyphs with their real boxes, words and lines.

pypdfium2 knows the characters and the box of each glyph's own ink; the interpreter knows how
each was painted. Both go through the page in the same order, so their text objects are paired
by number. Where the numbers differ the file is built in a way that one of them does not
understand; the viewer's word is then taken for sizes, and colours stay unknown: ``paired`` says
so.
"""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from foldwell.check.viewer_text import characters, text_objects
from foldwell.pdf.painting import Show
from foldwell.pdf.plane import Box, common, joined, scaled

_GAP = 1.2
"""A wider gap than this, in sizes, parts two columns, not two words."""
_DRIFT = 0.08
"""How far a base line may wander within one line, in sizes."""


@dataclass(frozen=True, eq=False, slots=True)
class Glyph:
    """One printed glyph.

    Attributes:
        character: The character that it stands for.
        box: The box around its ink.
        origin: Where it stands on its base line.
        show: How it was painted.
    """

    character: str
    box: Box
    origin: tuple[float, float]
    show: Show

    @property
    def size_pt(self) -> float:
        """Its real size."""
        return self.show.size_pt


@dataclass(frozen=True, eq=False, slots=True)
class Word:
    """Glyphs with nothing between them."""

    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        """Its characters, those that cannot be printed replaced."""
        return "".join(glyph.character for glyph in self.glyphs)

    @property
    def box(self) -> Box:
        """The box around it."""
        return joined(glyph.box for glyph in self.glyphs)


@dataclass(frozen=True, eq=False, slots=True)
class Line:
    """Glyphs of one size that stand on one base line, close together.

    Attributes:
        glyphs: In the order of the file.
        text: Their characters, with the spaces between words.
        size_pt: Their size.
        angle: The direction of the base line, in whole degrees.
        start: Where it starts, measured along its direction.
        end: Where it ends.
        base: How high it stands, measured across its direction.
    """

    glyphs: tuple[Glyph, ...]
    text: str
    size_pt: float
    angle: int
    start: float
    end: float
    base: float

    @property
    def box(self) -> Box:
        """The box around it."""
        return joined(glyph.box for glyph in self.glyphs)


@dataclass(frozen=True)
class PageText:
    """The printed text of a page, invisible text left out.

    Attributes:
        glyphs: Every glyph that has ink.
        words: The same as words.
        lines: The same as lines.
        cut: Glyphs of which a clip takes a part, or all.
        paired: Whether it is known how each was painted.
    """

    glyphs: tuple[Glyph, ...] = ()
    words: tuple[Word, ...] = ()
    lines: tuple[Line, ...] = ()
    cut: tuple[Glyph, ...] = ()
    paired: bool = True


def read_text(page: Any, shows: list[Show], unit_pt: float, slack_pt: float) -> PageText:
    """The text of a page.

    Args:
        page: The page as pypdfium2 has it.
        shows: How its text was painted, in order.
        unit_pt: Points a unit of the page.
        slack_pt: How far a glyph may reach over its clip.
    """
    objects = {
        ctypes.addressof(item.contents): number for number, item in enumerate(text_objects(page))
    }
    paired = len(objects) == len(shows)
    known = dict(enumerate(shows)) if paired else {}
    runs: list[list[Glyph]] = [[]]
    for character, box, origin, number in characters(page, objects, known, unit_pt):
        show = None if number is None else known[number]
        if show is None or character.isspace():
            runs.append([])
        elif show.prints:
            x, y = origin
            runs[-1].append(
                Glyph(character, scaled(box, unit_pt), (x * unit_pt, y * unit_pt), show)
            )
    glyphs = [glyph for run in runs for glyph in run]
    seen = [[g for g in run if common(g.show.clip, g.box) is not None] for run in runs]
    return PageText(
        tuple(glyph for run in seen for glyph in run),
        tuple(Word(tuple(run)) for run in seen if run),
        tuple(_lines(seen)),
        tuple(glyph for glyph in glyphs if _is_cut(glyph, slack_pt)),
        paired,
    )


def _is_cut(glyph: Glyph, slack_pt: float) -> bool:
    clip, box = glyph.show.clip, glyph.box
    if clip is None:
        return True
    return (
        box[0] < clip[0] - slack_pt
        or box[1] < clip[1] - slack_pt
        or box[2] > clip[2] + slack_pt
        or box[3] > clip[3] + slack_pt
    )


def _lines(runs: Iterable[list[Glyph]]) -> Iterator[Line]:
    held: list[Glyph] = []
    text = ""
    angle, size, start, end, base = 0, 0.0, 0.0, 0.0, 0.0
    for glyph, space in ((glyph, not index) for run in runs for index, glyph in enumerate(run)):
        along, across = glyph.show.direction
        x, y = glyph.origin
        here, height = x * along + y * across, y * along - x * across
        turned = round(math.degrees(math.atan2(across, along)))
        # How far the ink reaches along the line; boxes are upright, so both sides are asked.
        wide, tall = glyph.box[2] - glyph.box[0], glyph.box[3] - glyph.box[1]
        reach = abs(wide * along) + abs(tall * across)
        fits = (
            held
            and turned == angle
            and abs(glyph.size_pt - size) < 0.02 * size
            and abs(height - base) < _DRIFT * size
            and start - _GAP * size < here + reach
            and here < end + _GAP * size
        )
        if held and not fits:
            yield Line(tuple(held), text, size, angle, start, end, base)
            held = []
        if not held:
            text, angle, size, base = "", turned, glyph.size_pt, height
            start, end = here, here + reach
        text += " " * (space and bool(held)) + glyph.character
        held.append(glyph)
        start, end = min(start, here), max(end, here + reach)
    if held:
        yield Line(tuple(held), text, size, angle, start, end, base)


def named(words: Iterable[Word], longest: int = 60) -> str:
    """Some words for a message, shortened."""
    text = " ".join(word.text for word in words)
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"
