"""Pages with fields: for one more clinic its words are shaped, and what stands behind them moves.

All is left to the engine where a line would hold more than it has room for, in the final setting
or in any that was tried for it; where a word differs that stands in no field; and where a glyph
is none that a file with all checks passed was set in.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pydyf

from foldwell.typeset.variable.code_path import code_ground, code_path
from foldwell.typeset.variable.fields import (
    CLOSEST,
    SPACE,
    Closing,
    Line,
    Link,
    OwnWords,
    Picture,
    Told,
)
from foldwell.typeset.variable.font_words import FontFacts, font_words
from foldwell.typeset.variable.holding import columns_hold, holds
from foldwell.typeset.variable.shaping import Shaped, operators, shaped
from foldwell.typeset.variable.words import Said, in_a_line

BOUND = "\u00a0"
"""A space at which no line ends."""
_BEGINNING = re.compile(f"(?:[^\\W_]|{BOUND})*")
PT = 0.75
"""Points in a CSS pixel."""
Words = dict[int, str]
Widths = dict[int, int]


@dataclass(frozen=True)
class Placed:
    """A run of text with its words.

    Attributes:
        text: What it says.
        x: Where it begins, in CSS pixels.
        width: How wide it is.
        shape: Its glyphs; None if it is not drawn anew.
    """

    text: str
    x: float
    width: float
    shape: Shaped | None


@dataclass(frozen=True)
class VariablePages:
    """Pages with fields, as values.

    Attributes:
        said: What the pages say that they were learned from.
        fields: The numbers of the words that may differ.
        lines: The lines that they stand on, and others of the same blocks.
        closings: The ends of these blocks.
        links: All links.
        pictures: The pictures of the edition's code.
        steps: What stands in the holes of their forme now.
        told: What text that is always the same tells fonts, in the order of the file.
        fonts: The fonts, by their marks.
    """

    said: Said
    fields: frozenset[int]
    lines: tuple[Line, ...]
    closings: tuple[Closing, ...]
    links: tuple[Link, ...]
    pictures: tuple[Picture, ...]
    steps: tuple[bytes, ...]
    told: tuple[Told, ...]
    fonts: Mapping[str, FontFacts]

    def differing(self, said: Said) -> OwnWords | None:
        """What of a file of other words is their own; None if they do not fit in the fields."""
        if said.shape != self.said.shape or self.missing(said):
            return None
        placed = [_placed(line, said) for line in self.lines]
        lines = [line for line in placed if line is not None]
        if len(lines) != len(placed) or not all(
            self._has_room(line, own, lines) for line, own in zip(self.lines, lines, strict=True)
        ):
            return None
        pairs = [*zip(self.lines, lines, strict=True)]
        if not columns_hold((line, _own_widths(line, own)) for line, own in pairs):
            return None
        if any(self._tracked(one, lines) for one in self.closings):
            return None
        steps = [[step] for step in self.steps]
        told, glyphs = self._shown(lines, steps)
        fonts = {mark: font_words(self.fonts[mark], *told[mark]) for mark in self.fonts}
        if None in fonts.values():
            return None
        links = {link.number: _said_of(link, said, self.lines, lines) for link in self.links}
        for picture in self.pictures:
            try:
                paths = code_ground(said.code), code_path(said.code)
            except ValueError:
                return None
            steps[picture.step : picture.step + 2] = [path.split(b"\n") for path in paths]
            if picture.figure >= 0:
                links[picture.figure] = {"/Alt": pydyf.String(said.text(picture.word)).data}
        runs: dict[int, list[Any]] = {}
        for line, own in zip(self.lines, lines, strict=True):
            for look, one in zip(line.looks, own, strict=bool(line.looks)):
                runs.setdefault(look.page, []).append(look.shown(one.x, one.width))
        texts = [
            (run.step + 1, run.face.mark, one.text)
            for line, own in zip(self.lines, lines, strict=True)
            for run, one in zip(line.runs, own, strict=True) if run.face is not None
        ]  # fmt: skip
        return OwnWords(steps, links, fonts, glyphs, runs, texts)

    def missing(self, said: Said) -> set[int]:
        """The words that differ and stand in no field."""
        if said.words == self.said.words:
            return set()
        pairs = enumerate(zip(said.words, self.said.words, strict=True))
        return {n for n, (one, own) in pairs if one != own and n not in self.fields}

    def _has_room(self, line: Line, own: list[Placed], lines: list[list[Placed]]) -> bool:
        """Whether a line has room for its words, and nothing of the next one gets on it."""
        pairs = [*zip(line.runs, own, strict=True)]
        widths, chunk = _own_widths(line, own), 0.0
        if any(room.chunk_scale for room in line.rooms):
            behind = zip(self.lines[line.next].runs, lines[line.next], strict=True)
            first, one = next(pair for pair in behind if pair[0].word >= 0)
            assert first.face is not None
            part = shaped(first_part(one.text, whole=first.whole), first.face)
            chunk = part.width_px if part else 0.0
            pairs.append((first, one))
        if all(run.text == one.text for run, one in pairs):
            return True  # as on the pages that it was learned from
        return all(holds(room, widths, chunk) for room in line.rooms)

    def _tracked(self, closing: Closing, lines: list[list[Placed]]) -> bool:
        """Whether a word alone on the last line of a block might be taken back."""
        before, last = lines[closing.before], lines[closing.last]
        word = "".join(one.text for one in last)
        if len(word.split()) != 1:
            return False
        letters = len(word) + sum(len(one.text) for one in before)
        needed = _extent(before) + SPACE * closing.size + _extent(last) - closing.width
        return needed <= CLOSEST * closing.size * letters + 1

    def _shown(
        self, lines: list[list[Placed]], steps: list[list[bytes]]
    ) -> tuple[dict[str, tuple[Words, Widths]], frozenset[tuple[str, int, str]]]:
        """What fonts are told; the operators of runs are put into the steps."""
        fonts: dict[str, tuple[Words, Widths]] = {mark: ({}, {}) for mark in self.fonts}
        glyphs = set[tuple[str, int, str]]()
        drawn = [
            (run.order, run, one)
            for line, own in zip(self.lines, lines, strict=True)
            for run, one in zip(line.runs, own, strict=True)
            if one.shape is not None
        ]
        drawn.sort(key=lambda each: each[0])
        waiting, at = self.told, 0
        for order, run, one in drawn:
            while at < len(waiting) and waiting[at].order < order:
                _tell(fonts, waiting[at])
                at += 1
            assert one.shape is not None
            mark = one.shape.face.mark
            says, widths = fonts[mark]
            new = {g: word for g, word in one.shape.words.items() if g not in says}
            glyphs |= {(mark, glyph, word) for glyph, word in new.items()}
            placed, shown = operators(one.shape, one.x, run.baseline, says, widths)
            steps[run.step], steps[run.step + 1] = [placed], [shown]
        for rest in waiting[at:]:
            _tell(fonts, rest)
        return fonts, frozenset(glyphs)


def _own_widths(line: Line, own: list[Placed]) -> list[float]:
    """How wide the runs of a line are that have words of a clinic's own."""
    return [one.width for run, one in zip(line.runs, own, strict=True) if run.word >= 0]


