import io
import re
from collections.abc import Callable
from typing import Any

import pypdfium2
import pytest
import resvg_py
from pikepdf import Array, Dictionary, Encryption, Name, OutlineItem, Pdf, Permissions
from PIL import Image, ImageChops

from foldwell.content.drawings import Drawing, read_pdf
from foldwell.errors import FoldwellError, Place
from foldwell.typeset.engine import typeset
from foldwell.typeset.page_source import PageSource

HERE = Place("logo.pdf")
Change = Callable[[Pdf], None]


def page(content: str, change: Change | None = None, size: tuple[int, int] = (200, 60)) -> bytes:
    """A PDF of one page, as drawing programs write it."""
    pdf = Pdf.new()
    pdf.add_blank_page(page_size=size)
    pdf.pages[0].Contents = pdf.make_stream(content.encode())
    pdf.pages[0].Resources = Dictionary()
    if change:
        change(pdf)
    out = io.BytesIO()
    pdf.save(out)
    return out.getvalue()


def viewed(pdf: bytes) -> Image.Image:
    seen: Image.Image = pypdfium2.PdfDocument(pdf)[0].render(scale=3).to_pil()
    return seen.convert("RGB")


def drawn(logo: Drawing, size: tuple[int, int]) -> Image.Image:
    if logo.kind == "svg":
        text = logo.content.decode()
        content = bytes(resvg_py.svg_to_bytes(svg_string=text, width=size[0], dpi=96))
    else:
        content = logo.content
    picture = Image.open(io.BytesIO(content)).convert("RGBA").resize(size)
    paper = Image.new("RGBA", size, "white")
    return Image.alpha_composite(paper, picture).convert("RGB")


def difference(a: Image.Image, b: Image.Image) -> float:
    steps = ImageChops.difference(a, b).convert("L").tobytes()
    return sum(steps) / len(steps) / 255


PATHS = """q 0.11 0.36 0.45 rg 10 10 40 40 re f
0.2 0.6 0.1 RG 4 w [8 4] 0 d 60 10 m 100 50 l S [] 0 d
q 110 10 30 40 re W n 0.7 0.1 0.1 rg 110 30 m 125 60 155 60 160 30 c 155 0 125 0 110 30 c f* Q
0.5 g 165 10 25 40 re 172 17 11 26 re f* Q"""


def form(pdf: Pdf) -> None:
    drawing = pdf.make_stream(
        b"0 0 1 rg 0 0 20 20 re f", Subtype=Name.Form, BBox=[0, 0, 20, 10], Resources=Dictionary()
    )
    pdf.pages[0].Resources.XObject = Dictionary(Fm0=drawing)


def see_through(pdf: Pdf) -> None:
    pdf.pages[0].Resources.ExtGState = Dictionary(G=Dictionary(ca=0.4, CA=0.4))


@pytest.mark.parametrize(
    ("content", "change"),
    [
        (PATHS, None),
        ("q 3 0 0 3 20 5 cm /Fm0 Do Q q 0 2 -2 0 180 5 cm /Fm0 Do Q", form),
        ("1 0 0 rg 20 10 80 40 re f /G gs 0 0 1 rg 60 5 90 50 re f", see_through),
    ],
)
def test_lines_stay_lines(content: str, change: Change | None) -> None:
    pdf = page(content, change)
    logo = read_pdf(pdf, HERE)
    assert logo.kind == "svg" and (logo.width, logo.height) == (200, 60)
    assert logo.changes == ("made plain paths of a PDF",)
    wanted = viewed(pdf)
    assert difference(wanted, drawn(logo, wanted.size)) < 0.01
    assert difference(wanted, Image.new("RGB", wanted.size, "white")) > 0.05


def test_letters_become_outlines() -> None:
    html = '<html lang="en"><title>Logo</title><p>Clinic</p></html>'
    css = "@page { size: 60mm 20mm; margin: 0 } p { margin: 0; font-size: 40px }"
    pdf = typeset(PageSource(html, (css,), (), tagged=False)).write()
    logo = read_pdf(pdf, HERE)
    wanted = viewed(pdf)
    assert logo.kind == "svg" and b"<text" not in logo.content
    assert difference(wanted, drawn(logo, wanted.size)) < 0.01


def run(first: list[float], second: list[float]) -> Dictionary:
    """A function from one colour to another."""
    return Dictionary(FunctionType=2, Domain=[0, 1], C0=first, C1=second, N=1)


