"""Functions of a PDF: what they give at their joints, between which they blend (ISO 32000-1, 7.10).

Functions that calculate, and tables too large to be a blend of colours, are not followed.
"""

from __future__ import annotations

from math import prod
from typing import Any

from pikepdf import Dictionary, Stream

from foldwell.pdf.colour_space import Values
from foldwell.pdf.content_stream import plain_value

DEEPEST = 4
"""How deep functions may be built of one another."""
MOST_SAMPLES = 2**20
"""The most numbers that a table may hold; a blend of colours has a few thousand."""
_BITS = (1, 2, 4, 8, 12, 16, 24, 32)


def joints(function: Any, outputs: int, depth: int = 0) -> list[Values] | None:
    """What a function gives at its joints; None where that cannot be told.

    Args:
        function: The function.
        outputs: How many numbers it gives.
        depth: How deep it is built into another one.
    """
    if not isinstance(function, Dictionary | Stream) or depth > DEEPEST or outputs < 1:
        return None
    match plain_value(function.get("/FunctionType", -1)):
        case 2.0:
            first = plain_value(function.get("/C0")) or [0.0]
            last = plain_value(function.get("/C1")) or [1.0]
            return [tuple(first), tuple(last)]
        case 3.0:
            found: list[Values] = []
            for part in function.get("/Functions", ()):
                values = joints(part, outputs, depth + 1)
                if values is None:
                    return None
                found += values
            return found
        case 0.0 if isinstance(function, Stream):
            return samples(function, outputs)
        case _:
            return None


def samples(function: Stream, outputs: int) -> list[Values] | None:
    """The points of a table, the first input running fastest (ISO 32000-1, 7.10.2).

    None where it is too large, cut short, or does not give so many numbers a point.
    """
    bits = plain_value(function.get("/BitsPerSample"))
    sizes = plain_value(function.get("/Size")) or ()
    ends = plain_value(function.get("/Decode", function.get("/Range"))) or ()
    if bits not in _BITS or len(ends) != 2 * outputs or not sizes or min(sizes) < 1:
        return None
    width, count = int(bits), int(prod(sizes)) * outputs
    content = function.read_bytes() if 0 < count <= MOST_SAMPLES else b""
    if len(content) * 8 < count * width:
        return None
    most, found = (1 << width) - 1, []
    ranges = list(zip(ends[::2], ends[1::2], strict=True))
    for start in range(0, count, outputs):
        point = []
        for index, (low, high) in enumerate(ranges, start):
            first, last = index * width, (index + 1) * width
            around = int.from_bytes(content[first // 8 : -(-last // 8)])
            point.append(low + (around >> (-last % 8) & most) / most * (high - low))
        found.append(tuple(point))
    return found