def _placed(line: Line, said: Said) -> list[Placed] | None:
    """The runs of a line with other words; None if any cannot be shaped."""
    found, moved = list[Placed](), 0.0
    for run in line.runs:
        text, width, shape = run.text, run.width, None
        if run.word >= 0:
            text = f"{run.before}{in_a_line(said.text(run.word))}{run.after}"
        if run.face is not None:
            shape = shaped(text, run.face)
            if shape is None:
                return None
            width = shape.width_px
            if run.tail:
                shape = shaped(text + run.tail, run.face)
        found.append(Placed(text, run.x + moved, width, shape))
        moved += width - run.width
    before = -moved * line.aligned
    if before:
        return [Placed(one.text, one.x + before, one.width, one.shape) for one in found]
    return found


def first_part(text: str, *, whole: bool = False) -> str:
    """What words begin with that is never parted: up to a sign that is no letter or digit.

    Args:
        text: The words.
        whole: Whether they are never broken.
    """
    joined = whole or all(sign.isalnum() or sign == BOUND for sign in text)
    return text if joined else _BEGINNING.match(text)[0]  # type: ignore[index]


def _extent(line: list[Placed]) -> float:
    """How wide a line is, from its first letter to its last."""
    return line[-1].x + line[-1].width - line[0].x


def _tell(fonts: Mapping[str, tuple[Words, Widths]], told: Told) -> None:
    says, widths = fonts[told.font]
    for glyph, word in told.says.items():
        says.setdefault(glyph, word)
    for glyph, width in told.widths.items():
        widths.setdefault(glyph, width)


def _said_of(
    link: Link, said: Said, lines: tuple[Line, ...], placed: list[list[Placed]]
) -> dict[str, bytes]:
    """What the file says of a link with other words, by key."""
    found = dict(link.said)
    if link.word >= 0:
        target = pydyf.String(said.text(link.word)).data
        found |= {key: target for key in ("/URI", "/Contents") if key in found}
    if link.line >= 0:
        runs, own = lines[link.line].runs, placed[link.line]
        left, top, right, bottom = link.place
        left += own[link.first].x - runs[link.first].x
        one, run = own[link.last], runs[link.last]
        right += one.x + one.width - run.x - run.width
        found["/Rect"] = rectangle((left, top, right, bottom), link.height)
    return found


def rectangle(place: tuple[float, float, float, float], height: float) -> bytes:
    """A place on a page, from its head in CSS pixels, as a file says it.

    Args:
        place: Left, top, right and bottom.
        height: The height of the page.
    """
    left, top, right, bottom = place
    foot = height * PT
    corners: list[Any] = [left * PT, foot - top * PT, right * PT, foot - bottom * PT]
    return bytes(pydyf.Array(corners).data)
