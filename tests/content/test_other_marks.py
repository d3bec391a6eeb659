"""Marks of other programs' Markdown: read where they are certain, refused where they are not."""

import pytest

from foldwell.content.prose import check_prose
from foldwell.content.tidy import tidy_words
from foldwell.content.tidyings import Tidyings


def tidied(text: str) -> tuple[str, Tidyings]:
    tidyings = Tidyings("a.md")
    tidyings.original = text.split("\n")
    return tidy_words(text, 1, tidyings), tidyings


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("H~2~O", "H₂O"),
        ("10^9^/L and 10^-3^", "10⁹/L and 10⁻³"),
        ("==Never== share it", "**Never** share it"),
    ],
)
def test_what_is_certain_is_read(text: str, meant: str) -> None:
    made, tidyings = tidied(text)
    assert made == meant
    assert {found.rule for found in tidyings.findings} == {"D4"}


@pytest.mark.parametrize(
    "text", ["~5 ml, or ~6 ml", "Text[^1] more[^2].", "a == b", "x ==", "2^10", r"\~2~", "~~~~"]
)
def test_what_means_something_else_stays(text: str) -> None:
    made, tidyings = tidied(text)
    assert made == text
    assert not tidyings.findings


@pytest.mark.parametrize(
    ("text", "shown", "hint"),
    [
        ("Take ~~two~~ one.", "~~two~~", "Delete what is struck out."),
        ("Take **==two==**.", "==two==", "Write '**words**'"),
    ],
)
def test_signs_are_never_printed_with_the_words(text: str, shown: str, hint: str) -> None:
    [error] = check_prose(tidied(text)[0], "a.md", 1)
    assert f"The signs of '{shown}'" in error.message
    assert error.hint.startswith(hint)


def test_a_word_that_the_end_of_a_line_parts_is_told() -> None:
    made, tidyings = tidied(
        "It is a pain-\nkiller, for pre-\nand post-care, as in A-\nB or 5-\nfold."
    )
    assert made == "It is a pain-\nkiller, for pre-\nand post-care, as in A-\nB or 5-\nfold."
    [found] = tidyings.findings
    assert (found.rule, found.place.line) == ("D15", 1)
    assert "'pain- killer,' is printed" in found.message
