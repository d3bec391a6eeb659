"""Words drawn in the shipped fonts."""

import pytest

from foldwell.fonts import Font
from foldwell.typeset import scripts
from foldwell.typeset.brand_css import css_string
from foldwell.typeset.fonts import reach_of, word_outline


def test_the_outline_of_a_word_is_as_long_as_its_letters() -> None:
    path, length, cap = word_outline("DRAFT")
    assert path.startswith("M") and path.count("Z") >= 5
    assert length == word_outline("DRA")[1] + word_outline("FT")[1]
    assert 500 < cap < 800


def test_how_far_words_reach() -> None:
    over, under = reach_of("days")
    assert 600 < over < 800 and 100 < under < 350
    over, under = reach_of("أيام")
    assert over > 1000 and under > 400
    assert reach_of("x\u200e\ue000") == reach_of("x")


def test_a_foot_gets_the_signs_that_its_style_sheet_writes_by_number(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked = list[str]()

    def cut_of(_font: Font, _weight: int, text: str) -> bytes:
        asked.append(text)
        return b""

    monkeypatch.setattr(scripts, "cut_of", cut_of)
    scripts.script_fonts((css_string("\u0985\uff0c"),))
    assert asked and all("\uff0c" in text for text in asked)
