"""Made up leaflets in six formats: no short list is torn, no word is lost, doubled or moved."""

from __future__ import annotations

import os
import re
from collections.abc import Callable

import pytest
from generated import Generated, leaflet
from pypdfium2 import PdfDocument

from foldwell.paper.formats import FORMATS
from foldwell.typeset.copyfit import copyfit
from foldwell.typeset.fit import TooMuch
from foldwell.typeset.page_source import PageSource

ROOM = {
    "a4": 1500,
    "a5": 900,
    "letter-fold": 430,
    "bifold": 500,
    "booklet": 1800,
    "large-print": 900,
}
"""Formats, and about the most words that leaflets made for them have."""
ALL = bool(os.environ.get("FOLDWELL_LONG_TESTS"))
SEEDS = range(200) if ALL else range(0, 200, 80)


def page_of_words(pdf: PdfDocument) -> dict[str, int]:
    """For each numbered word the page it stands on; it stands there once, in order."""
    found: dict[str, int] = {}
    for number, page in enumerate(pdf):
        text = re.sub(r"\s+", " ", page.get_textpage().get_text_range())
        for word in re.findall(r"w\d+x", text):
            assert word not in found, word
            found[word] = number
    return found


@pytest.mark.parametrize("name", ROOM)
@pytest.mark.parametrize("seed", SEEDS)
def test_made_up_leaflets(name: str, seed: int, compose: Callable[..., PageSource]) -> None:
    made = leaflet(seed, ROOM[name])
    source = compose(made.body, name)
    row = FORMATS[name]
    try:
        fitted = copyfit(source, row, row.geometry["a4"])
    except TooMuch:
        assert not row.flows  # a fold has only so much room
        return
    with PdfDocument(fitted.typeset.write()) as pdf:
        _holds(made, pdf, name)
    assert not any(page.overlaps for page in fitted.typeset.pages)
    assert fitted.layouts <= 10


def _holds(made: Generated, pdf: PdfDocument, name: str) -> None:
    wanted = {f"w{n}x" for n in range(made.words)}
    if name == "booklet":  # its contents say the headings once more
        pages = {}
        for number, page in enumerate(pdf):
            for word in re.findall(r"w\d+x", page.get_textpage().get_text_range()):
                pages[word] = number
    else:
        pages = page_of_words(pdf)
    assert set(pages) == wanted
    for items in made.lists:
        assert len({pages[word] for item in items for word in item}) == 1, items
