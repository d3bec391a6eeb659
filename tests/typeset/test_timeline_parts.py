"""How large the words of a timeline are, in print and on the web page."""

import re
from collections.abc import Callable

import pytest

from foldwell.content.edition import Edition
from foldwell.typeset.compose import compose_web
from foldwell.typeset.page_source import PageSource

TIMELINE = """/// timeline
| What | Starts | Worst | Over |
|--|--|--|--|
| Sleep | 1 day | day 2 | 3 days |
///
"""
MM_PER_PT = 25.4 / 72


def sizes_pt(svg: str) -> set[float]:
    return {round(float(size) / MM_PER_PT, 1) for size in re.findall(r'font-size="([\d.]+)"', svg)}


@pytest.mark.parametrize(
    ("format_name", "size_pt"), [("a4", 10.5), ("large-print", 16.0), ("letter-fold", 10.0)]
)
def test_words_in_print(
    format_name: str, size_pt: float, compose: Callable[..., PageSource]
) -> None:
    page = compose(TIMELINE, format_name)
    (svg,) = (content for name, content, _ in page.assets if name == "timeline-0.svg")
    assert size_pt in sizes_pt(svg.decode()) and min(sizes_pt(svg.decode())) >= 9
    (rule,) = (css for css in page.css if ".timeline-0 {" in css)
    assert re.search(r"\.timeline-0 \{ width: [\d.]+mm; height: [\d.]+mm; \}", rule)


def test_words_on_the_web_page(edition: Callable[..., Edition]) -> None:
    page = compose_web(edition(TIMELINE))
    svg = page[page.index("tl-") :]
    assert 12.5 in sizes_pt(svg)
    assert 'viewBox="0 0 100' in page
