"""Drawings that are drawn again are the same on each page, and those that need more are drawn."""

import pytest

from foldwell.errors import Mistakes
from foldwell.typeset.engine import typeset
from foldwell.typeset.page_source import PageSource

SHAPES = '<path d="M0 0h9v9z" fill="#123456" fill-opacity=".5"/><circle r="2" stroke="red"/>'
WORDS = '<text x="0" y="5" font-size="4">Abc</text>'
FADING = (
    '<linearGradient id="g"><stop stop-color="red"/><stop offset="1" stop-color="blue"/>'
    '</linearGradient><path d="M0 0h9v9z" fill="url(#g)"/>'
)


def page(drawing: str, times: int) -> PageSource:
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{drawing}</svg>'
    picture = '<p><img src="asset:a.svg" alt="A" style="width: 9mm"></p>'
    html = f'<html lang="en"><title>T</title><body>{picture * times}</body></html>'
    return PageSource(html, (), (("a.svg", svg.encode(), "image/svg+xml"),), tagged=True)


@pytest.mark.parametrize("drawing", [SHAPES, WORDS, FADING])
def test_a_page_that_is_written_twice_is_the_same(drawing: str) -> None:
    done = typeset(page(drawing, 3))
    assert done.write(tagged=True) == done.write(tagged=True)


@pytest.mark.parametrize(("drawing", "kept"), [(SHAPES, True), (WORDS, False), (FADING, False)])
def test_only_shapes_and_colours_are_kept(drawing: str, kept: bool) -> None:
    done = typeset(page(drawing, 1))
    done.write(tagged=True)
    box = next(
        box for box in done.document.pages[0]._page_box.descendants() if hasattr(box, "replacement")
    )
    assert bool(box.replacement._drawn) is kept


def test_a_drawing_that_is_refused_something_is_refused_each_time() -> None:
    asks = '<path d="M0 0h9v9z"/><image href="http://a.example/b.png" width="9" height="9"/>'
    done = typeset(page(asks, 2))
    for _ in range(2):
        done.refused.clear()
        with pytest.raises(Mistakes):
            done.write(tagged=True)
