import io

import pytest
from pikepdf import Name, Operator, Pdf, parse_content_stream
from pypdfium2 import PdfDocument

from foldwell.press.formats import FORMATS, OFFICE_MARGIN_MM, Geometry, Panel, Spot
from foldwell.press.imposition import PT_PER_MM, impose_office, plan_sides

LETTER_FOLD = FORMATS["letter-fold"].geometry["a4"]
A4 = FORMATS["a4"].geometry["a4"]


def test_the_letter_fold() -> None:
    outside, inside = plan_sides(LETTER_FOLD, 6, flows=False)
    assert [(p.page, p.x_mm, p.width_mm) for p in outside] == [
        (1, 0, 97),
        (5, 97, 100),
        (0, 197, 100),
    ]
    assert [(p.page, p.x_mm, p.width_mm) for p in inside] == [
        (2, 0, 100),
        (3, 100, 100),
        (4, 200, 97),
    ]
    assert {(p.y_mm, p.height_mm, p.turn) for p in (*outside, *inside)} == {(0, 210, 0)}


def test_a_page_that_is_not_there_leaves_its_back_empty() -> None:
    front, back = plan_sides(A4, 1, flows=False)
    assert [placement.page for placement in front] == [0]
    assert back == ()


@pytest.mark.parametrize("pages", [1, 2, 5])
def test_flowing_pages_are_sides_of_their_own(pages: int) -> None:
    geometry = FORMATS["large-print"].geometry["a4"]
    sides = plan_sides(geometry, pages, flows=True)
    assert [[placement.page for placement in side] for side in sides] == [[n] for n in range(pages)]


def panels(geometry: Geometry, words: str = "Panel") -> bytes:
    """A PDF with one page a panel, each with its number on it."""
    pdf = Pdf.new()
    font = pdf.make_indirect(
        {"/Type": Name.Font, "/Subtype": Name.Type1, "/BaseFont": Name.Helvetica}
    )
    for number, panel in enumerate(geometry.panels):
        page = pdf.add_blank_page(
            page_size=(panel.width_mm * PT_PER_MM, panel.height_mm * PT_PER_MM)
        )
        page.Resources = pdf.make_indirect({"/Font": {"/F": font}})
        page.Contents = pdf.make_stream(
            b"BT /F 12 Tf 60 60 Td (%s %d) Tj ET" % (words.encode(), number)
        )
    pdf.docinfo["/Author"] = "Riverside"
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def found(content: bytes, page: int) -> list[tuple[str, float]]:
    """The texts of a page with their left edges in millimetres, left to right."""
    with PdfDocument(content) as pdf:
        text = pdf[page].get_textpage()
        rects = [text.get_rect(index) for index in range(text.count_rects())]
        return sorted(
            ((text.get_text_bounded(*rect).strip(), rect[0] / PT_PER_MM) for rect in rects),
            key=lambda pair: pair[1],
        )


def test_panels_are_printed_where_the_plan_says() -> None:
    content = impose_office(panels(LETTER_FOLD), LETTER_FOLD, False, "Title")
    offset = 60 / PT_PER_MM
    for page, expected in (
        (0, [("Panel 1", 0), ("Panel 5", 97), ("Panel 0", 197)]),
        (1, [("Panel 2", 0), ("Panel 3", 100), ("Panel 4", 200)]),
    ):
        texts = found(content, page)
        assert [text for text, _ in texts] == [text for text, _ in expected]
        assert [x - offset for _, x in texts] == pytest.approx([x for _, x in expected], abs=0.5)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_panel_stays_in_its_place(turn: int) -> None:
    geometry = Geometry((200, 200), (Panel("card", 80, 50),), ((Spot(0, 100, turn),),), "long")
    content = impose_office(panels(geometry, "x"), geometry, False, "Title")
    ((placement,),) = plan_sides(geometry, 1, flows=False)
    with PdfDocument(content) as pdf:
        text = pdf[0].get_textpage()
        assert text.count_rects() == 1
        left, bottom, right, top = (value / PT_PER_MM for value in text.get_rect(0))
    assert placement.x_mm <= left < right <= placement.x_mm + placement.width_mm
    assert placement.y_mm <= bottom < top <= placement.y_mm + placement.height_mm


def test_nothing_is_drawn_where_no_printer_reaches() -> None:
    content = impose_office(panels(LETTER_FOLD), LETTER_FOLD, False, "Title")
    with Pdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            clips = [
                [float(number) / PT_PER_MM for number in operands]
                for operands, operator in parse_content_stream(page)
                if operator == Operator("re")
            ]
            assert len(clips) == 3
            for x, y, width, height in clips:
                assert x >= OFFICE_MARGIN_MM - 0.001 and y >= OFFICE_MARGIN_MM - 0.001
                assert x + width <= 297 - OFFICE_MARGIN_MM + 0.001
                assert y + height <= 210 - OFFICE_MARGIN_MM + 0.001


def test_the_printer_is_told_how_to_turn_the_sheet() -> None:
    for geometry, duplex in ((LETTER_FOLD, "/DuplexFlipShortEdge"), (A4, "/DuplexFlipLongEdge")):
        content = impose_office(panels(geometry), geometry, False, "Sleep well")
        with Pdf.open(io.BytesIO(content)) as pdf:
            assert pdf.Root.ViewerPreferences.Duplex == Name(duplex)
            assert pdf.Root.ViewerPreferences.PrintScaling == Name("/None")
            assert (pdf.docinfo["/Title"], pdf.docinfo["/Author"]) == ("Sleep well", "Riverside")


def test_the_same_panels_give_the_same_bytes() -> None:
    content = panels(A4)
    assert impose_office(content, A4, False, "T") == impose_office(content, A4, False, "T")
