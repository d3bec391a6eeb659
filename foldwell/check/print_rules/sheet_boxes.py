"""Rule X2: the boxes of a page agree with the format and with one another.

Whether colour really runs into the bleed is another check; here only numbers are compared.
"""

from __future__ import annotations

from collections.abc import Iterator

from foldwell.check.page_facts import PageFacts
from foldwell.check.standard import Standard
from foldwell.check.subject import Subject
from foldwell.finding import Finding
from foldwell.pdf.plane import PT_PER_MM, holds, joined
from foldwell.rules import Severity

RULE = "X2"
SIZE_SLACK_MM = 0.1
BLEED_MM = 3.0
_BLEED_SLACK_MM = 0.01
_EDGE_PT = 0.03


def on_page(subject: Subject, page: PageFacts) -> Iterator[Finding]:
    """Boxes that are missing, of the wrong size, not nested, or without bleed."""
    standard = subject.standard
    yield from _check_size(page, standard)
    if not standard.press:
        return
    if not page.has_trim:
        yield _finding(page, "The page has no TrimBox.", "Set it to the finished size.")
        return
    if not holds(page.bleed, page.trim, _EDGE_PT) or not holds(page.media, page.bleed, _EDGE_PT):
        yield _finding(
            page,
            "The boxes are not nested: the TrimBox must lie in the BleedBox, and that in the"
            " MediaBox.",
            "Set all three again.",
        )
        return
    pieces = joined(page.pieces)
    if not holds(page.trim, pieces, 1) or not holds(pieces, page.trim, 1):
        yield _finding(
            page, "The TrimBox is not around the trimmed pieces.", "Make the file again."
        )
    trim, bleed = page.trim, page.bleed
    room = (trim[0] - bleed[0], trim[1] - bleed[1], bleed[2] - trim[2], bleed[3] - trim[3])
    short = {
        edge: width / PT_PER_MM
        for edge, width in zip(page.edges, room, strict=True)
        if width / PT_PER_MM < BLEED_MM - _BLEED_SLACK_MM
    }
    if short:
        said = ", ".join(f"{edge} {width:.1f} mm" for edge, width in short.items())
        yield _finding(
            page,
            f"The bleed is less than {BLEED_MM:g} mm ({said}).",
            f"Let colour run {BLEED_MM:g} mm over every edge, and set the BleedBox there.",
        )


def _check_size(page: PageFacts, standard: Standard) -> Iterator[Finding]:
    """Pieces that are not of the size that the format asks for."""
    if not standard.sizes_mm or (standard.imposed and page.info is None):
        return  # an instruction sheet among ours has no format
    for piece in page.pieces:
        width, height = (length / PT_PER_MM for length in page.shown_size(piece))
        if not any(
            abs(width - across) <= SIZE_SLACK_MM + 1e-6
            and abs(height - tall) <= SIZE_SLACK_MM + 1e-6
            for across, tall in standard.sizes_mm
        ):
            wanted = " or ".join(f"{across:g} × {tall:g}" for across, tall in standard.sizes_mm)
            yield Finding(
                RULE,
                Severity.ERROR,
                f"The trimmed size is {width:.1f} × {height:.1f} mm in place of {wanted} mm.",
                "Set the size of the format, and print it at 100 %.",
                page.place(piece),
            )
            return


def _finding(page: PageFacts, message: str, hint: str) -> Finding:
    return Finding(RULE, Severity.ERROR, message, hint, page.place(page.trim))