def stitched() -> Dictionary:
    """Three runs, of which the second begins with another colour than the first ends with."""
    return Dictionary(
        FunctionType=3, Domain=[0, 1], Bounds=[0.3, 0.6], Encode=[0, 1, 0, 1, 0, 1],
        Functions=Array([run([1, 0.8, 0], [0.8, 0, 0]), run([0, 0.4, 0.2], [0, 0.4, 0.2]),
                         run([0, 0, 1], [0, 0.1, 0.2])]),
    )  # fmt: skip


def axial(function: Dictionary, *coords: float, space: Any = Name.DeviceRGB) -> Dictionary:
    return Dictionary(ShadingType=2, ColorSpace=space, Coords=[*coords], Extend=[True, True],
                      Function=function)  # fmt: skip


def radial(function: Dictionary, *coords: float) -> Dictionary:
    return Dictionary(ShadingType=3, ColorSpace=Name.DeviceRGB, Coords=[*coords],
                      Extend=[True, True], Function=function)  # fmt: skip


def shaded(shading: Dictionary, matrix: tuple[float, ...] = (1, 0, 0, 1, 0, 0)) -> Change:
    """A page that knows a gradient by itself, and as a pattern."""

    def change(pdf: Pdf) -> None:
        own = pdf.make_indirect(shading)
        pattern = Dictionary(PatternType=2, Shading=own, Matrix=[*matrix])
        pdf.pages[0].Resources.Shading = Dictionary(Sh=own)
        pdf.pages[0].Resources.Pattern = Dictionary(P=pdf.make_indirect(pattern))

    return change


RED_TO_BLUE = run([1, 0, 0], [0, 0, 1])
AREA = "q 20 10 160 40 re W n /Sh sh Q"
LETTER = "110 30 m 125 60 155 60 160 30 c 155 0 125 0 110 30 c f"


def in_a_form(pdf: Pdf) -> None:
    shaded(axial(stitched(), 0, 0, 20, 10), (2, 0, 0, 2, 4, 0))(pdf)
    form = pdf.make_stream(
        b"/Pattern cs /P scn 2 2 30 8 re f q 35 0 20 10 re W n /Sh sh Q",
        Subtype=Name.Form, BBox=[0, 0, 60, 10], Matrix=[1, 0.2, 0, 1, 0, 0],
        Resources=pdf.pages[0].Resources,
    )  # fmt: skip
    pdf.pages[0].Resources = Dictionary(XObject=Dictionary(Fm0=form))


@pytest.mark.parametrize(
    ("content", "change"),
    [
        (AREA, shaded(axial(RED_TO_BLUE, 0, 0, 200, 0))),
        (AREA, shaded(axial(stitched(), 30, 10, 150, 60))),
        (AREA, shaded(radial(RED_TO_BLUE, 90, 30, 0, 100, 30, 70))),
        (AREA, shaded(radial(RED_TO_BLUE, 100, 30, 70, 100, 30, 10))),
        ("q 20 10 60 40 re W n 0 40 -60 0 80 10 cm /Sh sh Q",
         shaded(axial(stitched(), 0, 0, 1, 0))),
        (f"/Pattern cs /P scn {LETTER}",
         shaded(axial(RED_TO_BLUE, 0, 0, 1, 0), (50, 9, 0, 50, 110, 0))),
        (f"q .5 .1 0 .5 9 0 cm /Pattern cs /P scn {LETTER} 9 9 30 30 re f 0 g 50 50 9 9 re f Q"
         " /Pattern cs /P scn 150 5 40 40 re f",
         shaded(axial(stitched(), 0, 0, 1, 0), (90, 0, 0, 90, 0, 0))),
        ("q 2 0 0 2 30 10 cm /Fm0 Do Q", in_a_form),
    ],
)  # fmt: skip
def test_gradients_stay_gradients(content: str, change: Change) -> None:
    pdf = page(content, change)
    logo = read_pdf(pdf, HERE)
    assert logo.kind == "svg" and b"Gradient" in logo.content and b"<image" not in logo.content
    assert logo.changes == ("made plain paths of a PDF",)
    wanted = viewed(pdf)
    assert difference(wanted, drawn(logo, wanted.size)) < 0.01
    assert difference(wanted, Image.new("RGB", wanted.size, "white")) > 0.05


