import pytest
from pdf_parts import (
    D50,
    D65,
    GAMMA,
    GREEN,
    MATRIX,
    RED,
    Make,
    calibrated,
    icc,
    lab,
    operators,
    page_of,
    refusal,
    refused,
    separated,
    spot_of,
    words,
)
from pikepdf import Array, Dictionary, Name, Pdf, String

PALETTE = String(bytes((255, 0, 0, 0, 0, 0, 0, 255, 0)))


def page_in(space: Make, colour: str) -> Pdf:
    """A page that draws lines in a colour of that space."""
    pdf = page_of(f"/Mine CS {colour} SC".encode())
    pdf.pages[0].Resources.ColorSpace = Dictionary(Mine=space(pdf))
    return pdf


@pytest.mark.parametrize(
    ("space", "colour", "expected"),
    [
        (icc(3), "1 0 0", RED),
        (icc(3), "0 0 0", (0, 0, 0, 1)),
        (icc(4), "0.1 0.2 0.3 0", (0.1, 0.2, 0.3, 0)),
        (calibrated(Gamma=GAMMA, Matrix=MATRIX), "1 0 0", RED),
        (lambda pdf: Array([Name.CalGray, Dictionary(Gamma=2.2)]), "0", (0, 0, 0, 1)),
        (lab(D50), "100 0 0", (0, 0, 0, 0)),
        (lab(D65, Range=Array([-125, 125, -125, 125])), "0 0 0", (0, 0, 0, 1)),
        (lambda pdf: Array([Name.Indexed, Name.DeviceRGB, 2, PALETTE]), "1", (0, 0, 0, 1)),
        (lambda pdf: Array([Name.Indexed, Name.DeviceRGB, 2, PALETTE]), "9", GREEN),
        (lambda pdf: Array([Name.DeviceRGB]), "1 0 0", RED),
        (lambda pdf: Name.DeviceRGB, "1 0 0", RED),
    ],
)
def test_spaces_become_inks(space: Make, colour: str, expected: tuple[float, ...]) -> None:
    pdf = separated(page_in(space, colour))
    set_ = operators(pdf.pages[0])
    assert {operation[-1] for operation in set_} == {"K"}
    assert set_[-1] == words(expected, "K")
    assert "/ColorSpace" not in pdf.pages[0].Resources


@pytest.mark.parametrize(
    ("space", "initial"),
    [
        (icc(3), (0, 0, 0, 1)),
        (icc(4), (0, 0, 0, 0)),
        (lambda pdf: Name.DeviceCMYK, (0, 0, 0, 1)),
        (lab(D50, Range=Array([20, 90, -90, 90])), None),
        (lambda pdf: Array([Name.Indexed, Name.DeviceRGB, 2, PALETTE]), RED),
    ],
)
def test_selecting_a_space_sets_its_first_colour(
    space: Make, initial: tuple[float, ...] | None
) -> None:
    pdf = page_in(space, "")
    pdf.pages[0].Contents = pdf.make_stream(b"/Mine cs")
    (found,) = operators(separated(pdf).pages[0])
    assert found[-1] == "k"
    assert initial is None or found == words(initial, "k")


UNDEFINED = "Colour in the undefined space 'Other'"
NOT_SRGB = "Colour in a calibrated RGB space that is not sRGB"
BROKEN = "Colour with an ICC profile that cannot be read"


@pytest.mark.parametrize(
    ("space", "colour", "what"),
    [
        (lambda pdf: Name.Other, "0", UNDEFINED),
        (lambda pdf: Array([Name.Odd]), "0", "Colour in the space 'Odd'"),
        (lambda pdf: Dictionary(), "0", "Colour in a space that is no name and no list"),
        (
            lambda pdf: Array([Name.Indexed, spot_of(Name.DeviceRGB), 0, String(b"a")]),
            "0",
            "The space 'Separation' where plain colour must stand",
        ),
        (
            lambda pdf: Array([Name.ICCBased, 3]),
            "0",
            "Colour in an ICC space without its profile",
        ),
        (icc(2), "0", "Colour in an ICC space of 2 parts"),
        (icc(3, b"broken"), "0 0 0", BROKEN),
        (icc(1), "0", BROKEN),
        (
            lambda pdf: Array([Name.CalGray, Dictionary()]),
            "0",
            "Colour in a calibrated grey space that is not the screen's",
        ),
        (calibrated(Gamma=GAMMA), "0 0 0", NOT_SRGB),
        (calibrated(Matrix=MATRIX), "0 0 0", NOT_SRGB),
        (
            lab([1, 1, 1]),
            "0 0 0",
            "Colour in a L*a*b* space whose white is neither D50 nor D65",
        ),
        (
            lambda pdf: Array([Name.Indexed, Name.DeviceRGB, 9, PALETTE]),
            "0",
            "A palette that is cut short",
        ),
        (
            lambda pdf: spot_of(Name.DeviceRGB, Name.DeviceN),
            "0",
            "A DeviceN colour shown in DeviceRGB",
        ),
    ],
)
def test_spaces_that_are_refused(space: Make, colour: str, what: str) -> None:
    assert refusal(page_in(space, colour)) == refused(what)


def test_default_spaces_are_refused() -> None:
    pdf = page_of(ColorSpace=Dictionary(DefaultRGB=Name.DeviceRGB))
    assert refusal(pdf) == refused("Colour in a file that sets DefaultRGB")
