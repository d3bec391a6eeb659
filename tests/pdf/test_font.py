"""Fonts as a page uses them."""

from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from foldwell.pdf.font import Fonts

PDF = Pdf.new()
FILE = PDF.make_stream(b"font")


def described(**keys: Any) -> Dictionary:
    return Dictionary(
        Subtype=Name.TrueType, BaseFont=Name("/ABCDEF+Body"), FontDescriptor=Dictionary(**keys)
    )


@pytest.mark.parametrize(
    ("item", "name", "embedded"),
    [
        (described(FontFile2=FILE), "Body", True),
        (described(FontFile=FILE), "Body", True),
        (described(FontFile3=FILE), "Body", True),
        (described(FontFile2=3), "Body", False),
        (described(), "Body", False),
        (Dictionary(Subtype=Name.Type1, BaseFont=Name.Helvetica), "Helvetica", False),
        (Dictionary(Subtype=Name.Type1), "unnamed", False),
        (Dictionary(Subtype=Name.Type3), "a Type 3 font", True),
        (
            Dictionary(
                Subtype=Name.Type0, BaseFont=Name("/ABCDEF+Wide"),
                DescendantFonts=Array([described(FontFile2=FILE)]),
            ),
            "Wide",
            True,
        ),
        (Dictionary(Subtype=Name.Type0, BaseFont=Name.Wide), "Wide", False),
        (3, "a broken font", False),
    ],
)  # fmt: skip
def test_what_a_font_says(item: Any, name: str, embedded: bool) -> None:
    font = Fonts().read(item)
    assert (font.name, font.embedded) == (name, embedded)


def test_a_font_is_read_once() -> None:
    fonts, item = Fonts(), PDF.make_indirect(described())
    first = fonts.read(item)
    item.BaseFont = Name.Other
    assert fonts.read(item) is first


def test_how_large_a_font_is_at_size_1() -> None:
    fonts = Fonts()
    assert fonts.em(described()) == 1
    drawn = Dictionary(Subtype=Name.Type3, FontBBox=Array([0, -20, 90, 80]))
    assert fonts.em(drawn) == pytest.approx(0.1)
    drawn.FontMatrix = Array([0.01, 0, 0, 0.01, 0, 0])
    assert fonts.em(drawn) == pytest.approx(1)
    drawn.FontBBox = Array([0, 0, 0, 0])
    assert fonts.em(drawn) == pytest.approx(10)
