"""Files that are printed from one that stands are those that are made as a whole."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from generated_clinics import neighbour
from test_stamping import TODAY, jobs_for

from foldwell.build import screen, standing, worker
from foldwell.build.job import Job, Selection
from foldwell.build.made import Made
from foldwell.content.library import Library, read_library
from foldwell.typeset.page_source import Composition
from foldwell.typeset.stamping.masters import MASTERS

ROOT = Path(__file__).resolve().parents[2]
SEED = 11


@pytest.fixture(scope="module")
def shipped() -> Library:
    """The shipped content."""
    return read_library(ROOT, TODAY)


@pytest.fixture(autouse=True)
def _no_masters() -> None:
    MASTERS.forget()


def jobs(library: Library, medium: str, numbers: tuple[int, ...] = (0, 3, 6, 9)) -> list[Job]:
    clinics = [neighbour(SEED, number) for number in numbers]
    asked = Selection(("treatment-card",), (), ("en",), ("card",), (medium,))
    return jobs_for(library, clinics, asked)


def made(job: Job, make: Any = worker.typeset) -> Made:
    composition = worker.compose(job)
    assert isinstance(composition, Composition)
    file = make(job.order, composition)
    assert isinstance(file, Made), file
    return file


def is_printed(file: Made) -> bool:
    return "printed from a file that stands" in dict(file.notes)["stamp"]


def words(content: bytes) -> str:
    """All that a viewer reads, which knows nothing of how the file was made."""
    file = pypdfium2.PdfDocument(content)
    return " ".join(page.get_textpage().get_text_range() for page in file)


@pytest.mark.parametrize("medium", ["screen", "office"])
def test_the_third_file_is_printed_and_the_same(shipped: Library, medium: str) -> None:
    found = jobs(shipped, medium)
    files = [made(job) for job in found]
    assert [is_printed(file) for file in files] == [False, False, True, True]
    phones = [neighbour(SEED, number)["phone"] for number in (0, 3, 6, 9)]
    for number, (job, file) in enumerate(zip(found, files, strict=True)):
        assert file.content == made(job, worker.typeset_in_full).content
        own = [phone for phone in phones if phone in words(file.content)]
        assert own == [phones[number]]


def test_nothing_is_printed_from_a_file_that_is_not_made_again_to_the_last_byte(
    shipped: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled = standing._filled
    monkeypatch.setattr(standing, "_filled", lambda *told: filled(*told).replace(b"EOF", b"EOF "))
    assert not any(map(is_printed, map(made, jobs(shipped, "screen"))))


def test_nothing_is_printed_from_a_file_that_did_not_pass(
    shipped: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing.Print, "passed", lambda _: None)
    assert not any(map(is_printed, map(made, jobs(shipped, "screen"))))


def test_glyphs_that_no_file_was_checked_with_are_checked(
    shipped: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = list[bool]()

    def breaches(_: object) -> list[Any]:
        asked.append(True)
        return []

    found = jobs(shipped, "screen", (0, 3, 6, 9))
    for job in found[:3]:
        made(job)
    monkeypatch.setattr(screen, "breaches_of", breaches)
    (master,) = MASTERS.every()
    (kept,) = master.standing.values()
    made(found[3])
    before = len(asked)
    kept.glyphs.clear()
    made(found[2])
    made(found[2])
    assert len(asked) == before + 1


def test_words_that_cannot_be_read_are_not_printed(
    shipped: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = jobs(shipped, "screen")
    for job in found[:3]:
        made(job)
    monkeypatch.setattr(standing, "runs_are_read", lambda *_: False)
    file = made(found[3])
    assert not is_printed(file)
    assert file.content == made(found[3], worker.typeset_in_full).content
