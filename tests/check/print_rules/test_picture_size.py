from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, Pdf
from sheet import Sheet, image_at, picture, told

from foldwell.check.preflight import preflight
from foldwell.check.print_rules.picture_size import coarse_for_office
from foldwell.check.standard import Expected

PALE = bytes([20, 0, 0, 0])


def shown(pixels: int, width_mm: float = 25.4, **changes: Any) -> Sheet:
    """A sheet with a square picture."""

    def change(pdf: Pdf) -> None:
        image = picture(pdf, pixels, pixels, PALE, **changes)
        for page in pdf.pages:
            page.Resources.XObject = Dictionary(Im=image)

    return Sheet(more=image_at("Im", 10, 10, width_mm, width_mm), change=change)


@pytest.mark.parametrize(
    ("ppi", "severity"),
    [(300, None), (250, None), (240, "warning"), (150, "warning"), (140, "error")],
)
def test_the_resolution_of_pictures(ppi: int, severity: str | None) -> None:
    found = shown(ppi).findings()
    assert told(found) == ([("X4", severity)] if severity else [])
    if found:
        assert found[0].message == (
            f"A picture of {ppi} × {ppi} pixels is printed 25 × 25 mm large: {ppi} ppi."
        )


@pytest.mark.parametrize(("ppi", "coarse"), [(100, False), (90, True)])
def test_a_desktop_printer_asks_for_less(ppi: int, coarse: bool) -> None:
    content = shown(ppi).bytes()
    found = coarse_for_office(content)
    assert told(found) == ([("X4", "warning")] if coarse else [])
    if found:
        assert found[0].hint == "Use one with at least 100 ppi, or print it at most 23 mm wide."
    office = preflight(content, Expected(medium="office"))
    assert [finding for finding in office if finding.rule == "X4"] == found


def test_the_printed_size_counts() -> None:
    assert shown(150, 25.4 / 2).findings() == []
    assert told(shown(300, 50.8).findings()) == [("X4", "warning")]


def test_the_coarser_side_counts() -> None:
    sheet = shown(300)
    sheet.more = image_at("Im", 10, 10, 25.4, 60)
    assert told(sheet.findings()) == [("X4", "error")]


def test_a_turned_picture() -> None:
    sheet = shown(200)
    sheet.more = "q 0 72 -72 0 200 100 cm /Im Do Q"
    assert told(sheet.findings()) == [("X4", "warning")]


