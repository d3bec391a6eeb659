"""Which fonts a page needs."""

import pytest

from foldwell.fonts import FONTS, HOUSE, characters_of
from foldwell.typeset.needed_fonts import needed_for, rare_signs


def test_ascii_that_the_house_holds_is_not_rare() -> None:
    assert rare_signs("Call us now, 0123.\n") == frozenset()
    assert rare_signs("naïve “tea”\tπ") == frozenset("ï“”\tπ")
    assert rare_signs("\ud800") == frozenset(["\ud800"])  # half a sign is one that nobody can print


@pytest.mark.parametrize(
    ("text", "families"),
    [
        ("Tea", []),
        ("Привет", ["Noto Sans"]),
        ("مركز", ["Noto Sans Arabic"]),
        ('<p lang="ur-Aran">مركز', ["Noto Nastaliq Urdu"]),
        ('<p lang="ur">مركز', ["Noto Sans Arabic"]),
        ("שלום Привет", ["Noto Sans", "Noto Sans Hebrew"]),
    ],
)
def test_others_are_asked_for_what_is_lacking(text: str, families: list[str]) -> None:
    assert [font.family for font in needed_for(text)] == [HOUSE.family, *families]
    assert [font.family for font in needed_for(f"{text} and words")] == [HOUSE.family, *families]


def test_the_house_holds_what_is_passed_by() -> None:
    held = characters_of(HOUSE)
    assert rare_signs("".join(sorted(held))) == frozenset(c for c in held if not c.isascii())
    assert FONTS[0] is HOUSE
