"""What a page says, apart from its shape."""

from dataclasses import replace

import pytest

from foldwell.typeset.page_source import OwnFont, PageSource
from foldwell.typeset.pictures import qr_code
from foldwell.typeset.variable.words import in_a_line, said_by

FOOT = (
    '@page { @bottom-left { content: "DRAFT" "\\A " "Edition \\"A\\a0 B\\""; } }\np { margin: 0 }'
)
PAGE = PageSource(
    '<html><body>\n<p>Call <a href="tel:1">01 &amp; 02</a> now</p>\n'
    '<img src="asset:qr.svg" alt="x">\n</body></html>',
    (FOOT, "b { color: #000 }"),
    (("icon.svg", b"<svg/>", "image/svg+xml"), ("qr.svg", *qr_code("https://a.example"))),
    tagged=True,
)


def test_words_of_a_page_and_of_its_feet() -> None:
    said = said_by(PAGE)
    texts = [said.text(number) for number in range(len(said.words))]
    assert texts == [
        "Call", "tel:1", "01 & 02", "now", "asset:qr.svg", "x", "DRAFT", "\n", 'Edition "A\u00a0B"',
    ]  # fmt: skip
    assert said.count == 6 and said.feet == ("bottom-left",) * 3
    assert said.code == qr_code("https://a.example")[0]


@pytest.mark.parametrize(
    "other",
    [
        replace(PAGE, html=PAGE.html.replace("02", "03").replace('alt="x"', 'alt="y"')),
        replace(PAGE, css=(FOOT.replace("Edition", "Ed."), PAGE.css[1])),
        replace(PAGE, assets=(PAGE.assets[0], ("qr.svg", *qr_code("https://b.example")))),
    ],
)
def test_other_words_have_the_same_shape(other: PageSource) -> None:
    assert said_by(other).shape == said_by(PAGE).shape
    assert said_by(other) != said_by(PAGE)


@pytest.mark.parametrize(
    "other",
    [
        replace(PAGE, html=PAGE.html.replace("<p>", '<p class="a">')),
        replace(PAGE, html=PAGE.html.replace("now", "")),
        replace(PAGE, css=(FOOT, "b { color: #111 }")),
        replace(PAGE, css=(FOOT.replace("bottom-left", "bottom-right"), PAGE.css[1])),
        replace(PAGE, css=(FOOT.replace('"DRAFT"', "counter(page)"), PAGE.css[1])),
        replace(PAGE, assets=(("icon.svg", b"<svg />", "image/svg+xml"), PAGE.assets[1])),
        replace(PAGE, assets=(PAGE.assets[0], ("qr.svg", *qr_code("https://a.example" * 5)))),
        replace(PAGE, tagged=False),
        replace(PAGE, leading=1.2),
        replace(PAGE, fonts=(OwnFont("Own", 400, b"font"),)),
    ],
)
def test_whatever_else_differs_is_another_shape(other: PageSource) -> None:
    assert said_by(other).shape != said_by(PAGE).shape


def test_words_in_a_line() -> None:
    assert in_a_line("one\n  two\tthree\u00a0four") == "one two three\u00a0four"
