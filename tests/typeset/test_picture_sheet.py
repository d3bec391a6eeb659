"""Sheets of pictures: the same pictures and words on the web page and in the PDF."""

import io

import pikepdf
import pypdfium2
from PIL import Image

from foldwell.typeset.picture_sheet import Picture, Row, Section, picture_sheet


def picture(colour: str, caption: str = "", alt: str = "") -> Picture:
    out = io.BytesIO()
    Image.new("RGB", (20, 30), colour).save(out, "PNG")
    return Picture(out.getvalue(), "image/png", (20, 30), alt, caption)


def test_pictures_and_words_are_on_both() -> None:
    rows = (
        Row("a4", "210 × 297 mm", (picture("red", alt="a4, page 1"),), "one/en/x.pdf"),
        Row("card", "small & <flat>", (picture("blue", "front"), picture("lime", "back"))),
    )
    page, pdf = picture_sheet("All of it", "Choose.", (Section("Sleep", rows), Section("", ())))
    text = page.decode()
    assert text.count("data:image/png;base64,") == 3
    assert 'alt="a4, page 1"' in text and 'alt="front"' in text
    assert '<a href="one/en/x.pdf">a4</a>' in text and "small &amp; &lt;flat&gt;" in text
    assert "asset:" not in text and "http" not in text.replace("http-equiv", "")
    with pypdfium2.PdfDocument(pdf) as document:
        words = " ".join(page.get_textpage().get_text_range() for page in document)
        drawn = document[0].render(scale=1).to_pil().convert("RGB")
    assert all(
        word in words for word in ("All of it", "Choose.", "Sleep", "small & <flat>", "back")
    )
    colours = {colour for _, colour in drawn.getcolors(1 << 20) or ()}
    assert {(255, 0, 0), (0, 0, 255), (0, 255, 0)} <= colours
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert bool(document.Root.MarkInfo.Marked)
        figures = [o for o in document.objects if isinstance(o, pikepdf.Dictionary)
                   and o.get("/S") == "/Figure"]  # fmt: skip
    assert {str(figure.Alt) for figure in figures} == {"a4, page 1", "front", "back"}


def test_the_same_picture_twice_is_shown_twice() -> None:
    one = picture("red", "one")
    page, _ = picture_sheet("Two", "", (Section("", (Row("", "", (one, one)),)),))
    assert page.decode().count("<img") == 2
