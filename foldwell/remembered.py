"""Values that are found once for the same objects: a plan of thousands of editions asks often."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, Generic, ParamSpec, TypeVar

T = TypeVar("T")
Object = TypeVar("Object")
Plain = ParamSpec("Plain")
MOST = 4096
"""So many answers are kept, before all are forgotten."""


class Remembered(Generic[T]):
    """Answers by the identity of objects that never change, and by plain values beside them."""

    def __init__(self, most: int = MOST) -> None:
        # The objects too, so that no other can have their identity.
        self._known: dict[tuple[object, ...], tuple[tuple[object, ...], T]] = {}
        self._most = most

    def get(
        self, objects: tuple[object, ...], values: tuple[object, ...], find: Callable[[], T]
    ) -> T:
        """The answer for some objects and values, found now unless it was found before."""
        key = (*map(id, objects), *values)
        known = self._known.get(key)
        if known is None:
            if len(self._known) >= self._most:
                self._known.clear()
            known = self._known[key] = objects, find()
        return known[1]


def remembered(
    most: int,
) -> Callable[[Callable[Concatenate[Object, Plain], T]], Callable[Concatenate[Object, Plain], T]]:
    """Keep the answers of a function of one object that never changes, and of plain values.

    Nobody may change an answer: the next who asks is given the same.

    Args:
        most: How many are kept.
    """

    def keeping(
        find: Callable[Concatenate[Object, Plain], T],
    ) -> Callable[Concatenate[Object, Plain], T]:
        answers = Remembered[T](most)

        @wraps(find)
        def found(one: Object, /, *values: Plain.args, **named: Plain.kwargs) -> T:
            # As text: 3 and 3.0 are equal, and are not written alike.
            key = repr((values, named)) if values or named else ""
            return answers.get((one,), (key,), lambda: find(one, *values, **named))

        return found

    return keeping
