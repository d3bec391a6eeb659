from typing import Any

import pytest
from pdf_parts import (
    COATED,
    D50,
    GAMMA,
    GREEN,
    INKS,
    MATRIX,
    RED,
    TEMPLATES,
    Make,
    calibrated,
    file_of,
    icc,
    lab,
    masked,
    page_of,
    picture,
    refusal,
    separated,
    spot_of,
)
from pdf_parts import refused as worded
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String
from PIL import Image

from foldwell.paper.conditions import read_profile

PALETTE = bytes((255, 0, 0, 0, 0, 0, 0, 255, 0))
RED_GREEN = b"\xff\0\0\0\xff\0"


def page_with(image: Object, pdf: Pdf) -> Pdf:
    pdf.pages[0].Resources = Dictionary(XObject=Dictionary(P=image))
    pdf.pages[0].Contents = pdf.make_stream(b"/P Do")
    return pdf


def in_inks(image: Stream, pdf: Pdf) -> Stream:
    separated(page_with(image, pdf))
    return image


def test_a_palette_changes_and_its_pixels_stay() -> None:
    pdf = page_of()
    for table in (String(PALETTE), pdf.make_stream(PALETTE)):
        space = Array([Name.Indexed, Name.DeviceRGB, 2, table])
        made = in_inks(picture(pdf, b"\x80", space, 2, Mask=Array([1, 1])), pdf)
        assert made.read_bytes() == b"\x80"
        assert made.ColorSpace[1] == Name.DeviceCMYK and int(made.ColorSpace[2]) == 2
        shares = [part / 255 for part in bytes(made.ColorSpace[3])]
        assert shares == pytest.approx([*RED, 0, 0, 0, 1, *GREEN], abs=0.003)


@pytest.mark.parametrize(
    "space", [lambda pdf: Name.DeviceRGB, icc(3), calibrated(Gamma=GAMMA, Matrix=MATRIX)]
)
def test_pictures_in_kinds_of_rgb(space: Make) -> None:
    pdf = page_of()
    made = in_inks(picture(pdf, RED_GREEN, space(pdf), Interpolate=True), pdf)
    assert made.ColorSpace == "/DeviceCMYK"
    assert bool(made.Interpolate)
    assert made.read_bytes() == INKS.image(Image.frombytes("RGB", (2, 1), RED_GREEN)).tobytes()


def test_packed_rows_come_out_as_they_were() -> None:
    pdf = page_of()
    image = Image.radial_gradient("L").resize((37, 23))
    photo = Image.merge("RGB", (image, image.rotate(90), image.rotate(180)))
    made = in_inks(
        picture(pdf, photo.tobytes(), Name.DeviceRGB, Width=photo.width, Height=photo.height), pdf
    )
    assert made.Filter == "/FlateDecode"
    assert made.read_bytes() == INKS.image(photo).tobytes()


def test_a_grey_picture_stays_grey() -> None:
    pdf = page_of()
    expected = bytes(round(255 * (1 - INKS.ink(*[v / 255] * 3)[3])) for v in (0x40, 0x80))
    for content, space in ((b"\x40\x80", Name.DeviceGray), (b"@@@\x80\x80\x80", Name.DeviceRGB)):
        made = in_inks(picture(pdf, content, space), pdf)
        assert (made.ColorSpace, made.read_bytes()) == (Name.DeviceGray, expected)


def test_pictures_in_inks_stay() -> None:
    pdf = page_of()
    for space in (Name.DeviceCMYK, icc(4)(pdf)):
        made = in_inks(picture(pdf, b"abcdefgh", space, Decode=Array([1, 0] * 4)), pdf)
        assert (made.ColorSpace, made.read_bytes()) == (Name.DeviceCMYK, b"abcdefgh")
        assert made.Decode == Array([1, 0] * 4)


def test_a_picture_turned_light_for_dark() -> None:
    pdf = page_of()
    made = in_inks(picture(pdf, b"\xff\0", Name.DeviceGray, Decode=Array([1, 0])), pdf)
    assert "/Decode" not in made
    assert made.read_bytes() == b"\0\xff"


def test_black_and_white_stays() -> None:
    pdf = page_of()
    for space in (Name.DeviceGray, icc(1)(pdf)):
        made = in_inks(picture(pdf, b"\x80", space, 1, Decode=Array([1, 0])), pdf)
        assert (made.ColorSpace, made.read_bytes()) == (Name.DeviceGray, b"\x80")
        assert made.Decode == Array([1, 0])


