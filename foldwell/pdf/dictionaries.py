"""Dictionaries as qpdf writes them, entry by entry, without a file that they belong to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from pikepdf import Object

_TOKEN = re.compile(
    rb"\d+ \d+ R\b|\((?:[^()\\]|\\.)*\)|<<|>>|\[|\]|<[0-9a-f]*>|[^\s\[\]<>()]+", re.DOTALL
)
_OPENING, _CLOSING = frozenset([b"<<", b"["]), frozenset([b">>", b"]"])


def entries_of(said: bytes) -> dict[bytes, bytes]:
    """The values of a dictionary, by their keys with the slash.

    Raises:
        ValueError: If it is not written as qpdf writes one.
    """
    found: dict[bytes, bytes] = {}
    depth, key, start = 0, b"", -1
    for match in _TOKEN.finditer(said):
        token = match[0]
        if token in _CLOSING:
            depth -= 1
        if depth == 1 and token not in _OPENING:
            if start < 0 and token.startswith(b"/") and not key:
                key = token
                continue
            at = match.start() if start < 0 else start
            found[key] = said[at : match.end()]
            key, start = b"", -1
        elif depth == 1 and start < 0:
            start = match.start()
        if token in _OPENING:
            depth += 1
    if dictionary(found) != said:
        raise ValueError("it is no dictionary, or written otherwise")
    return found


def dictionary(entries: Mapping[bytes, bytes]) -> bytes:
    """A dictionary as qpdf writes it."""
    return b"<< %s >>" % b" ".join([b"%s %s" % entry for entry in entries.items()])


@lru_cache(maxsize=8192)  # most places and addresses are those of other files of the kind
def normal(value: bytes) -> bytes:
    """A value as qpdf writes it."""
    return bytes(Object.parse(b"[%s]" % value).unparse()[2:-2])
