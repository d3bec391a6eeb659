"""Pages as pictures, with the places of their words; drawn in processes that have limits."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

import pypdfium2

MOST_PAGES = 64


@dataclass(frozen=True)
class Line:
    """A line of words on a page: its box in shares of the page's width and height."""

    text: str
    box: tuple[float, float, float, float]


@dataclass(frozen=True)
class Sheet:
    """A page as it is shown.

    Attributes:
        png: Its picture; empty if whoever asked has it.
        size_mm: Its width and height.
        lines: Its words by lines; none either if whoever asked has them.
        digest: A hash of what is seen on it.
    """

    png: bytes
    size_mm: tuple[float, float]
    lines: tuple[Line, ...] = ()
    digest: str = ""


def draw(
    content: bytes,
    pages: tuple[int, ...],
    width_px: int,
    words: bool = False,
    known: Collection[str] = (),
) -> list[Sheet]:
    """Draw pages of a PDF.

    Args:
        content: The PDF.
        pages: Which pages, counted from 0; none for all.
        width_px: How wide each picture is.
        words: Whether to find the lines of words too.
        known: The digests of pictures that whoever asks has already: making a picture of what was
            drawn takes longer than drawing it.
    """
    drawn = []
    with pypdfium2.PdfDocument(content) as document:
        for number in pages or range(min(len(document), MOST_PAGES)):
            page = document[number]
            wide, tall = page.get_size()
            millimetres = (wide * 25.4 / 72, tall * 25.4 / 72)
            image = page.render(scale=width_px / wide).to_pil().convert("RGB")
            seen = hashlib.sha256(f"{image.size} {millimetres}".encode() + image.tobytes())
            digest = seen.hexdigest()[:32]
            if digest in known:
                drawn.append(Sheet(b"", millimetres, (), digest))
                continue
            out = io.BytesIO()
            image.save(out, "PNG", compress_level=1)
            lines = tuple(_lines(page, wide, tall)) if words else ()
            drawn.append(Sheet(out.getvalue(), millimetres, lines, digest))
    return drawn


def _lines(page: Any, wide: float, tall: float) -> Iterator[Line]:
    text = page.get_textpage()
    for number in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(number)
        words = text.get_text_bounded(left, bottom, right, top).strip()
        if words:
            box = (left / wide, 1 - top / tall, (right - left) / wide, (top - bottom) / tall)
            yield Line(words, box)
