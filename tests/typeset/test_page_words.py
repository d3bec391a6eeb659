"""The words of a page, apart from its tags."""

import pytest

from foldwell.typeset.page_words import SIGN, numbered, taken_apart


def put_together(shape: str, words: list[str]) -> str:
    first, *others = shape.split(SIGN)
    assert len(others) == len(words)
    return first + "".join(word + rest for word, rest in zip(words, others, strict=True))


PAGE = """<!doctype html>
<html lang="en"><title>Elm &amp; Oak</title>
<p class="x">Ring <a
 href="tel:1">1</a> or
<b> 2 </b>
now.</p>
<img src="asset:a.svg" alt="A
tree">
last"""
WORDS = ["Elm &amp; Oak", "Ring", "tel:1", "1", "or", "2", "now.", "asset:a.svg", "A\ntree", "last"]


def test_words_stand_apart_from_tags_and_spaces() -> None:
    shape, words = taken_apart(PAGE)
    assert words == WORDS
    assert '<p class="x">' in shape and f'alt="{SIGN}"' in shape
    assert put_together(shape, words) == PAGE


@pytest.mark.parametrize("text", ["", "words", "<p>\n", ">\n>\n", "a < b >\n c", "<p>a</p>\n\n\n"])
def test_nothing_is_lost(text: str) -> None:
    assert put_together(*taken_apart(text)) == text


def test_other_words_have_the_same_shape_and_other_tags_another() -> None:
    shape, _ = taken_apart(PAGE)
    assert taken_apart(PAGE.replace("Ring", "Call us on").replace("A\ntree", ""))[0] == shape
    assert taken_apart(PAGE.replace("<b> 2", "<b>\n2"))[0] != shape
    assert taken_apart(PAGE.replace("<b>", "<i>"))[0] != shape


def test_signs_are_numbered_in_the_order_of_words() -> None:
    assert numbered(f"<p>{SIGN}</p>{SIGN}") == "<p>\ue1000\ue101</p>\ue1001\ue101"
