"""Checks on a finished PDF: every word of the page is in it, visible, and inside its page.

A renderer clips what is too wide and drops what it cannot place without a word; so what was
composed is compared with what a viewer reads out of the file.
"""

from __future__ import annotations

import html
import re
from collections import Counter

import pypdfium2

from foldwell.errors import FoldwellError

PT_PER_MM = 72 / 25.4
SLACK_PT = 0.5
"""How far a glyph's box may reach over an edge: rounding, and the side bearing of a letter."""

_HEAD = re.compile(r"(?s)<head>.*?</head>|<style.*?</style>|<!--.*?-->")
_TAGS = re.compile(r"<[^>]*>")
# A viewer gives the hyphen at the end of a line another code, so hyphens are not compared.
_LOOSE = re.compile("[\\s\u00ad\u0002\ufffe\u2010-]+")


def check_words(text: str, content: bytes) -> list[FoldwellError]:
    """Each word of a composed page that is not on any page of the PDF.

    Args:
        text: The HTML that was typeset.
        content: The finished PDF.
    """
    printed = ""
    with pypdfium2.PdfDocument(content) as pdf:
        for page in pdf:
            printed += page.get_textpage().get_text_range()
    printed = _LOOSE.sub("", printed)
    wanted = Counter(
        _LOOSE.sub("", word)
        for piece in _TAGS.split(_HEAD.sub(" ", text))
        for word in html.unescape(piece).split()
    )
    missing = [word for word, times in wanted.items() if word and printed.count(word) < times]
    return [
        FoldwellError(
            f"The word '{word}' of the text is not on the finished page.",
            None,
            "Shorten or break it, or correct the style sheet that hides it.",
        )
        for word in missing[:10]
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
    with pypdfium2.PdfDocument(content) as pdf:
        if len(pdf) != len(sizes_mm):
            errors.append(
                FoldwellError(f"The file has {len(pdf)} pages in place of {len(sizes_mm)}.")
            )
        for number, (page, size) in enumerate(zip(pdf, sizes_mm, strict=False), 1):
            width, height = page.get_size()
            if any(
                abs(have / PT_PER_MM - want) > 0.1
                for have, want in zip((width, height), size, strict=True)
            ):
                errors.append(FoldwellError(f"Page {number} is not {size[0]} × {size[1]} mm."))
            edge = margin_mm * PT_PER_MM - SLACK_PT
            text = page.get_textpage()
            for index in range(text.count_rects()):
                left, bottom, right, top = text.get_rect(index)
                if left < edge or bottom < edge or right > width - edge or top > height - edge:
                    words = text.get_text_bounded(left, bottom, right, top).strip()
                    errors.append(
                        FoldwellError(
                            f"Page {number}: '{words[:60]}' stands outside the page or within"
                            f" {margin_mm:g} mm of its edge.",
                            None,
                            "Break the long word, or make the table narrower.",
                        )
                    )
    return errors
