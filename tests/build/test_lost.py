"""What a lost worker's job is told, in words."""

from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future
from typing import Any

import pytest
from pebble import ProcessExpired

from foldwell.build.job import Job
from foldwell.build.jobs import make_job
from foldwell.build.lost import Lost, lost, result_of
from foldwell.content.edition import Edition
from foldwell.paper.formats import FORMATS


@pytest.fixture
def job(edition: Callable[..., Edition]) -> Job:
    return make_job(edition(), FORMATS["a4"], "screen")


def ended(error: BaseException) -> Future[Any]:
    future: Future[Any] = Future()
    future.set_exception(error)
    return future


def expired(code: int) -> ProcessExpired:
    return ProcessExpired("ended", code=code)  # type: ignore[no-untyped-call]


@pytest.mark.parametrize(
    ("error", "message", "late"),
    [
        (TimeoutError(), "The job took longer than 30 seconds and was stopped, twice.", True),
        (expired(3), "The worker process ended by itself, twice (code 3).", False),
        (expired(-9), "The worker process ended by itself, twice (signal SIGKILL).", False),
        (expired(-200), "The worker process ended by itself, twice (signal 200).", False),
    ],
)
def test_a_worker_that_is_lost(error: BaseException, message: str, late: bool, job: Job) -> None:
    result = result_of(ended(error), job, 30)
    assert isinstance(result, Lost)
    assert (result.error.message, result.late) == (message, late)
    assert str(result.error).startswith("content/leaflets/sleep/en.md: ")


@pytest.mark.parametrize("error", [ValueError("odd"), SystemExit(3)])
def test_a_fault_of_foldwell_is_named_and_not_tried_again(error: BaseException, job: Job) -> None:
    (told,) = result_of(ended(error), job, 30)
    assert told.message.startswith(f"Foldwell itself failed ({type(error).__name__}")


@pytest.mark.parametrize("error", [BrokenExecutor(), KeyboardInterrupt()])
def test_what_is_no_jobs_fault_goes_on(error: BaseException, job: Job) -> None:
    with pytest.raises(type(error)):
        result_of(ended(error), job, 30)


def test_a_result_is_the_result(job: Job) -> None:
    future: Future[Any] = Future()
    future.set_result("made")
    assert result_of(future, job, 30) == "made"
    assert lost(job, "Gone.").error.hint
