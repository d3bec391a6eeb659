"""Rule L7 on web pages: the cascade, custom properties, the dark, and print."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from foldwell.check.web_contrast import check_web_contrast
from foldwell.content.brand import Brand
from foldwell.content.edition import Edition
from foldwell.typeset.compose import compose_web

PAGE = "<!DOCTYPE html><html><head><style>{}</style></head><body>{}</body></html>"


def told(css: str, body: str) -> list[str]:
    return [finding.message for finding in check_web_contrast(PAGE.format(css, body))]


def test_words_that_can_be_read() -> None:
    assert told("p { color: #767676 }", "<p>Grey</p>") == []


def test_a_pale_colour_is_told_for_each_way_to_see_it() -> None:
    lines = told("p { color: #9bd3ee }", "<p>Pale words</p>")
    assert len(lines) == 3 and "in the light, 'Pale words' is #9bd3ee on #ffffff" in lines[0]


def test_the_dark_has_colours_of_its_own() -> None:
    css = (
        ":root { --text: #000000; --paper: #ffffff }"
        "@media (prefers-color-scheme: dark) { :root { --paper: #111111 } }"
        "body { color: var(--text); background: var(--paper) }"
    )
    (line,) = told(css, "<p>Words</p>")
    assert "in the dark, 'Words' is #000000 on #111111" in line


def test_print_has_colours_of_its_own() -> None:
    css = "p { color: #000000 } @media print { p { color: #cccccc } }"
    (line,) = told(css, "<p>Words</p>")
    assert "printed" in line


@pytest.mark.parametrize(
    ("css", "fails"),
    [
        ("p { color: #ccc } #a { color: #000 }", False),  # an id weighs more
        ("#a { color: #000 } p { color: #ccc }", False),
        (".b { color: #000 } p { color: #ccc }", False),
        ("p { color: #000 } p { color: #ccc }", True),  # the later one wins
        ("div { color: #ccc }", True),  # colours are inherited
        ("div { color: #ccc } p { color: #000 }", False),
        ("div { background: #000 } p { color: #fff }", False),
        ("div { background: #000 } p { color: #fff; background: none }", False),
        ("div { background: #000 } p { color: #fff; background: #fff url(x) }", True),
        ("p { background-color: #000; color: inherit }", True),
        ("p { color: var(--none, #ccc) }", True),
        ("p::before { content: '1'; color: #fff; background: #ffe000 }", True),
        ("p::before { content: '1'; color: #000; background: #ffe000 }", False),
    ],
)
def test_the_cascade(css: str, fails: bool) -> None:
    assert bool(told(css, '<div><p id="a" class="b">Words</p></div>')) is fails


Editions = Callable[..., Edition]
BODY = """
/// key-message | The main message
Sleep.
///

/// warning | The same day
Call [us](https://www.example.org).
///

/// steps | Steps
1. One
///

//// contact | Talk to us
////
"""


@pytest.mark.parametrize("colour", ["#ffe000", "#e30613", "#00857c", "#000000", "#f7f7f2"])
def test_web_pages_of_every_brand_can_be_read(colour: str, edition: Editions) -> None:
    usual = edition(BODY)
    brand = Brand.model_validate({"color": {"primary": colour}})
    page = compose_web(replace(usual, brand=replace(usual.brand, brand=brand)))
    assert check_web_contrast(page) == []
    assert check_web_contrast(page.replace("--on-solid: ", "--on-solid: var(--solid); --x: "))
