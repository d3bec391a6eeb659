import re

import pytest

from foldwell.check.finished import check_boxes, check_words
from foldwell.typeset.engine import typeset
from foldwell.typeset.page_source import PageSource

CSS = '@page { size: 100mm 60mm; margin: 10mm } body { font: 12pt "Atkinson Hyperlegible Next" }'


def pdf(body: str, css: str = "") -> bytes:
    """A PDF of one or more pages of 100 × 60 mm."""
    html = f'<!DOCTYPE html><html lang="en"><head><title>T</title></head><body>{body}</body></html>'
    return typeset(PageSource(html, (CSS, css), (), tagged=False)).write()


def missing(wanted: str, printed: str, css: str = "") -> list[str]:
    """The words of one text that are not in the PDF of another."""
    errors = check_words(wanted, pdf(printed, css))
    return [match.group(1) for e in errors if (match := re.search("'(.*)'", e.message))]


@pytest.mark.parametrize(
    "body",
    [
        "<p>Take <b>two</b> tablets</p>",
        "<p>self-care and well&nbsp;being</p>",
        "<p>Fish &amp; chips &lt; 5 mg</p>",
        "<p>" + "many words and more " * 20 + "</p>",
        "<table><tr><td>one</td><td>two</td></tr></table>",
        "<ul><li>office</li><li>fluffy</li></ul>",
    ],
)
def test_all_words_are_there(body: str) -> None:
    assert missing(body, body) == []


def test_a_lost_word_is_named() -> None:
    assert missing("<p>Take two tablets</p>", "<p>Take tablets</p>") == ["two"]


def test_a_word_lost_once_is_missed() -> None:
    assert missing("<p>Never drive. Never swim.</p>", "<p>Never drive. swim.</p>") == ["Never"]


def test_words_that_a_style_sheet_hides() -> None:
    body = "<p>Take <b>two</b> tablets</p>"
    assert missing(body, body, "b { display: none }") == ["two"]


def test_the_head_is_not_printed() -> None:
    html = "<head><title>Unseen</title></head><style>p { color: red }</style><p>Seen</p>"
    assert missing(html, "<p>Seen</p>") == []


def told(body: str, css: str = "", margin_mm: float = 5, pages: int = 1) -> list[str]:
    return [e.message for e in check_boxes(pdf(body, css), [(100.0, 60.0)] * pages, margin_mm)]


def test_what_stands_where_it_should() -> None:
    assert told("<p>Words</p>") == []


def test_text_beside_the_page() -> None:
    (message,) = told('<p style="margin-left: 85mm; white-space: nowrap">Too far out</p>')
    assert message.startswith("Page 1: 'Too far out' stands outside")


@pytest.mark.parametrize(
    "place", ["left: -8mm; top: 20mm", "left: 20mm; top: -8mm", "left: 20mm; bottom: -8mm"]
)
def test_text_too_near_to_each_edge(place: str) -> None:
    body = f'<p style="position: absolute; margin: 0; {place}">Near</p>'
    assert len(told(body)) == 1
    assert told(body, margin_mm=0) == []


def test_the_size_and_number_of_pages() -> None:
    assert told("<p>Words</p>", "@page { size: 100mm 61mm }") == ["Page 1 is not 100.0 × 60.0 mm."]
    two = '<p>One</p><p style="break-before: page">Two</p>'
    assert told(two) == ["The file has 2 pages in place of 1."]
    assert told(two, pages=2) == []
