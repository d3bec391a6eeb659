"""The bundled fonts, and the list of the characters that they hold."""

from fontTools.ttLib import TTFont

from foldwell.shipped import printable_characters
from foldwell.typeset.fonts import fonts_folder, word_outline


def test_the_list_of_characters_is_what_every_cut_holds() -> None:
    cuts = []
    for path in fonts_folder().glob("*.ttf"):
        with TTFont(path) as font:
            cuts.append({chr(code) for code in font.getBestCmap() if code >= 32})
    assert len(cuts) == 3
    assert printable_characters() == set.intersection(*cuts) | {"\n"}


def test_the_outline_of_a_word_is_as_long_as_its_letters() -> None:
    path, length, cap = word_outline("DRAFT")
    assert path.startswith("M") and path.count("Z") >= 5
    assert length == word_outline("DRA")[1] + word_outline("FT")[1]
    assert 500 < cap < 800
