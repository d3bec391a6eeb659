"""The flat sheet of a format: its leaves between creases, what is on them, what holds them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from foldwell.paper.geometry import Geometry, Spot
from foldwell.paper.leaf import Face, Leaf, Stack


class FlatSheet:
    """A sheet with its second side up, cut into leaves along all its creases.

    Attributes:
        geometry: The format.
        xs: The upright creases, with both edges, from the left.
        ys: The lying ones, from the lower edge.
    """

    def __init__(self, geometry: Geometry) -> None:
        self.geometry = geometry
        upright, lying = geometry.creases_mm
        self.xs = (0.0, *upright, geometry.sheet_mm[0])
        self.ys = (0.0, *lying, geometry.sheet_mm[1])

    def leaves(self) -> Iterator[Leaf]:
        """All leaves, side by side."""
        below, above = (*self.geometry.sides, ())[:2]
        for column, (left, right) in enumerate(pairwise(self.xs)):
            for row, (low, high) in enumerate(pairwise(self.ys)):
                middle = ((left + right) / 2, (low + high) / 2)
                yield Leaf(
                    (column, row),
                    left,
                    low,
                    right - left,
                    high - low,
                    self._face(above, middle, 0),
                    self._face(
                        below, self._beneath(middle), 0 if self.geometry.turns_over_upright else 180
                    ),
                )

    def _beneath(self, point: tuple[float, float]) -> tuple[float, float]:
        width, height = self.geometry.sheet_mm
        if self.geometry.turns_over_upright:
            return width - point[0], point[1]
        return point[0], height - point[1]

    def _face(self, side: tuple[Spot, ...], point: tuple[float, float], turn: int) -> Face | None:
        for spot in side:
            across, tall = self.geometry.span_mm(spot)
            if 0 < point[0] - spot.x_mm < across and 0 < point[1] - spot.y_mm < tall:
                return Face(spot.panel, (spot.turn + turn) % 360)
        return None

    def joints(self, stack: Stack) -> Iterator[tuple[Leaf, Leaf, bool]]:
        """Leaves that hang together, the one before a crease first, and whether it is upright."""
        by_key = {leaf.key: leaf for leaf in stack}
        rows = len(self.ys) - 1
        slit = {
            (column, rows - cut.crease)
            for cut in self.geometry.cuts
            for column in range(cut.start, cut.end)
        }
        for (column, row), leaf in by_key.items():
            if after := by_key.get((column + 1, row)):
                yield leaf, after, True
            if (column, row + 1) in by_key and (column, row + 1) not in slit:
                yield leaf, by_key[column, row + 1], False

    def numbers(self, leaf: Leaf) -> tuple[int, ...]:
        """The panels on a leaf, by number."""
        faces = (face for face in (leaf.down, leaf.up) if face)
        return tuple(sorted(face.panel + 1 for face in faces))

    def named(self, leaf: Leaf) -> str:
        """A leaf, by the panels on it."""
        numbers = self.numbers(leaf)
        words = " and ".join(
            f"{number} ('{self.geometry.names[number - 1]}')" for number in numbers
        )
        if len(numbers) > 1:
            return f"the leaf with panels {words}"
        return f"panel {words}" if numbers else "a blank part of the sheet"
