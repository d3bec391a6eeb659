"""Emphasis as CommonMark reads it: runs of ``*`` and ``_`` that open, close, or stay as they are.

The rules are those of CommonMark 0.31, section 6.2 and its algorithm for nested inlines.
"""

from __future__ import annotations

import re
import unicodedata
import xml.etree.ElementTree as ET
from dataclasses import dataclass

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor

TAGS = {1: "em", 2: "strong"}
_RUN = re.compile(r"\*+|_+")


@dataclass
class _Run:
    """A run of marks; those that were used leave it.

    Attributes:
        mark: The character.
        start: Where those stand that are left.
        left: How many are left.
        length: How many there were.
        opens: Whether it can open.
        closes: Whether it can close.
    """

    mark: str
    start: int
    left: int
    length: int
    opens: bool
    closes: bool


@dataclass(frozen=True)
class _Span:
    """Emphasised words: the marks around them stand between the outer and the inner ends."""

    outer: int
    inner: int
    inner_end: int
    outer_end: int


def _is_space(character: str) -> bool:
    return not character or character.isspace()


def _is_sign(character: str) -> bool:
    """Whether a character counts as punctuation; so does whatever was parsed before."""
    return unicodedata.category(character)[0] in "PSC" if character else False


def _runs(text: str) -> list[_Run]:
    runs = []
    for match in _RUN.finditer(text):
        before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
        left = not _is_space(after) and (
            not _is_sign(after) or _is_space(before) or _is_sign(before)
        )
        right = not _is_space(before) and (
            not _is_sign(before) or _is_space(after) or _is_sign(after)
        )
        mark, length = match.group()[0], match.end() - match.start()
        if mark == "_":
            left, right = (
                left and (not right or _is_sign(before)),
                right and (not left or _is_sign(after)),
            )
        runs.append(_Run(mark, match.start(), length, length, left, right))
    return runs


def _fits(opener: _Run, closer: _Run) -> bool:
    if opener.mark != closer.mark or not opener.opens or not opener.left:
        return False
    both = opener.closes or closer.opens
    return not (
        both
        and (opener.length + closer.length) % 3 == 0
        and (opener.length % 3 or closer.length % 3)
    )


def spans(text: str) -> list[_Span]:
    """All emphasised words of a text, the inner ones first."""
    runs = _runs(text)
    found = []
    at = 0
    while at < len(runs):
        closer = runs[at]
        while closer.closes and closer.left:
            before = next((n for n in range(at - 1, -1, -1) if _fits(runs[n], closer)), None)
            if before is None:
                break
            opener = runs[before]
            size = 2 if opener.left >= 2 and closer.left >= 2 else 1
            inner = opener.start + opener.left
            found.append(_Span(inner - size, inner, closer.start, closer.start + size))
            opener.left -= size
            closer.left -= size
            closer.start += size
            for between in runs[before + 1 : at]:
                between.opens = between.closes = False
        at += 1
    return found


class Emphasis(InlineProcessor):
    """``*words*`` and ``**words**``."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(r"[*_]", md)
        self._read = "", [_Span(0, 0, 0, 0)]

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[ET.Element | None, int | None, int | None]:
        """Called by Python-Markdown at each mark."""
        if self._read[0] != data:
            self._read = data, spans(data)
        here = next((span for span in self._read[1] if span.outer == m.start()), None)
        if here is None:
            return None, None, None
        # What stands between the marks was read with what stands around it.
        inside = _within(here, self._read[1])
        return _element(data, here, inside), here.outer, here.outer_end


def _within(around: _Span, spans: list[_Span]) -> list[_Span]:
    return [s for s in spans if around.inner <= s.outer and s.outer_end <= around.inner_end]


def _element(text: str, span: _Span, inside: list[_Span]) -> ET.Element:
    element = ET.Element(TAGS[span.inner - span.outer])
    at, last = span.inner, None
    for child in sorted(inside, key=lambda child: child.outer):
        if child.outer < at:
            continue
        words = text[at : child.outer]
        own = _within(child, inside)
        if last is None:
            element.text = words
        else:
            last.tail = words
        last = _element(text, child, own)
        element.append(last)
        at = child.outer_end
    words = text[at : span.inner_end]
    if last is None:
        element.text = words
    else:
        last.tail = words
    return element