def test_a_gradient_keeps_its_ends_and_asks_for_few_colours() -> None:
    logo = read_pdf(page(AREA, shaded(axial(RED_TO_BLUE, 0, 0, 200, 0))), HERE)
    stops = re.findall(rb'<stop offset="([\d.]+)" stop-color="(#\w+)"', logo.content)
    assert {at for at, _ in stops} == {b"0", b"1"}
    for wanted, (_, colour) in zip(((255, 0, 0), (0, 0, 255)), sorted({*stops}), strict=True):
        seen = bytes.fromhex(colour[1:].decode())
        assert max(abs(a - b) for a, b in zip(wanted, seen, strict=True)) <= 1


def test_gradients_of_inks_have_the_colours_of_those_inks() -> None:
    """As plain areas in the same inks have them, grey where it is black alone."""
    inks = [0.0, 1, 0.2, 0], [1, 0.1, 0, 0.3]
    ramp = axial(run(*inks), 60, 0, 140, 0, space=Name.DeviceCMYK)
    areas = "0 1 .2 0 k 0 0 20 60 re f 1 .1 0 .3 k 180 0 20 60 re f"
    logo = read_pdf(page(f"{areas} {AREA}", shaded(ramp)), HERE)
    assert logo.kind == "svg"
    stops = sorted({*re.findall(rb'<stop offset="([\d.]+)" stop-color="#(\w+)"', logo.content)})
    plain = [bytes.fromhex(one[1:].decode()) for one in re.findall(rb'fill="(#\w+)"', logo.content)]
    for (_, colour), wanted in zip((stops[0], stops[-1]), (plain[1], plain[2]), strict=True):
        seen = bytes.fromhex(colour.decode())
        assert max(abs(a - b) for a, b in zip(wanted, seen, strict=True)) <= 3, (plain, stops)
    ramp = axial(run([0, 0, 0, 1], [0, 0, 0, 0.2]), 0, 0, 200, 0, space=Name.DeviceCMYK)
    logo = read_pdf(page(AREA, shaded(ramp)), HERE)
    greys = re.findall(rb'stop-color="#(\w\w)(\w\w)(\w\w)"', logo.content)
    assert greys and all(red == green == blue for red, green, blue in greys)


def mesh(pdf: Pdf) -> None:
    """Colours of a function of two numbers, which SVG has not."""
    pdf.pages[0].Resources.Shading = Dictionary(
        Sh=Dictionary(
            ShadingType=1, ColorSpace=Name.DeviceRGB, Domain=[0, 1, 0, 1],
            Matrix=[200, 0, 0, 60, 0, 0],
            Function=pdf.make_stream(
                b"{ 0 }", FunctionType=4, Domain=[0, 1, 0, 1], Range=[0, 1, 0, 1, 0, 1]
            ),
        )
    )  # fmt: skip


def unextended(pdf: Pdf) -> None:
    shaded(axial(RED_TO_BLUE, 60, 0, 140, 0))(pdf)
    pdf.pages[0].Resources.Shading.Sh.Extend = Array([False, False])


def lines(pdf: Pdf) -> None:
    shaded(axial(RED_TO_BLUE, 0, 0, 200, 0))(pdf)


@pytest.mark.parametrize(
    ("content", "change"),
    [(AREA, mesh), (AREA, unextended), ("/Pattern CS /P SCN 9 w 20 30 m 180 30 l S", lines)],
)
def test_what_cannot_be_kept_as_lines_is_a_picture_of_600_dots_an_inch(
    content: str, change: Change
) -> None:
    pdf = page(content, change)
    logo = read_pdf(pdf, HERE)
    assert logo.kind == "png" and max(logo.width, logo.height) == 1772
    assert "drawn with 600 dots an inch" in logo.changes[0]
    picture = Image.open(io.BytesIO(logo.content))
    assert picture.convert("RGBA").getpixel((1, 1)) == (255, 255, 255, 0)  # paper shows through
    wanted = viewed(pdf)
    assert difference(wanted, drawn(logo, wanted.size)) < 0.01


def fills(logo: Drawing) -> set[bytes]:
    return set(re.findall(rb'fill="(#[0-9a-f]+)"', logo.content))


def inks(pdf: Pdf) -> None:
    pdf.pages[0].Resources.ColorSpace = Dictionary(Four=Name.DeviceCMYK)


