"""A worker clears up when there is enough to clear up, and forgets what is done when it is full."""

from __future__ import annotations

import gc
from collections import OrderedDict
from types import SimpleNamespace

import pytest

from foldwell.build import sweeping
from foldwell.typeset.stamping import moulds
from foldwell.typeset.stamping.masters import MASTERS


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


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    masters = OrderedDict((f"page {number}", [object()]) for number in range(4))
    own = OrderedDict((f"block {number}", object()) for number in range(4))
    monkeypatch.setattr(MASTERS, "_kept", masters)
    monkeypatch.setattr(moulds, "_kept", own)
    monkeypatch.setattr(sweeping, "_kind", None)
    return SimpleNamespace(masters=masters, moulds=own)


@pytest.mark.parametrize(("held", "left"), [([90], 4), ([110, 110, 90], 2), ([110] * 3, 0)])
def test_what_was_learned_of_other_kinds_goes_when_a_worker_is_full(
    held: list[int], left: int, kept: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    said = iter(held)
    monkeypatch.setattr(sweeping, "ROOM_BYTES", 100)
    monkeypatch.setattr(sweeping, "resident", lambda: next(said))
    for kind in ("a4", "a4", "a5"):
        assert len(kept.masters) == 4  # while the kind is the same, nothing is forgotten
        sweeping.turn_to(kind)
    assert list(kept.masters) == [f"page {number}" for number in range(4 - left, 4)]
    assert len(kept.moulds) == left
    gc.unfreeze()
