"""The preflight of a finished PDF: all rules, one after the other, read top to bottom.

Everything is told from the file itself. Nothing is repaired, and the file is never written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from foldwell.check.black_text import check_text_inks
from foldwell.check.bleed import check_bleed
from foldwell.check.clipping import check_clipping
from foldwell.check.codes import Code, check_codes, check_expected, find_codes
from foldwell.check.embedding import check_fonts
from foldwell.check.identification import check_colours, check_damage, check_identification
from foldwell.check.leading import check_leading
from foldwell.check.line_widths import check_lines
from foldwell.check.margins import check_margins
from foldwell.check.overprint import check_overprint
from foldwell.check.page_count import check_count, check_empty
from foldwell.check.page_facts import PageFacts
from foldwell.check.pdf_file import FileFacts, open_file
from foldwell.check.picture_size import check_pictures
from foldwell.check.sheet_boxes import check_boxes
from foldwell.check.spot_colours import check_spots
from foldwell.check.standard import Expected, Purpose, Standard, standard_for
from foldwell.check.total_ink import check_ink
from foldwell.check.type_sizes import body_size, check_body, check_smallest
from foldwell.finding import Finding
from foldwell.pdf.opening import reading
from foldwell.rules import Severity


@dataclass(frozen=True)
class Examined:
    """A file that was checked.

    Attributes:
        pages: How many pages the file has.
        medium: What it was judged as.
        findings: By page, the gravest first.
    """

    pages: int
    medium: Purpose
    findings: tuple[Finding, ...]

    @property
    def passed(self) -> bool:
        """Whether it may go out."""
        return all(finding.severity is not Severity.ERROR for finding in self.findings)


def preflight(content: bytes, expected: Expected | None = None) -> list[Finding]:
    """What is wrong with a finished PDF, of ours or of anyone.

    Args:
        content: The file.
        expected: What the caller knows of it.

    Raises:
        FoldwellError: If it cannot be read at all, or is too large to be checked.
    """
    return list(examine(content, expected).findings)


def examine(content: bytes, expected: Expected | None = None) -> Examined:
    """The same, with how many pages the file has and what it was judged as.

    Args:
        content: The file.
        expected: What the caller knows of it.

    Raises:
        FoldwellError: If it cannot be read at all, or is too large to be checked.
    """
    expected = expected or Expected()
    with open_file(content) as file, reading():
        standard = standard_for(file, expected)
        findings = [
            *check_damage(file, standard),
            *check_identification(file, standard),
            *check_colours(file, standard),
            *check_count(file, standard),
        ]
        body_pt = body_size(file.pages)
        findings += check_body(file.pages, body_pt, standard)
        codes: list[Code] = []
        for page in file.pages:
            with reading(page.number):
                on_page = find_codes(file.viewer, page)
                findings += _check_page(file, page, standard, on_page, body_pt)
            codes += on_page
        findings += check_expected(codes, expected.qr_expected)
        return Examined(len(file.pages), standard.medium, tuple(sorted(findings, key=_order)))


def _check_page(
    file: FileFacts,
    page: PageFacts,
    standard: Standard,
    codes: tuple[Code, ...],
    body_pt: float,
) -> Iterator[Finding]:
    """All rules for one page."""
    yield from check_fonts(page, standard)
    yield from check_boxes(page, standard)
    if standard.press:
        yield from check_bleed(file.viewer, page)
    yield from check_clipping(page, standard)
    yield from check_margins(page, standard)
    yield from check_pictures(page, codes, standard)
    yield from check_text_inks(page, standard)
    yield from check_ink(page, standard)
    yield from check_overprint(page, standard)
    yield from check_spots(page, standard)
    yield from check_lines(page, standard)
    yield from check_empty(page, standard)
    yield from check_smallest(page, standard)
    yield from check_leading(page, body_pt)
    yield from check_codes(page, codes)


def _order(finding: Finding) -> tuple[int, int, int]:
    """The file first, then its pages; within a page the gravest first, then by rule."""
    number = int("".join(filter(str.isdigit, finding.rule)))
    return finding.place.page or 0, -finding.severity.gravity, number
