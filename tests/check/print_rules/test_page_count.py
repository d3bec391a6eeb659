import pytest
from pikepdf import Pdf
from sheet import A6, HEIGHT_MM, MM, SLUG_MM, WIDTH_MM, Sheet, told

from foldwell.check.standard import Expected
from foldwell.finding import Finding
from foldwell.pdf.piece_info import PieceInfo

TRIM = (SLUG_MM * MM, SLUG_MM * MM, (SLUG_MM + WIDTH_MM) * MM, (SLUG_MM + HEIGHT_MM) * MM)


def info(format_name: str, panels: bool = True) -> PieceInfo:
    two = (TRIM, TRIM) if format_name == "booklet" else (TRIM,)  # pages in pairs
    return PieceInfo(format_name, "press", "FOGRA39", 12, (), (TRIM,), two if panels else ())


def counted(pages: int, format_name: str) -> list[Finding]:
    """Of the finding that the sheet has another size, nothing is said here."""
    sheet = Sheet(pages=pages, info=info(format_name))
    return sheet.findings(expected=Expected(trim_mm=(WIDTH_MM, HEIGHT_MM)))


@pytest.mark.parametrize(("pages", "bad"), [(2, False), (3, True), (24, False), (26, True)])
def test_sides_of_a_stitched_booklet(pages: int, bad: bool) -> None:
    found = counted(pages, "booklet")
    assert told(found) == ([("X10", "error")] if bad else [])
    assert all(f"{pages} sheet sides cannot be stitched." == f.message for f in found)


@pytest.mark.parametrize(("pages", "bad"), [(8, False), (12, False), (10, True), (2, True)])
def test_single_pages_of_a_booklet(pages: int, bad: bool) -> None:
    """A print shop gets them in reading order; they are as many as can be stitched."""
    single = PieceInfo("booklet", "press", "FOGRA39", 12, (), (TRIM,), (TRIM,))
    found = Sheet(pages=pages, info=single).findings(
        expected=Expected(trim_mm=(WIDTH_MM, HEIGHT_MM))
    )
    assert told(found) == ([("X10", "error")] if bad else [])


@pytest.mark.parametrize(("pages", "bad"), [(1, True), (2, False), (3, True)])
def test_sides_of_a_folded_sheet(pages: int, bad: bool) -> None:
    assert told(counted(pages, "letter-fold")) == ([("X10", "error")] if bad else [])


@pytest.mark.parametrize(("pages", "bad"), [(1, False), (2, False), (3, True)])
def test_sides_of_a_card(pages: int, bad: bool) -> None:
    assert told(counted(pages, "card")) == ([("X10", "error")] if bad else [])


@pytest.mark.parametrize("pages", [1, 2, 3, 8])
def test_a_sheet_takes_as_many_sides_as_needed(pages: int) -> None:
    assert told(counted(pages, "a6")) == []


def test_large_print_takes_as_many_as_needed() -> None:
    sheet = Sheet(pages=9, info=info("large-print"), size_pt=18, x_mm=8)
    sheet.words = ("Take one tablet now", "with some water, and", "call us if unwell")
    assert sheet.findings(expected=Expected(trim_mm=(WIDTH_MM, HEIGHT_MM))) == []


@pytest.mark.parametrize(("pages", "bad"), [(4, False), (6, True), (48, False), (52, True)])
def test_pages_in_reading_order_that_shall_be_stitched(pages: int, bad: bool) -> None:
    found = Sheet(pages=pages).findings(expected=Expected(format="a6", stitched=True))
    assert told(found) == ([("X10", "error")] if bad else [])


def emptied(pdf: Pdf) -> None:
    pdf.pages[-1].Contents = pdf.make_stream(b"")


FOOT = "0 0 0 1 k BT /F 9 Tf 100 60 Td <00240025> Tj ET"


@pytest.mark.parametrize(
    "content",
    [
        "",
        "0.1 0 0 0 k 0 0 500 600 re f",
        "0 0 0 0 k 100 200 50 50 re f",
        "0 0 0 1 k 10 10 5 5 re f",
        FOOT,
        "3 Tr " + FOOT.replace("100 60", "100 300"),
    ],
    ids=["nothing", "background", "white", "outside", "foot", "invisible"],
)
def test_an_empty_page(content: str) -> None:
    def change(pdf: Pdf) -> None:
        pdf.pages[1].Contents = pdf.make_stream(content.encode())

    (finding,) = Sheet(pages=2, change=change).findings()
    assert told([finding]) == [("X10", "error")]
    assert (finding.place.page, finding.message) == (2, "The page is empty.")


@pytest.mark.parametrize(
    "content",
    ["0 0 0 1 k 100 200 50 50 re f", "0 0 0 1 K 1 w 60 200 m 300 200 l S"],
    ids=["a shape", "a line to write on"],
)
def test_a_page_with_something_on_it(content: str) -> None:
    def change(pdf: Pdf) -> None:
        pdf.pages[1].Contents = pdf.make_stream(content.encode())

    assert Sheet(pages=2, change=change).findings() == []


def test_the_foot_is_where_a_reader_sees_it() -> None:
    """On a page that is shown upside down, the foot is what its own space calls the top."""

    def change(pdf: Pdf) -> None:
        high = FOOT.replace("100 60", f"100 {(SLUG_MM + HEIGHT_MM - 12) * MM:.2f}")
        pdf.pages[1].Contents = pdf.make_stream(high.encode())
        pdf.pages[1].obj.Rotate = 180

    assert told(Sheet(pages=2, change=change).findings()) == [("X10", "error")]


def test_a_back_that_is_meant_to_be_empty() -> None:
    def change(pdf: Pdf) -> None:
        from foldwell.pdf.piece_info import write_piece_info

        emptied(pdf)
        write_piece_info(pdf.pages[1], info("a6", panels=False), "D:20260101000000Z")

    sheet = Sheet(pages=2, info=info("a6"), change=change)
    assert sheet.findings(expected=A6) == []
    sheet.change = emptied
    assert told(sheet.findings(expected=A6)) == [("X10", "error")]
