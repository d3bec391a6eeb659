"""Checks on a finished PDF: every word of the page is in it, once, in order, and on its page.

A renderer clips what is too wide and drops what it cannot place without a word. So the words are
compared twice, as whole sequences: those of the HTML with those that were laid out
(``check_laid_out``), and those with what a viewer reads out of the file (``check_printed``).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher

from foldwell.check.comparable import BREAK, comparable, folded, words_of_html
from foldwell.check.strands import DRAWN, LaidOut, all_found
from foldwell.check.turned_text import printed_texts
from foldwell.check.viewed_pages import viewed_pages
from foldwell.errors import FoldwellError

PT_PER_MM = 72 / 25.4
SLACK_PT = 0.5
"""How far a glyph's box may reach over an edge: rounding, and the side bearing of a letter."""
MOST = 10
"""How many words are named; further ones help nobody."""


def check_laid_out(html: str, pages: Sequence[Sequence[LaidOut]]) -> list[FoldwellError]:
    """Words of a composed page that were not laid out just so.

    All pages together must hold the characters of the HTML, each once, in its order; what the
    layout added (markers, counters, feet, repeated heads of tables) is left aside. Digits must
    also stand apart or together as they do there.

    Args:
        html: The HTML that was typeset.
        pages: For each page its lines, those that can be seen.
    """
    lines = [line.text for page in pages for line in page if not line.added]
    wanted = comparable(words_of_html(html))
    # A word that is broken at the end of a line may have got a hyphen there.
    for texts in (lines, [line.removesuffix("\u2010") for line in lines]):
        have = comparable(BREAK.join(texts))
        if have.characters == wanted.characters and wanted.gaps_agree(have):
            return []
    return _told(words_of_html(html), " ".join(lines), PAGE)


def check_printed(
    sides: Sequence[Sequence[Sequence[LaidOut]]], content: bytes, *, turned: bool = True
) -> list[FoldwellError]:
    """Words that were laid out and that a viewer does not find in the finished PDF just so.

    Each page of the file is compared with the panels that stand on it, one after another in the
    order in which they were placed: within a panel, and within each strand of it, lines stand in
    their order, and each line's characters behind each other. Nothing may be left over but the
    words in drawings. In lines that hold right-to-left text their numbers and letters are
    compared, because viewers put the parts of such a line into orders of their own.

    Args:
        sides: For each page of the file its panels, and for each panel its lines.
        content: The finished PDF.
        turned: Whether panels may stand turned on its pages.
    """
    printed = printed_texts(content) if turned else [page.text for page in viewed_pages(content)]
    if len(printed) != len(sides):
        return [FoldwellError(f"The file has {len(printed)} pages in place of {len(sides)}.")]
    errors: list[FoldwellError] = []
    for number, (panels, text) in enumerate(zip(sides, printed, strict=True), 1):
        if not all_found(panels, comparable(_LINE_END.sub(BREAK, text))):
            lines = [line for panel in panels for line in panel]
            wanted = " ".join(line.text for line in lines if line.strand != DRAWN)
            where = f"page {number} of the finished file" if len(sides) > 1 else PAGE
            drawn = " ".join(line.text for line in lines if line.strand == DRAWN)
            errors += _told(wanted, text, where, drawn)
    return errors[:MOST]


def check_said(said: Sequence[str], pages: Sequence[Sequence[LaidOut]]) -> list[FoldwellError]:
    """Pages that do not say in words that they may not be handed out.

    Args:
        said: What says it, such as ``DRAFT``: each page must hold one of them; none where it may.
        pages: For each page its lines, those that can be seen.
    """
    wanted = [comparable(text).characters for text in said if text]
    if not wanted:
        return []
    return [
        FoldwellError(
            f"Page {number} does not say '{said[0]}', and could be handed out.",
            None,
            "Let its template print 'status_foot' or 'mark_word'.",
        )
        for number, lines in enumerate(pages, 1)
        if not any(text in _read(lines) for text in wanted)
    ][:MOST]


def _read(lines: Sequence[LaidOut]) -> str:
    """The words of a page, those in drawings left aside."""
    return comparable(BREAK.join(line.text for line in lines if line.strand != DRAWN)).characters


PAGE = "the finished page"
_LINE_END = re.compile(r"[\r\n]+")
_WORDS = re.compile(r"\w+|[^\w\s]")


def _told(wanted: str, have: str, where: str, drawn: str = "") -> list[FoldwellError]:
    """Which words differ, in sentences.

    Args:
        wanted: The words that there must be.
        have: Those that there are.
        where: The page, or pages, in words.
        drawn: Words that may be there too.
    """
    one, two = (_WORDS.findall(folded(text).replace(BREAK, " ")) for text in (wanted, have))
    lost, added = (
        Counter(one) - Counter(two),
        Counter(two) - Counter(one) - Counter(_WORDS.findall(drawn)),
    )
    errors = [
        FoldwellError(
            f"The word '{word}' of the text is not on {where}.",
            None,
            "Shorten or break it, or correct the style sheet that hides it.",
        )
        for word in lost
    ]
    errors += [
        FoldwellError(
            f"The word '{word}' stands on {where} more often than in the text.",
            None,
            "Correct the template or style sheet that repeats it.",
        )
        for word in added
    ]
    if errors:
        return errors[:MOST]
    moved = next(
        (
            one[start:end] or two[first:last]
            for kind, start, end, first, last in SequenceMatcher(
                None, one, two, autojunk=False
            ).get_opcodes()
            if kind != "equal"
        ),
        one,
    )
    return [
        FoldwellError(
            f"The words '{' '.join(moved)[:60]}' do not stand on {where} as in the text.",
            None,
            "Correct the template or style sheet that moves them or puts them apart.",
        )
    ]


def check_boxes(
    content: bytes, sizes_mm: list[tuple[float, float]], margin_mm: float
) -> list[FoldwellError]:
    """Pages of the wrong size, and text that stands outside its page or too near its edge.

    Args:
        content: The finished PDF.
        sizes_mm: The width and height that each page must have.
        margin_mm: How near to the edge of the page text may come.
    """
    errors = []
    pages = viewed_pages(content)
    if len(pages) != len(sizes_mm):
        errors.append(
            FoldwellError(f"The file has {len(pages)} pages in place of {len(sizes_mm)}.")
        )
    for number, (page, size) in enumerate(zip(pages, sizes_mm, strict=False), 1):
        width, height = page.size_pt
        if any(
            abs(have / PT_PER_MM - want) > 0.1
            for have, want in zip((width, height), size, strict=True)
        ):
            errors.append(FoldwellError(f"Page {number} is not {size[0]} × {size[1]} mm."))
        edge = margin_mm * PT_PER_MM - SLACK_PT
        for left, bottom, right, top in page.places:
            if left < edge or bottom < edge or right > width - edge or top > height - edge:
                words = page.words_in((left, bottom, right, top))
                errors.append(
                    FoldwellError(
                        f"Page {number}: '{words[:60]}' stands outside the page or within"
                        f" {margin_mm:g} mm of its edge.",
                        None,
                        "Break the long word, or make the table narrower.",
                    )
                )
    return errors
