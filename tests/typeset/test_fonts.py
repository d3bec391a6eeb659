"""Words drawn in the shipped fonts."""

from foldwell.typeset.fonts import word_outline


def test_the_outline_of_a_word_is_as_long_as_its_letters() -> None:
    path, length, cap = word_outline("DRAFT")
    assert path.startswith("M") and path.count("Z") >= 5
    assert length == word_outline("DRA")[1] + word_outline("FT")[1]
    assert 500 < cap < 800
