"""Rules L5 and L6: how the lines of a paragraph are set, told from where they begin and end.

Lines are justified where several end at one place and the gaps between their words differ: set
against one edge, words stand equally far apart. A word is parted where a line ends in a sign that
only stands there for that: a hyphen that somebody typed belongs to the word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median

from foldwell.check.page_facts import PageFacts
from foldwell.check.page_text import Line
from foldwell.check.print_rules.leading import neighbours
from foldwell.check.subject import Subject
from foldwell.errors import Place
from foldwell.finding import Finding
from foldwell.pdf.plane import joined
from foldwell.rules import Severity

SET, LENGTH = "L5", "L6"
FARTHEST = 1.8
"""Lines farther apart than this, in sizes, are two paragraphs."""
ENOUGH_LINES, ENOUGH_GAPS = 3, 2
"""So many full lines, with so many gaps between words, tell how they are set."""
_EDGE, _UNEVEN = 0.12, 0.2
"""How far ends may lie apart to be one edge, in sizes; by how much gaps differ when justified."""
_GAP = 0.12
"""A wider gap between the ink of two glyphs, in sizes, parts two words."""
LONGEST_LINE = 75
"""Characters in a line; the usual one of longer lines is hard to go back from."""
_PARTING = ("\u2010", "\u00ad")
"""Hyphens that a program put there; one that somebody typed is another sign."""


def on_page(subject: Subject, page: PageFacts) -> Iterator[Finding]:
    """Paragraphs that are justified, words that are parted, and lines that are too long."""
    full: list[Line] = []
    justified: list[Line] = []
    parted: list[tuple[Line, Line]] = []
    for paragraph in paragraphs(page):
        full += [one for one in paragraph[:-1] if abs(one.size_pt - subject.body_pt) < 0.06]
        justified += paragraph if is_justified(paragraph) else []
        parted += filter(_is_parted, pairwise(paragraph))
    if justified:
        yield Finding(
            SET,
            Severity.ERROR,
            f"Lines are justified, first '{justified[0].text[:50]}'.",
            "Set them against the edge where they begin.",
            _place(page, justified),
        )
    if parted:
        before, after = (line.text for line in parted[0])
        whole = f"{before.rpartition(' ')[2][:-1]}-{after.partition(' ')[0]}"
        many = f"{len(parted)} words are parted at ends of lines, first" if len(parted) > 1 else ""
        yield Finding(
            SET,
            Severity.ERROR,
            f"{many or 'A word is parted at the end of a line:'} '{whole}'.",
            "Turn hyphenation off.",
            _place(page, [line for pair in parted for line in pair]),
        )
    usual = median(len(line.text) for line in full) if len(full) >= ENOUGH_LINES else 0
    if usual > LONGEST_LINE:
        yield Finding(
            LENGTH,
            Severity.INFORMATION,
            f"Lines of body text have {usual:.0f} characters; {LONGEST_LINE} are easy to follow.",
            "Set two columns, or wider margins.",
            _place(page, full),
        )


def _is_parted(pair: tuple[Line, Line]) -> bool:
    word = pair[0].text.rpartition(" ")[2]
    return word.endswith(_PARTING) and len(word) > 1 and pair[1].text[:1].islower()


def _place(page: PageFacts, lines: Sequence[Line]) -> Place:
    return page.place(joined(line.box for line in lines))


def paragraphs(page: PageFacts) -> Iterator[list[Line]]:
    """Lines that follow one another at even distances, two or more of them."""
    below = {id(upper): lower for upper, lower in neighbours(page, FARTHEST)}
    heads = {id(upper): upper for upper, _ in neighbours(page, FARTHEST)}
    for lower in below.values():
        heads.pop(id(lower), None)
    for head in heads.values():
        lines = [head]
        while following := below.get(id(lines[-1])):
            away = lines[-1].base - following.base
            if len(lines) > 1 and abs(away - (lines[-2].base - lines[-1].base)) > _EDGE * away:
                yield lines
                lines = []
            lines.append(following)
        if len(lines) > 1:
            yield lines


def is_justified(lines: Sequence[Line]) -> bool:
    """Whether lines end at one place only because the gaps between their words were stretched.

    The last line of a paragraph is left aside.
    """
    size = lines[0].size_pt
    run: list[Line] = []
    for line in lines:
        if run and max(abs(line.end - run[0].end), abs(line.start - run[0].start)) > _EDGE * size:
            run = []
        run.append(line)
        gaps = [own for own in map(usual_gap, run) if own is not None]
        if len(gaps) >= ENOUGH_LINES and max(gaps) - min(gaps) > _UNEVEN * min(gaps):
            return True
    return False


def usual_gap(line: Line) -> float | None:
    """The usual gap between words of a level line in points; None where there are too few."""
    boxes = sorted(glyph.box for glyph in line.glyphs)
    gaps = [after[0] - before[2] for before, after in pairwise(boxes)]
    wide = [gap for gap in gaps if gap > _GAP * line.size_pt]
    return median(wide) if line.angle == 0 and len(wide) >= ENOUGH_GAPS else None