def test_masks_of_pictures_stay() -> None:
    pdf = page_of()
    stencil = pdf.make_stream(
        b"\x80", Type=Name.XObject, Subtype=Name.Image, ImageMask=True, Width=2, Height=1
    )
    soft = picture(pdf, b"\x40\x80", Name.DeviceGray)
    assert in_inks(picture(pdf, RED_GREEN, Name.DeviceRGB, Mask=stencil), pdf).Mask == stencil
    assert in_inks(picture(pdf, RED_GREEN, Name.DeviceRGB, SMask=soft), pdf).SMask == soft
    assert in_inks(stencil, pdf).read_bytes() == b"\x80"
    assert soft.read_bytes() == b"\x40\x80"


def test_other_versions_of_a_picture_go() -> None:
    pdf = page_of()
    image = picture(pdf, RED_GREEN, Name.DeviceRGB, OPI=Dictionary())
    image.Alternates = Array([Dictionary(Image=picture(pdf, RED_GREEN, Name.DeviceRGB))])
    made = in_inks(image, pdf)
    assert "/Alternates" not in made and "/OPI" not in made


def test_a_picture_in_a_spot_colour_stays() -> None:
    pdf = page_of()
    made = in_inks(picture(pdf, b"\x40\x80", spot_of(Name.DeviceRGB)), pdf)
    assert made.read_bytes() == b"\x40\x80"
    assert made.ColorSpace[2] == "/DeviceCMYK"


def soft_masked(pdf: Pdf, space: Name = Name.DeviceGray, **keys: Any) -> Stream:
    mask = picture(pdf, b"\0" * 6, space, **keys)
    return picture(pdf, RED_GREEN, Name.DeviceRGB, SMask=mask)


@pytest.mark.parametrize(
    ("make", "what"),
    [
        (
            lambda pdf: pdf.make_stream(b"", Subtype=Name.Image, Filter=Name.JPXDecode),
            "A JPEG 2000 picture that keeps its colours to itself",
        ),
        (lambda pdf: picture(pdf, b"", Name.Pattern), "A picture in the space 'Pattern'"),
        (
            lambda pdf: soft_masked(pdf, Name.DeviceRGB),
            "A picture whose soft mask is not grey",
        ),
        (
            lambda pdf: soft_masked(pdf, Matte=Array([0, 0, 0])),
            "A picture that is blended with its background",
        ),
        (
            lambda pdf: picture(pdf, RED_GREEN, Name.DeviceRGB, Mask=Array([0, 1] * 3)),
            "A picture with one colour that is transparent",
        ),
        (
            lambda pdf: picture(pdf, b"\0" * 12, Name.DeviceRGB, 16),
            "A picture in DeviceRGB with 16 bits a channel",
        ),
        (
            lambda pdf: picture(pdf, b"\0" * 6, lab(D50)(pdf)),
            "A picture in Lab with 8 bits a channel",
        ),
        (lambda pdf: picture(pdf, b"", Name.DeviceRGB), "A picture that cannot be decoded"),
        (
            lambda pdf: picture(
                pdf, file_of(Image.new("RGB", (3, 3)), "JPEG"), Name.DeviceRGB,
                Filter=Name.DCTDecode,
            ),
            "A picture whose size is not the one it states",
        ),
    ],
)  # fmt: skip
def test_pictures_that_are_refused(make: Make, what: str) -> None:
    pdf = page_of()
    assert refusal(page_with(make(pdf), pdf)) == refused(what)


def test_the_light_of_a_picture_in_inks() -> None:
    """Its profile is not asked: how light ink is, the standard says."""
    for space in (lambda pdf: Name.DeviceCMYK, icc(4, read_profile(TEMPLATES, COATED))):
        pdf = page_of()
        image = picture(pdf, b"\0\0\0\0\0\0\0\xff", space(pdf))
        masked(pdf, b"/P Do", XObject=Dictionary(P=image))
        separated(pdf)
        assert (image.ColorSpace, image.read_bytes()) == (Name.DeviceGray, b"\xff\0")


def test_a_spot_colour_picture_in_a_mask_is_refused() -> None:
    pdf = page_of()
    image = picture(pdf, b"ab", spot_of(Name.DeviceRGB))
    masked(pdf, b"/P Do", XObject=Dictionary(P=image))
    assert refusal(pdf) == refused("A picture in spot colours that is a mask")


def refused(what: str) -> str:
    return worded(what, "Save the picture again as PNG or JPEG with 8 bits a channel.")
