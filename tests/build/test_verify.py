"""Verifying: what stands in the output is what a build would write now, or is named."""

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, cast

import pytest

from foldwell.build.events import Event, Failed, Found, Kept, Started
from foldwell.build.job import Job
from foldwell.build.jobs import make_job
from foldwell.build.made import Made, Outcome
from foldwell.build.verify import compare
from foldwell.build.workers import Workers
from foldwell.content.edition import Edition
from foldwell.errors import FoldwellError
from foldwell.paper.formats import FORMATS

MADE = Made(b"%PDF made", 1, (("-ticket.yml", b"facts"),))
PATH, TICKET = "riverside/en/sleep-a4-screen.pdf", "riverside/en/sleep-a4-screen-ticket.yml"


class Hands:
    """Workers that make what they are told to."""

    def __init__(self, outcome: Outcome) -> None:
        self.outcome = outcome

    def run(self, jobs: Sequence[Job]) -> Iterator[tuple[Job, Outcome | None]]:
        for job in jobs:
            yield job, None
            yield job, self.outcome


@pytest.fixture
def output(tmp_path: Path) -> Path:
    for path, content in ((PATH, b"%PDF made"), (TICKET, b"facts")):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(content)
    return tmp_path


def events(
    output: Path, edition: Callable[..., Edition], outcome: Outcome = MADE, **more: Any
) -> list[Event]:
    job = make_job(edition(), FORMATS["a4"], "screen")
    assert job.path == PATH
    return list(compare([job], output, cast(Workers, Hands(outcome)), **more))


def test_what_is_the_same_is_kept(output: Path, edition: Callable[..., Edition]) -> None:
    started, kept = events(output, edition)
    assert isinstance(started, Started) and isinstance(kept, Kept)
    assert kept.files == {
        PATH: hashlib.sha256(b"%PDF made").hexdigest(),
        TICKET: hashlib.sha256(b"facts").hexdigest(),
    }


def away(path: Path) -> None:
    path.unlink()


def altered(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b" ")


def folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def link_to_the_same(path: Path) -> None:
    path.rename(path.with_suffix(".real"))
    os.symlink(path.with_suffix(".real"), path)


@pytest.mark.parametrize(
    ("harm", "what"),
    [
        (away, "is missing"),
        (altered, "differs"),
        (folder, "is no file"),
        (link_to_the_same, "is no file"),
    ],
)
@pytest.mark.parametrize("harmed", [PATH, TICKET])
def test_what_is_not_is_named_and_the_rest_kept(
    harmed: str, harm: Callable[[Path], None], what: str, output: Path,
    edition: Callable[..., Edition],
) -> None:  # fmt: skip
    harm(output / harmed)
    _, *told = events(output, edition)
    assert [(e.path, e.line) for e in told if isinstance(e, Found)] == [(harmed, what)]
    (kept,) = [event for event in told if isinstance(event, Kept)]
    assert set(kept.files) == {PATH, TICKET} - {harmed}


def test_a_job_that_fails_is_told(output: Path, edition: Callable[..., Edition]) -> None:
    errors = (FoldwellError("Broken."),)
    _, failed = events(output, edition, errors)
    assert isinstance(failed, Failed) and failed.errors == errors


def test_another_place_is_asked_where_one_is_given(
    output: Path, edition: Callable[..., Edition]
) -> None:
    _, *told = events(output, edition, wrong=lambda path, content: "" if path == PATH else "is old")
    assert [(e.path, e.line) for e in told if isinstance(e, Found)] == [(TICKET, "is old")]
