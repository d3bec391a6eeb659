"""What glyphs say: the words behind letters that join, change places or are made of parts.

The engine gives each glyph one text, where it meets it first, which holds where each letter is one
glyph. In lines from right to left the marks of a letter are told apart from it here. Lines in
scripts whose letters change places carry their words as ``/ActualText`` (ISO 32000-1, 14.9.4),
which screen readers, search and copying take in place of the glyphs. And words in pictures, which
the engine draws letter by letter, are drawn whole where letters join.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint import svg
from weasyprint.draw import text as engine
from weasyprint.text.ffi import ffi

from foldwell.typeset.whole_letters import put_together

COMPLEX = re.compile("[\u0590-\u109f\u1cd0-\u1cff\ua8e0-\ua8ff\ufb1d-\ufdff\ufe70-\ufefc]")
"""Letters that the engine does not tell by themselves."""
LEFTWARDS = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
"""Those that are read from right to left. Viewers turn what they find there round, words too."""
_JOINERS = "\u200c\u200d"

_draw_line = engine.draw_first_line
_draw_words = svg.text


def _draw_told(stream: Any, textbox: Any, *others: Any) -> Any:
    """Draw a line, and tell its words where its glyphs do not."""
    if getattr(textbox.style.font_config, "in_parts", False):  # plain fonts are the engine's own
        with put_together(stream, textbox.pango_layout):
            return _draw_words_told(stream, textbox, *others)
    return _draw_words_told(stream, textbox, *others)


def _draw_words_told(stream: Any, textbox: Any, *others: Any) -> Any:
    text = textbox.pango_layout.text
    if not COMPLEX.search(text):
        return _draw_line(stream, textbox, *others)
    if LEFTWARDS.search(text):
        _tell_letters(stream, textbox.pango_layout)
        with _no_empty_strings(stream):
            return _draw_line(stream, textbox, *others)
    words = "".join(c for c in text if c in _JOINERS or unicodedata.category(c) != "Cf")
    told = f"feff{words.encode('utf-16-be').hex()}"
    stream.stream.append(f"/Span <</ActualText <{told}>>> BDC".encode())
    with _no_empty_strings(stream):
        drawn = _draw_line(stream, textbox, *others)
    stream.stream.append(b"EMC")
    return drawn


@contextmanager
def _no_empty_strings(stream: Any) -> Iterator[None]:
    """Leave out the empty strings between moves, which shift marks and letters in some viewers."""
    show = stream.show_text
    stream.show_text = lambda string: show(string.replace("<>", " "))
    try:
        yield
    finally:
        del stream.show_text


def _tell_letters(stream: Any, layout: Any) -> None:
    """Give each glyph of a line from right to left its own letter or mark."""
    encoded = layout.text.encode()
    run = layout.get_first_line()[0].runs[0]
    while run != ffi.NULL:
        item = run.data
        run = run.next
        if item.item.analysis.level % 2 == 0:
            continue
        font, _ = stream.add_font(item.item.analysis.font)
        start, length = item.item.offset, item.item.length
        count = item.glyphs.num_glyphs
        glyphs = [item.glyphs.glyphs[i].glyph for i in range(count)][::-1]
        clusters = [item.glyphs.log_clusters[i] for i in range(count)][::-1]
        for first, end in _clusters(clusters):
            stop = clusters[end] if end < count else length
            letters = encoded[start + clusters[first] : start + stop].decode()
            parts = [c for c in letters if c not in _JOINERS]
            if len(parts) == end - first > 1:
                for glyph, letter in zip(glyphs[first:end], parts, strict=True):
                    font.to_unicode.setdefault(glyph, letter)


def _clusters(starts: list[int]) -> Iterator[tuple[int, int]]:
    """From where to where glyphs in the order of reading show the same letters."""
    first = 0
    for index in range(1, len(starts) + 1):
        if index == len(starts) or starts[index] != starts[first]:
            yield first, index
            first = index


class _Whole(str):
    """Words that are drawn together."""

    def __iter__(self) -> Iterator[str]:
        """The whole of it, as one letter."""
        yield str(self)


def _draw_joined(picture: Any, node: Any, size: float) -> None:
    """Draw words in a picture, those that join at once."""
    if node.text and COMPLEX.search(node.text):
        node._etree_node.text = _Whole(node.text)
    _draw_words(picture, node, size)


def install() -> None:
    """Let the engine draw so."""
    engine.draw_first_line = _draw_told
    svg.text = _draw_joined  # which the engine also knows elements of words by
    svg.TAGS.update((tag, _draw_joined) for tag, draw in svg.TAGS.items() if draw is _draw_words)
