"""Files that are printed from one that stands are those that are made as a whole."""

from __future__ import annotations

import html
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from generated_clinics import neighbour
from test_stamping import TODAY, jobs_for

from foldwell.build import imprints, kept_file, press, screen, standing, worker
from foldwell.build.imprints import codes_are_its_own
from foldwell.build.job import Job, Selection
from foldwell.build.made import Made
from foldwell.build.variable import FILES
from foldwell.content.library import Library, read_library
from foldwell.typeset.page_source import Composition
from foldwell.typeset.pictures import qr_code
from foldwell.typeset.stamping.masters import MASTERS
from foldwell.typeset.variable.code_path import code_path

ROOT = Path(__file__).resolve().parents[2]
SEED = 11


@pytest.fixture(scope="module")
def shipped() -> Library:
    """The shipped content."""
    return read_library(ROOT, TODAY)


@pytest.fixture(autouse=True)
def _no_masters(monkeypatch: pytest.MonkeyPatch) -> None:
    MASTERS.forget()
    FILES.forget_all()
    monkeypatch.setattr(FILES, "keep", lambda *_: None)  # files with fields are tried elsewhere


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
    filled = kept_file._filled
    monkeypatch.setattr(kept_file, "_filled", lambda *told: filled(*told).replace(b"EOF", b"EOF "))
    assert not any(map(is_printed, map(made, jobs(shipped, "screen"))))


def test_nothing_is_printed_from_a_file_that_did_not_pass(
    shipped: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing.Print, "passed", lambda *_: None)
    assert not any(map(is_printed, map(made, jobs(shipped, "screen"))))


def test_glyphs_that_no_file_was_set_in_are_looked_at(
    shipped: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, looked = list[bool](), list[set[bytes]]()

    def breaches(_: object) -> list[Any]:
        asked.append(True)
        return []

    def holds(_: object, codes: set[bytes]) -> bool:
        looked.append(codes)
        return sound

    found = jobs(shipped, "screen")
    for job in found[:3]:
        made(job)
    (master,) = MASTERS.every()
    (kept,) = master.standing.values()
    monkeypatch.setattr(screen, "breaches_of", breaches)
    monkeypatch.setattr(kept_file, "holds", holds)
    known, sound = set(kept.glyphs), True
    made(found[2])
    assert (len(asked), len(looked)) == (0, 0)  # all of its glyphs are known
    kept.glyphs.clear()
    made(found[2])
    assert len(asked) == 0 and looked and kept.glyphs <= known
    kept.glyphs.clear()
    sound = False
    made(found[2])
    assert len(asked) == 1  # every clause is asked, of the whole file


def test_a_press_file_is_printed_with_what_it_says_of_itself(
    shipped: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = jobs(shipped, "press")
    files = [made(job) for job in found]
    assert [is_printed(file) for file in files] == [False, False, True, True]
    for job, file in zip(found, files, strict=True):
        whole = made(job, worker.typeset_in_full)
        assert (file.content, file.beside, file.findings) == (
            whole.content, whole.beside, whole.findings,
        )  # fmt: skip
    # A code that says something else is found by who looks at the pages.
    preflights = list[bool]()
    for module in (imprints, press):
        monkeypatch.setattr(module, "codes_are_its_own", lambda *_: False)

    def preflight(*_: object) -> tuple[tuple[()], tuple[()]]:
        preflights.append(True)
        return (), ()

    monkeypatch.setattr(press, "_preflight", preflight)
    made(found[3])
    assert preflights


def test_a_code_in_a_hole_must_say_what_its_page_says(shipped: Library) -> None:
    (job, *_) = jobs(shipped, "press", (0,))
    content, composed = made(job).content, worker.compose(job)
    assert isinstance(composed, Composition)
    address = "https://example.org/own?a=1&b=2"
    code = ("qr.svg", *qr_code(address))
    pages = replace(
        composed.pages, html=f"{composed.pages.html}{html.escape(address)}",
        assets=(*composed.pages.assets, code),
    )  # fmt: skip
    composition, own = replace(composed, pages=pages), code[1]
    other, _ = qr_code("https://example.org/elsewhere")

    def says(*drawings: bytes) -> bool:
        steps = [[b"1 0 0 1 0 0 Tm"], *(code_path(one).split(b"\n") for one in drawings)]
        return codes_are_its_own(steps, content, composition)

    assert says(own) and says(own, own)
    assert not says(other) and not says(own, other)
    assert not says()  # then its pages are read, on which there is none


def test_words_that_cannot_be_read_are_not_printed(
    shipped: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = jobs(shipped, "screen")
    for job in found[:3]:
        made(job)
    monkeypatch.setattr(kept_file, "runs_are_read", lambda *_: False)
    file = made(found[3])
    assert not is_printed(file)
    assert file.content == made(found[3], worker.typeset_in_full).content
