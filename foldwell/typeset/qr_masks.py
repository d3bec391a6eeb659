"""The mask of a QR code, found as segno finds it, of whole rows at once.

A code is laid over with each of eight patterns, and the one that readers have the least trouble
with is kept (ISO/IEC 18004, 7.8). Module by module that takes four fifths of the time of a code,
so that here a code is one number, a bit a module; every code comes out as segno's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from segno import encoder as of_segno

PENALTIES = 3, 40, 10
"""For 2 × 2 modules of one colour, for what looks like a finder, and for each 5 % off an even
share of dark ones; a run of five or more costs two less than it is long."""
FINDER = (1, 0, 1, 1, 1, 0, 1)
encoder: Any = of_segno
_one_by_one = encoder.find_and_apply_best_mask
Modules = Sequence[bytearray]


def find_mask(
    modules: Modules, width: int, height: int, proposed: int | None = None
) -> tuple[int, Modules]:
    """The number of the best mask, and the code with it.

    Args:
        modules: The rows of a code, a byte a module: 1 is dark.
        width: Of the code, in modules.
        height: The same.
        proposed: The number of a mask that is taken whatever it costs.
    """
    plain = b"".join(modules)
    if proposed is not None or width != height or width < 21 or max(plain) > 1:
        found: tuple[int, Modules] = _one_by_one(modules, width, height, proposed)
        return found
    across, down = _number(plain), _number(_turned(plain, width))
    masks = _masks(width)
    costs = [_cost(across ^ rows, down ^ columns, width) for rows, columns in masks]
    best = costs.index(min(costs))
    masked = f"{across ^ masks[best][0]:0{width * width}b}".encode().translate(_AS_BYTES)
    return best, tuple(
        bytearray(masked[start : start + width]) for start in range(0, width * width, width)
    )


_AS_DIGITS = bytes.maketrans(b"\0\1", b"01")
_AS_BYTES = bytes.maketrans(b"01", b"\0\1")


def _number(modules: bytes) -> int:
    """Modules as a number, the first as its highest bit."""
    return int(modules.translate(_AS_DIGITS), 2)


def _turned(modules: bytes, width: int) -> bytes:
    """The same column by column."""
    return b"".join(modules[column::width] for column in range(width))


@cache  # there are forty sizes of codes
def _masks(width: int) -> tuple[tuple[int, int], ...]:
    """Each mask as a number, by rows and by columns, for what of a code holds its data."""
    function: Any = encoder.make_matrix(width, width)
    encoder.add_finder_patterns(function, width, width)
    encoder.add_alignment_patterns(function, width, width)
    function[-8][8] = 1
    masks = []
    for turns in encoder.get_data_mask_functions(False):
        mask = bytes(
            function[row][column] > 1 and turns(row, column)
            for row in range(width)
            for column in range(width)
        )
        masks.append((_number(mask), _number(_turned(mask, width))))
    return tuple(masks)


@cache
def _starts(width: int, length: int) -> int:
    """Where in a row of a code something of a length can end, in bits of all rows."""
    row = (1 << (width - length + 1)) - 1
    return sum(row << (width * number) for number in range(width))


def _cost(across: int, down: int, width: int) -> int:
    """What a code costs, by rows and by columns."""
    alike = ~(across ^ across >> 1) & _starts(width, 2)
    below = ~(across ^ across >> width) & ((1 << (width * (width - 1))) - 1)
    blocks = alike & alike >> width & below
    off = abs(float(across.bit_count()) / width**2 * 100 - 50)
    of_blocks, _, of_share = PENALTIES
    return (
        _runs(across, width)
        + _runs(down, width)
        + of_blocks * blocks.bit_count()
        + _finders(across, width)
        + _finders(down, width)
        + of_share * int(off / 5)
    )


def _runs(lines: int, width: int) -> int:
    """What runs of five modules and more of one colour cost."""
    alike = ~(lines ^ lines >> 1) & _starts(width, 2)
    twice = alike & alike >> 1
    fives = twice & twice >> 2
    return fives.bit_count() + 2 * (fives & ~(fives << 1)).bit_count()


def _finders(lines: int, width: int) -> int:
    """What dark and light modules cost that lie as in a finder, with enough light at one side."""
    found = _starts(width, len(FINDER))
    for shift, dark in enumerate(FINDER):
        found &= lines >> shift if dark else ~(lines >> shift)
    count, end, line = 0, 0, -1
    while found:
        lowest = found.bit_length() - 1  # the first of those that are left
        found ^= 1 << lowest
        last = lowest % width  # how many modules follow in its line
        start = width - len(FINDER) - last
        if lowest // width != line:
            line, end = lowest // width, 0
        if start < end:
            continue
        before, behind = min(start, 4), min(last, 4)
        light = (
            not start
            or not last
            or not lines >> (lowest + len(FINDER)) & ((1 << before) - 1)
            or not lines >> (lowest - behind) & ((1 << behind) - 1)
        )
        count += light
        end = start + (len(FINDER) if light else 4)
    return PENALTIES[1] * count


encoder.find_and_apply_best_mask = find_mask
