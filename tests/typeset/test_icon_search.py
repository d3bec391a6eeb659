"""Icons are found by their names and by what they show."""

import pytest

from foldwell.typeset.icon_search import OUTLINE, icons_for, nearest_words
from foldwell.typeset.templates import icon_names, icon_words


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("pregnancy", "pregnant"),
        ("Pregnant", "pregnant"),
        ("naloxone", "spray"),
        ("kratom", "leaf"),
        ("phone", "phone"),
        ("lock", "padlock"),
        ("pregnant 32w", "pregnant-32w"),
    ],
)
def test_the_best_comes_first(query: str, first: str) -> None:
    assert icons_for(query)[0] == first


def test_every_word_has_to_fit() -> None:
    assert set(icons_for("doctor female")) < set(icons_for("doctor"))
    assert icons_for("doctor female xylophone") == ()


def test_each_is_found_once_and_is_there() -> None:
    found = icons_for("person")
    assert len(found) == len(set(found)) > 10
    assert set(found) < icon_names()
    assert not any(name.endswith(OUTLINE) for name in found)


def test_short_words_find_no_longer_ones() -> None:
    """'ear' is no part of 'early', nor 'arm' of 'army'."""
    assert "ear" in icons_for("ear")
    assert not any("heart" in name for name in icons_for("ear"))


def test_nothing_fits() -> None:
    assert icons_for("xqzzt") == icons_for("") == icons_for("…") == ()
    assert nearest_words("xqzzt") == ()
    assert nearest_words("pregnnant")[0] == "pregnant"
    assert all(icons_for(word) for word in nearest_words("bbay"))


def test_every_icon_has_words() -> None:
    filled = {name for name in icon_names() if not name.endswith(OUTLINE)}
    assert set(icon_words()) == filled
    assert all(icon_words().values())
