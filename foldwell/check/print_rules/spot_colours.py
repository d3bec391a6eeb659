"""Rule X12: a press file prints in the four process inks.

A spot colour is a plate of its own, which costs money or is converted by the printer as the
printer thinks fit. Registration marks, in all inks, are none.
"""

from __future__ import annotations

from collections.abc import Iterator

from foldwell.check.page_facts import PageFacts
from foldwell.check.subject import Subject
from foldwell.finding import Finding
from foldwell.pdf.colour_space import Space
from foldwell.pdf.plane import Box, joined
from foldwell.rules import Severity

RULE = "X12"
_PROCESS = frozenset(["Cyan", "Magenta", "Yellow", "Black", "All", "None"])


def on_page(subject: Subject, page: PageFacts) -> Iterator[Finding]:
    """One finding for each spot colour of a page."""
    if not subject.standard.press:
        return
    found: dict[str, list[Box]] = {}
    for space, box in _painted(page):
        for name in space.inks if space.family == "spot" else ():
            if name not in _PROCESS:
                found.setdefault(name, []).append(box)
    for name, boxes in found.items():
        yield Finding(
            RULE,
            Severity.WARNING,
            f"The spot colour '{name}' is left: it would be a fifth plate.",
            "Convert it to process inks, or agree on it with the printer.",
            page.place(joined(boxes)),
        )


def _painted(page: PageFacts) -> Iterator[tuple[Space, Box]]:
    painted = page.painted
    for fill in painted.fills:
        yield fill.colour.space, fill.box
    for stroke in painted.strokes:
        yield stroke.colour.space, stroke.box
    for picture in painted.pictures:
        yield picture.space, picture.box
    for show in painted.shows:
        if show.prints and show.clip is not None:
            yield show.colour.space, show.clip
