import io

import pypdfium2
import pytest
from pikepdf import Dictionary, Pdf

from foldwell.check.lettering import Lettering


@pytest.fixture
def lettering() -> Lettering:
    return Lettering(Pdf.new())


def read(text: str) -> str:
    """What a viewer reads of a text that was written."""
    pdf = Pdf.new()
    font = Lettering(pdf)
    page = pdf.add_blank_page(page_size=(600, 100))
    page.Resources = Dictionary(Font=Dictionary(F=font.font))
    page.Contents = pdf.make_stream(font.show(text, 12, 10, 50).encode())
    out = io.BytesIO()
    pdf.save(out)
    with pypdfium2.PdfDocument(out.getvalue()) as viewer:
        return str(viewer[0].get_textpage().get_text_range())


@pytest.mark.parametrize("text", ["Take 2 × 5 mg", "Größe – 12 pt", "naïve café"])
def test_text_can_be_read_back(text: str) -> None:
    assert read(text) == text


def test_what_the_font_lacks() -> None:
    assert read("日 1") == "? 1"


def test_widths_add_up(lettering: Lettering) -> None:
    assert lettering.width("ab", 12) == pytest.approx(
        lettering.width("a", 12) + lettering.width("b", 12)
    )
    assert lettering.width("ab", 24) == pytest.approx(2 * lettering.width("ab", 12))
    assert lettering.width("", 12) == 0


def test_lines_fit_and_lose_nothing(lettering: Lettering) -> None:
    text = "Keep text 5 mm clear of where the sheet is cut, and of every fold."
    lines = lettering.broken(text, 12, 120)
    assert len(lines) > 2
    assert all(lettering.width(line, 12) <= 120 for line in lines)
    assert " ".join(lines) == text


def test_a_word_that_is_too_long_is_broken(lettering: Lettering) -> None:
    word = "x" * 100
    lines = lettering.broken(f"see {word} there", 12, 100)
    assert all(lettering.width(line, 12) <= 100 for line in lines)
    assert "".join(lines).replace(" ", "") == f"see{word}there"
    assert lettering.broken("", 12, 100) == []
    assert lettering.broken("abc", 12, 0.1) == ["a", "b", "c"]
