"""A page that is filled into the tree of another is the page that is parsed."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from weasyprint import HTML

from foldwell.typeset import parsed_again
from foldwell.typeset.parsed_again import parsed
from foldwell.typeset.stamping import turned_off

PAGE = (
    "<!doctype html><html lang=en><head><title>{0}</title></head><body>\n"
    ' <p class="x">Ring <a href="tel:{1}">{1}</a>, or <b> {2} </b>now.</p>'
    '<table><tr><th>{0}<td><img src="asset:a.svg" alt="{2}"></table>\n</body></html>'
)


def tree(text: str) -> bytes:
    """What the engine's own parser makes of a page."""
    return bytes(ET.tostring(HTML(string=text).etree_element))


@pytest.fixture(autouse=True)
def _empty() -> None:
    parsed_again._kept.clear()


@pytest.mark.parametrize(
    "words",
    [
        ("Elm", "0113 496 0142", "Oak"),
        ("Elm &amp; Oak", "1&#39;2", "&lt;b&gt; &quot;x&quot;"),
        ("مركز", "0", "a\u00a0b"),
        ("Two  spaces", "x y", "it isn’t"),
    ],
)
def test_other_words_are_those_that_are_parsed(
    words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = PAGE.format("First", "1", "Second")
    assert ET.tostring(parsed(first, None).etree_element) == tree(first)
    text = PAGE.format(*words)
    wanted = tree(text)
    monkeypatch.setattr(parsed_again, "HTML", None)  # nothing is parsed any more
    page = parsed(text, None)
    assert ET.tostring(page.etree_element) == wanted
    assert page.wrapper_element.etree_element is page.etree_element
    again = parsed(first, None)
    assert ET.tostring(again.etree_element) == tree(first)


@pytest.mark.parametrize(
    "other",
    [
        PAGE.replace("<b>", "<i>").replace("</b>", "</i>"),
        PAGE.replace('class="x"', 'class="y"'),
        PAGE.replace("{2} </b>", "</b>"),
        PAGE.replace("now", "&nbsp;now"),
        PAGE.replace("now", "<!-- {2} > -->now"),
    ],
    ids=["tags", "attributes", "no words", "rare references", "comments"],
)
def test_what_is_otherwise_is_parsed(other: str) -> None:
    parsed(PAGE.format("First", "1", "Second"), None)
    text = other.format("Elm", "2", "Oak")
    assert ET.tostring(parsed(text, None).etree_element) == tree(text)


def test_a_table_that_throws_words_out_is_never_filled() -> None:
    for word in ("one", "two"):
        text = f"<html lang=en><title>T</title><table>{word}<tr><td>in</table>"
        assert ET.tostring(parsed(text, None).etree_element) == tree(text)


def test_whole_pages_are_parsed_whole() -> None:
    parsed(PAGE.format("First", "1", "Second"), None)
    with turned_off():
        text = PAGE.format("Elm", "2", "Oak")
        assert ET.tostring(parsed(text, None).etree_element) == tree(text)
    assert len(parsed_again._kept) == 1