@pytest.mark.parametrize(
    "content",
    [
        "0 0 0 1 k 10 10 40 40 re f 0 0 0 .5 k 60 10 40 40 re f",
        "/DeviceCMYK cs 0 0 0 1 sc 10 10 40 40 re f 0 0 0 .5 scn 60 10 40 40 re f",
        "q /Four cs 0 0 0 1 scn Q /Four cs 0 0 0 1 scn 10 10 40 40 re f"
        " q 0 0 0 .5 k 60 10 40 40 re f Q",
    ],
)
def test_black_ink_alone_stays_grey(content: str) -> None:
    assert fills(read_pdf(page(content, inks), HERE)) == {b"#000000", b"#808080"}


def test_inks_are_what_coated_paper_shows() -> None:
    (colour,) = fills(read_pdf(page("1 0 0 0 k 10 10 40 40 re f"), HERE))
    red, green, blue = bytes.fromhex(colour[1:].decode())
    assert red < 10 and abs(green - 158) < 6 and abs(blue - 224) < 6  # not #00ffff


def test_a_colour_of_the_screen_after_inks_is_kept() -> None:
    content = "/Four cs 0 0 0 1 scn 1 0 0 rg 10 10 40 40 re f"
    assert fills(read_pdf(page(content, inks), HERE)) == {b"#ff0000"}


def test_the_first_of_several_pages_is_taken() -> None:
    def more(pdf: Pdf) -> None:
        pdf.add_blank_page()

    logo = read_pdf(page(PATHS, more), HERE)
    assert logo.changes[0] == "the first of its 2 pages was taken"


def test_what_is_private_to_its_program_is_no_load() -> None:
    def load(pdf: Pdf) -> None:
        private = pdf.make_stream(b"\x01" * 1000, Filter=Name.FlateDecode)
        pdf.pages[0].PieceInfo = Dictionary(Illustrator=Dictionary(Private=private))
        pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS="app.alert(1)")
        with pdf.open_outline() as outline:
            outline.root.append(OutlineItem("A", 0))

    assert read_pdf(page(PATHS, load), HERE).kind == "svg"


def test_a_turned_page_stands_upright() -> None:
    def turn(pdf: Pdf) -> None:
        pdf.pages[0].Rotate = 90

    pdf = page(PATHS, turn)
    logo = read_pdf(pdf, HERE)
    assert (logo.width, logo.height) == (60, 200)
    assert difference(viewed(pdf), drawn(logo, viewed(pdf).size)) < 0.01


def foreign_font(pdf: Pdf) -> None:
    font = Dictionary(Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name.Gill)
    pdf.pages[0].Resources.Font = Dictionary(F1=font)


def locked() -> bytes:
    pdf, out = Pdf.open(io.BytesIO(page(PATHS))), io.BytesIO()
    pdf.save(out, encryption=Encryption(user="a", owner="b", allow=Permissions()))
    return out.getvalue()


def bomb(pdf: Pdf) -> None:
    """Forms that draw one another ten times over, twelve deep."""
    inner: Any = None
    for _ in range(12):
        resources = Dictionary() if inner is None else Dictionary(XObject=Dictionary(A=inner))
        content = b"0 0 9 9 re f" if inner is None else b"/A Do " * 10
        inner = pdf.make_stream(
            content, Subtype=Name.Form, BBox=[0, 0, 99, 99], Resources=resources
        )
    pdf.pages[0].Resources.XObject = Dictionary(A=inner)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (page("BT /F1 20 Tf 10 10 Td (Clinic) Tj ET", foreign_font), "text in the font 'Gill'"),
        (locked(), "is locked with a password"),
        (b"%PDF-1.7\n", "is broken"),
        (b"no PDF", "is broken"),
        (b"", "is broken"),
        (page(PATHS)[:300], "is broken"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_its_reason(content: bytes, said: str) -> None:
    with pytest.raises(FoldwellError, match=said) as told:
        read_pdf(content, HERE)
    assert told.value.hint and told.value.place == HERE


def test_what_takes_for_ever_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("foldwell.content.pdf_drawing.TIME_LIMIT_S", 1)
    with pytest.raises(FoldwellError, match="takes too long"):
        read_pdf(page("/A Do", bomb), HERE)


def test_an_empty_page_is_refused() -> None:
    with pytest.raises(FoldwellError, match="draws nothing"):
        read_pdf(page(""), HERE)


def test_nothing_is_drawn_of_array_colours_that_are_none() -> None:
    def odd(pdf: Pdf) -> None:
        pdf.pages[0].Resources.ColorSpace = Dictionary(Odd=Array([Name.ICCBased]))

    assert read_pdf(page("/Odd cs 1 0 0 rg 10 10 40 40 re f", odd), HERE).kind in ("svg", "png")
