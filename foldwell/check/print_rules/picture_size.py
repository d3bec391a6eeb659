"""Rule X4: pictures have enough pixels where, and as large as, they are printed.

Masks count as pictures do. A QR code is passed by: its modules are squares, which lose nothing
when they are enlarged, and another rule reads them from the page.
"""

from __future__ import annotations

from collections.abc import Iterator

from foldwell.check.codes import Code
from foldwell.check.page_facts import PageFacts
from foldwell.check.subject import Subject
from foldwell.finding import Finding
from foldwell.pdf.painting import Picture
from foldwell.pdf.plane import PT_PER_MM, area, common
from foldwell.rules import Severity

RULE = "X4"
LEAST_PPI, GOOD_PPI, LINE_ART_PPI = 150, 250, 550
_SLACK_PPI = 1.0


def on_page(subject: Subject, page: PageFacts) -> Iterator[Finding]:
    """Each picture that is too coarse, once a page, where it is largest."""
    codes = subject.codes[page.number]
    worst: dict[object, Picture] = {}
    for picture in page.painted.pictures:
        if picture.pixels == (1, 1) or _is_code(picture, codes):
            continue  # one pixel is a plain colour
        key = getattr(picture.source, "objgen", id(picture.source))
        if key not in worst or picture.ppi < worst[key].ppi:
            worst[key] = picture
    for picture in worst.values():
        severity = _severity(picture)
        if severity is not None:
            yield _finding(page, picture, severity)


def _is_code(picture: Picture, codes: tuple[Code, ...]) -> bool:
    """Whether a picture is a QR code and little else."""
    return any(area(common(picture.box, code.box)) > 0.4 * area(picture.box) for code in codes)


def _severity(picture: Picture) -> Severity | None:
    if picture.line_art:
        return Severity.ERROR if picture.ppi < LINE_ART_PPI - _SLACK_PPI else None
    if picture.ppi < LEAST_PPI - _SLACK_PPI:
        return Severity.ERROR
    return Severity.WARNING if picture.ppi < GOOD_PPI - _SLACK_PPI else None


def _finding(page: PageFacts, picture: Picture, severity: Severity) -> Finding:
    width, height = picture.pixels
    across, tall = (length / PT_PER_MM for length in picture.size_pt)
    what = "line art" if picture.line_art else "picture"
    kind = f"mask ({what})" if picture.mask else what
    least = LINE_ART_PPI if picture.line_art else GOOD_PPI
    return Finding(
        RULE,
        severity,
        f"A {kind} of {width} × {height} pixels is printed {across:.0f} × {tall:.0f} mm large:"
        f" {picture.ppi:.0f} ppi.",
        f"Use one with at least {least} ppi, or print it at most"
        f" {across * picture.ppi / least:.0f} mm wide.",
        page.place(picture.box),
    )
