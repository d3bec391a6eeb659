"""Stamping: pages that were laid out for one clinic, with only what is another's laid out anew.

``slots`` notes how the engine lays each block out, and lays another block out in its place;
``moulds`` measures blocks so, and ``masters`` makes whole pages. What comes out is what the engine
would have made of the whole page, to the last bit of each number; where that is not sure, nothing
is stamped. This module is light, because processes that only pass the word on import it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

_on = True


def is_on() -> bool:
    """Whether pages may be stamped."""
    return _on


@contextmanager
def turned_off() -> Iterator[None]:
    """Lay out all pages as a whole meanwhile; what was learned with stamping is not used."""
    global _on
    before, _on = _on, False
    try:
        yield
    finally:
        _on = before
