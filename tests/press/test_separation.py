"""A page of WeasyPrint in inks, and the ways in which one thing of a PDF draws another."""

import io
from typing import Any, cast

import pytest
from leftovers import rgb_left
from pdf_parts import (
    GREEN,
    INKS,
    RED,
    blend,
    file_of,
    floats,
    form,
    gradient,
    group,
    masked,
    operators,
    page_of,
    picture,
    refusal,
    refused,
    separated,
    spot_of,
    words,
)
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image, ImageChops, ImageDraw, ImageStat
from pypdfium2 import PdfDocument

from foldwell.press.finishing import save
from foldwell.press.separation import separate
from foldwell.typeset.engine import typeset
from foldwell.typeset.page_source import PageSource

LOGO = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 40"><defs>
<linearGradient id="g"><stop offset="0" stop-color="#1a6b6b"/>
<stop offset="0.5" stop-color="#c4a04a"/>
<stop offset="1" stop-color="#fff" stop-opacity="0"/></linearGradient>
<radialGradient id="r"><stop offset="0" stop-color="#b03020"/>
<stop offset="1" stop-color="#2a5d84"/></radialGradient></defs>
<rect width="60" height="40" fill="url(#g)"/>
<circle cx="80" cy="20" r="18" fill="url(#r)" stroke="#345" opacity="0.7"/></svg>"""

PAGE = """<html lang=en><title>T</title><body>
<p>Black</p><p style='color:#1a6b6b'>Brand</p><p style='color:#777'>Grey</p>
<div style='opacity:.6;background:#b03020'><b style='background:#2a5d84'>Two</b></div>
<div style='box-shadow:4px 4px #8a4b2d;background:#c4a04a;border:2px solid #00703c'>Shade</div>
<div style='background:linear-gradient(90deg,#1a6b6b,#fff);height:30px'></div>
<div style='background:radial-gradient(#b03020,rgba(42,93,132,.3));height:50px'></div>
<div style='background:url(asset:alpha.png);height:60px'></div>
<img src=asset:photo.png><img src=asset:alpha.png><img src=asset:grey.jpg>
<img src=asset:cmyk.jpg><img src=asset:logo.svg style='width:200px'>"""


@pytest.fixture(scope="module")
def before() -> bytes:
    """Text, opacity, a shadow, gradients, a logo, and pictures of four kinds."""
    down = Image.linear_gradient("L").resize((48, 48))
    across = down.transpose(Image.Transpose.ROTATE_90)
    plain = Image.new("L", (48, 48), 30)
    alpha = Image.new("RGBA", (48, 48))
    ImageDraw.Draw(alpha).ellipse((4, 4, 44, 44), fill=(190, 70, 40, 180))
    photo = Image.merge("RGB", (down, across, plain))
    cmyk = Image.merge("CMYK", (down, across, plain, plain))
    assets = (
        ("photo.png", file_of(photo, "PNG"), "image/png"),
        ("alpha.png", file_of(alpha, "PNG"), "image/png"),
        ("grey.jpg", file_of(down, "JPEG"), "image/jpeg"),
        ("cmyk.jpg", file_of(cmyk, "JPEG"), "image/jpeg"),
        ("logo.svg", LOGO.encode(), "image/svg+xml"),
    )
    size = "@page { size: 130mm 140mm; margin: 8mm }"
    return typeset(PageSource(PAGE, (size,), assets, tagged=False)).write()


@pytest.fixture(scope="module")
def after(before: bytes) -> bytes:
    with Pdf.open(io.BytesIO(before)) as pdf:
        separate(pdf, INKS)
        return save(pdf)


def test_nothing_is_left_in_rgb(before: bytes, after: bytes) -> None:
    with Pdf.open(io.BytesIO(before)) as pdf:
        assert rgb_left(pdf)
    with Pdf.open(io.BytesIO(after)) as pdf:
        assert rgb_left(pdf) == []
        assert pdf.check_pdf_syntax() == []


def test_text_and_greys_are_black_ink_alone(after: bytes) -> None:
    with Pdf.open(io.BytesIO(after)) as pdf:
        set_ = operators(pdf.pages[0], "k K g G rg RG")
    grey = INKS.ink(119 / 255, 119 / 255, 119 / 255)
    assert grey[:3] == (0, 0, 0)
    for ink in ((0, 0, 0, 1), grey, (0.8, 0, 0.35, 0.45)):
        assert words(ink, "k") in set_
    assert {operation[-1] for operation in set_} <= {"k", "K"}


def test_it_looks_the_same(before: bytes, after: bytes) -> None:
    """A viewer shows inks by a rough rule, so only large changes count."""
    seen = []
    for content in (before, after):
        with PdfDocument(content) as pdf:
            seen.append(pdf[0].render(scale=1).to_pil().convert("RGB").reduce(6))
    difference = ImageChops.difference(*seen)
    assert max(ImageStat.Stat(difference).mean) < 8
    assert max(high for _, high in difference.getextrema()) < 150  # type: ignore[misc]


def test_the_same_page_gives_the_same_bytes(before: bytes, after: bytes) -> None:
    with Pdf.open(io.BytesIO(before)) as pdf:
        separate(pdf, INKS)
        assert save(pdf) == after


def pictures(pdf: Pdf) -> list[Stream]:
    found = pdf.pages[0].Resources.XObject.values()
    return [item for item in found if isinstance(item, Stream) and item.Subtype == Name.Image]


def test_pictures_of_a_page(before: bytes, after: bytes) -> None:
    kinds = set()
    with Pdf.open(io.BytesIO(before)) as old, Pdf.open(io.BytesIO(after)) as new:
        for was, now in zip(pictures(old), pictures(new), strict=True):
            assert (was.Width, was.Height) == (now.Width, now.Height)
            kinds.add((str(was.ColorSpace), str(now.ColorSpace), "/SMask" in now))
            if was.ColorSpace == Name.DeviceCMYK:
                assert was.read_raw_bytes() == now.read_raw_bytes()
                assert was.Decode == now.Decode
            if "/SMask" in was:
                assert was.SMask.read_bytes() == now.SMask.read_bytes()
    assert kinds == {
        ("/DeviceRGB", "/DeviceCMYK", False),
        ("/DeviceRGB", "/DeviceCMYK", True),
        ("/DeviceGray", "/DeviceGray", False),
        ("/DeviceCMYK", "/DeviceCMYK", False),
    }


def test_masks_stay_light_and_all_other_groups_are_ink(after: bytes) -> None:
    with Pdf.open(io.BytesIO(after)) as pdf:
        items = [item for item in pdf.objects if isinstance(item, Dictionary | Stream)]
        resources = [item.get("/Resources", Dictionary()) for item in items]
        masks = {
            state.SMask.G.objgen
            for found in resources
            for state in found.get("/ExtGState", Dictionary()).values()
            if "/SMask" in state
        }
        groups = {(i.objgen in masks, str(i.Group.CS)) for i in items if "/Group" in i}
    assert groups == {(True, "/DeviceGray"), (False, "/DeviceCMYK")}


def test_forms_are_converted_once_wherever_they_are_drawn() -> None:
    pdf = page_of()
    grey = picture(pdf, b"\x40\x80", Name.DeviceGray)
    state = pdf.make_indirect(Dictionary(ca=0.5))
    inner = pdf.make_indirect(Dictionary(XObject=Dictionary(P=grey), ExtGState=Dictionary(S=state)))
    drawn = form(pdf, b"1 0 0 rg /P Do", Resources=inner, Group=group())
    other = form(pdf, b"/P Do", Resources=inner)
    for page in (pdf.pages[0], pdf.add_blank_page()):
        page.Resources = Dictionary(
            XObject=Dictionary(F=drawn, G=other, P=grey), ExtGState=Dictionary(S=state)
        )
        page.Contents = pdf.make_stream(b"/F Do /G Do /P Do")
    separated(pdf)
    assert drawn.Group.CS == "/DeviceCMYK"
    assert operators(drawn)[0] == words(RED, "k")
    expected = [round(255 * (1 - INKS.ink(*[v / 255] * 3)[3])) for v in (0x40, 0x80)]
    assert list(grey.read_bytes()) == expected


def test_a_form_without_resources_uses_those_of_the_page() -> None:
    pdf = page_of(b"/F Do", ColorSpace=Dictionary(Mine=Name.DeviceRGB))
    drawn = form(pdf, b"/Mine cs 1 0 0 sc")
    pdf.pages[0].Resources.XObject = Dictionary(F=drawn)
    separated(pdf)
    assert operators(drawn) == [words((0, 0, 0, 1), "k"), words(RED, "k")]


def test_the_light_of_a_mask() -> None:
    pdf = page_of()
    grey = picture(pdf, b"\x40\x80", Name.DeviceGray)
    colour = picture(pdf, b"\xff\0\0\0\xff\0", Name.DeviceRGB)
    inside = masked(
        pdf,
        b"1 0 0 rg 0.25 G 0 0 0 1 k /S sh /P Do /C Do",
        XObject=Dictionary(P=grey, C=colour),
        Shading=Dictionary(S=gradient(blend([0, 1, 0], [1, 1, 1]))),
    )
    separated(pdf)
    assert operators(inside)[:3] == [("0.3", "g"), ("0.25", "G"), ("0", "g")]
    assert inside.Group.CS == "/DeviceGray"
    assert floats(pdf.pages[0].Resources.ExtGState.M.SMask.BC) == [1]
    shading = inside.Resources.Shading.S
    assert (shading.ColorSpace, floats(shading.Function.C0)) == (Name.DeviceGray, [0.59])
    assert grey.read_bytes() == b"\x40\x80"
    assert (colour.ColorSpace, list(colour.read_bytes())) == (Name.DeviceGray, [76, 150])
    assert operators(pdf.pages[0], "rg k") == [words(RED, "k")]


def test_names_for_spaces_that_stay() -> None:
    """A name for all patterns, and one more name for a spot colour, mean the same afterwards."""
    spaces = Dictionary(P=Name.Pattern, Spot=spot_of(Name.DeviceRGB), Same=Name.Spot)
    pdf = separated(page_of(b"/P cs /T scn /Same CS 1 SCN", ColorSpace=spaces))
    made = pdf.pages[0].Resources.ColorSpace
    assert (made.P, made.Same, made.Spot[2]) == (Name.Pattern, Name.Spot, Name.DeviceCMYK)


def test_a_mask_of_alpha_is_ink_like_any_drawing() -> None:
    pdf = page_of()
    inside = masked(pdf, b"1 0 0 rg", Name.Alpha)
    separated(pdf)
    assert inside.Group.CS == "/DeviceCMYK"
    assert operators(inside) == [words(RED, "k")]
    assert floats(pdf.pages[0].Resources.ExtGState.M.SMask.BC) == [0, 0, 0, 0]


def test_a_mask_among_the_forms_of_a_page_is_no_drawing() -> None:
    """WeasyPrint lists its masks there, and never draws them."""
    pdf = page_of()
    inside = masked(pdf, b"1 0 0 rg")
    pdf.pages[0].Resources.XObject = Dictionary(M=inside)
    separated(pdf)
    assert operators(inside) == [("0.3", "g")]


def test_a_drawing_that_is_a_mask_as_well_is_refused() -> None:
    drawn = page_of()
    masked(drawn, b"1 0 0 rg")
    state = drawn.pages[0].Resources.ExtGState
    drawn.pages[0].Resources.XObject = Dictionary(M=state.M.SMask.G)
    drawn.pages[0].Contents = drawn.make_stream(b"/M Do")
    earlier = page_of()
    inside = masked(earlier, b"1 0 0 rg")
    earlier.add_blank_page().Resources = earlier.pages[0].Resources
    earlier.pages[0].Resources = Dictionary(XObject=Dictionary(M=inside))
    for pdf in (drawn, earlier):
        assert refusal(pdf) == refused("A drawing that is a soft mask as well")


def test_curves_and_screens_of_one_machine_go() -> None:
    state = Dictionary(
        TR=Name.Identity, HT=Name.Default, UCR2=Name.Default, ca=0.5, SMask=Name("/None")
    )
    pdf = separated(page_of(b"/S gs", ExtGState=Dictionary(S=state)))
    assert set(pdf.pages[0].Resources.ExtGState.S.keys()) == {"/ca", "/SMask"}


def test_a_pages_own_group_and_thumbnail() -> None:
    pdf = page_of()
    page = pdf.pages[0]
    page.Group = group()
    page.Thumb = picture(pdf, b"abcdef", Name.DeviceRGB)
    separated(pdf)
    assert page.Group.CS == "/DeviceCMYK"
    assert "/Thumb" not in page


def test_a_page_without_content_or_resources() -> None:
    pdf = Pdf.new()
    del pdf.add_blank_page().obj["/Contents"]
    del pdf.pages[0].obj["/Resources"]
    separated(pdf)


def test_glyphs_that_are_drawings() -> None:
    pdf = page_of(b"BT /F 9 Tf (ab) Tj ET")
    image = picture(pdf, b"\xff\0\0\0\xff\0", Name.DeviceRGB)
    pdf.pages[0].Resources.Font = Dictionary()
    glyphs = []
    kinds: dict[str, dict[str, Any]] = {
        "F": {"Resources": Dictionary(XObject=Dictionary(P=image))},
        "G": {},
    }
    for name, more in kinds.items():
        glyphs.append(pdf.make_stream(b"9 0 d0 1 0 0 rg 0 0 4 4 re f"))
        font = Dictionary(
            Type=Name.Font, Subtype=Name.Type3, FontBBox=Array([0, 0, 9, 9]),
            FontMatrix=Array([1, 0, 0, 1, 0, 0]), CharProcs=Dictionary(a=glyphs[-1]),
            Encoding=Dictionary(Differences=Array([97, Name.a])), FirstChar=97, LastChar=97,
            Widths=Array([9]), **more,
        )  # fmt: skip
        pdf.pages[0].Resources.Font[f"/{name}"] = pdf.make_indirect(font)
    separated(pdf)
    for glyph in glyphs:
        assert [operation[-1] for operation in operators(glyph)] == ["d0", "k", "re", "f"]
    assert image.ColorSpace == "/DeviceCMYK"


def annotated(pdf: Pdf, **keys: Any) -> Dictionary:
    annotation = Dictionary(Subtype=Name.Square, Rect=Array([0, 0, 9, 9]), **keys)
    pdf.pages[0].Annots = Array([pdf.make_indirect(annotation)])
    return cast(Dictionary, pdf.pages[0].Annots[0])


def test_what_annotations_show() -> None:
    pdf = page_of()
    off, on = form(pdf, b"1 0 0 rg"), form(pdf, b"0 1 0 RG")
    looks = Dictionary(N=off, D=Dictionary(Off=off, On=on))
    own = Dictionary(BG=Array([0]))
    made = annotated(pdf, C=Array([1, 0, 0]), IC=Array([]), MK=own, AP=looks)
    separated(pdf)
    assert floats(made.C) == pytest.approx(RED, abs=1e-4)
    assert floats(made.MK.BG) == [0, 0, 0, 1]
    assert len(made.IC) == 0
    assert operators(off) == [words(RED, "k")]
    assert operators(on) == [words(GREEN, "K")]


def test_annotations_that_are_refused() -> None:
    pdf = page_of()
    annotated(pdf, DA=String("0 g"))
    hint = "Leave form fields out of what is printed."
    assert refusal(pdf) == refused("A form field", hint)
    annotated(pdf, C=Array([0, 1]))
    assert refusal(pdf) == refused("A colour of 2 parts")


def test_other_kinds_of_drawings_are_refused() -> None:
    for keys, kind in (({"Subtype": Name.PS}, "PS"), ({}, "Unknown")):
        pdf = page_of()
        pdf.pages[0].Resources.XObject = Dictionary(P=pdf.make_stream(b"", **keys))
        assert refusal(pdf) == refused(f"A drawing of the kind '{kind}'")
