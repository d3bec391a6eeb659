"""The pages of a file as a viewer reads them: size, words, and where these stand; read once."""

from __future__ import annotations

import atexit
from functools import cached_property, lru_cache
from typing import Any

import pypdfium2

from foldwell.pdf.plane import Box


class ViewedPage:
    """One page; what is asked of it is read when it is asked for, once.

    Args:
        file: The file as pypdfium2 has it.
        index: Which page, from 0.
    """

    def __init__(self, file: Any, index: int) -> None:
        self._file, self._index = file, index

    @cached_property
    def shown(self) -> Any:
        """The page as pypdfium2 has it; whoever changes it takes it ``again``."""
        return self.again()

    def again(self) -> Any:
        """The page once more."""
        return self._file[self._index]

    @cached_property
    def letters(self) -> Any:
        """Its text as pypdfium2 has it."""
        return self.shown.get_textpage()

    @cached_property
    def size_pt(self) -> tuple[float, float]:
        """Its width and height, in points."""
        width, height = self.shown.get_size()
        return width, height

    @cached_property
    def text(self) -> str:
        """Its words in the order in which the viewer reads them."""
        words: str = self.letters.get_text_range()
        return words

    @cached_property
    def places(self) -> tuple[Box, ...]:
        """The boxes of its runs of words, in points from its lower left."""
        letters = self.letters
        return tuple(letters.get_rect(index) for index in range(letters.count_rects()))

    def words_in(self, box: Box) -> str:
        """The words in a box, in points from its lower left."""
        words: str = self.letters.get_text_bounded(*box)
        return words.strip()


@lru_cache(maxsize=1)  # several checks of one file ask, one after another
def viewed_pages(content: bytes) -> tuple[ViewedPage, ...]:
    """The pages of a file."""
    file = pypdfium2.PdfDocument(content)
    return tuple(ViewedPage(file, index) for index in range(len(file)))


atexit.register(viewed_pages.cache_clear)  # before the viewer complains of what is still open
