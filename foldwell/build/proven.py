"""What a process has proven, and what it finds on the rack that others have proven."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Collection
from contextlib import suppress
from typing import Any, Generic, Protocol, TypeVar

from foldwell.build.rack import Rack, pickled

KEPT = 96
"""How many values are kept."""
AHEAD_S, AHEAD = 0.3, 32
"""How long what may be asked for is read ahead, for planning takes about as long; and how many
values, for a clinic has about as many kinds of files."""
A_KEY = 4
"""How many of them have the same key, and differ in the room that words take."""


class Value(Protocol):
    """What is kept.

    Attributes:
        proven: Whether it may be put to use.
        racked: Whether it stands on the rack.
    """

    proven: bool
    racked: bool


T = TypeVar("T", bound=Value)


class Proven(Generic[T]):
    """The values that a process keeps by their keys; those on the rack are found too.

    Args:
        kind: What they are.
        classes: All that they are made of.
    """

    def __init__(self, kind: type[T], classes: Collection[type]) -> None:
        self._kind, self._classes = kind, classes
        self._kept: OrderedDict[str, list[T]] = OrderedDict()
        self._rack: Rack | None = None
        self._read: dict[str, tuple[int, ...]] = {}
        self._ahead: dict[str, tuple[tuple[int, ...], Any]] = {}
        self._seen: dict[str, tuple[int, ...]] = {}
        self._proven: set[str] = set()
        self._used: set[str] = set()

    def look_on(self, rack: Rack | None) -> None:
        """From now on look on a rack too."""
        if rack != self._rack:
            self._rack = rack
            self._read.clear()
            self._ahead.clear()
            self._seen.clear()

    def look_ahead(self) -> None:
        """Read what stands on the rack before anybody asks, what was of use last first."""
        rack, began = self._rack, time.monotonic()
        for name in rack.names()[:AHEAD] if rack else ():
            if time.monotonic() - began > AHEAD_S:
                break
            there = rack and rack.signature(name)
            if rack and there and there != self._seen.get(name):
                self._seen[name] = there
                self._ahead[name] = there, rack.read(name, self._classes)

    def keep(self, key: str, value: T) -> None:
        """Keep a value, and forget those that were of no use for longest."""
        self._keep(key, [*self._kept.get(key, ()), value])

    def _keep(self, key: str, values: list[T]) -> None:
        self._kept[key] = values[-A_KEY:]
        self._kept.move_to_end(key)
        while sum(map(len, self._kept.values())) > KEPT:
            gone, _ = self._kept.popitem(last=False)
            self._read.pop(gone, None)

    def forget(self, key: str, value: T) -> None:
        """Give a value up."""
        with suppress(KeyError, ValueError):
            self._kept[key].remove(value)

    def forget_all(self) -> None:
        """Give all of them up."""
        self._kept.clear()
        self._read.clear()
        self._ahead.clear()
        self._seen.clear()

    def find(self, key: str) -> list[T]:
        """The values of a key, those that were of use last first."""
        self._look(key)
        found = self._kept.get(key)
        if found is None:
            return []
        self._kept.move_to_end(key)
        return found[::-1]

    def _look(self, key: str) -> None:
        """Take up what stands on the rack, unless it was taken up before."""
        if self._rack is None or not self._rack.folder:
            return
        name = self._rack.name_of(key)
        there = self._rack.signature(name)
        if there is None or there == self._read.get(key):
            return
        self._read[key] = there  # torn ones too, until another takes its place
        self._seen[name] = there
        known, values = self._ahead.pop(name, ((), None))
        if known != there:
            values = self._rack.read(name, self._classes)
        if isinstance(values, tuple) and all(isinstance(one, self._kind) for one in values):
            self._used.add(name)
            for one in values:
                one.proven = one.racked = True
            own = [value for value in self._kept.get(key, ()) if not value.racked]
            self._keep(key, [*values, *own])

    def proved(self, key: str, value: T) -> None:
        """A value may be put to use from now on, here and elsewhere."""
        value.proven = True
        self._proven.add(key)

    def news(self) -> tuple[dict[str, bytes], frozenset[str]]:
        """What is new for the rack, pickled, by its name; and the names of what was of use."""
        if self._rack is None:
            return {}, frozenset()
        news, used = dict[str, bytes](), frozenset(self._used)
        for key in self._proven:
            if values := [value for value in self._kept.get(key, ()) if value.proven]:
                for value in values:
                    value.racked = True
                news[self._rack.name_of(key)] = pickled(tuple(values))
        self._proven.clear()
        self._used.clear()
        return news, used
