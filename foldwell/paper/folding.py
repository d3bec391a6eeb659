"""Folding a sheet in memory: what is outside when it is shut, and how a reader meets the rest.

The sheet lies with its second side up, as a reader holds it in the end. Each step of a format's
sequence of folds moves one part over the rest or behind it; the layers of paper are followed, and
what could not be done with paper is told: a panel that jams in a fold, a fold through a panel,
paper that would tear. The sheet has no thickness; ``fold_limits`` says what room paper needs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from foldwell.paper.flat_sheet import FlatSheet
from foldwell.paper.fold_limits import Bend, Tuck, jams, meetings, tears, tucked
from foldwell.paper.geometry import SLACK_MM, Fold, Geometry
from foldwell.paper.leaf import Leaf, Stack, View, seen
from foldwell.paper.reading_order import hidden, left_flat, misread


@dataclass(frozen=True)
class Folded:
    """A sheet that was folded; panels are named by their number in reading order, from 1.

    Attributes:
        stacks: The flat sheet, and what it is after each fold.
        front: What is seen of the shut piece, from the side of its cover.
        rear: The same from behind.
        met: The panels that a reader sees for the first time, opening by opening.
        tucked: What lies inside folds.
        problems: What cannot be done, as sentences without a full stop.
    """

    stacks: tuple[Stack, ...]
    front: tuple[int, ...]
    rear: tuple[int, ...]
    met: tuple[tuple[int, ...], ...]
    tucked: tuple[Tuck, ...]
    problems: tuple[str, ...]


def fold(geometry: Geometry, *, right_to_left: bool = False) -> Folded:
    """Fold a sheet as its format says.

    Args:
        geometry: The format, already mirrored for a right-to-left language.
        right_to_left: Whether panels side by side are read from the right.
    """
    folding = _Folding(geometry)
    for number, step in enumerate(geometry.folds, 1):
        folding.step(number, step)
        if folding.problems:
            return Folded(tuple(folding.stacks), (), (), (), (), tuple(folding.problems))
    shut = folding.stacks[-1]
    covers = [i for i, panel in enumerate(geometry.panels) if panel.name in ("cover", "front")]
    below = any(face.panel in covers for _, face in seen(shut, below=True)) and not any(
        face.panel in covers for _, face in seen(shut, below=False)
    )
    sides = (below, not below)
    front, rear = (
        tuple(face.panel + 1 for _, face in seen(shut, below=side, rtl=right_to_left))
        for side in sides
    )
    views = [seen(shut, below=below, rtl=right_to_left)]
    views += folding.openings(right_to_left)
    views.append(seen(shut, below=not below, rtl=right_to_left))
    sheet = folding.sheet
    folding.problems += left_flat(sheet, shut)
    folding.problems += hidden(sheet, {*front, *rear})
    folding.problems += misread(sheet, views, folding.pushed)
    first: dict[int, int] = {}
    for stage, view in enumerate(views[:-1]):
        for _, face in view:
            first.setdefault(face.panel + 1, stage)
    for number in rear:  # read last, whoever turns the shut piece over first
        first[number] = len(views)
    met = [
        tuple(number for number in sorted(first) if first[number] == stage)
        for stage in sorted(set(first.values()))
    ]
    return Folded(
        tuple(folding.stacks),
        front,
        rear,
        tuple(met),
        tuple(folding.tucked),
        tuple(dict.fromkeys(folding.problems)),
    )


class _Folding:
    """The state of one sheet while it is folded."""

    def __init__(self, geometry: Geometry) -> None:
        self.sheet = FlatSheet(geometry)
        self.stacks: list[Stack] = [tuple(self.sheet.leaves())]
        self.problems: list[str] = []
        self.tucked: list[Tuck] = []
        self._pairs: list[Stack] = []

    @property
    def pushed(self) -> bool:
        """Whether it became a booklet whose leaves are turned."""
        return bool(self._pairs)

    def step(self, number: int, step: Fold) -> None:
        """One fold; what cannot be done is noted."""
        stack = self.stacks[-1]
        upright = step.part in ("left", "right")
        kind = "upright" if upright else "lying"
        creases = len(self.sheet.xs if upright else self.sheet.ys) - 2
        if not 1 <= step.crease <= creases:
            there = f"is 1 {kind} crease" if creases == 1 else f"are {creases} {kind} creases"
            self.problems.append(f"fold {number} names crease {step.crease}; there {there}")
            return
        if step.way == "push":
            self._push(number, step)
            return
        before = (step.crease if upright else creases + 1 - step.crease) - 1
        name = f"fold {number} ({step.part} {step.way}, {kind} crease {step.crease})"
        lines = [
            one.edge(upright, True)
            for one, _, way in self.sheet.joints(stack)
            if way == upright and one.key[0 if upright else 1] == before
        ]
        if not lines or max(lines) - min(lines) > SLACK_MM:
            self.problems.append(f"{name} is not one line any more after the folds before it")
            return
        line = lines[0]
        first = step.part in ("left", "lower")
        moves: list[Leaf] = []
        rest: list[Leaf] = []
        for leaf in stack:
            low, high = leaf.ends(upright)
            if low < line - SLACK_MM and high > line + SLACK_MM:
                self.problems.append(
                    f"{name} would run through {self.sheet.named(leaf)}, which lies over the crease"
                )
                return
            (moves if ((low + high) / 2 < line) == first else rest).append(leaf)
        moving = {leaf.key for leaf in moves}
        joined = {
            leaf.key
            for one, other, _ in self.sheet.joints(stack)
            if (one.key in moving) != (other.key in moving)
            for leaf in (one, other)
        }
        if not joined:
            self.problems.append(f"{name} moves nothing: no paper is left on that side")
            return
        bend = Bend(number, name, line, upright, step.way == "over", frozenset(joined))
        self.tucked += tucked(self.sheet, stack, bend)
        turned = [leaf.over(upright, line) for leaf in reversed(moves)]
        folded = tuple([*rest, *turned] if bend.over else [*turned, *rest])
        self.problems += jams(self.sheet, stack, bend)
        self.problems += tears(self.sheet, folded, bend)
        self.problems += meetings(self.sheet, folded, frozenset(moving), bend)
        self.stacks.append(folded)

    def _push(self, number: int, step: Fold) -> None:
        """The ends of a strip of two layers, cut open in the middle, are pushed together.

        The middle stands up as a cross of four leaves, which are then laid on one another: the
        eight-page booklet from one sheet.
        """
        stack = self.stacks[-1]
        order = (0, 1, 2, 3) if step.part == "left" else (3, 2, 1, 0)
        columns = [[leaf for leaf in stack if leaf.key[0] == column] for column in order]
        hang = {
            frozenset((a.key, b.key)) for a, b, upright in self.sheet.joints(stack) if not upright
        }
        closed = [frozenset(leaf.key for leaf in column) in hang for column in columns]
        if len(self.sheet.xs) != 5 or [len(column) for column in columns] != [2] * 4 or closed != [
            True, False, False, True,
        ]:  # fmt: skip
            self.problems.append(
                f"fold {number} (push) needs a strip of four columns and two layers that is cut"
                " open between its two middle columns"
            )
            return
        line = self.sheet.xs[1] if step.part == "left" else self.sheet.xs[3]
        (b0, t0), (b1, t1), (b2, t2), (b3, t3) = columns
        order_down = [(b0, 1), (t0, 1), (t1, 0), (t2, 1), (t3, 0), (b3, 0), (b2, 1), (b1, 0)]
        laid = []
        for leaf, turn in order_down:
            placed = leaf.over(True, line) if turn else leaf
            x = line if step.part == "left" else line - placed.width_mm
            laid.append(replace(placed, x_mm=x))
        self.stacks.append(tuple(reversed(laid)))
        self._pairs = [(laid[i], laid[i + 1]) for i in range(1, 7, 2)]

    def openings(self, rtl: bool) -> list[View]:
        """What is seen as the folds are opened, the last first; then both sides of the sheet."""
        views: list[View] = []
        for step, stack in zip(
            reversed(self.sheet.geometry.folds), self.stacks[-2::-1], strict=True
        ):
            if step.way == "push":
                for left, right in self._pairs:
                    faces = [(left, left.down), (right, right.up)]
                    views.append([(leaf, face) for leaf, face in faces if face])
                continue
            views.append(seen(stack, below=step.way == "behind", rtl=rtl))
        flat = self.stacks[0]
        last = bool(self.sheet.geometry.folds) and self.sheet.geometry.folds[0].way == "behind"
        return [*views, *(seen(flat, below=side, rtl=rtl) for side in (last, not last))]
