"""Codes: the operators that the engine draws for a QR code, worked out without it.

``typeset.pictures.qr_code`` draws a code as two paths: a white square, and one stroke for each run
of dark modules, row by row. The engine gives each path a first point of its own, and writes places
in modules, from the upper left.
"""

from __future__ import annotations

import re

_DRAWING = re.compile(
    rb'<svg xmlns="http://www\.w3\.org/2000/svg" viewBox="0 0 (\d+) \1">'
    rb'<path fill="#fff" d="M0 0h\1v\1h-\1z"/>'
    rb'<path stroke="#000" d="M(\d+ \d+\.5h[\d mh-]+)"/></svg>\n?'
)


def code_path(drawing: bytes) -> bytes:
    """The path of the dark modules of a code.

    Args:
        drawing: The code, as ``typeset.pictures.qr_code`` draws it.

    Returns:
        Its operators, one a line, as they stand in a hole for it.

    Raises:
        ValueError: If it is drawn in another way.
    """
    first, *strokes = _read(drawing)[1].split(b"m")
    out, x, row = ["0 0 m"], 0, 0
    for stroke in [first.replace(b".5h", b"h"), *strokes]:
        moved, length = stroke.split(b"h")
        right, down = moved.split(b" ")
        x, row = x + int(right), row + int(down)
        end = x + int(length)
        out.append(f"{x} {row}.5 m\n{end} {row}.5 l")
        x = end
    return "\n".join(out).encode()


def code_ground(drawing: bytes) -> bytes:
    """The path of the white square under a code, with its quiet zone.

    Raises:
        ValueError: If it is drawn in another way.
    """
    side, _ = _read(drawing)
    return b"0 0 m\n0 0 m\n%d 0 l\n%d %d l\n0 %d l\nh" % (side, side, side, side)


def _read(drawing: bytes) -> tuple[int, bytes]:
    """How many modules wide a code is with its quiet zone, and its strokes."""
    read = _DRAWING.fullmatch(drawing)
    if read is None:
        raise ValueError("it is no code that was drawn here")
    return int(read[1]), read[2]
