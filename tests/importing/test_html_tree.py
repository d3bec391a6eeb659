"""Pages of the web as trees."""

import xml.etree.ElementTree as ET

import pytest

from foldwell.importing.brought import Brought
from foldwell.importing.html_tree import read_tree


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>Take 8 tablets.</p>",
        '<p style="color: red; DISPLAY : none">Take 8 tablets.</p>',
        '<span style="visibility:hidden">Take <b>8</b> tablets.</span>',
        '<div hidden="until-found"><p>Take 8 tablets.</p></div>',
    ],
)
def test_what_nobody_sees_is_left_out_and_told(hidden: str) -> None:
    brought = Brought(ET.Element("body"))
    body = read_tree(f"<p>One.</p>{hidden} and <p>two.</p>", brought)
    assert " ".join("".join(body.itertext()).split()) == "One. and two."
    assert list(brought.left) == ["Hidden words were left out: 'Take 8 tablets.'."]


def test_what_is_seen_stays() -> None:
    brought = Brought(ET.Element("body"))
    body = read_tree('<p style="display: block">One <b style="color: red">two</b>.</p>', brought)
    assert "".join(body.itertext()) == "One two."
    assert [element.attrib for element in body.iter()] == [{}] * 3
    assert not brought.left
