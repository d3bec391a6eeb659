"""Sixty-eight pages made up as health services write them: all are read, and none loses a word."""

import os
import shutil
from pathlib import Path

import pytest
from conftest import BASE, TODAY, compose_and_make
from made_up_pages import PARTS, Page
from pypdfium2 import PdfDocument
from test_sites import source_words, words

from foldwell.build.job import Selection
from foldwell.build.made import Made
from foldwell.build.plan import make_plan
from foldwell.content.library import Library, read_library

PAGES = 68
BUILT = range(PAGES) if os.environ.get("FOLDWELL_LONG_TESTS") else (0, 7, 38)


def name_of(number: int) -> str:
    return f"page-{number:02}"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """A project of all pages."""
    root = tmp_path_factory.mktemp("sites") / "project"
    shutil.copytree(BASE, root)
    for number in range(PAGES):
        folder = root / "content/leaflets" / name_of(number)
        folder.mkdir()
        (folder / "en.md").write_text(Page(number).text(), encoding="utf-8")
    settings = root / "content/build.yml"
    settings.write_text(settings.read_text() + "site: https://www.example.org\n")
    return read_library(root, TODAY)


def test_every_page_is_read_as_a_draft(library: Library) -> None:
    told = [str(error) for errors in library.broken.values() for error in errors]
    assert told == []
    assert {name_of(number) for number in range(PAGES)} <= library.leaflets.keys()


def test_every_construct_is_on_many_pages() -> None:
    pages = [Page(number) for number in range(PAGES)]
    texts = [page.text() for page in pages]
    assert len({*texts}) == PAGES
    for sign in ("](/", "{: .", "<br", "<sup>", "<abbr", "]: /", "(a) ", "• ", "&nbsp;"):
        assert len([text for text in texts if sign in text]) > 10, sign
    assert len(PARTS) > 20


@pytest.mark.parametrize("number", BUILT)
def test_no_word_of_it_is_lost_on_a4(number: int, library: Library) -> None:
    [job] = make_plan(library, Selection((name_of(number),)), TODAY).jobs
    made = compose_and_make(job)
    assert isinstance(made, Made), made
    pages = [page.get_textpage().get_text_range() for page in PdfDocument(made.content)]
    printed = "".join(words(" ".join(pages)))
    source = Path(library.root / f"content/leaflets/{name_of(number)}/en.md").read_text()
    assert len(source_words(source)) > 150
    assert [word for word in source_words(source) if word not in printed] == []
