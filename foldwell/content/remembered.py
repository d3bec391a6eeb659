"""Values that are found once for the same objects: a plan of thousands of editions asks often."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")
MOST = 4096
"""So many answers are kept, before all are forgotten."""


class Remembered(Generic[T]):
    """Answers by the identity of objects that never change, and by plain values beside them."""

    def __init__(self) -> None:
        # The objects too, so that no other can have their identity.
        self._known: dict[tuple[object, ...], tuple[tuple[object, ...], T]] = {}

    def get(
        self, objects: tuple[object, ...], values: tuple[object, ...], find: Callable[[], T]
    ) -> T:
        """The answer for some objects and values, found now unless it was found before."""
        key = (*map(id, objects), *values)
        if key not in self._known:
            if len(self._known) >= MOST:
                self._known.clear()
            self._known[key] = objects, find()
        return self._known[key][1]
