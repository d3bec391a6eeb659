import io
from typing import Any

import pytest
from leftovers import rgb_left
from pdf_parts import (
    GAMMA,
    blend,
    calibrated,
    form,
    gradient,
    group,
    icc,
    masked,
    page_of,
    picture,
    spot_of,
)
from pikepdf import Array, Dictionary, Name, Object, Pdf, String

INDEXED = Array([Name.Indexed, Name.DeviceRGB, 0, String(b"abc")])


def spaces(**named: Any) -> Pdf:
    return page_of(ColorSpace=Dictionary(**named))


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"1 0 0 rg 0 1 0 rg 0 0 0 RG", ["operator rg", "operator RG"]),
        (b"/DeviceRGB cs /DeviceCMYK CS", ["operator cs selects DeviceRGB"]),
        (b"BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI", ["picture in the content in DeviceRGB"]),
        (
            b"BI /W 1 /H 1 /BPC 8 /CS [/I /RGB 0 <000000>] ID a EI",
            ["picture in the content in Indexed over DeviceRGB"],
        ),
        (b"0 0 0 1 k 1 g (rg) Tj /rg gs", []),
    ],
)
def test_content(content: bytes, expected: list[str]) -> None:
    assert rgb_left(page_of(content)) == [f"page 1: {what}" for what in expected]


@pytest.mark.parametrize(
    ("space", "what"),
    [
        (Name.DeviceRGB, "DeviceRGB"),
        (Array([Name.DeviceRGB]), "DeviceRGB"),
        (calibrated(Gamma=GAMMA)(Pdf.new()), "CalRGB"),
        (INDEXED, "Indexed over DeviceRGB"),
        (Array([Name.Pattern, Name.DeviceRGB]), "Pattern over DeviceRGB"),
        (Array([Name.Pattern, INDEXED]), "Pattern over Indexed over DeviceRGB"),
        (spot_of(Name.DeviceRGB), "Separation over DeviceRGB"),
        (spot_of(Name.DeviceRGB, Name.DeviceN), "DeviceN over DeviceRGB"),
    ],
)
def test_colour_spaces(space: Object, what: str) -> None:
    assert rgb_left(spaces(Mine=space)) == [f"page 1/Resources: colour space Mine is {what}"]
    assert rgb_left(spaces(DefaultRGB=space)) == [
        f"page 1/Resources: colour space DefaultRGB is {what}"
    ]


def test_icc_profiles() -> None:
    pdf = page_of()
    named = Dictionary({f"/N{n}": icc(n)(pdf) for n in (1, 3, 4)})
    pdf.pages[0].Resources.ColorSpace = named
    assert rgb_left(pdf) == ["page 1/Resources: colour space N3 is ICCBased RGB"]


def test_what_a_page_draws() -> None:
    pdf = page_of()
    inner = form(pdf, b"1 0 0 RG", Group=group())
    tiles = pdf.make_stream(b"1 1 1 rg", PatternType=1, Resources=Dictionary())
    pdf.pages[0].Resources = Dictionary(
        XObject=Dictionary(
            F=form(pdf, b"1 0 0 rg", Resources=Dictionary(XObject=Dictionary(G=inner))),
            P=picture(pdf, b"abcdef", INDEXED),
            J=pdf.make_stream(b"", Subtype=Name.Image, Filter=Name.JPXDecode),
        ),
        Pattern=Dictionary(
            T=tiles,
            S=Dictionary(PatternType=2, Shading=gradient(blend([0] * 3, [1] * 3))),
        ),
        Shading=Dictionary(S=gradient(blend([0] * 3, [1] * 3), 3)),
    )
    pdf.pages[0].Group = group()
    assert sorted(rgb_left(pdf)) == [
        "page 1/Group: transparency group in DeviceRGB",
        "page 1/Resources/Pattern/S/Shading: gradient in DeviceRGB",
        "page 1/Resources/Pattern/T: operator rg",
        "page 1/Resources/Shading/S: gradient in DeviceRGB",
        "page 1/Resources/XObject/F/Resources/XObject/G/Group: transparency group in DeviceRGB",
        "page 1/Resources/XObject/F/Resources/XObject/G: operator RG",
        "page 1/Resources/XObject/F: operator rg",
        "page 1/Resources/XObject/J: JPEG 2000 picture that keeps its colours to itself",
        "page 1/Resources/XObject/P: picture in Indexed over DeviceRGB",
    ]


