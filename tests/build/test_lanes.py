"""Files of one kind go down one lane, and no lane stays dry while another has much to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest

from foldwell.build.job import Job
from foldwell.build.jobs import make_job
from foldwell.build.lanes import Batch, Lanes, kind_of
from foldwell.content.edition import Edition
from foldwell.paper.formats import FORMATS

Some = Callable[..., list[Job]]


@pytest.fixture
def some(edition: Callable[..., Edition]) -> Some:
    """Jobs of some clinics in some formats, for the screen and the desktop printer."""

    def of(clinics: int, *formats: str, brand: str = "") -> list[Job]:
        return [
            replace(
                make_job(replace(edition(), clinic_slug=f"c{number:03}"), FORMATS[name], medium),
                parts=({"brand": brand or f"brand {number % 2}", "clinic": f"{number}"},),
            )
            for number in range(clinics)
            for name in formats
            for medium in ("office", "screen")
        ]

    return of


def run(lanes: Lanes, job_s: float = 0.1, first_s: float = 1) -> list[list[Batch]]:
    """What each lane makes, if each takes from them whenever its time has come."""
    made: list[list[Batch]] = [[] for _ in lanes.all]
    clock, known = [0.0 for _ in lanes.all], [set[object]() for _ in lanes.all]
    while any(lane.left for lane in lanes.all):
        lane = lanes.all[clock.index(min(clock))]
        batch = lanes.next(lane)
        if batch is None:  # it is asked again when something has come back
            clock[lane.number] += 0.1
            continue
        is_known = kind_of(batch) in known[lane.number]
        seconds = job_s * len(batch) if is_known else first_s
        known[lane.number].add(kind_of(batch))
        lane.came(batch, seconds)
        clock[lane.number] += seconds
        made[lane.number].append(batch)
    return made


def paths(made: list[list[Batch]]) -> list[str]:
    return [job.path for lane in made for batch in lane for job in batch]


def test_a_kind_is_learned_once_where_there_are_kinds_enough(some: Some) -> None:
    jobs = some(40, "a4", "a5", "z-fold", "letter-fold")
    made = run(Lanes(jobs, 2), job_s=0.005)
    assert sorted(paths(made)) == sorted(job.path for job in jobs)
    kinds = [{kind_of(batch) for batch in lane} for lane in made]
    assert kinds[0] & kinds[1] == set()
    assert {len(own) for own in kinds} == {4}
    for lane in made:  # kind after kind
        turns = [kind_of(batch) for batch in lane]
        assert len(set(turns)) == 1 + sum(a != b for a, b in pairwise(turns))


def test_media_of_a_clinic_stay_together_and_batches_grow(some: Some) -> None:
    made = run(Lanes(some(60, "a4", brand="one"), 1), job_s=0.005)
    sizes = [len(batch) for batch in made[0]]
    assert sizes[:3] == [2, 2, 2]  # others are made from these
    assert max(sizes) == 32
    for batch in made[0]:
        names = [(job.order.clinic, job.order.medium.name) for job in batch]
        assert names == sorted(names)


def test_slow_kinds_go_clinic_by_clinic(some: Some) -> None:
    made = run(Lanes(some(20, "a4", brand="one"), 1), job_s=1)
    assert {len(batch) for batch in made[0]} == {2}


def test_a_dry_lane_takes_over_what_was_not_begun(some: Some) -> None:
    lanes = Lanes(some(10, "a4", "a5", "z-fold", "letter-fold"), 2)
    first, second = lanes.all
    taken = []
    while batch := lanes.next(second):  # the first one's worker does nothing
        taken.append(batch)
    assert first.kinds and len(first.kinds) == 1
    assert len({kind_of(batch) for batch in taken}) == 7


def test_a_kind_is_shared_only_if_learning_it_again_is_quicker(some: Some) -> None:
    jobs = some(60, "a4", brand="one")
    few = run(Lanes(jobs, 2), job_s=0.01, first_s=5)
    assert [len(lane) for lane in few].count(0) == 1
    many = run(Lanes(jobs, 2), job_s=0.5, first_s=1)
    counts = [sum(map(len, lane)) for lane in many]
    assert min(counts) > 40 and sorted(paths(many)) == sorted(job.path for job in jobs)


@pytest.mark.parametrize("clinics", range(3, 16))
def test_whoever_takes_a_share_can_prove_what_was_learned(clinics: int, some: Some) -> None:
    jobs = some(clinics, "a4", brand="one")
    made = run(Lanes(jobs, 2), job_s=0.5, first_s=1)
    assert sorted(paths(made)) == sorted(job.path for job in jobs)
    fewest, most = sorted(len({job.order.clinic for job in sum(lane, ())}) for lane in made)
    assert (fewest >= 3) == (clinics > 10) and fewest in {0, *range(3, most + 1)}


def test_with_few_jobs_each_lane_has_something(some: Some) -> None:
    lanes = Lanes(some(1, "a4"), 2)
    assert [len(lanes.next(lane) or ()) for lane in lanes.all] == [1, 1]


def test_what_is_not_typeset_waits_for_no_typesetter(edition: Callable[..., Edition]) -> None:
    lanes = Lanes(
        [make_job(edition(), None, "web"), make_job(edition(), FORMATS["a4"], "screen")], 1
    )
    assert [job.path for job in lanes.next(lanes.bare) or ()] == ["riverside/en/sleep.html"]
    assert [job.path for job in lanes.next(lanes.all[0]) or ()] == [
        "riverside/en/sleep-a4-screen.pdf"
    ]
    assert lanes.next(lanes.bare) is None


def test_what_is_not_typeset_may_come_last(edition: Callable[..., Edition]) -> None:
    web, sheet = (make_job(edition(), None, "web"), make_job(edition(), FORMATS["a4"], "screen"))
    lanes = Lanes([web, sheet], 1)
    assert lanes.in_turn() == [*lanes.all, lanes.bare]
    assert lanes.in_turn(bare_last=True) == lanes.all
    assert lanes.next(lanes.all[0]) == (sheet,)
    assert lanes.in_turn(bare_last=True) == [*lanes.all, lanes.bare]  # the others are dry


def test_a_worker_that_comes_late_takes_over_what_is_left(some: Some) -> None:
    lanes = Lanes(some(20, "a4", "letter-fold"), 1)
    lanes.widen(2)
    lanes.widen(1)
    assert [lane.number for lane in lanes.all] == [0, 1]
    made = run(lanes)
    assert all(made) and len(set(paths(made))) == len(paths(made)) == 80
