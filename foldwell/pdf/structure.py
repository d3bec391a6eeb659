"""The structure tree of a tagged PDF (ISO 32000-1, 14.7)."""

from __future__ import annotations

from collections.abc import Iterator

from pikepdf import Array, Dictionary, Object


def kids(element: Object) -> list[Object]:
    """What hangs below an element or the root: elements, marks and references, in order."""
    found = element.get("/K")
    if found is None:
        return []
    return list(found) if isinstance(found, Array) else [found]


def elements_of(element: Object) -> Iterator[Object]:
    """Every structure element below one, in reading order."""
    pending = kids(element)[::-1]
    while pending:
        child = pending.pop()
        if isinstance(child, Dictionary) and "/S" in child:
            yield child
            pending += kids(child)[::-1]
