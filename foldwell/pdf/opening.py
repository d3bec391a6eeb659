"""Opening a PDF of anyone, within limits.

A file that cannot be read is refused with a message, whatever it is: no PDF, locked, broken, or
too large to be checked. It is never written.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO, cast

import pikepdf
import pypdfium2
from pikepdf import AccessMode, Pdf

from foldwell.errors import FoldwellError
from foldwell.pdf.lent_memory import lent

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


@contextmanager
def in_memory(content: bytes) -> Iterator[Pdf]:
    """A PDF of our own as pikepdf has it.

    Linux lends a piece of memory as a file: of that many small objects are read twice as fast as of
    an object of Python's.
    """
    with lent(content, "pdf") or cast(BinaryIO, io.BytesIO(content)) as file:
        mode = AccessMode.stream if isinstance(file, io.BytesIO) else AccessMode.mmap
        with Pdf.open(file, access_mode=mode) as pdf:
            yield pdf


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
def opened(content: bytes) -> Iterator[Pdf]:
    """A PDF as pikepdf has it.

    Raises:
        FoldwellError: If it is no PDF, is locked, has no pages or too many, or is too broken.
    """
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
    with pdf, reading():
        count = len(pdf.pages)
        if count == 0:
            raise FoldwellError("The file has no pages.", None, "Make it again.")
        if count > MOST_PAGES:
            raise FoldwellError(
                f"The file has {count} pages, and at most {MOST_PAGES} are checked.",
                None,
                "Split it.",
            )
        yield pdf


@contextmanager
def viewed(content: bytes) -> Iterator[Any]:
    """The same file as the viewer in pypdfium2 has it.

    Raises:
        FoldwellError: If it cannot show it.
    """
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
