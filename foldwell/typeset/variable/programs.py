"""Programs: the bytes of fonts, by their SHA-256.

The shipped fonts are found by themselves; those of brands are made known by whoever has them.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from functools import lru_cache
from pathlib import Path

from foldwell.fonts import fonts

OWN_KEPT = 32
"""How many fonts of brands are kept."""


class UnknownProgramError(LookupError):
    """Nobody made the bytes of a font known."""


_own: OrderedDict[str, bytes] = OrderedDict()
_shipped: dict[str, Path] = {}
"""The files of shipped fonts that were looked at, by the SHA-256 of their bytes."""


@lru_cache(maxsize=OWN_KEPT)
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
    elif _file(digest) is None:
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
    if (path := _file(digest)) is None:
        raise UnknownProgramError(digest)
    return path.read_bytes()


def _file(digest: str) -> Path | None:
    """The file of a shipped font; each is read once, the house's own first."""
    if digest not in _shipped:
        known = {*_shipped.values()}
        for path in (font.path(weight) for font in fonts() for weight in font.cuts):
            if path not in known and path.is_file():
                _shipped[digest_of(path.read_bytes())] = path
                if digest in _shipped:
                    break
    return _shipped.get(digest)
