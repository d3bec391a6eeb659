"""What making a file has to say to people: words that do not fit, and how they were fitted."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from foldwell.build.job import Order
from foldwell.errors import FoldwellError, Place
from foldwell.finding import Finding
from foldwell.rules import Severity
from foldwell.typeset.yielding import PIECES

if TYPE_CHECKING:  # the engine is heavy, and not all who have something to say need it
    from foldwell.typeset.fit import Fitted, Overflow, TooMuch

HEADING_AND_TWO_LINES = 3
WORDS_SHOWN = 60
NEARLY_EMPTY = 0.12
"""A last page filled to less than this share looks like a mistake (rule L13)."""


def too_much(order: Order, overfull: TooMuch) -> Iterator[FoldwellError]:
    """An error for each part of a leaflet that needs more panels than it has."""
    for overflow in overfull.overflows:
        what, unit = ("The text", "page")
        if overflow.part:
            what, unit = f"The text for the {overflow.part}", "panel"
        if overflow.tall:
            yield FoldwellError(
                f"'{overflow.tall[:WORDS_SHOWN]}' is taller than a {unit} and cannot be parted, for"
                f" clinic '{order.clinic}', language '{order.language}', format '{order.format}'.",
                Place(order.leaflet_path),
                "Break or shorten the long words in it.",
            )
            continue
        yield FoldwellError(
            f"{what} does not fit for clinic '{order.clinic}', language '{order.language}',"
            f" format '{order.format}': it has room for {counted(overflow.room, unit)} and is"
            f" {counted(overflow.over, 'line')} over at the smallest size.",
            Place(order.leaflet_path),
            _what_to_cut(order, overflow),
        )


def _what_to_cut(order: Order, overflow: Overflow) -> str:
    """Which section is large enough to leave out, or that each must shrink."""
    hint = f"Shorten it by {counted(overflow.over, 'line')}"
    if overflow.facts > overflow.lines / 2:
        return (
            f"The leaflet leaves room; {counted(overflow.facts, 'line')} of"
            f" {overflow.lines} there are the clinic's facts and those about the leaflet. Shorten"
            f" those of the clinic '{order.clinic}', or the reviewers and authors, by"
            f" {counted(overflow.over, 'line')}."
        )
    sections = [(title, lines) for title, lines in overflow.sections if title]
    enough = [pair for pair in sections if pair[1] >= overflow.over]
    if enough:
        title, lines = min(enough, key=lambda pair: pair[1])
        return (
            f"{hint}, or leave out the section '{title}' ({counted(lines, 'line')}) with"
            f" '/// only | format: not {order.format}'."
        )
    if sections:
        listed = ", ".join(f"'{title}' {lines}" for title, lines in sections)
        return (
            f"{hint}; no section alone is long enough (lines: {listed}). Put what this format"
            f" can do without in '/// only | format: not {order.format}'."
        )
    return f"{hint}, or put some of it in '/// only | format: not {order.format}'."


def too_long(order: Order, pages: int, limit: int) -> FoldwellError:
    """An error for a leaflet that takes as many pages as needed, when that is too many."""
    return FoldwellError(
        f"The text does not fit for clinic '{order.clinic}', language '{order.language}',"
        f" format '{order.format}': it fills {pages} pages; the limit is {limit}.",
        Place(order.leaflet_path),
        "Split the leaflet.",
    )


def overlapping(order: Order, fitted: Fitted) -> list[FoldwellError]:
    """An error for each place where words would be printed over other words."""
    return [
        FoldwellError(
            f"'{one[:40]}' and '{other[:40]}' would be printed over each other on page {number},"
            f" for clinic '{order.clinic}', language '{order.language}', format '{order.format}'.",
            Place(order.leaflet_path),
            "Shorten them, or give them more room in the style sheet.",
        )
        for number, page in enumerate(fitted.typeset.pages, 1)
        for one, other in page.overlaps
    ]


def fit_note(order: Order, fitted: Fitted) -> str:
    """How a leaflet was fitted: a line for the job and one for each part."""
    lines = [f"{order.name}: {fitted.fit.body_pt:g} pt"]
    for part, share in fitted.filled.items():
        name = part or "pages"
        own = [f"{page.filled:.0%}" for page in fitted.typeset.pages if page.name == part]
        each = f" (each to {', '.join(own)})" if len(own) > 1 else ""
        spacing = fitted.fit.spacing.get(part, 1.0)
        spare = fitted.fit.spare.get(part, 0)
        notes = f", {counted(spare, 'panel')} of notes" if spare else ""
        lines.append(f"  {name}: {share:.0%} filled{each}, spacing {spacing:.2f}{notes}")
    return "\n".join(lines)


def typography(order: Order, fitted: Fitted) -> Iterator[str]:
    """What rule L13 has to say: stranded headings, and a last page with next to nothing on it."""
    pages = fitted.typeset.pages
    for number, (page, following) in enumerate(pairwise(pages), 1):
        if following.notes or page.name != following.name:
            continue
        if not page.sections or (order.row and order.row.layout == "languages"):
            continue  # names of languages stand under their codes
        title, lines = page.sections[-1]
        if title and following.goes_on and lines < HEADING_AND_TWO_LINES:
            yield _of_setting(
                order,
                number,
                f"The heading '{title}' stands at the foot with fewer than two lines after it.",
                "Shorten or lengthen what stands before.",
            )
    if fitted.fit.left_out:
        pieces = "; ".join(PIECES[name] for name in fitted.fit.left_out)
        yield (
            f"{order.name}: L11 information: left out so that the rest fits: {pieces}. It stands on"
            " the sheet and on the web page."
        )
    if order.row and order.row.layout == "large-print" and pages[-1].filled < NEARLY_EMPTY:
        yield _of_setting(
            order, len(pages), "The last page is nearly empty.",
            "Shorten the text by what stands on it.",
        )  # fmt: skip


def _of_setting(order: Order, page: int, message: str, hint: str) -> str:
    finding = Finding("L13", Severity.WARNING, message, hint, Place(page=page))
    return f"{order.name}: {finding}"


def counted(number: int, unit: str) -> str:
    """A number with its unit, such as '1 line' or '3 lines'."""
    return f"{number} {unit}{'' if number == 1 else 's'}"
