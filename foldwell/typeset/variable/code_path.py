"""The lines of a code's picture, as the engine draws them."""

from __future__ import annotations

import re
from functools import lru_cache

from pydyf import _to_bytes

_PATH = re.compile(rb'<path [^>]*?\bd="([^"]*)"')
_MOVE = re.compile(rb"([MmhvzHVZ])([^A-Za-z]*)")


@lru_cache(maxsize=256)
def code_path(picture: bytes) -> tuple[bytes, ...]:
    """The operators of each path of a code's picture.

    Args:
        picture: The picture as ``pictures.qr_code`` makes it: paths of moves and straight lines.

    Raises:
        ValueError: If it has anything else.
    """
    return tuple(b"\n".join(_operators(found)) for found in _PATH.findall(picture))


def _operators(path: bytes) -> list[bytes]:
    if re.search(rb"[^MmhvzHVZ\d\s.,-]", path):
        raise ValueError("a code is made of moves and straight lines")
    x = y = 0.0
    found = [b"0 0 m"]
    for letter, numbers in _MOVE.findall(path):
        values = [float(one) for one in re.findall(rb"-?[\d.]+", numbers)]
        if letter in b"Mm":
            relative = letter == b"m"
            x, y = values[0] + relative * x, values[1] + relative * y
            found.append(b"%b %b m" % (_to_bytes(x), _to_bytes(y)))
        elif letter in b"hHvV":
            across = letter in b"hH"
            value = values[0] + (x if across else y) * letter.islower()
            x, y = (value, y) if across else (x, value)
            found.append(b"%b %b l" % (_to_bytes(x), _to_bytes(y)))
        else:
            found.append(b"h")
    return found
