"""Rule X4: pictures have enough pixels where, and as large as, they are printed.

A print shop's press shows more than a desktop printer, so it asks for more.

Masks count as pictures do. A QR code is passed by: its modules are squares, which lose nothing
when they are enlarged, and another rule reads them from the page.
"""

from __future__ import annotations

from collections.abc import Iterator

from foldwell.check.codes import Code
from foldwell.check.page_facts import PageFacts
from foldwell.check.pdf_file import open_file
from foldwell.check.standard import Expected
from foldwell.check.subject import Subject, subject_of
from foldwell.finding import Finding
from foldwell.pdf.opening import reading
from foldwell.pdf.painting import Picture
from foldwell.pdf.plane import PT_PER_MM, area, common
from foldwell.rules import Severity

RULE = "X4"
LEAST_PPI, GOOD_PPI, LINE_ART_PPI = 150, 250, 550
"""For a press."""
OFFICE_PPI = 100
"""For a desktop printer, of pictures and line art alike (own rule)."""
_SLACK_PPI = 1.0


def coarse_for_office(content: bytes) -> list[Finding]:
    """What is too coarse in a PDF for a desktop printer."""
    with open_file(content) as file, reading():
        subject = subject_of(file, Expected(medium="office"))
        return [found for page in file.pages for found in on_page(subject, page)]


def on_page(subject: Subject, page: PageFacts) -> Iterator[Finding]:
    """Each picture that is too coarse, once a page, where it is largest."""
    codes, press = subject.codes[page.number], subject.standard.press
    worst: dict[object, Picture] = {}
    for picture in page.painted.pictures:
        if picture.pixels == (1, 1) or _is_code(picture, codes):
            continue  # one pixel is a plain colour
        key = getattr(picture.source, "objgen", id(picture.source))
        if key not in worst or picture.ppi < worst[key].ppi:
            worst[key] = picture
    for picture in worst.values():
        least, severity = _judged(picture, press)
        if severity is not None:
            yield _finding(page, picture, severity, least)


def _is_code(picture: Picture, codes: tuple[Code, ...]) -> bool:
    """Whether a picture is a QR code and little else."""
    return any(area(common(picture.box, code.box)) > 0.4 * area(picture.box) for code in codes)


def _judged(picture: Picture, press: bool) -> tuple[int, Severity | None]:
    """The resolution that a picture should have, and how grave it is that it has less."""
    if not press:
        return OFFICE_PPI, Severity.WARNING if picture.ppi < OFFICE_PPI - _SLACK_PPI else None
    if picture.line_art:
        coarse = picture.ppi < LINE_ART_PPI - _SLACK_PPI
        return LINE_ART_PPI, Severity.ERROR if coarse else None
    if picture.ppi < LEAST_PPI - _SLACK_PPI:
        return GOOD_PPI, Severity.ERROR
    return GOOD_PPI, Severity.WARNING if picture.ppi < GOOD_PPI - _SLACK_PPI else None


def _finding(page: PageFacts, picture: Picture, severity: Severity, least: int) -> Finding:
    width, height = picture.pixels
    across, tall = (length / PT_PER_MM for length in picture.size_pt)
    what = "line art" if picture.line_art else "picture"
    kind = f"mask ({what})" if picture.mask else what
    return Finding(
        RULE,
        severity,
        f"A {kind} of {width} × {height} pixels is printed {across:.0f} × {tall:.0f} mm large:"
        f" {picture.ppi:.0f} ppi.",
        f"Use one with at least {least} ppi, or print it at most"
        f" {across * picture.ppi / least:.0f} mm wide.",
        page.place(picture.box),
    )