@pytest.mark.parametrize(("ppi", "bad"), [(560, False), (300, True)])
def test_line_art(ppi: int, bad: bool) -> None:
    def change(pdf: Pdf) -> None:
        image = pdf.make_stream(
            b"\x55" * (ppi * ((ppi + 7) // 8)),
            Subtype=Name.Image,
            Width=ppi,
            Height=ppi,
            BitsPerComponent=1,
            ColorSpace=Name.DeviceGray,
        )
        pdf.pages[0].Resources.XObject = Dictionary(Im=image)

    found = Sheet(more=image_at("Im", 10, 10, 25.4, 25.4), change=change).findings()
    assert told(found) == ([("X4", "error")] if bad else [])


def test_a_stencil_is_line_art() -> None:
    def change(pdf: Pdf) -> None:
        image = pdf.make_stream(
            b"\x0f" * 300 * 38, Subtype=Name.Image, Width=300, Height=300, ImageMask=True
        )
        pdf.pages[0].Resources.XObject = Dictionary(Im=image)

    (finding,) = Sheet(more=image_at("Im", 10, 10, 25.4, 25.4), change=change).findings()
    assert "line art" in finding.message


def test_the_mask_of_a_picture_counts() -> None:
    def change(pdf: Pdf) -> None:
        mask = picture(pdf, 50, 50, b"\x80", ColorSpace=Name.DeviceGray)
        image = picture(pdf, 300, 300, PALE, SMask=mask)
        pdf.pages[0].Resources.XObject = Dictionary(Im=image)

    (finding,) = Sheet(more=image_at("Im", 10, 10, 25.4, 25.4), change=change).findings()
    assert told([finding]) == [("X4", "error")]
    assert finding.message.startswith("A mask (picture) of 50 × 50 pixels")


def test_a_picture_in_a_soft_mask_counts() -> None:
    def change(pdf: Pdf) -> None:
        image = picture(pdf, 60, 60, b"\x80", ColorSpace=Name.DeviceGray)
        group = pdf.make_stream(
            image_at("Im", 10, 10, 25.4, 25.4).encode(),
            Subtype=Name.Form,
            BBox=[0, 0, 400, 500],
            Group=Dictionary(S=Name.Transparency, CS=Name.DeviceGray),
            Resources=Dictionary(XObject=Dictionary(Im=image)),
        )
        mask = Dictionary(Type=Name.Mask, S=Name.Luminosity, G=group)
        pdf.pages[0].Resources.ExtGState = Dictionary(M=Dictionary(SMask=mask))

    sheet = Sheet(more="q /M gs 0.1 0 0 0 k 80 80 60 60 re f Q", change=change)
    (finding,) = sheet.findings()
    assert told([finding]) == [("X4", "error")]
    assert "60 × 60 pixels" in finding.message


def test_a_picture_in_a_pattern_counts() -> None:
    def change(pdf: Pdf) -> None:
        tile = pdf.make_stream(
            b"36 0 0 36 0 0 cm /Im Do",
            PatternType=1,
            PaintType=1,
            TilingType=1,
            BBox=[0, 0, 36, 36],
            XStep=36,
            YStep=36,
            Matrix=[2, 0, 0, 2, 500, 500],
            Resources=Dictionary(XObject=Dictionary(Im=picture(pdf, 50, 50, PALE))),
        )
        pdf.pages[0].Resources.Pattern = Dictionary(P=tile)

    sheet = Sheet(more="/Pattern cs /P scn 80 80 60 60 re f", change=change)
    (finding,) = sheet.findings()
    assert told([finding]) == [("X4", "error")]
    assert finding.message.endswith("is printed 25 × 25 mm large: 50 ppi.")
    assert finding.place.box_pt == pytest.approx((80, 80, 140, 140))


def test_a_small_picture_in_the_content_itself() -> None:
    inline = "q 72 0 0 72 100 100 cm BI /W 2 /H 2 /BPC 8 /CS /G ID abcd\nEI Q"
    assert told(Sheet(more=inline).findings()) == [("X4", "error")]


def test_one_pixel_is_a_plain_colour() -> None:
    assert shown(1).findings() == []


def test_the_same_picture_is_told_once_a_page() -> None:
    sheet = shown(100)
    sheet.more = "\n".join(image_at("Im", 10, y, size, size) for y, size in ((10, 20), (35, 25.4)))
    (finding,) = sheet.findings()
    assert "100 ppi" in finding.message


def test_a_picture_outside_the_page_is_not_printed() -> None:
    sheet = shown(10)
    sheet.more = image_at("Im", 500, 10, 25.4, 25.4)
    assert sheet.findings() == []


def test_pictures_that_are_clipped_away_are_not_printed() -> None:
    sheet = shown(10)
    sheet.more = "q 300 300 5 5 re W n " + image_at("Im", 10, 10, 25.4, 25.4) + " Q"
    assert sheet.findings() == []


def test_indexed_pictures_have_a_size_too() -> None:
    def change(pdf: Pdf) -> None:
        space = Array([Name.Indexed, Name.DeviceCMYK, 1, b"\x00\x00\x00\x00\x20\x00\x00\x00"])
        image = picture(pdf, 80, 80, b"\x01", ColorSpace=space)
        pdf.pages[0].Resources.XObject = Dictionary(Im=image)

    sheet = Sheet(more=image_at("Im", 10, 10, 25.4, 25.4), change=change)
    assert told(sheet.findings()) == [("X4", "error")]
