"""Packing: streams are packed in pieces, so that a page that differs in a line is not packed anew.

Deflate forgets all that went before where it is asked to (RFC 1951; zlib's full flush). A stream is
cut behind some of its text objects, and where, its own bytes say: however much differs further up
or down, the same words give the same pieces. Pieces that were packed before are remembered.
"""

from __future__ import annotations

import hashlib
import re
import zlib
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

LEVEL = 5
"""How hard is packed: a third more time than it takes would save a sixtieth of a page."""
KEPT_BYTES = 6 << 20
"""How many bytes of packed pieces are remembered."""
SHORTEST = 256
"""Shorter ones are packed as fast as they are found."""
CUT = b"\n%\n"
"""A bare comment, which asks for a cut behind it."""
_ENDS = re.compile(rb"\n(?:ET|%)\n")
WINDOW = 32
"""How many bytes say whether it is cut behind them."""
FREE = WINDOW + 4
"""Cuts that are so far behind a place hang on nothing before it."""
_ONE_IN = 16
_HEAD, _END = b"\x78\x9c", b"\x03\x00"
"""The head of zlib's format (RFC 1950), and a last block that holds nothing."""
_PRIME = 65521


@dataclass(frozen=True, slots=True)
class Piece:
    """A packed part of a stream.

    Attributes:
        packed: Its bytes.
        checksum: The Adler-32 of what it holds.
        length: How many bytes that is.
    """

    packed: bytes
    checksum: int
    length: int


def cuts(content: bytes, before: bytes = b"") -> list[int]:
    """Where a stream is cut: behind text objects, by what stands right before their ends.

    It is cut behind bare comments too.

    Args:
        content: The stream, or a part of it.
        before: As much as is asked for (``WINDOW``) of what stands before the part.
    """
    found = []
    for match in _ENDS.finditer(content):
        at = match.start()
        seen = content[at - WINDOW : at] if at >= WINDOW else (before + content[:at])[-WINDOW:]
        if match[0] == CUT or zlib.crc32(seen) % _ONE_IN == 0:
            found.append(match.end())
    return found


def pieces_of(content: bytes, before: bytes = b"") -> list[Piece]:
    """The packed pieces of a stream, or of a part of it that begins and ends with cuts."""
    places = [0, *cuts(content, before), len(content)]
    spans = pairwise(places)
    return [piece_of(content[start:end]) for start, end in spans if end > start]


def piece_of(content: bytes) -> Piece:
    """One piece, packed or remembered."""
    global _held
    if len(content) < SHORTEST:
        return _packed(content)
    key = hashlib.blake2b(content, digest_size=16).digest()
    piece = _kept.get(key)
    if piece is None:
        piece = _kept[key] = _packed(content)
        _held += len(piece.packed)
        while _held > KEPT_BYTES:
            _held -= len(_kept.popitem(last=False)[1].packed)
    else:
        _kept.move_to_end(key)
    return piece


_kept: OrderedDict[bytes, Piece] = OrderedDict()
_held = 0


def _packed(content: bytes) -> Piece:
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(content) + packer.flush(zlib.Z_FULL_FLUSH)
    return Piece(packed, zlib.adler32(content), len(content))


def joined(pieces: Iterable[Piece]) -> bytes:
    """A packed stream of some pieces."""
    out, low, high = [_HEAD], 1, 0
    for piece in pieces:
        out.append(piece.packed)
        own_low, own_high = piece.checksum & 0xFFFF, piece.checksum >> 16
        high = (high + own_high + piece.length * (low - 1)) % _PRIME
        low = (low + own_low - 1) % _PRIME
    out += [_END, (high << 16 | low).to_bytes(4, "big")]
    return b"".join(out)


def packed(content: bytes) -> bytes:
    """A stream, packed (FlateDecode; ISO 32000-1, 7.4.4)."""
    return joined(pieces_of(content))
