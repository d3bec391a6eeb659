"""Rule L12: QR codes can be read, and are printed large enough on a clear ground."""

from __future__ import annotations

from collections.abc import Iterator

from foldwell.check.codes import QUIET_MODULES
from foldwell.check.page_facts import PageFacts
from foldwell.check.subject import Subject
from foldwell.finding import Finding
from foldwell.rules import Severity

RULE = "L12"
LEAST_MM = 20.0
_SLACK_MM = 0.15
"""What reading the corners off pixels may be wrong by."""


def on_page(subject: Subject, page: PageFacts) -> Iterator[Finding]:
    """What is wrong with the codes of a page."""
    for code in subject.codes[page.number]:
        if not code.reads:
            message = "A QR code cannot be read from the page."
            hint = "Nothing may cover it; make it anew, larger, dark on white."
        elif code.width_mm < LEAST_MM - _SLACK_MM:
            message = f"The QR code is {code.width_mm:.1f} mm wide."
            hint = f"Print it at least {LEAST_MM:g} mm wide, its quiet zone not counted."
        elif code.quiet < QUIET_MODULES:
            message = (
                f"Something stands {code.quiet:g} modules from the QR code"
                f" ('{code.text[:40]}'), within its quiet zone."
            )
            hint = f"Keep {QUIET_MODULES} modules clear on all its sides."
        else:
            continue
        yield Finding(RULE, Severity.ERROR, message, hint, page.place(code.box))


def on_file(subject: Subject) -> Iterator[Finding]:
    """Fewer readable codes in a file than the caller knows of."""
    expected = subject.expected.qr_expected
    readable = sum(code.reads for codes in subject.codes.values() for code in codes)
    if expected is not None and readable < expected:
        yield Finding(
            RULE,
            Severity.ERROR,
            f"{readable} QR code{'s' if readable != 1 else ''} can be read, and {expected} should.",
            "See whether one is missing, covered or too pale.",
        )
