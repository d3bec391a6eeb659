"""Each lane keeps its typesetter, while that is there and no other has nothing to do."""

from __future__ import annotations

from foldwell.afar.roster import Roster
from foldwell.errors import Place


def roster(**threads: int) -> Roster:
    """A roster that has looked at some workers."""
    found = Roster(None, Place("tcp://scheduler"), lambda line: None)
    found._threads = threads
    found.fit = {*threads}
    return found


def test_each_lane_has_a_typesetter_and_keeps_it() -> None:
    there = roster(one=2, two=1)
    first = [there.berth(lane) for lane in range(3)]
    assert sorted(first) == [("one", 0), ("one", 1), ("two", 0)]
    assert [there.berth(lane) for lane in (2, 0, 1)] == [first[lane] for lane in (2, 0, 1)]


def test_the_lanes_of_a_lost_worker_are_shared_until_another_comes() -> None:
    there = roster(one=1, two=1)
    before = [there.berth(lane) for lane in range(2)]
    there.fit = {"one"}
    assert {there.berth(lane) for lane in range(2)} == {("one", 0)}
    there._threads = {"one": 1, "three": 1}
    there.fit = {"one", "three"}
    after = [there.berth(lane) for lane in range(2)]
    assert sorted(after) == [("one", 0), ("three", 0)]
    assert before.count(("one", 0)) == 1
    assert [there.berth(lane) for lane in range(2)] == after


def test_only_fit_workers_count() -> None:
    there = roster(one=2, two=4)
    there.fit = {"one"}
    assert there.count() == 2
    assert {there.berth(lane) for lane in range(9)} == {("one", 0), ("one", 1)}
