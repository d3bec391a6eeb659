"""Leaves of a folded sheet: its pieces between creases, how they lie, and what is seen of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise

from foldwell.paper.geometry import SLACK_MM

VISIBLE = 0.1
"""A face counts as seen from this share of it on; less is a sliver beside a narrower panel."""

Key = tuple[int, int]
"""A leaf's place on the flat sheet: its column from the left and its row from the bottom."""


@dataclass(frozen=True)
class Face:
    """What is printed on one side of a leaf: a panel's index, and its clockwise turn as seen."""

    panel: int
    turn: int


@dataclass(frozen=True)
class Leaf:
    """One piece of the sheet between creases.

    Attributes:
        key: Its place on the flat sheet.
        x_mm: Its left edge now.
        y_mm: Its lower edge now.
        width_mm: Its width.
        height_mm: Its height.
        up: The face that looks up; None where nothing is printed.
        down: The other, turned as it is seen when the sheet is turned over an upright edge.
        mirrored: Whether left and right have changed places.
        upended: Whether its head and foot have changed places.
    """

    key: Key
    x_mm: float
    y_mm: float
    width_mm: float
    height_mm: float
    up: Face | None
    down: Face | None
    mirrored: bool = False
    upended: bool = False

    @property
    def right_mm(self) -> float:
        """Its right edge now."""
        return self.x_mm + self.width_mm

    @property
    def top_mm(self) -> float:
        """Its upper edge now."""
        return self.y_mm + self.height_mm

    def ends(self, upright: bool) -> tuple[float, float]:
        """Its extent across an upright or a lying crease."""
        return (self.x_mm, self.right_mm) if upright else (self.y_mm, self.top_mm)

    def edge(self, upright: bool, after: bool) -> float:
        """Where the edge now is that was its right (upper) one, or its left (lower) one."""
        low, high = self.ends(upright)
        turned = self.mirrored if upright else self.upended
        return high if after != turned else low

    def over(self, upright: bool, line_mm: float) -> Leaf:
        """The leaf turned over a crease."""
        if upright:
            x = 2 * line_mm - self.right_mm
            turned = replace(self, x_mm=x, mirrored=not self.mirrored)
            return replace(turned, up=self.down, down=self.up)
        y = 2 * line_mm - self.top_mm
        turned = replace(self, y_mm=y, upended=not self.upended)
        return replace(turned, up=_upended(self.down), down=_upended(self.up))


def _upended(face: Face | None) -> Face | None:
    return face and replace(face, turn=(face.turn + 180) % 360)


Stack = tuple[Leaf, ...]
"""Leaves from the lowest to the highest."""

View = list[tuple[Leaf, Face]]
"""The faces that are seen at once, in the order in which they are read."""


def seen(stack: Stack, *, below: bool, rtl: bool = False) -> View:
    """The printed faces that are seen from above or below, in reading order."""
    layers = stack[::-1] if below else stack
    xs = sorted({x for leaf in stack for x in leaf.ends(True)})
    ys = sorted({y for leaf in stack for y in leaf.ends(False)})
    area: dict[Key, float] = {}
    for left, right in pairwise(xs):
        for low, high in pairwise(ys):
            x, y = (left + right) / 2, (low + high) / 2
            here = [
                leaf
                for leaf in layers
                if leaf.x_mm < x < leaf.right_mm and leaf.y_mm < y < leaf.top_mm
            ]
            if here:
                key = here[-1].key
                area[key] = area.get(key, 0) + (right - left) * (high - low)
    found: View = []
    for leaf in stack:
        face = leaf.down if below else leaf.up
        if face and area.get(leaf.key, 0) > VISIBLE * leaf.width_mm * leaf.height_mm:
            found.append((leaf, face))
    turn = found[0][1].turn if found else 0
    right_, up = {0: ((1, 0), (0, 1)), 90: ((0, -1), (1, 0))}.get(turn % 180, ((1, 0), (0, 1)))
    sign = 1 if turn < 180 else -1

    def place(item: tuple[Leaf, Face]) -> tuple[float, float]:
        leaf = item[0]
        x = (leaf.x_mm + leaf.right_mm) / 2 * (-1 if below else 1)
        y = (leaf.y_mm + leaf.top_mm) / 2
        across = sign * (x * right_[0] + y * right_[1]) * (-1 if rtl else 1)
        return round(-sign * (x * up[0] + y * up[1]), 2), across

    found.sort(key=place)
    unique: dict[int, tuple[Leaf, Face]] = {}
    for leaf, face in found:  # a poster spans several leaves
        unique.setdefault(face.panel, (leaf, face))
    return list(unique.values())


def overlap(one: Leaf, other: Leaf) -> bool:
    """Whether one lies over or under the other."""
    return all(
        min(one.ends(way)[1], other.ends(way)[1]) - max(one.ends(way)[0], other.ends(way)[0])
        > SLACK_MM
        for way in (True, False)
    )


def one_row(view: View) -> bool:
    """Whether faces stand side by side, all the same way up."""
    return len({(round(leaf.y_mm, 2), face.turn) for leaf, face in view}) == 1
