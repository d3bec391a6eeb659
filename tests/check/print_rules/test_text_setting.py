"""How lines are set is told from where they begin and end, whatever program set them."""

from functools import cache

import pytest
import weasyprint
from sheet import Sheet

from foldwell.check.preflight import preflight

WORDS = (
    "Take one tablet with some water every morning, and never more than one a day. " * 8
    + "Extraordinarily uncomplicated misunderstandings characterise internationalisation. " * 6
)
COMPOUNDS = "Take a long-acting pain-relieving well-known over-the-counter tablet once-a-day " * 12


@cache
def found(css: str, words: str = WORDS, page: str = "A5", root: str = "lang=en") -> list[str]:
    """The findings on two paragraphs of 12 pt."""
    style = f"@page {{ size: {page}; margin: 15mm }} p {{ font: 12pt/1.4 sans-serif; {css} }}"
    html = f"<html {root}><style>{style}</style><p>{words}</p><p>{words}</p>"
    content = weasyprint.HTML(string=html).write_pdf()
    return [str(one) for one in preflight(content) if one.rule in ("L5", "L6")]


@pytest.mark.parametrize(
    "css", ["", "text-align: right", "text-align: center", "word-spacing: 3pt", "font-size: 16pt"]
)
@pytest.mark.parametrize("words", [WORDS, COMPOUNDS], ids=["words", "compounds"])
def test_lines_that_are_not_stretched(css: str, words: str) -> None:
    assert found(css, words) == []


def test_lines_from_right_to_left_that_are_not_stretched() -> None:
    arabic = "تناول قرصًا واحدًا مع الماء كل صباح، ولا تتناول أكثر من قرص واحد في اليوم. " * 8
    assert found("", arabic, root="lang=ar dir=rtl") == []
    assert any("justified" in one for one in found("text-align: justify", arabic, "A5", "dir=rtl"))


def test_justified_lines() -> None:
    first, *_ = found("text-align: justify")
    assert first.startswith("page 1: L5 error: Lines are justified, first 'Take one tablet")


def test_parted_words() -> None:
    (one, *_) = found("hyphens: auto")
    assert "words are parted at ends of lines, first 'tab-let'" in one
    assert not any("justified" in line for line in found("hyphens: auto"))
    assert len([line for line in found("hyphens: auto; text-align: justify") if "1" in line]) >= 2


@pytest.mark.parametrize(("page", "long"), [("A5", False), ("A4 landscape", True)])
def test_long_lines(page: str, long: bool) -> None:
    lines = found("", page=page)
    assert [line for line in lines if "L6 information" in line] == lines
    assert bool(lines) is long


def test_words_that_only_stand_below_one_another() -> None:
    """Ends that meet by chance, in a list of short lines, are not stretched."""
    assert not [f for f in Sheet(words=("Take one", "Wash one", "Rest one", "Walk one")).findings()
                if f.rule == "L5"]  # fmt: skip
