"""PNG files as bytes: whether one is whole, and how fine it is worth printing."""

from __future__ import annotations

import struct
import zlib
from typing import Any

PRINT_PPI = 300
"""Dots an inch that a printed picture can use; more only makes the file larger."""
PAINTED_PPI, PAINTED_MM = 600, 75
"""How fine a drawing is that is made a picture, and for which size of its longer side."""

_ADAM7 = (
    (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)
)  # fmt: skip
"""Left, top, and the steps across and down of the passes of an interlaced PNG."""
_PIECE_BYTES = 2**20
_DEPTH_AT = 24
_PPI_KEY, _END_OF_HEADER = "Foldwell ppi", 33
"""What a PNG of ours says of itself, and where it says so: behind its signature and IHDR."""


def with_ppi(png: bytes, ppi: int) -> bytes:
    """A PNG that says how many dots an inch it is worth printing with, if more than usual.

    Args:
        png: The file.
        ppi: Dots an inch.
    """
    text = b"tEXt" + _PPI_KEY.encode() + b"\0" + str(ppi).encode()
    chunk = struct.pack(">I", len(text) - 4) + text + struct.pack(">I", zlib.crc32(text))
    return png[:_END_OF_HEADER] + chunk + png[_END_OF_HEADER:]


def ppi_of(picture: Any) -> int:
    """How many dots an inch an opened picture is worth printing with."""
    said = str(picture.info.get(_PPI_KEY, ""))
    return int(said) if said.isdecimal() else PRINT_PPI


def depth_of(png: bytes) -> int:
    """How many bits each channel of a PNG has, as its header says."""
    return png[_DEPTH_AT]


def has_all_rows(png: bytes) -> bool:
    """Whether a sound PNG holds data for every row; Pillow makes those that it lacks black.

    The layout of the file is that of the PNG specification, sections 5 and 7 to 8.
    """
    width, height, depth, colour, interlaced = struct.unpack(">IIBBxxB", png[16:29])
    bits = depth * {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colour]
    passes = _ADAM7 if interlaced else ((0, 0, 1, 1),)
    missing = 0
    for left, top, across, down in passes:
        columns, rows = -(-(width - left) // across), -(-(height - top) // down)
        if columns > 0 and rows > 0:
            missing += rows * (1 + (columns * bits + 7) // 8)
    inflate, at = zlib.decompressobj(), 8
    while missing > 0 and at + 8 <= len(png):
        length, name = struct.unpack(">I4s", png[at : at + 8])
        data = png[at + 8 : at + 8 + length] if name == b"IDAT" else b""
        while data and missing > 0:
            missing -= len(inflate.decompress(data, _PIECE_BYTES))
            data = inflate.unconsumed_tail
        at += 12 + length
    return missing <= 0
