from collections.abc import Callable

import pytest
from pikepdf import Array, Pdf
from sheet import A6, HEIGHT_MM, MM, SLUG_MM, WIDTH_MM, Sheet, told

from foldwell.check.preflight import preflight
from foldwell.check.standard import Expected
from foldwell.finding import Finding


def boxed(key: str, *edges_mm: float) -> Callable[[Pdf], None]:
    """Move the edges of a box outwards, in millimetres; inwards where negative."""

    def change(pdf: Pdf) -> None:
        for page in pdf.pages:
            x0, y0, x1, y1 = (float(value) for value in page.obj[key])
            left, lower, right, upper = (edge * MM for edge in edges_mm)
            page.obj[key] = Array([x0 - left, y0 - lower, x1 + right, y1 + upper])

    return change


def one(sheet: Sheet, expected: Expected = A6) -> Finding:
    (finding,) = sheet.findings(expected=expected)
    assert told([finding]) == [("X2", "error")]
    return finding


def test_a_trim_of_the_wrong_size() -> None:
    finding = one(Sheet(change=boxed("/TrimBox", 0, 0, -0.3, 0)))
    assert finding.message == "The trimmed size is 104.7 × 148.0 mm in place of 105 × 148 mm."


def test_a_tenth_of_a_millimetre_is_allowed() -> None:
    assert Sheet(change=boxed("/TrimBox", 0, 0, -0.09, 0)).findings() == []


def test_a_lying_page_is_no_upright_one() -> None:
    assert "in place of 148 × 105 mm" in one(Sheet(), Expected(trim_mm=(148, 105))).message


def test_the_size_is_not_asked_where_none_is_known() -> None:
    sheet = Sheet(change=boxed("/TrimBox", 0, 0, -0.3, 0))
    assert sheet.findings(expected=Expected()) == []


def test_a_bleed_that_is_too_narrow() -> None:
    finding = one(Sheet(change=boxed("/BleedBox", 0, -1, 0, -0.2)))
    assert finding.message == "The bleed is less than 3 mm (lower 2.0 mm, upper 2.8 mm)."


def test_rounding_of_the_bleed_is_allowed() -> None:
    assert Sheet(change=boxed("/BleedBox", -0.009, 0, 0, 0)).findings() == []


@pytest.mark.parametrize(
    "change",
    [boxed("/BleedBox", 0, 0, SLUG_MM, 0), boxed("/TrimBox", 3.2, 0, 0, 0)],
    ids=["bleed beyond the sheet", "trim beyond the bleed"],
)
def test_boxes_that_are_not_nested(change: Callable[[Pdf], None]) -> None:
    finding = one(Sheet(change=change), Expected())
    assert finding.message.startswith("The boxes are not nested")


def test_a_press_file_without_trim() -> None:
    def without(pdf: Pdf) -> None:
        del pdf.pages[0].obj.TrimBox

    sheet = Sheet(change=without, slug="")
    assert one(sheet, Expected()).message == "The page has no TrimBox."


def test_edges_are_named_as_a_reader_sees_them() -> None:
    def turned(pdf: Pdf) -> None:
        boxed("/BleedBox", -1, 0, 0, 0)(pdf)
        pdf.pages[0].obj.Rotate = 90

    found = Sheet(change=turned).findings(expected=Expected(trim_mm=(HEIGHT_MM, WIDTH_MM)))
    assert [f.message for f in found] == ["The bleed is less than 3 mm (upper 2.0 mm)."]


def test_boxes_are_not_asked_of_an_office_file() -> None:
    content = Sheet(change=boxed("/BleedBox", -3, -3, -3, -3)).bytes()
    assert preflight(content, Expected(medium="office")) == []
    assert told(preflight(content, Expected(medium="office", trim_mm=(100, 100)))) == [
        ("X2", "error")
    ]


def test_pages_that_a_screen_file_of_a_format_may_have() -> None:
    def plain(pdf: Pdf) -> None:
        for key in ("/TrimBox", "/BleedBox"):
            del pdf.pages[0].obj[key]
        pdf.pages[0].obj.MediaBox = pdf.pages[0].obj.CropBox = Array(
            [value * MM for value in (SLUG_MM, SLUG_MM, SLUG_MM + 100, SLUG_MM + 210)]
        )
        del pdf.Root.OutputIntents

    screen = Expected(medium="screen", format="letter-fold")
    assert "X2" not in dict(told(Sheet(change=plain, slug="").findings(expected=screen)))
    other = Expected(medium="screen", format="z-fold")
    assert ("X2", "error") in told(Sheet(change=plain, slug="").findings(expected=other))
