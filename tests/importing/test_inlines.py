"""Running words as Markdown."""

import xml.etree.ElementTree as ET

import pytest

from foldwell.importing.brought import Brought
from foldwell.importing.inlines import Inlines


@pytest.mark.parametrize(
    ("words", "markdown", "told"),
    [
        ("Hello {{ y }}.", "Hello { { y }}.", "'{{ y }}.' got a space: it would be read as"),
        ("Two {% if %} now", "Two { % if %} now", "'{% if %} now' got a space: it would be read"),
        ("See :heart: too", "See : heart: too", "':heart: too' got a space: it would be read as"),
        ("At 9:30 {now}", "At 9:30 {now}", ""),
    ],
)
def test_what_would_be_read_as_more_than_words_is_told(
    words: str, markdown: str, told: str
) -> None:
    brought, element = Brought(ET.Element("body")), ET.Element("p")
    element.text = words
    assert Inlines(brought).markdown(element) == markdown
    assert [line.startswith(told) for line in brought.left] == ([True] if told else [])
