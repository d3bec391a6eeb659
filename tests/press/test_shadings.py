import pytest
from pdf_parts import (
    GREEN,
    RED,
    Make,
    blend,
    floats,
    gradient,
    operators,
    page_of,
    refusal,
    refused,
    separated,
    spot_of,
)
from pikepdf import Array, Dictionary, Name, Pdf, Stream

FORMULA = Dictionary(FunctionType=4, Domain=Array([0, 1]))


def table(pdf: Pdf, content: bytes, outputs: int = 3, bits: int = 8) -> Stream:
    """A function of two samples."""
    return pdf.make_stream(
        content, FunctionType=0, Domain=Array([0, 1]), Size=Array([2]), BitsPerSample=bits,
        Range=Array([0, 1] * outputs), Encode=Array([0, 1]),
    )  # fmt: skip


def page_with(shading: Make) -> Pdf:
    pdf = page_of(b"/S sh")
    pdf.pages[0].Resources.Shading = Dictionary(S=shading(pdf))
    return pdf


def test_a_gradient_of_several_stops() -> None:
    stops = Dictionary(
        FunctionType=3, Domain=Array([0, 1]), Bounds=Array([0.5]), Encode=Array([0, 1, 0, 1]),
        Functions=Array([blend([1, 0, 0], [0, 1, 0]), blend([0, 1, 0], [0, 0, 0])]),
    )  # fmt: skip
    shading = gradient(stops)
    shading.Background = Array([1, 1, 1])
    pdf = separated(page_with(lambda pdf: shading))
    made = pdf.pages[0].Resources.Shading.S
    assert made.ColorSpace == "/DeviceCMYK"
    assert floats(made.Background) == [0, 0, 0, 0]
    one, two = made.Function.Functions
    assert floats(one.C0) == pytest.approx(RED, abs=1e-4)
    assert floats(one.C1) == floats(two.C0) == pytest.approx(GREEN, abs=1e-4)
    assert floats(two.C1) == [0, 0, 0, 1]
    assert floats(made.Function.Bounds) == [0.5]


def test_a_gradient_with_a_function_for_each_part() -> None:
    functions = Array([blend([1], [0]), blend([0], [1]), blend([0], [0])])
    pdf = separated(page_with(lambda pdf: gradient(functions, 3)))
    made = pdf.pages[0].Resources.Shading.S.Function
    assert floats(made.C0) == pytest.approx(RED, abs=1e-4)
    assert floats(made.C1) == pytest.approx(GREEN, abs=1e-4)


def test_a_gradient_of_greys() -> None:
    """The ends that a function leaves out are black and white (ISO 32000-1, table 40)."""
    function = Dictionary(FunctionType=2, Domain=Array([0, 1]), N=1)
    pdf = separated(page_with(lambda pdf: gradient(Array([function]), 2, Name.DeviceGray)))
    made = pdf.pages[0].Resources.Shading.S.Function
    assert (floats(made.C0), floats(made.C1)) == ([0, 0, 0, 1], [0, 0, 0, 0])


@pytest.mark.parametrize(
    ("content", "bits"), [(b"\xff\0\0\0\xff\0", 8), (b"\xff\xf0\0\0\0\0\xff\xf0\0", 12)]
)
def test_a_gradient_with_a_table(content: bytes, bits: int) -> None:
    pdf = page_of(b"/Pattern cs /P scn")
    shading = gradient(table(pdf, content, bits=bits))
    pattern = Dictionary(PatternType=2, Shading=shading, ExtGState=Dictionary(TR=Name.Identity))
    pdf.pages[0].Resources = Dictionary(Pattern=Dictionary(P=pdf.make_indirect(pattern)))
    separated(pdf)
    made = pdf.pages[0].Resources.Pattern.P
    assert "/TR" not in made.ExtGState
    samples = made.Shading.Function.read_bytes()
    values = [int.from_bytes(samples[i : i + 2]) / 65535 for i in range(0, len(samples), 2)]
    assert values == pytest.approx([*RED, *GREEN], abs=1e-4)
    assert floats(made.Shading.Function.Range) == [0, 1] * 4
    assert floats(made.Shading.Function.Encode) == [0, 1]


def test_a_gradient_that_is_used_twice_is_converted_once() -> None:
    pdf = page_of(b"/S sh")
    shading = pdf.make_indirect(gradient(blend([1, 0, 0], [0, 1, 0])))
    pdf.pages[0].Resources.Shading = Dictionary(S=shading, T=shading)
    separated(pdf)
    assert floats(shading.Function.C0) == pytest.approx(RED, abs=1e-4)


def test_spot_colours_stay_and_are_shown_in_inks() -> None:
    every = Array([Name.Separation, Name.All, Name.DeviceCMYK, blend([0] * 4, [1] * 4)])
    spaces = Dictionary(Spot=spot_of(Name.DeviceRGB), All=every)
    pdf = separated(page_of(b"/Spot cs 0.5 scn /All CS 1 SCN", ColorSpace=spaces))
    made = pdf.pages[0].Resources.ColorSpace
    assert made.Spot[2] == "/DeviceCMYK"
    assert floats(made.Spot[3].C1) == pytest.approx(RED, abs=1e-4)
    assert floats(made.All[3].C1) == [1, 1, 1, 1]
    assert operators(pdf.pages[0]) == [
        ("/Spot", "cs"),
        ("0.5", "scn"),
        ("/All", "CS"),
        ("1", "SCN"),
    ]


@pytest.mark.parametrize(
    ("shading", "expected"),
    [
        (
            lambda pdf: pdf.make_stream(b"", ShadingType=4),
            refused("A shading of type 4", "Use linear and radial gradients."),
        ),
        (
            lambda pdf: gradient(FORMULA, 1),
            refused("A shading of type 1", "Use linear and radial gradients."),
        ),
        (
            lambda pdf: gradient(FORMULA),
            refused("A gradient with a function of type 4", "Use gradients of plain stops."),
        ),
        (
            lambda pdf: gradient(Array([blend([0], [1]), blend([0], [1]), FORMULA])),
            refused("A gradient with a function of its own for each part of a colour"),
        ),
        (
            lambda pdf: gradient(blend([0], [1])),
            refused("A gradient of 1 parts in DeviceRGB"),
        ),
        (
            lambda pdf: gradient(table(pdf, b"abc")),
            refused("A gradient whose table is cut short"),
        ),
        (
            lambda pdf: gradient(table(pdf, b"abcdef", outputs=1)),
            refused("A gradient whose table does not fit its colour space"),
        ),
        (
            lambda pdf: gradient(blend([0], [1]), 2, spot_of(Name.DeviceRGB)),
            refused("The space 'Separation' where plain colour must stand"),
        ),
    ],
)
def test_gradients_that_are_refused(shading: Make, expected: str) -> None:
    assert refusal(page_with(shading)) == expected
