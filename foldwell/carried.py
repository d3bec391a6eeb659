"""Answers that later builds are given again: each hangs on nothing but the words of its question.

They stand in tables, each of what is asked together (the colours, the readings of one leaflet), on
the shelf that a process is told to look on. Without one nothing is carried, and all is found anew.
What stands there may come from anybody: whoever carries an answer says how one must be made.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Collection, Mapping
from typing import Any, Generic, Protocol, TypeVar

T = TypeVar("T")
TABLES, A_TABLE = 512, 256
"""How many tables a process keeps, and of how many answers each."""


class Shelf(Protocol):
    """Where tables stand."""

    def table(self, name: str, classes: Collection[type]) -> Any:
        """What stands under a name, made of plain values and those classes; None if nothing."""


class _Tables:
    """The tables of this process."""

    def __init__(self) -> None:
        self.shelf: Shelf | None = None
        self.held: OrderedDict[str, dict[str, Any]] = OrderedDict()
        self.fresh: set[str] = set()
        self.used: set[str] = set()


_here = _Tables()


def look_on(shelf: Shelf | None) -> None:
    """From now on look on a shelf, or carry nothing.

    Args:
        shelf: The same as before if it is equal.
    """
    if shelf != _here.shelf:
        forget()
        _here.shelf = shelf


def forget() -> None:
    """Give up all tables."""
    _here.held.clear()
    _here.fresh.clear()
    _here.used.clear()


def news() -> tuple[Mapping[str, Mapping[str, Any]], frozenset[str]]:
    """The tables that have new answers; and the names of those that were of use."""
    fresh = {name: _here.held[name] for name in _here.fresh if name in _here.held}
    used = frozenset(_here.used)
    _here.fresh.clear()
    _here.used.clear()
    return fresh, used


class Carried(Generic[T]):
    """Answers of one kind.

    Args:
        kind: What they are; part of the names of their tables.
        sound: Whether what stands on a shelf can be such an answer.
        classes: What answers are made of beside plain values.
    """

    def __init__(
        self, kind: str, sound: Callable[[Any], bool], classes: Collection[type] = ()
    ) -> None:
        self._kind, self._sound, self._classes = kind, sound, classes

    def get(self, table: str, question: str, find: Callable[[], T]) -> T:
        """An answer, found now unless it was carried here.

        Args:
            table: What its table is about.
            question: All that the answer hangs on beside Foldwell itself and that.
            find: Finds it.
        """
        answers = self.answers(table)
        if question in answers:
            return answers[question]
        answer = find()
        self.keep(table, question, answer)
        return answer

    def answers(self, table: str) -> dict[str, T]:
        """The answers of a table, by their questions."""
        if _here.shelf is None:
            return {}
        name = f"{self._kind}\0{table}"
        held = _here.held.get(name)
        if held is None:
            held = _here.held[name] = self._read(_here.shelf, name)
            if len(_here.held) > TABLES:
                _here.held.popitem(last=False)
        return held

    def _read(self, shelf: Shelf, name: str) -> dict[str, T]:
        found = shelf.table(name, self._classes)
        if not isinstance(found, dict) or len(found) > A_TABLE:
            return {}
        if not all(isinstance(key, str) and self._sound(one) for key, one in found.items()):
            return {}
        _here.used.add(name)
        return found

    def keep(self, table: str, question: str, answer: T) -> None:
        """Have an answer carried to later builds."""
        if _here.shelf is None:
            return
        answers = self.answers(table)
        while len(answers) >= A_TABLE:
            del answers[next(iter(answers))]
        answers[question] = answer
        _here.fresh.add(f"{self._kind}\0{table}")


def is_true(value: object) -> bool:
    """Whether an answer is that it was so; what was not is found anew."""
    return value is True


def is_text(value: object) -> bool:
    """Whether an answer is a text."""
    return type(value) is str


def are_texts(value: object) -> bool:
    """Whether an answer is a row of texts."""
    return type(value) is tuple and all(map(is_text, value))
