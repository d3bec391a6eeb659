"""Nothing that one job does may stop or alter another."""

import itertools
import os
import signal
import sys
import time
from collections.abc import Callable
from concurrent.futures import BrokenExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import misbehaving
import pytest
from conftest import TODAY
from reports import Report, run_jobs

from foldwell.build import dispatch, worker, workers
from foldwell.build.job import Options, Selection
from foldwell.build.jobs import make_job
from foldwell.build.lanes import batches
from foldwell.content.edition import Edition
from foldwell.errors import FoldwellError, Mistakes
from foldwell.paper.formats import FORMATS

Run = Callable[..., Report]
GUILTY = 100 if os.environ.get("FOLDWELL_LONG_TESTS") else 4
STAGES = pytest.mark.parametrize("stage", ["compose", "typeset"])


@pytest.fixture
def run(edition: Callable[..., Edition], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Builds jobs that misbehave as their clinics' names say."""

    def build(
        *clinics: str,
        limit_s: float = 20,
        media: tuple[str, ...] = ("screen",),
        formats: tuple[str, ...] = ("a4",),
    ) -> Report:
        monkeypatch.setattr(worker, "compose", misbehaving.compose)
        monkeypatch.setattr(worker, "typeset", misbehaving.typeset)
        monkeypatch.setattr(dispatch, "TIME_LIMIT_S", limit_s)
        jobs = [
            make_job(replace(edition(), clinic_slug=slug), FORMATS[name], medium)
            for slug in clinics
            for name in formats
            for medium in media
        ]
        pools = workers.Workers()
        try:
            return run_jobs(jobs, tmp_path, pools)
        finally:
            pools.close()

    return build


def built(report: Report) -> list[str]:
    return [job.order.clinic for job in report.built]


def failed(report: Report) -> dict[str, str]:
    return {job.order.clinic: str(errors[0]) for job, errors in report.failed}


def test_files_are_written_as_made(run: Run, tmp_path: Path) -> None:
    assert built(run("good1", "good2")) == ["good1", "good2"]
    path = "good1/en/sleep-a4-screen.pdf"
    assert (tmp_path / path).read_text() == f"{path}\n"


@STAGES
def test_a_mistake_comes_back_with_its_place(stage: str, run: Run, tmp_path: Path) -> None:
    report = run("good1", f"mistake-{stage}")
    assert failed(report) == {f"mistake-{stage}": "en.md:3: Wrong. Correct it."}
    assert built(report) == ["good1"]
    assert not (tmp_path / f"mistake-{stage}").exists()


@STAGES
def test_a_job_that_hangs_is_stopped(stage: str, run: Run) -> None:
    report = run("good1", f"hang-{stage}", "good2", "good3", limit_s=2)
    assert built(report) == ["good1", "good2", "good3"]
    assert "took longer than 2 seconds and was stopped, twice" in failed(report)[f"hang-{stage}"]


@STAGES
def test_a_job_that_kills_its_process_is_named_and_the_others_survive(stage: str, run: Run) -> None:
    report = run("good1", f"die-{stage}", "good2", "good3", "good4")
    assert built(report) == ["good1", "good2", "good3", "good4"]
    assert list(failed(report)) == [f"die-{stage}"]
    assert "ended by itself, twice (code 7)" in failed(report)[f"die-{stage}"]


@pytest.mark.parametrize(
    ("what", "says"),
    [
        ("hang", "took longer than"),
        ("die", "ended by itself, twice (code 7)"),
        ("kill", "ended by itself, twice (signal SIGKILL)"),
        ("segfault", "ended by itself, twice (signal SIGSEGV)"),
        ("memory", "needs more than 1.5 GB of memory"),
    ],
)
def test_of_many_only_the_guilty_fail(what: str, says: str, run: Run) -> None:
    guilty = [f"{what}-{('compose', 'typeset')[n % 2]}-{n}" for n in range(GUILTY)]
    good = [f"good{n}" for n in range(2 * GUILTY)]
    mixed = [name for three in zip(good[::2], guilty, good[1::2], strict=True) for name in three]
    report = run(*mixed, limit_s=1 if what == "hang" else 20)
    assert built(report) == sorted(good)
    messages = failed(report)
    assert set(messages) == {*guilty}
    # A worker may be gone before the pool knows which job it had.
    other = "ended by themselves, twice"
    assert all(says in message or other in message for message in messages.values())


@STAGES
@pytest.mark.parametrize(
    ("what", "says"),
    [
        ("mistake", "en.md:3: Wrong. Correct it."),
        ("hang", "took longer than 2 seconds and was stopped, twice"),
        ("die", "ended by itself, twice (code 7)"),
        ("crash", "Foldwell itself failed (ValueError: what nobody thought of)"),
    ],
)
def test_of_jobs_that_are_made_together_only_the_guilty_fails(
    stage: str, what: str, says: str, run: Run, tmp_path: Path
) -> None:
    guilty = f"{what}-{stage}-office"
    report = run("good1", guilty, "good2", limit_s=2, media=("screen", "office"))
    [(job, errors)] = report.failed
    assert (job.path, len(report.built)) == (f"{guilty}/en/sleep-a4-office.pdf", 5)
    assert says in str(errors[0])


@pytest.mark.skipif(sys.platform != "linux", reason="memory is not known quickly")
def test_a_full_worker_is_replaced_before_another_kind_and_never_within_one(
    run: Run, tmp_path: Path
) -> None:
    clinics = [f"full-typeset-{number}" for number in range(12)]
    report = run(*clinics, formats=("a4", "a5", "letter-fold", "large-print"))
    assert len(report.built) == 4 * len(clinics)
    kinds: dict[str, set[str]] = {}
    for job in report.built:
        process = (tmp_path / job.path).read_text()
        kinds.setdefault(process, set()).add(job.order.format)
    assert [len(own) for own in kinds.values()] == [1] * len(kinds)
    # The last kind is shared by lanes that have nothing else to do.
    assert 4 <= len(kinds) <= 8


def test_jobs_of_one_edition_and_format_are_made_together(edition: Callable[..., Edition]) -> None:
    jobs = [
        make_job(replace(edition(), clinic_slug=clinic), FORMATS.get(format_), medium)
        for medium, format_ in (("screen", "a4"), ("web", ""), ("screen", "a5"), ("office", "a4"))
        for clinic in ("one", "two")
    ]
    paths = [{job.path.partition("sleep")[2] for job in batch} for batch in batches(jobs, 2)]
    assert paths == 2 * [{".html"}] + 2 * [{"-a4-screen.pdf", "-a4-office.pdf"}] + 2 * [
        {"-a5-screen.pdf"}
    ]
    for batch in batches(jobs, 6):
        assert len({job.order.clinic for job in batch}) == 1
    assert batches(jobs, 7) == [(job,) for job in jobs]  # each of seven workers has something


def test_clinic_after_clinic_gets_a_leaflet_before_any_gets_the_next(
    edition: Callable[..., Edition],
) -> None:
    jobs = [
        make_job(
            replace(edition(), clinic_slug=clinic, leaflet=replace(edition().leaflet, slug=slug)),
            FORMATS["a4"],
            "screen",
        )
        for clinic in ("one", "two")
        for slug in ("rest", "sleep")
    ]
    order = [(b[0].order.leaflet, b[0].order.clinic) for b in batches(jobs, 2)]
    assert order == [("rest", "one"), ("rest", "two"), ("sleep", "one"), ("sleep", "two")]


@pytest.mark.parametrize("broken", [1, 3, 99])
def test_pools_that_break_are_replaced(
    broken: int, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At first nobody is blamed; then who was under way, and who is blamed twice fails."""
    states = itertools.chain(itertools.repeat(False, broken), itertools.repeat(True))
    monkeypatch.setattr(workers.Workers, "are_sound", lambda _: next(states))
    monkeypatch.setattr(dispatch, "LOOK_S", 0.1)
    slow = [f"slow-compose-{number}" for number in range(2)]
    report = run(*slow)
    if broken == 99:
        message = "The worker processes ended by themselves, twice."
        assert all(message in failed(report)[name] for name in slow)
    else:
        assert built(report) == slow


class Breaking:
    """A pool that is found broken at its second piece of work."""

    def __init__(self, pool: Any) -> None:
        self.pool, self.count = pool, 0

    def schedule(self, *work: Any, **facts: Any) -> Any:
        self.count += 1
        if self.count == 2:
            raise RuntimeError("Unexpected error within the Pool")
        return self.pool.schedule(*work, **facts)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.pool, name)


@pytest.mark.parametrize("clinic", ["die-compose", "die-typeset"])
def test_a_pool_that_breaks_with_the_last_job_loses_none(
    clinic: str, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = workers.Workers._new_composers
    pools: list[Breaking] = []

    def new_composers(self: workers.Workers, *start: Any) -> Any:
        pool = new(self, *start)
        if pools:
            return pool
        pools.append(Breaking(pool))
        return pools[0]

    monkeypatch.setattr(workers.Workers, "_new_composers", new_composers)
    report = run(clinic)  # it dies, and when it is tried again its pool is broken
    assert pools[0].count == 2
    assert "ended by itself, twice (code 7)" in failed(report)[clinic]


def test_a_warning_while_warming_up_ends_no_worker(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "start_typesetter", misbehaving.start_and_warn)
    assert built(run("good1")) == ["good1"]


def test_slow_starting_is_not_taken_for_doing_nothing(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "start_typesetter", misbehaving.start_slowly)
    monkeypatch.setattr(dispatch, "IDLE_S", 1)
    monkeypatch.setattr(workers.Workers, "renew", lambda _: pytest.fail("it was renewed"))
    assert built(run("good1", "good2")) == ["good1", "good2"]


def test_a_typesetter_that_cannot_be_started_is_started_later(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_pool = workers.Workers.pool
    refused: list[Any] = []

    def pool(self: workers.Workers, size: int, start: Any, *more: Any) -> Any:
        made = make_pool(self, size, start, *more)
        if start is worker.start_typesetter and not refused:
            refused.append(made)
            monkeypatch.setattr(made, "schedule", refuse)
        return made

    def refuse(*_: Any, **__: Any) -> Any:
        raise BrokenExecutor("no process could be started")

    monkeypatch.setattr(workers.Workers, "pool", pool)
    monkeypatch.setattr(dispatch, "LOOK_S", 0.1)
    assert built(run("slow-compose")) == ["slow-compose"]
    assert refused


def test_planning_does_not_wait_for_a_worker_that_takes_nothing(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workers, "PLAN_LIMIT_S", 1)
    monkeypatch.setattr(workers, "STUCK_S", 1)
    pools = workers.Workers()
    try:
        pools.plan(project, Selection(), TODAY, Options(), {}, "")
        for number in pools.composers._pool_manager.worker_manager.workers:
            os.kill(number, signal.SIGSTOP)
        with pytest.raises(FoldwellError, match="Reading the content took longer"):
            pools.plan(project, Selection(), TODAY, Options(), {}, "")
    finally:
        pools.close()


@pytest.mark.parametrize("wrong", [False, True])
def test_there_is_time_for_something_else_while_content_is_read(wrong: bool, project: Path) -> None:
    if wrong:
        (project / "content/build.yml").write_text("runs: 3")
    pools, done = workers.Workers(), list[str]()
    about = project, Selection(), TODAY, Options()
    try:
        found = pools.plan(*about, {}, "", meanwhile=lambda: done.append("read ahead"))
        assert bool(found.broken) is wrong and done == ["read ahead"]
        with pytest.raises(ZeroDivisionError):
            pools.plan(*about, {}, "", meanwhile=lambda: done.append(str(1 // 0)))
        assert [*map(str, pools.plan(*about, {}, "").broken)] == [*map(str, found.broken)]
    finally:
        pools.close()


@STAGES
def test_a_fault_of_foldwell_says_so(stage: str, run: Run) -> None:
    report = run("good1", f"crash-{stage}")
    assert built(report) == ["good1"]
    message = failed(report)[f"crash-{stage}"]
    assert "Foldwell itself failed (ValueError: what nobody thought of)" in message


@STAGES
def test_what_is_no_exception_fails_its_job_alone(stage: str, run: Run) -> None:
    report = run("good1", f"exit-{stage}")
    assert built(report) == ["good1"]
    assert list(failed(report)) == [f"exit-{stage}"]


def test_a_failed_job_leaves_the_last_good_file(run: Run, tmp_path: Path) -> None:
    old = tmp_path / "mistake-typeset/en/sleep-a4-screen.pdf"
    old.parent.mkdir(parents=True)
    old.write_text("old")
    run("mistake-typeset")
    assert old.read_text() == "old"


@pytest.mark.parametrize(
    ("what", "message"),
    [
        ("die", "The process that reads the content ended by itself, twice."),
        ("segfault", "The process that reads the content ended by itself, twice."),
        ("memory", "needs more than 1.5 GB of memory"),
        ("recurse", "The text is nested too deep."),
        ("refuse", r"content/x.md: The system refuses this \(Permission denied\)."),
    ],
)
def test_reading_that_fails_is_told(
    what: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "plan", getattr(misbehaving, f"plan_{what}"))
    pools = workers.Workers()
    try:
        with pytest.raises(FoldwellError, match=message):
            pools.plan(Path(), Selection(), TODAY, Options(), {}, "")
    finally:
        pools.close()


def test_a_composer_that_was_killed_while_it_had_nothing_to_do(project: Path) -> None:
    pools = workers.Workers()
    try:
        for _ in range(3):
            plan = pools.plan(project, Selection(), TODAY, Options(), {}, "")
            assert len(plan.jobs) == 1
            for number in pools.composers._pool_manager.worker_manager.workers:
                os.kill(number, signal.SIGKILL)
            time.sleep(0.2)
    finally:
        pools.close()


def test_all_that_is_wrong_with_the_content_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "plan", misbehaving.plan_mistakes)
    pools = workers.Workers()
    try:
        with pytest.raises(Mistakes, match=r"en\.md:3: Wrong\. Correct it\.\n.*fr\.md:4"):
            pools.plan(Path(), Selection(), TODAY, Options(), {}, "")
    finally:
        pools.close()
