"""The words of laid out pages, line by line, for checks that compare them.

They are read off the engine's boxes: in the order of the text whatever way a script runs, with
what the engine adds (markers, counters, feet) told apart from what the HTML says. Words that
nobody could see on the page are not given: hidden, transparent, of no size, or cut away.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from weasyprint.formatting_structure import boxes

from foldwell.typeset.cutting import AGAIN
from foldwell.typeset.engine import Typeset
from foldwell.typeset.page_source import PageSource

JOIN = "\u200b"
"""Stands where two runs of text meet in a line."""
SMALLEST_PX = 1.0
"""Text of a smaller size is not seen."""

DRAWN = -1
"""The strand of words in drawings, which may be on any page, and anywhere on it."""

Clip = tuple[float, float, float, float]


@dataclass(frozen=True)
class Line:
    """The words of one line, or of a part of it that is painted on its own.

    Attributes:
        text: In the order in which they are read.
        added: Whether the engine made them up, or says them once more on a further page: a
            marker, a counter, a foot, a repeated head of a table.
        strand: Lines of one number are painted in their order; those of another may be painted
            before, between or behind them (what floats, what is positioned, each foot).
    """

    text: str
    added: bool
    strand: int


Lines = tuple[Line, ...]


def laid_out(typeset: Typeset, source: PageSource | None = None) -> tuple[Lines, ...]:
    """For each page its lines, in the order of the text.

    Args:
        typeset: The pages.
        source: What they were made from, for the words in its drawings.
    """
    heads: set[int] = set()
    drawn = _drawn(source) if source else ()
    pages = []
    for page in typeset.document.pages:
        reader = _Reader(heads)
        reader.read_page(page._page_box)
        pages.append((*reader.lines, *drawn))
        heads |= reader.heads
    return tuple(pages)


_LETTERING = re.compile(r"(?s)<text\b[^>]*>(.*?)</text>")


def _drawn(source: PageSource) -> Lines:
    """The words in the drawings of a page source, which are printed beside those of its text."""
    texts = [source.html] + [
        content.decode(errors="replace")
        for _, content, kind in source.assets
        if kind == "image/svg+xml"
    ]
    found = (re.sub("<[^>]*>", "", words) for text in texts for words in _LETTERING.findall(text))
    return tuple(Line(html.unescape(words), True, DRAWN) for words in sorted(set(found)))


class _Reader:
    """Reads one page: a strand a layer, a line a line box."""

    def __init__(self, heads_before: set[int]) -> None:
        self.lines: list[Line] = []
        self.heads: set[int] = set()
        self._heads_before = heads_before
        self._strands = 0

    def read_page(self, page: Any) -> None:
        for child in page.children:
            added = isinstance(child, boxes.MarginBox)
            self._strands += added
            self._block(child, self._strands if added else 0, added, None)

    def _block(self, box: Any, strand: int, added: bool, clip: Clip | None) -> None:
        """Read a box that holds lines, or boxes that do."""
        if _is_unseen(box):
            return
        clip = _clipped(box, clip)
        if isinstance(box, boxes.LineBox):
            self._line(box, strand, added, clip)
            return
        for child in _children(box):
            self._block(child, *self._place(child, strand, added), clip)

    def _line(self, line: Any, strand: int, added: bool, clip: Clip | None) -> None:
        runs: list[tuple[list[str], int, bool]] = []

        def read(box: Any, strand: int, added: bool) -> None:
            for child in _children(box):
                own = self._place(child, strand, added)
                if isinstance(child, boxes.TextBox):
                    if not runs or runs[-1][1:] != own:
                        runs.append(([], *own))
                    if not _is_unseen(child) and not _is_cut(child, clip):
                        runs[-1][0].append(child.text)
                elif isinstance(child, boxes.InlineBox):
                    if not _is_unseen(child):
                        read(child, *own)
                else:  # what floats or is a block stands between the words before and behind it
                    self._flush(runs)
                    self._block(child, *own, clip)

        read(line, strand, added)
        self._flush(runs)

    def _flush(self, runs: list[tuple[list[str], int, bool]]) -> None:
        for words, strand, added in runs:
            if text := JOIN.join(words).strip():
                self.lines.append(Line(text, added, strand))
        runs.clear()

    def _place(self, box: Any, strand: int, added: bool) -> tuple[int, bool]:
        """The strand that a box is painted in, and whether the engine added it."""
        if (box.element_tag or "").endswith(("::before", "::after", "::marker")):
            added = True
        if isinstance(box, boxes.TableRowGroupBox) and (box.is_header or box.is_footer):
            again = box.element.get(AGAIN) is not None or id(box.element) in self._heads_before
            added = added or again
            self.heads.add(id(box.element))
        style = box.style
        if isinstance(box, boxes.TextBox) or (
            style["position"] == "static"
            and style["float"] == "none"
            and style["opacity"] == 1
            and not style["transform"]
            and not (box.element_tag or "").endswith("::marker")
        ):
            return strand, added
        self._strands += 1
        return self._strands, added


def _children(box: Any) -> Iterator[Any]:
    for child in getattr(box, "children", ()):
        yield getattr(child, "_box", child)  # out of the flow, a place holder stands for a box


def _is_unseen(box: Any) -> bool:
    style = box.style
    if style["opacity"] == 0:
        return True
    if not isinstance(box, boxes.TextBox):
        return bool(style["clip"] != () and style["position"] in ("absolute", "fixed"))
    return bool(
        style["visibility"] != "visible"
        or style["font_size"] < SMALLEST_PX
        or style["color"].alpha == 0
    )


def _clipped(box: Any, clip: Clip | None) -> Clip | None:
    """What is left of a clip inside a box that hides what reaches over it."""
    if box.style["overflow"] == "visible" or isinstance(box, boxes.LineBox):
        return clip
    left, top = box.padding_box_x(), box.padding_box_y()
    own = (left, top, left + box.padding_width(), top + box.padding_height())
    if clip is None:
        return own
    return max(own[0], clip[0]), max(own[1], clip[1]), min(own[2], clip[2]), min(own[3], clip[3])


def _is_cut(text: Any, clip: Clip | None) -> bool:
    """Whether a clip takes any words off a run of text, or half of their height."""
    if clip is None:
        return False
    across = min(text.position_x + text.width, clip[2]) - max(text.position_x, clip[0])
    tall = min(text.position_y + text.height, clip[3]) - max(text.position_y, clip[1])
    return bool(across < text.width - 1 or tall < text.height / 2)
