"""Operators that show words are read by what the file says of its glyphs."""

import pytest

from foldwell.check.shown_words import shown_words, shows

SAYS = b"2 beginbfchar\n<0041> <0061>\n<0042> <00660069>\n<0043> <00a0>\n<0044> <0031>\nendbfchar"


@pytest.mark.parametrize(
    ("operator", "words"),
    [
        (b"[<0041>] TJ", "a"),
        (b"[<00410042>-12<0041>] TJ", "afia"),
        (b"[<0044>12<0043>-3<0044>] TJ", "1\u00a01"),
        (b"[] TJ", ""),
        (b"[<0099>] TJ", None),
    ],
)
def test_glyphs_say_words(operator: bytes, words: str | None) -> None:
    assert shown_words(operator, SAYS) == words


def test_spaces_and_ligatures_are_the_same_words_and_gaps_between_digits_are_not() -> None:
    assert shows(b"[<0042>] TJ", SAYS, "\ufb01")
    assert shows(b"[<0041><0043><0041>] TJ", SAYS, "a a")
    assert shows(b"[<0044><0043><0044>] TJ", SAYS, "1 1")
    assert not shows(b"[<00440044>] TJ", SAYS, "1 1")
    assert not shows(b"[<0041>] TJ", SAYS, "b")
    assert not shows(b"[<0099>] TJ", SAYS, "b")
