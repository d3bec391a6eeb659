import pytest
from pdf_parts import (
    INKS,
    RED,
    form,
    masked,
    operators,
    page_of,
    refusal,
    refused,
    separated,
    spot_of,
    words,
)
from pikepdf import Array, Dictionary, Name, Pdf

UNCOLOURED = Array([Name.Pattern, Name.DeviceRGB])
TILES = {"PatternType": 1, "TilingType": 1, "BBox": Array([0, 0, 9, 9]), "XStep": 9, "YStep": 9}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("1 1 1 rg", [("0", "0", "0", "0", "k")]),
        ("0 0 0 RG", [("0", "0", "0", "1", "K")]),
        ("1 0 0 rg", [words(RED, "k")]),
        ("0 g", [("0", "0", "0", "1", "k")]),
        ("1 G", [("0", "0", "0", "0", "K")]),
        (".1 .2 0 .3 k", [("0.1", "0.2", "0", "0.3", "k")]),
        ("/DeviceRGB cs 1 0 0 sc", [("0", "0", "0", "1", "k"), words(RED, "k")]),
        ("/DeviceCMYK CS 0 1 0 0 SC", [("0", "0", "0", "1", "K"), ("0", "1", "0", "0", "K")]),
        ("/DeviceGray cs 1 sc", [("0", "0", "0", "1", "k"), ("0", "0", "0", "0", "k")]),
        ("q 1 0 0 rg Q 0 scn", [("q",), words(RED, "k"), ("Q",), ("0", "0", "0", "1", "k")]),
        ("Q 0.5 0.5 0.5 RG", [("Q",), words(INKS.ink(0.5, 0.5, 0.5), "K")]),
        ("/Pattern cs", [("/Pattern", "cs")]),
    ],
)
def test_operators_that_set_colours(content: str, expected: list[tuple[str, ...]]) -> None:
    pdf = separated(page_of(content.encode()))
    assert operators(pdf.pages[0]) == expected


@pytest.mark.parametrize(
    "content",
    [
        b"q  1 0 0 1 0  0 cm\nBT (\\050 words) Tj ET Q .1 0 0 0 k",
        b"q BI /W 2 /H 1 /BPC 1 /IM true ID \x80 EI Q",  # a stencil takes the colour around it
    ],
)
def test_what_sets_no_colour_is_left_alone(content: bytes) -> None:
    pdf = separated(page_of(content))
    assert pdf.pages[0].Contents.read_bytes() == content


def test_patterns_of_their_own_colour_and_without() -> None:
    pdf = page_of(b"/Pattern cs /T scn /Mine CS 1 0 0 /U SCN")
    tiles = pdf.make_stream(b"1 0 0 rg 0 0 4 4 re f", PaintType=1, Resources=Dictionary(), **TILES)
    shape = pdf.make_stream(b"0 0 4 4 re f", PaintType=2, Resources=Dictionary(), **TILES)
    pdf.pages[0].Resources = Dictionary(
        Pattern=Dictionary(T=tiles, U=shape), ColorSpace=Dictionary(Mine=UNCOLOURED)
    )
    separated(pdf)
    assert operators(pdf.pages[0]) == [
        ("/Pattern", "cs"),
        ("/T", "scn"),
        ("/Mine", "CS"),
        words(RED, "/U", "SCN"),
    ]
    assert pdf.pages[0].Resources.ColorSpace.Mine == Array([Name.Pattern, Name.DeviceCMYK])
    assert [operation[-1] for operation in operators(tiles)] == ["k", "re", "f"]


@pytest.mark.parametrize("space", ["/RGB", "/DeviceRGB", "/Mine", "[/I /RGB 1 <ff000000ff00>]"])
def test_a_picture_in_the_stream_gets_a_name(space: str) -> None:
    data = b"\0\1" if "I" in space else b"\xff\0\0\0\xff\0"
    content = b"q BI /W 2 /H 1 /BPC 8 /CS %s ID %s EI Q" % (space.encode(), data)
    pdf = page_of(content, ColorSpace=Dictionary(Mine=Name.DeviceRGB))
    pdf.pages[0].Resources.XObject = Dictionary(Inline0=form(pdf, b""))
    separated(pdf)
    assert operators(pdf.pages[0]) == [("q",), ("/Inline1", "Do"), ("Q",)]
    made = pdf.pages[0].Resources.XObject.Inline1
    assert (int(made.Width), int(made.Height)) == (2, 1)


def test_a_picture_in_a_stream_without_pictures() -> None:
    pdf = separated(page_of(b"BI /W 1 /H 1 /BPC 8 /CS /G ID \x80 EI"))
    assert list(pdf.pages[0].Resources.XObject.keys()) == ["/Inline0"]


def with_form(content: bytes) -> Pdf:
    pdf = page_of(b"/F Do")
    pdf.pages[0].Resources.XObject = Dictionary(F=form(pdf, content))
    return pdf


def with_mask(content: bytes) -> Pdf:
    pdf = page_of()
    masked(pdf, content, ColorSpace=Dictionary(S=spot_of(Name.DeviceRGB), U=UNCOLOURED))
    return pdf


def with_pattern(colour: bytes) -> Pdf:
    return page_of(b"/U cs " + colour + b" scn", ColorSpace=Dictionary(U=UNCOLOURED))


@pytest.mark.parametrize(
    ("pdf", "what"),
    [
        (page_of(b"/Mine cs"), "Colour in the undefined space 'Mine'"),
        (page_of(b"1 0 rg"), "A colour of 2 parts in a space of 3"),
        (page_of(b"/DeviceRGB cs 1 sc"), "A colour of 1 parts in a space of 3"),
        (page_of(b"/A g"), "A colour that is no number"),
        (with_form(b"0 sc"), "A colour whose space is set outside of its drawing"),
        (with_pattern(b"0 0 /P"), "A pattern whose colour does not fit its space"),
        (with_pattern(b"0 0 0"), "A pattern whose colour does not fit its space"),
        (with_mask(b"/S cs"), "A spot colour in a soft mask"),
        (with_mask(b"/U cs"), "A spot colour in a soft mask"),
    ],
)
def test_colours_that_are_refused(pdf: Pdf, what: str) -> None:
    assert refusal(pdf) == refused(what)
