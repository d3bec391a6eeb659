"""What paper cannot do: jam, tear, and meet edge to edge on one level."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from foldwell.paper.flat_sheet import FlatSheet
from foldwell.paper.geometry import SLACK_MM
from foldwell.paper.leaf import Key, Stack, overlap

TUCK_MM = 1.5
"""How far what lies inside a fold must stay clear of it: a sixteenth of an inch, rounded down."""
GAP_MM = 1.0
"""How far two edges that meet on one level must stay apart, or overlap."""


@dataclass(frozen=True)
class Tuck:
    """Something that lies inside a fold.

    Attributes:
        panels: The numbers of the panels on it; the first panel is 1.
        fold: Which step closes over it; the first is 1.
        clear_mm: How far it stays from the crease.
    """

    panels: tuple[int, ...]
    fold: int
    clear_mm: float


@dataclass(frozen=True)
class Bend:
    """One fold that is about to be made.

    Attributes:
        number: Which step it is; the first is 1.
        name: How messages name it.
        line_mm: Where its crease lies.
        upright: Whether the crease is upright.
        over: Whether the moving part comes to lie over the rest.
        joined: The leaves that hang together across the crease.
    """

    number: int
    name: str
    line_mm: float
    upright: bool
    over: bool
    joined: frozenset[Key]


def tucked(sheet: FlatSheet, stack: Stack, bend: Bend) -> Iterator[Tuck]:
    """What a fold closes over."""
    places = [place for place, leaf in enumerate(stack) if leaf.key in bend.joined]
    sizes = [high - low for low, high in (stack[p].ends(bend.upright) for p in places)]
    for place, leaf in enumerate(stack):
        outer = [p for p in places if (p < place if bend.over else p > place)]
        if leaf.key in bend.joined or not any(overlap(leaf, stack[p]) for p in outer):
            continue
        low, high = leaf.ends(bend.upright)
        clear = max(low - bend.line_mm, bend.line_mm - high)
        if clear < min(sizes):  # else it is so far away that nothing closes over it
            yield Tuck(sheet.numbers(leaf), bend.number, round(clear, 4))


def jams(sheet: FlatSheet, stack: Stack, bend: Bend) -> Iterator[str]:
    """What lies inside a fold and does not stay clear of its crease."""
    found = list(tucked(sheet, stack, bend))
    size, less = ("wide", "narrower") if bend.upright else ("high", "lower")
    for tuck in found:
        if tuck.clear_mm >= TUCK_MM - SLACK_MM:
            continue
        leaf = next(leaf for leaf in stack if sheet.numbers(leaf) == tuck.panels)
        low, high = leaf.ends(bend.upright)
        yield (
            f"{sheet.named(leaf)} tucks in and jams in {bend.name}: it is {high - low:g} mm"
            f" {size}, and must be at least {TUCK_MM - max(tuck.clear_mm, 0.0):.3g} mm {less}"
        )


def tears(sheet: FlatSheet, stack: Stack, bend: Bend) -> Iterator[str]:
    """Leaves that hang together and are pulled apart."""
    for one, other, upright in sheet.joints(stack):
        if abs(one.edge(upright, True) - other.edge(upright, False)) > 4 * SLACK_MM:
            yield f"{bend.name} would tear {sheet.named(one)} from {sheet.named(other)}"
            return


def meetings(sheet: FlatSheet, stack: Stack, turned: frozenset[Key], bend: Bend) -> Iterator[str]:
    """Loose edges that meet on one level and push one another up, such as the doors of a gate.

    Args:
        sheet: The sheet.
        stack: How it lies after the fold.
        turned: The leaves that were moved.
        bend: The fold.
    """
    upright = bend.upright
    held = set()
    for one, other, way in sheet.joints(stack):
        if way == upright:
            held |= {(one.key, True), (other.key, False)}
    for mover in (leaf for leaf in stack if leaf.key in turned):
        for other in (leaf for leaf in stack if leaf.key not in turned):
            low, high = mover.ends(upright)
            start, end = other.ends(upright)
            for gap, after in ((start - high, True), (low - end, False)):
                swapped = mover.mirrored if upright else mover.upended
                swapped_other = other.mirrored if upright else other.upended
                edges = {(mover.key, after != swapped), (other.key, after == swapped_other)}
                if abs(gap) < GAP_MM - SLACK_MM and not edges & held:
                    yield (
                        f"{sheet.named(mover)} and {sheet.named(other)} meet edge to edge in"
                        f" {bend.name}: leave at least {GAP_MM:g} mm between them"
                    )
