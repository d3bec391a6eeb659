"""Glyphs, words and lines, paired with how they were painted."""

import io
from typing import Any

import pypdfium2
import pytest
from pikepdf import Dictionary, Name, Pdf

from foldwell.check.lettering import Lettering
from foldwell.check.page_text import PageText, named, read_text
from foldwell.check.pdf_file import open_file


def text_of(content: Any, **more: Any) -> PageText:
    """The text of a page; the content is made with the font."""
    pdf = Pdf.new()
    lettering = Lettering(pdf)
    page = pdf.add_blank_page(page_size=(400, 400))
    page.Resources = Dictionary(Font=Dictionary(F=lettering.font))
    page.Contents = pdf.make_stream("\n".join(content(lettering)).encode())
    for key, value in more.items():
        page.obj[f"/{key}"] = value
    out = io.BytesIO()
    pdf.save(out)
    with open_file(out.getvalue()) as file:
        return file.pages[0].text


def test_words_and_their_places() -> None:
    text = text_of(lambda font: [font.show("Take two", 20, 100, 200)])
    assert [word.text for word in text.words] == ["Take", "two"]
    left, lower, right, upper = text.words[0].box
    assert left == pytest.approx(100, abs=1.5)
    assert lower == pytest.approx(200, abs=1)
    assert upper == pytest.approx(214, abs=3)
    assert right < text.words[1].box[0]
    assert {glyph.size_pt for glyph in text.glyphs} == {20}


def test_lines() -> None:
    text = text_of(
        lambda font: [
            font.show("First line of it", 12, 50, 200),
            font.show("second line", 12, 50, 180),
            font.show("far away", 12, 300, 180),
            font.show("small", 8, 50 + font.width("First line of it", 12), 200),
        ]
    )
    found = {line.text for line in text.lines}
    assert found == {"First line of it", "second line", "small", "far away"}
    first = next(line for line in text.lines if line.text == "First line of it")
    assert (first.angle, first.base, first.size_pt) == pytest.approx((0, 200, 12))


def test_lines_that_run_upwards() -> None:
    text = text_of(lambda font: ["0 1 -1 0 200 100 cm", font.show("Upwards now", 12, 0, 0)])
    (line,) = text.lines
    assert (line.angle, line.base) == pytest.approx((90, -200))
    assert line.start == pytest.approx(100, abs=1)


def test_invisible_and_clear_text_is_left_out() -> None:
    text = text_of(
        lambda font: [
            "3 Tr",
            font.show("hidden", 12, 50, 200),
            "0 Tr",
            font.show("seen", 12, 50, 100),
        ]
    )
    assert [word.text for word in text.words] == ["seen"]


def test_text_outside_its_clip_is_cut() -> None:
    text = text_of(lambda font: ["q 50 50 20 20 re W n", font.show("gone", 12, 200, 200), "Q"])
    assert text.words == ()
    assert "".join(glyph.character for glyph in text.cut) == "gone"


def test_a_user_unit() -> None:
    text = text_of(lambda font: [font.show("Large", 10, 50, 60)], UserUnit=3)
    assert {glyph.size_pt for glyph in text.glyphs} == {30}
    assert text.words[0].box[0] == pytest.approx(150, abs=4)
    assert text.words[0].glyphs[0].origin == pytest.approx((150, 180), abs=0.01)


def test_what_a_viewer_sees_where_the_pairs_do_not_fit() -> None:
    """Sizes are then the viewer's, and colours unknown."""
    pdf = Pdf.new()
    lettering = Lettering(pdf)
    page = pdf.add_blank_page(page_size=(400, 400))
    page.Resources = Dictionary(Font=Dictionary(F=lettering.font))
    shown = lettering.show("Two", 10, 25, 50)
    page.Contents = pdf.make_stream(f"2 0 0 2 0 0 cm {shown}".encode())
    out = io.BytesIO()
    pdf.save(out)
    with pypdfium2.PdfDocument(out.getvalue()) as viewer:
        text = read_text(viewer[0], [], 1.0, 0.5)
    assert not text.paired
    assert [word.text for word in text.words] == ["Two"]
    assert [glyph.size_pt for glyph in text.glyphs] == pytest.approx([20, 20, 20])
    assert {glyph.show.colour.space.family for glyph in text.glyphs} == {"unknown"}
    assert text.cut == ()


def test_characters_that_cannot_be_printed_are_replaced() -> None:
    pdf = Pdf.new()
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page = pdf.add_blank_page(page_size=(200, 200))
    page.Resources = Dictionary(Font=Dictionary(F=pdf.make_indirect(font)))
    page.Contents = pdf.make_stream(b"BT /F 12 Tf 9 9 Td (a\x1b[31mb) Tj ET")
    out = io.BytesIO()
    pdf.save(out)
    with open_file(out.getvalue()) as file:
        words = file.pages[0].text.words
    assert all(character.isprintable() for word in words for character in word.text)
    assert named(words).startswith("a")


def test_long_texts_are_shortened() -> None:
    text = text_of(lambda font: [font.show("word " * 30, 12, 20, 100)])
    assert named(text.words) == "word " * 11 + "word…"
    assert len(named(text.words, 20)) <= 20