def test_soft_masks() -> None:
    pdf = page_of()
    masked(pdf, b"1 0 0 rg")
    pdf.pages[0].Contents = pdf.make_stream(b"")
    image = picture(pdf, b"ab", Name.DeviceGray, SMask=picture(pdf, b"abcdef", Name.DeviceRGB))
    pdf.pages[0].Resources.XObject = Dictionary(P=image)
    assert sorted(rgb_left(pdf)) == [
        "page 1/Resources/ExtGState/M/SMask/G/Group: transparency group in DeviceRGB",
        "page 1/Resources/ExtGState/M/SMask/G: operator rg",
        "page 1/Resources/ExtGState/M/SMask: colour BC of three parts",
        "page 1/Resources/XObject/P/SMask: picture in DeviceRGB",
    ]


def test_glyphs_annotations_and_forms() -> None:
    pdf = page_of()
    glyph = pdf.make_stream(b"9 0 d0 1 0 0 rg")
    font = Dictionary(Subtype=Name.Type3, CharProcs=Dictionary(a=glyph))
    pdf.pages[0].Resources.Font = Dictionary(F=font)
    annotation = Dictionary(
        Subtype=Name.Widget,
        C=Array([1, 0, 0]),
        DA=String("/F 9 Tf 1 0 0 rg"),
        MK=Dictionary(BG=Array([1, 1, 1])),
        AP=Dictionary(N=Dictionary(On=form(pdf, b"1 0 0 RG"))),
    )
    pdf.pages[0].Annots = Array([pdf.make_indirect(annotation)])
    pdf.Root.AcroForm = Dictionary(DA=String("0 0 1 rg"), Fields=Array([]))
    assert sorted(rgb_left(pdf)) == [
        "form: text of a form field in DeviceRGB",
        "page 1/Annots[0]/AP/N/On: operator RG",
        "page 1/Annots[0]/MK: colour BG of three parts",
        "page 1/Annots[0]: colour C of three parts",
        "page 1/Annots[0]: text of a form field in DeviceRGB",
        "page 1/Resources/Font/F/CharProcs/a: operator rg",
    ]


def test_links_between_pages_lead_nowhere() -> None:
    pdf = page_of()
    pdf.add_blank_page().Contents = pdf.make_stream(b"1 0 0 rg")
    link = Dictionary(Subtype=Name.Link, Dest=Array([pdf.pages[1].obj, Name.Fit]))
    link.P = pdf.pages[0].obj
    pdf.pages[0].Annots = Array([pdf.make_indirect(link)])
    assert rgb_left(pdf) == ["page 2: operator rg"]


def test_a_thing_is_named_once() -> None:
    pdf = page_of()
    shared = form(pdf, b"1 0 0 rg")
    for page in (pdf.pages[0], pdf.add_blank_page()):
        page.Resources = Dictionary(XObject=Dictionary(F=shared))
    assert rgb_left(pdf) == ["page 1/Resources/XObject/F: operator rg"]


def test_resources_that_pages_inherit() -> None:
    made = page_of()
    made.Root.Pages.Resources = Dictionary(ColorSpace=Dictionary(Mine=Name.DeviceRGB))
    del made.pages[0].obj["/Resources"]
    out = io.BytesIO()
    made.save(out)
    with Pdf.open(out) as pdf:
        assert rgb_left(pdf) == ["page 1/Resources: colour space Mine is DeviceRGB"]
