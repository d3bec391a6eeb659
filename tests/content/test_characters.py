import pytest
from hypothesis import given
from hypothesis import strategies as st

from foldwell.content.characters import ICONS, forbidden_character
from foldwell.content.reading import missing_glyphs
from foldwell.fonts import printable_characters
from foldwell.typeset.templates import icon_names


@given(st.text(alphabet=st.characters(categories=["L", "N", "P", "S", "Zs"])))
def test_what_can_be_seen_is_not_forbidden(text: str) -> None:
    assert forbidden_character(text) is None


@pytest.mark.parametrize(
    "text",
    ["می\u200cخواهم", "क्\u200dष", "র\u200c্য", "ക്\u200cഷ"],
    ids=["Persian", "Devanagari", "Bengali before a mark", "Malayalam"],
)
def test_joiners_between_letters_that_need_them(text: str) -> None:
    assert forbidden_character(text) is None


@pytest.mark.parametrize(
    ("text", "index"),
    [
        ("a\u200cb", 1),
        ("10\u200c0 mg", 2),
        ("\u200cمی", 0),
        ("می\u200c", 2),
        ("می\u200c خواهم", 2),
        ("می\u200c\u200cخواهم", 2),
        ("م\u200cक", 1),
        ("م\u200ca", 1),
        ("م\u200bم", 1),
        ("م\u202eم", 1),
    ],
)
def test_joiners_elsewhere_and_all_else_that_is_unseen(text: str, index: int) -> None:
    found = forbidden_character(text)
    assert found is not None
    assert found[0] == index


def test_a_joiner_needs_no_glyph() -> None:
    assert missing_glyphs("a\u200cb\u200d", "clinic.yml") == []


def test_icons_stand_for_signs_that_no_font_has() -> None:
    assert set(ICONS.values()) <= icon_names()
    assert set(ICONS) & printable_characters() == set()
