"""How a text was fitted: size, spacing and what was left out, and what did not fit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from foldwell.paper.formats import Format
from foldwell.typeset.engine import Typeset
from foldwell.typeset.yielding import COMPACT

UNIT_MM = 2.0
"""One step of space at a spacing of 1."""
LEADING = {
    **dict.fromkeys(("panels", "card", "poster", "bilingual", "languages"), 1.25),
    "large-print": 1.39,
}
"""Leading of body text as a multiple of its size, at a spacing of 1; 1.33 for other layouts."""
USUAL_LEADING, LEAST_LEADING = 1.333, 1.25
LEADING_BY_SPACING = 0.6
"""How much leading grows when spacing grows by 1."""


@dataclass(frozen=True)
class Fit:
    """One way of setting a leaflet.

    Attributes:
        body_pt: The size of body text.
        spacing: The spacing of each part, 1 where none is named.
        spare: How many panels of each part are filled with notes.
        compact: Whether the clinic's facts are set in the smallest type that is legal.
        left_out: The pieces of the clinic's facts that are left out.
    """

    body_pt: float
    spacing: Mapping[str, float] = field(default_factory=dict)
    spare: Mapping[str, int] = field(default_factory=dict)
    compact: bool = False
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True)
class Overflow:
    """A part that needs more panels than it has.

    Attributes:
        part: Its name; empty where all panels are one flow.
        room: How many panels it has.
        over: How many lines stand beyond them, at the smallest setting.
        sections: (heading, lines) of all sections of the part.
        facts: How many lines of the part are facts of the clinic and about the leaflet.
        lines: How many lines the part has.
        tall: The first words of what is taller than a panel and cannot be parted; usually none.
    """

    part: str
    room: int
    over: int
    sections: tuple[tuple[str, int], ...]
    facts: int = 0
    lines: int = 0
    tall: str = ""


class TooMuch(Exception):  # noqa: N818 - it carries overflows, for the caller to put into words
    """The words do not fit at the smallest setting."""

    def __init__(self, overflows: tuple[Overflow, ...]) -> None:
        super().__init__(overflows)
        self.overflows = overflows


@dataclass(frozen=True)
class Fitted:
    """A fitted leaflet.

    Attributes:
        typeset: Its pages.
        fit: How it is set.
        html: The HTML without the panels of notes that are not used.
        layouts: How many layouts the search took, those that measured among them.
        filled: For each part the share of its panels that is filled, before room is left
            between sections, notes not counted.
        measured: For the numbers of words the boxes of the blocks in which they were measured.
    """

    typeset: Typeset
    fit: Fit
    html: str
    layouts: int
    filled: Mapping[str, float]
    measured: Callable[[set[int]], list[Any] | None] = field(default=lambda _: None)


def fit_css(fit: Fit, format_: Format) -> str:
    """A fit as a style sheet."""
    rules = [_rule(":root", fit.body_pt, fit.spacing.get("", 1), format_)]
    rules += [
        _rule(f".{part}", fit.body_pt, spacing, format_)
        for part, spacing in sorted(fit.spacing.items())
        if part
    ]
    rules += [
        f".spare.part-{part or 'all'}.number-{number} {{ display: block; }}\n"
        for part, count in sorted(fit.spare.items())
        for number in range(1, count + 1)
    ]
    return "".join(rules) + (COMPACT if fit.compact else "")


def _rule(selector: str, body_pt: float, spacing: float, format_: Format) -> str:
    usual = LEADING.get(format_.layout, USUAL_LEADING)
    leading = body_pt * max(LEAST_LEADING, usual + (spacing - 1) * LEADING_BY_SPACING)
    return (
        f"{selector} {{ --body: {body_pt:g}pt; --leading: {leading:.3f}pt;"
        f" --unit: {UNIT_MM * spacing:.4f}mm; --scale: {body_pt / 12:.4f};"
        f" line-height: {leading:.3f}pt; }}\n"
    )
