"""A PDF that is open for reading, with the facts of all its pages.

A file that cannot be read is refused with a message, whatever it is: no PDF, locked, broken, or
too large to be checked. It is never written.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pikepdf
import pypdfium2
from pikepdf import Pdf

from foldwell.check.page_facts import PageFacts, read_page
from foldwell.errors import FoldwellError
from foldwell.pdf.content_stream import Streams
from foldwell.pdf.interpreter import Interpreter

MOST_PAGES = 200
MOST_BYTES = 200 * 2**20

BROKEN = (
    pikepdf.PdfError,
    pypdfium2.PdfiumError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    ArithmeticError,
    NotImplementedError,
)
"""What a file built against the standard makes the libraries raise."""


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
    with _opened(content) as pdf, reading():
        count = len(pdf.pages)
        if count == 0:
            raise FoldwellError("The file has no pages.", None, "Make it again.")
        if count > MOST_PAGES:
            raise FoldwellError(
                f"The file has {count} pages, and at most {MOST_PAGES} are checked.",
                None,
                "Split it.",
            )
        with _viewed(content) as viewer:
            streams = Streams()
            interpreter = Interpreter(streams)
            pages = []
            for number in range(1, count + 1):
                with reading(number):
                    pages.append(read_page(pdf, viewer, interpreter, number))
            yield FileFacts(pdf, viewer, streams, tuple(pages))


@contextmanager
def reading(number: int | None = None) -> Iterator[None]:
    """Turn what a broken file makes the libraries raise into a message.

    Args:
        number: The page that is read, counted from 1; None where it is the file as a whole.
    """
    try:
        yield
    except BROKEN as error:
        what = "The file" if number is None else f"Page {number}"
        raise FoldwellError(
            f"{what} is built in a way that cannot be read ({type(error).__name__}).",
            None,
            "Save the file again with the program that made it.",
        ) from error


@contextmanager
def _opened(content: bytes) -> Iterator[Pdf]:
    if not content:
        raise FoldwellError("The file is empty.", None, "Make it again.")
    if len(content) > MOST_BYTES:
        raise FoldwellError(
            f"The file is larger than {MOST_BYTES // 2**20} MB.", None, "Make its pictures smaller."
        )
    if b"%PDF-" not in content[:1024]:
        raise FoldwellError("The file is no PDF.", None, "Name a PDF file.")
    try:
        pdf = Pdf.open(io.BytesIO(content))
    except pikepdf.PasswordError:
        raise FoldwellError(
            "The file is locked with a password.", None, "Save it without a password."
        ) from None
    except BROKEN as error:
        raise FoldwellError(
            "The PDF is broken and cannot be opened.", None, "Make it again, or copy it again."
        ) from error
    with pdf:
        yield pdf


@contextmanager
def _viewed(content: bytes) -> Iterator[Any]:
    try:
        viewer = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise FoldwellError(
            "The PDF is broken: no viewer shows it.", None, "Make it again, or copy it again."
        ) from error
    try:
        yield viewer
    finally:
        viewer.close()
