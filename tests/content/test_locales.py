"""Languages as CLDR knows them: lists, and the signs between facts."""

import pytest

from foldwell.content.interface_words import LANGUAGES
from foldwell.content.locales import listed, signs_of
from foldwell.fonts import ADDED, characters_of, fonts


@pytest.mark.parametrize(
    ("language", "country", "told"),
    [
        ("en", "GB", "A, B and C"),
        ("en", "US", "A, B, and C"),
        ("es", "US", "A, B y C"),
        ("ar", "", "A وB وC"),
        ("zh-Hans", "", "A、B和C"),
        ("am", "", "A፣ B እና C"),
    ],
)
def test_names_stand_in_a_row_as_people_write_them(language: str, country: str, told: str) -> None:
    assert listed(["A", "B", "C"], language, country) == told
    assert listed(["A"], language, country) == "A"
    assert listed([], language, country) == ""


def test_signs_are_those_of_the_script_and_a_bundled_font_has_them() -> None:
    assert signs_of("de") == signs_of("en")
    assert signs_of("ar").semicolon == "؛ " and signs_of("zh-Hant").stop == "。"
    assert ";" not in signs_of("el").semicolon, "a Greek semicolon asks"
    held = frozenset().union(*map(characters_of, fonts()))
    for language in LANGUAGES:
        if language not in {font.added for font in ADDED}:
            signs = signs_of(language)
            assert set(signs.comma + signs.semicolon + signs.stop) <= held, language
