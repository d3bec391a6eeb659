import io
from typing import Any

import pytest
import segno
from pikepdf import Array, Dictionary, Name, Pdf
from PIL import Image
from sheet import Sheet, box, image_at, qr_code, told

from foldwell.check.codes import find_codes
from foldwell.check.pdf_file import open_file
from foldwell.check.standard import Expected
from foldwell.finding import Finding

WHITE = "q 0 0 0 0 k " + box(55, 5, 45, 45) + " f Q "


def coded(drawn: str, expected: int | None = None, **more: Any) -> list[Finding]:
    sheet = Sheet(more=WHITE + drawn, **more)
    return sheet.findings(expected=Expected(format="a6", qr_expected=expected))


def test_a_code_that_can_be_read() -> None:
    assert coded(qr_code(65, 15, 21), 1) == []


def test_what_is_found_of_a_code() -> None:
    content = Sheet(more=WHITE + qr_code(65, 15, 24)).bytes()
    with open_file(content) as file:
        (code,) = find_codes(file.viewer, file.pages[0])
    assert (code.text, code.modules, code.quiet) == ("https://example.org", 25, 4)
    assert code.width_mm == pytest.approx(24, abs=0.1)
    mm = [value / 72 * 25.4 - 16 for value in code.box]
    assert mm == pytest.approx([65, 15, 89, 39], abs=0.2)


@pytest.mark.parametrize(("width_mm", "bad"), [(15.0, True), (19.5, True), (20.0, False)])
def test_the_size_of_a_code(width_mm: float, bad: bool) -> None:
    found = coded(qr_code(65, 15, width_mm))
    assert told(found) == ([("L12", "error")] if bad else [])
    if bad:
        assert found[0].message == f"The QR code is {width_mm:.1f} mm wide."


def test_a_turned_code_is_measured_along_its_sides() -> None:
    turned = "q 0.7071 0.7071 -0.7071 0.7071 260 -85 cm " + qr_code(40, 20, 21) + " Q"
    sheet = Sheet(background="", more=turned)
    assert sheet.findings(expected=Expected(format="a6", qr_expected=1)) == []


@pytest.mark.parametrize(("modules", "bad"), [(0.6, True), (1.5, True), (3.0, True), (4.0, False)])
@pytest.mark.parametrize("side", ["left", "lower", "right", "upper"])
def test_the_quiet_zone(side: str, modules: float, bad: bool) -> None:
    """A bar beside the code, some modules away."""
    size, x, y = 21.0, 65.0, 15.0
    gap = modules * size / 25
    place = {
        "left": (x - gap - 3, y, 3, size),
        "lower": (x, y - gap - 3, size, 3),
        "right": (x + size + gap, y, 3, size),
        "upper": (x, y + size + gap, size, 3),
    }[side]
    found = coded(qr_code(x, y, size) + " 0 0 0 1 k " + box(*place) + " f")
    assert told(found) == ([("L12", "error")] if bad else [])
    if bad:
        assert "within its quiet zone" in found[0].message


def test_a_long_address_is_named_by_its_start() -> None:
    address = "https://example.org/" + 30 * "a"
    (found,) = coded(qr_code(65, 15, 22, address) + " 0 0 0 1 k " + box(87.5, 15, 3, 22) + " f")
    assert f" ('{address[:40]}'), " in found.message


def test_a_pale_tint_around_a_code_is_clear() -> None:
    sheet = Sheet(more=qr_code(65, 15, 21))
    assert sheet.findings() == []


def test_a_code_that_is_covered() -> None:
    cover = " 0 0.9 0.9 0 k " + box(71, 21, 12, 12) + " f"
    (finding,) = coded(qr_code(65, 15, 21) + cover)
    assert told([finding]) == [("L12", "error")]
    assert finding.message == "A QR code cannot be read from the page."


def test_a_code_that_is_too_damaged_to_be_found() -> None:
    """Two of its eyes are left, and they give it away."""
    cover = " 0 0 0 0 k " + box(71, 14, 16, 16) + " f " + box(65, 14, 8, 9) + " f"
    (finding,) = coded(qr_code(65, 15, 21) + cover)
    assert told([finding]) == [("L12", "error")]
    assert finding.message == "A QR code cannot be read from the page."


def test_a_code_that_was_expected() -> None:
    (finding,) = coded("", 1)
    assert told([finding]) == [("L12", "error")]
    assert finding.message == "0 QR codes can be read, and 1 should."
    assert coded(qr_code(65, 15, 21), 1) == []
    (finding,) = coded(qr_code(65, 15, 21), 2)
    assert finding.message == "1 QR code can be read, and 2 should."


def as_picture(scale: int) -> Any:
    """A QR code of some pixels a module, with its quiet zone, as a picture of one bit."""

    def change(pdf: Pdf) -> None:
        out = io.BytesIO()
        segno.make("https://example.org", error="m", micro=False).save(out, kind="png", scale=scale)
        image = Image.open(out).convert("1")
        stream = pdf.make_stream(
            image.tobytes(),
            Subtype=Name.Image,
            Width=image.width,
            Height=image.height,
            BitsPerComponent=1,
            ColorSpace=Name.DeviceGray,
        )
        pdf.pages[0].Resources.XObject = Dictionary(Im=stream)

    return change


@pytest.mark.parametrize("scale", [1, 4])
def test_a_code_loses_nothing_when_it_is_enlarged(scale: int) -> None:
    """Coarse line art elsewhere breaks a rule; here each pixel is a whole module."""
    sheet = Sheet(more=image_at("Im", 60, 10, 28, 28), change=as_picture(scale))
    assert sheet.findings(expected=Expected(format="a6", qr_expected=1)) == []


def test_a_checked_flag_is_no_code() -> None:
    squares = " ".join(
        box(65 + column * 2, 15 + row * 2, 2, 2)
        for row in range(10)
        for column in range(10)
        if (row + column) % 2
    )
    assert coded("0 0 0 1 k " + squares + " f") == []


def test_a_code_on_a_turned_page() -> None:
    def change(pdf: Pdf) -> None:
        pdf.pages[0].obj.Rotate = 90

    sheet = Sheet(more=WHITE + qr_code(65, 15, 15), change=change)
    (finding,) = sheet.findings(expected=Expected(trim_mm=(148, 105)))
    assert told([finding]) == [("L12", "error")]
    mm = [value / 72 * 25.4 - 16 for value in finding.place.box_pt or ()]
    assert mm == pytest.approx([65, 15, 80, 30], abs=0.2)


def test_a_cropped_page_is_looked_at_whole() -> None:
    def change(pdf: Pdf) -> None:
        pdf.pages[0].obj.CropBox = Array([100, 100, 200, 200])

    sheet = Sheet(more=WHITE + qr_code(65, 15, 15), change=change)
    assert told(sheet.findings()) == [("L12", "error")]
