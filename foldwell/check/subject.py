"""A file that is checked, as each rule sees it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from foldwell.check.body_text import body_size
from foldwell.check.codes import Code, find_codes
from foldwell.check.pdf_file import FileFacts
from foldwell.check.standard import Expected, Standard, standard_for
from foldwell.pdf.opening import reading


@dataclass(frozen=True)
class Subject:
    """What rules are asked about.

    Attributes:
        file: The file, open for reading.
        expected: What the caller knows of it.
        standard: What it is held to.
        body_pt: The size of its body text; 0 where there are too few letters.
        codes: The QR codes of each page, by its number.
    """

    file: FileFacts
    expected: Expected
    standard: Standard
    body_pt: float
    codes: Mapping[int, tuple[Code, ...]]


def subject_of(file: FileFacts, expected: Expected) -> Subject:
    """What rules are asked about a file.

    Raises:
        FoldwellError: If the caller names a format that does not exist, or a page cannot be read.
    """
    codes = {}
    for page in file.pages:
        with reading(page.number):
            codes[page.number] = find_codes(file.viewer, page)
    return Subject(file, expected, standard_for(file, expected), body_size(file.pages), codes)
