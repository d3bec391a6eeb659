"""A PDF that is open for reading, with the facts of all its pages."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from pikepdf import Pdf

from foldwell.check.page_facts import PageFacts, read_page
from foldwell.pdf.content_stream import Streams
from foldwell.pdf.interpreter import Interpreter
from foldwell.pdf.opening import opened, reading, viewed


@dataclass(frozen=True)
class FileFacts:
    """A PDF that is open for reading.

    Attributes:
        pdf: As pikepdf has it.
        viewer: As pypdfium2 has it, each page shown whole.
        streams: Its content streams.
        pages: Its pages.
    """

    pdf: Pdf
    viewer: Any
    streams: Streams
    pages: tuple[PageFacts, ...]


@contextmanager
def open_file(content: bytes) -> Iterator[FileFacts]:
    """Read a PDF.

    Raises:
        FoldwellError: If it is no PDF, is locked, has no pages or too many, or is too broken.
    """
    with opened(content) as pdf, viewed(content) as viewer, reading():
        streams = Streams()
        interpreter = Interpreter(streams)
        pages = []
        for number in range(1, len(pdf.pages) + 1):
            with reading(number):
                pages.append(read_page(pdf, viewer, interpreter, number))
        yield FileFacts(pdf, viewer, streams, tuple(pages))
