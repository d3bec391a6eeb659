"""Programs: the bytes of fonts, by their SHA-256.

The shipped fonts are found by themselves; those of brands are made known by whoever has them.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from functools import cache
from pathlib import Path

from foldwell.fonts import fonts

OWN_KEPT = 32
"""How many fonts of brands are kept."""


class UnknownProgramError(LookupError):
    """Nobody made the bytes of a font known."""


_own: OrderedDict[str, bytes] = OrderedDict()


def digest_of(content: bytes) -> str:
    """The name of a font's bytes."""
    return hashlib.sha256(content).hexdigest()


def register(content: bytes) -> str:
    """Make the bytes of a font known.

    Args:
        content: The bytes of a TrueType or OpenType font.

    Returns:
        Their SHA-256.
    """
    digest = digest_of(content)
    if digest in _own:
        _own.move_to_end(digest)
    elif digest not in _shipped():
        _own[digest] = content
        if len(_own) > OWN_KEPT:
            _own.popitem(last=False)
    return digest


def program(digest: str) -> bytes:
    """The bytes of a font.

    Raises:
        UnknownProgramError: If nobody made them known.
    """
    if (own := _own.get(digest)) is not None:
        return own
    if (path := _shipped().get(digest)) is None:
        raise UnknownProgramError(digest)
    return path.read_bytes()


@cache
def _shipped() -> dict[str, Path]:
    """The files of shipped fonts, by the SHA-256 of their bytes."""
    paths = (font.path(weight) for font in fonts() if font.whole for weight in font.cuts)
    return {digest_of(path.read_bytes()): path for path in paths}
