"""The pages of a file as a viewer reads them: size, words, and where these stand; read once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pypdfium2

from foldwell.pdf.plane import Box


@dataclass(frozen=True)
class ViewedPage:
    """One page.

    Attributes:
        size_pt: Its width and height, in points.
        text: Its words in the order in which the viewer reads them.
        places: The boxes of its runs of words, in points from its lower left.
    """

    size_pt: tuple[float, float]
    text: str
    places: tuple[Box, ...]


@lru_cache(maxsize=1)  # several checks of one file ask, one after another
def viewed_pages(content: bytes) -> tuple[ViewedPage, ...]:
    """The pages of a file."""
    found = []
    with pypdfium2.PdfDocument(content) as file:
        for page in file:
            text = page.get_textpage()
            places = tuple(text.get_rect(index) for index in range(text.count_rects()))
            found.append(ViewedPage(page.get_size(), text.get_text_range(), places))
            text.close()
            page.close()
    return tuple(found)


def words_at(content: bytes, index: int, box: Box) -> str:
    """The words in a box of a page.

    Args:
        content: The file.
        index: The page, from 0.
        box: Where, in points from its lower left.
    """
    with pypdfium2.PdfDocument(content) as file:
        words: str = file[index].get_textpage().get_text_bounded(*box)
    return words.strip()
