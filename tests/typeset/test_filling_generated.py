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
    "a5": 780,
    "letter-fold": 430,
    "bifold": 500,
    "booklet": 1800,
    "large-print": 900,
}
"""Formats, and about the most words that leaflets made for them have."""
ALL = bool(os.environ.get("FOLDWELL_LONG_TESTS"))
SEEDS = range(200) if ALL else range(0, 200, 80)


def places_of_words(pdf: PdfDocument) -> dict[str, list[tuple[int, float]]]:
    """For each numbered word the pages that it stands on, and how far above their foot."""
    found: dict[str, list[tuple[int, float]]] = {}
    for number, page in enumerate(pdf):
        text = page.get_textpage()
        for match in re.finditer(r"w\d+x", text.get_text_range()):
            _, bottom, _, _ = text.get_charbox(match.start())
            found.setdefault(match.group(), []).append((number, bottom))
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
    places = places_of_words(pdf)
    assert set(places) == {f"w{n}x" for n in range(made.words)}
    # The contents of a booklet say its headings once more.
    assert name == "booklet" or all(len(found) == 1 for found in places.values())
    for items in made.lists:
        pages = {places[word][-1][0] for item in items for word in item}
        heights = [places[item[0]][-1][1] for item in items]
        assert len(pages) == 1, items
        assert heights == sorted(heights, reverse=True), items  # nor over two columns
