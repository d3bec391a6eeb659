"""Skeletons: what the style of an element may hang on is in them, and its words are not."""

import xml.etree.ElementTree as ET

import pytest

from foldwell.typeset.stamping.skeleton import (
    asked_of_values,
    differ,
    pictures_in_styles,
    skeleton_of,
)

ASKED = asked_of_values(('a[href^="http"] { color: red } img[alt] { width: 1mm }',))
PLAIN = '<p class="a">One <a href="tel:1">two</a></p>'


def of(text: str) -> str:
    return skeleton_of(ET.fromstring(text), ASKED)


def test_selectors_ask_for_values() -> None:
    assert ASKED == (("^", "http"),)
    assert asked_of_values(("a[href$=pdf], img[ alt *= 'x y' ] {}",)) == (
        ("$", "pdf"),
        ("*", "x y"),
    )


@pytest.mark.parametrize(
    "same",
    [
        '<p class="a">Three <a href="tel:2">four</a></p>',
        '<p class="a">1 <a href="tel:112">1</a></p>',
    ],
)
def test_words_and_free_values_are_not_in_it(same: str) -> None:
    assert of(same) == of(PLAIN)


@pytest.mark.parametrize(
    "other",
    [
        '<p class="b">One <a href="tel:1">two</a></p>',
        '<p class="a">One <a href="https://a.example">two</a></p>',
        '<p class="a">One <a>two</a></p>',
        '<p class="a">One <a href="tel:1"></a></p>',
        '<p class="a"> <a href="tel:1">two</a></p>',
        '<p class="a">One <a href="tel:1">two</a> more</p>',
        '<p class="a">One <b href="tel:1">two</b></p>',
        '<p class="a">One <a href="tel:1"><b>two</b></a></p>',
        '<p class="a" style="margin: 0">One <a href="tel:1">two</a></p>',
    ],
)
def test_all_else_is(other: str) -> None:
    assert of(other) != of(PLAIN)


def test_words_links_and_pictures_differ() -> None:
    def one(text: str) -> ET.Element:
        return ET.fromstring(text)

    seen, same = one('<p>a<img src="asset:qr.svg"/>b</p>'), {"qr.svg": "1"}
    assert not differ(seen, one('<p>a<img src="asset:qr.svg"/>b</p>'), same, same)
    assert differ(seen, one('<p>a<img src="asset:qr.svg"/>c</p>'), same, same)
    assert differ(seen[0], seen[0], same, {"qr.svg": "2"})
    assert not differ(seen, seen, same, {"qr.svg": "2"})  # the picture inside it does
    assert differ(one('<a href="#a"/>'), one('<a href="#b"/>'), {}, {})


def test_pictures_that_style_sheets_name_count() -> None:
    css = ("p { background: url(asset:band.svg) }",)
    assert pictures_in_styles(css, {"band.svg": "1", "qr.svg": "2"}) == ("1",)
