"""A worker clears up when there is enough to clear up, and forgets what is done when it is full."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from pebble import ProcessPool

from foldwell.build import sweeping


class Circle:
    """Something that refers to itself."""

    alive = 0

    def __init__(self) -> None:
        self.self = self
        Circle.alive += 1

    def __del__(self) -> None:
        Circle.alive -= 1


def test_circles_are_looked_for_once_enough_was_made(monkeypatch: pytest.MonkeyPatch) -> None:
    thresholds = gc.get_threshold()
    gc.set_threshold(1_000_000, 20, 50)
    monkeypatch.setattr(sweeping, "OBJECTS", 500)
    try:
        gc.collect()
        for _ in range(100):
            Circle()
        sweeping.sweep()
        assert Circle.alive == 100
        for _ in range(600):
            Circle()
        sweeping.sweep()
        assert Circle.alive == 0
    finally:
        gc.set_threshold(*thresholds)
        gc.unfreeze()


@pytest.mark.parametrize(
    ("held", "kinds", "begun"),
    [
        (90, ["a4", "a4", "a5"], [True, True, True]),
        (110, ["a4", "a4"], [True, True]),  # a process that just began holds what it must
        (110, ["a4", "a4", "a5", "a4"], [True, True, False, False]),
        (110, ["a4", None], [True, True]),
    ],
)
def test_a_worker_that_is_full_begins_no_other_kind_and_ends(
    held: int, kinds: list[str | None], begun: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sweeping, "_kind", None)
    monkeypatch.setattr(sweeping, "_ends", False)
    monkeypatch.setattr(sweeping, "FULL_BYTES", 100)
    monkeypatch.setattr(sweeping, "resident", lambda: held)
    monkeypatch.setattr(sweeping, "_trim", lambda: lambda: None)
    monkeypatch.setattr(sweeping, "_is_asked", False)
    assert all(sweeping.turn_to(kind) for kind in kinds)  # nobody would replace it
    monkeypatch.setattr(sweeping, "_kind", None)
    assert sweeping.UntilFull(1) > 5
    assert [sweeping.turn_to(kind) for kind in kinds] == begun
    assert (sweeping.UntilFull(1) > 5) is all(begun)
    gc.unfreeze()


@pytest.mark.parametrize(("held", "stays"), [([90], True), ([110, 90], True), ([110], False)])
def test_a_worker_clears_up_before_it_is_taken_for_full(
    held: list[int], stays: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = [*held]
    monkeypatch.setattr(sweeping, "resident", lambda: said[0])
    monkeypatch.setattr(sweeping, "_trim", lambda: lambda: said.pop(0) if said[1:] else None)
    assert sweeping.has_room(100) is stays
    assert said == held[-1:]
    gc.unfreeze()


@pytest.mark.skipif(sys.platform != "linux", reason="memory is not known quickly")
def test_a_worker_that_holds_much_is_replaced_between_two_jobs() -> None:
    context = multiprocessing.get_context("spawn")
    with ProcessPool(max_workers=1, max_tasks=sweeping.UntilFull(1), context=context) as pool:
        held = f"import builtins; builtins.held = b'x' * {sweeping.MOST_BYTES}"
        works: list[Callable[[], Any]] = [
            os.getpid,
            os.getpid,
            partial(exec, held),
            os.getpid,
            os.getpid,
        ]
        futures = [pool.schedule(work) for work in works]
        first, second, _, *others = [future.result() for future in futures]  # none is lost
    assert first == second
    assert set(others) != {first} and len(set(others)) == 1


def test_where_memory_is_not_known_a_worker_is_replaced_after_a_number_of_jobs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sweeping, "resident", lambda: 0)
    monkeypatch.setattr(sweeping, "_is_asked", False)  # it is this process that is asked
    assert [done for done in range(9) if done < sweeping.UntilFull(3)] == [0, 1, 2]
