"""Cutting: the words stay, each once and in order, and lists and tables go on."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foldwell.typeset.cutting import AGAIN, GOES_ON, PIECE, cut
from foldwell.typeset.measures import letters_of

PARAGRAPH = "<p>One <strong>two three</strong> four <a href='#x'>five</a>, six.</p>"


def text(element: ET.Element) -> str:
    return " ".join("".join(element.itertext()).split())


@given(st.integers(1, 23))
def test_a_paragraph_is_cut_behind_any_letter(letters: int) -> None:
    whole = ET.fromstring(PARAGRAPH)
    assert letters < letters_of(whole)
    words = "".join(text(whole).split())
    rest = cut(whole, (), letters)
    assert letters_of(whole) == letters
    assert "".join(text(whole).split()) + "".join(text(rest).split()) == words
    assert [rest.tag, rest.get("id")] == ["p", None]


def test_marks_go_on_behind_the_cut() -> None:
    whole = ET.fromstring(PARAGRAPH)
    rest = cut(whole, (), 6)
    assert ET.tostring(whole, encoding="unicode") == "<p>One <strong>two</strong></p>"
    assert ET.tostring(rest, encoding="unicode").startswith("<p><strong>three</strong> four ")


def test_a_numbered_list_goes_on_with_its_next_number() -> None:
    flow = ET.fromstring("<div><ol id='o'><li>a</li><li>b</li><li>c</li></ol><p>d</p></div>")
    rest = cut(flow, (0, 2), 0)
    assert [text(item) for item in flow.iter("li")] == ["a", "b"]
    (goes_on,) = rest.iter("ol")
    assert (goes_on.get("start"), goes_on.get("id")) == ("3", None)
    assert "counter-reset: list-item 2 step 2" in str(goes_on.get("style"))
    assert text(rest) == "cd"


def test_a_table_goes_on_with_its_head() -> None:
    table = ET.fromstring(
        "<div><table><thead><tr><th>H</th></tr></thead><tbody><tr><td>1</td></tr>"
        "<tr><td>2</td></tr></tbody></table></div>"
    )
    rest = cut(table, (0, 1, 1), 0)
    assert [cell.text for cell in table.iter() if cell.tag in ("th", "td")] == ["H", "1"]
    assert [cell.text for cell in rest.iter() if cell.tag in ("th", "td")] == ["H", "2"]
    assert [AGAIN in head.attrib for own in (table, rest) for head in own.iter("thead")] == [
        False, True,
    ]  # fmt: skip


@pytest.mark.parametrize(("path", "letters"), [((0, 0), 1), ((0, 0, 0), 1)])
def test_an_item_that_is_torn_has_one_mark(path: tuple[int, ...], letters: int) -> None:
    flow = ET.fromstring("<div><ul><li><p>ab</p></li></ul></div>")
    rest = cut(flow, path, letters)
    (item,) = rest.iter("li")
    assert item.get("style") == "list-style: none"
    assert (text(flow), text(rest)) == ("a", "b")


def test_pieces_say_what_they_are_pieces_of() -> None:
    flow = ET.fromstring("<div><p>one two three</p></div>")
    rests = [cut(flow, (0,), letters, f"m{letters}") for letters in (6, 3)]
    assert flow.get(PIECE) == "m6" and flow[0].get(PIECE) == "m6."
    assert [rest.get(GOES_ON) for rest in rests] == ["m6", "m6"]
    assert [rest[0].get(GOES_ON) for rest in rests] == ["m6.", "m6."]
    assert [rest[0].text for rest in rests] == ["three", "two"]
