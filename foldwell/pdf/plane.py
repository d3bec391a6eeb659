"""Points, boxes and matrices on a page, in points.

A matrix is the six numbers of PDF (ISO 32000-1, 8.3.3), a box its left, lower, right and upper
edge. Plain tuples, because a page has tens of thousands of them.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

PT_PER_MM = 72 / 25.4

Box = tuple[float, float, float, float]
"""Left, lower, right and upper edge in points, in the space of a page that is not turned."""
Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def multiply(first: tuple[float, ...], then: Matrix) -> Matrix:
    """The matrix that does one thing and then the other."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (
        a * g + b * i,
        a * h + b * j,
        c * g + d * i,
        c * h + d * j,
        e * g + f * i + k,
        e * h + f * j + m,
    )


def place(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """Where a point lands."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def placed(matrix: Matrix, box: Box) -> Box:
    """The upright box around a box that was moved, turned or slanted."""
    x0, y0, x1, y1 = box
    return around(place(matrix, x, y) for x in (x0, x1) for y in (y0, y1))


def around(points: Iterable[tuple[float, float]]) -> Box:
    """The smallest box that holds some points."""
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def joined(boxes: Iterable[Box]) -> Box:
    """The smallest box that holds some boxes."""
    lefts, lowers, rights, uppers = zip(*boxes, strict=True)
    return min(lefts), min(lowers), max(rights), max(uppers)


def common(first: Box | None, second: Box | None) -> Box | None:
    """What two boxes share, be it a line; None if nothing."""
    if first is None or second is None:
        return None
    x0, y0 = max(first[0], second[0]), max(first[1], second[1])
    x1, y1 = min(first[2], second[2]), min(first[3], second[3])
    return (x0, y0, x1, y1) if x0 <= x1 and y0 <= y1 else None


def grown(box: Box, by: float) -> Box:
    """A box with its edges moved outwards."""
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def scaled(box: Box, factor: float) -> Box:
    """A box in other units."""
    return box[0] * factor, box[1] * factor, box[2] * factor, box[3] * factor


def size(box: Box) -> tuple[float, float]:
    """Width and height."""
    return box[2] - box[0], box[3] - box[1]


def area(box: Box | None) -> float:
    """Width times height; nothing has none."""
    return 0.0 if box is None else (box[2] - box[0]) * (box[3] - box[1])


def holds(outer: Box, inner: Box, slack: float = 0.0) -> bool:
    """Whether one box lies within another."""
    return (
        outer[0] - slack <= inner[0]
        and outer[1] - slack <= inner[1]
        and outer[2] + slack >= inner[2]
        and outer[3] + slack >= inner[3]
    )


def has_point(box: Box, x: float, y: float) -> bool:
    """Whether a point lies in a box or on its edge."""
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def middle(box: Box) -> tuple[float, float]:
    """The middle of a box."""
    return (box[0] + box[2]) / 2, (box[1] + box[3]) / 2


def lengths(matrix: Matrix) -> tuple[float, float]:
    """How long the unit's two sides become."""
    return math.hypot(matrix[0], matrix[1]), math.hypot(matrix[2], matrix[3])


def height_of(matrix: Matrix) -> float:
    """How high the unit becomes above its base line, slant left aside."""
    a, b, c, d, _, _ = matrix
    across = math.hypot(a, b)
    return abs(a * d - b * c) / across if across > 1e-9 else math.hypot(c, d)


def thinnest(matrix: Matrix) -> float:
    """How thick a line of width 1 is where the matrix makes it thinnest."""
    a, b, c, d, _, _ = matrix
    # The smaller singular value.
    squares = a * a + b * b + c * c + d * d
    both = (a * d - b * c) ** 2
    root = math.sqrt(max(squares * squares - 4 * both, 0.0))
    return math.sqrt(max((squares - root) / 2, 0.0))
