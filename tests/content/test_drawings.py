import base64
import functools
import io
import struct
from pathlib import Path
from zlib import compress, crc32

import pypdfium2
import pytest
import resvg_py
from pikepdf import Pdf
from PIL import Image, ImageChops, ImageStat

from foldwell.content import usvg
from foldwell.content.drawings import Drawing, read_drawing
from foldwell.errors import FoldwellError, Place
from foldwell.paper.conditions import CONDITIONS, read_profile
from foldwell.press.colour import Inks
from foldwell.press.finishing import read_srgb_profile
from foldwell.press.separation import separate
from foldwell.shipped import templates_folder
from foldwell.typeset.engine import typeset
from foldwell.typeset.page_source import PageSource

LOGOS = Path(__file__).parent / "logos"
SOUND = sorted(p.name for p in LOGOS.glob("*.svg") if not p.name.startswith(("hostile", "with-")))
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
MOST_DIFFERENT = 0.02


def drawing(body: str, root: str = 'viewBox="0 0 40 10"') -> Drawing:
    return read_drawing(f"{HEAD}{root}>{body}</svg>".encode(), Place("logo.svg"))


def on_white(picture: Image.Image) -> Image.Image:
    paper = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(paper, picture.convert("RGBA")).convert("RGB")


@functools.cache
def logo_of(name: str) -> Drawing:
    """A sound logo, read once for all that is asked of it."""
    return read_drawing((LOGOS / name).read_bytes(), Place(name))


@functools.cache
def on_screen(name: str) -> Image.Image:
    """A sound logo as a viewer shows it."""
    return as_typeset(logo_of(name))


def as_typeset(logo: Drawing, *, press: bool = False) -> Image.Image:
    """The logo as it stands in a PDF, on a screen or in inks, 600 pixels wide."""
    kind = "image/svg+xml" if logo.kind == "svg" else "image/png"
    height = 150 * logo.height / logo.width
    css = f"@page {{ size: 150mm {height}mm; margin: 0 }} body {{ margin: 0 }}"
    css += "img { width: 150mm; display: block }"
    html = '<html lang="en"><title>Logo</title><img src="asset:logo" alt="Logo"></html>'
    source = PageSource(html, (css,), (("logo", logo.content, kind),), tagged=False)
    pdf = typeset(source).write()
    if press:
        folder, coated = templates_folder(), CONDITIONS["coated"]
        inks = Inks(coated, read_profile(folder, coated), read_srgb_profile(folder))
        with Pdf.open(io.BytesIO(pdf)) as opened:
            separate(opened, inks)
            out = io.BytesIO()
            opened.save(out)
            pdf = out.getvalue()
    page = pypdfium2.PdfDocument(pdf)[0]
    shown: Image.Image = page.render(scale=600 / page.get_width()).to_pil()
    return shown.convert("RGB")


def difference(a: Image.Image, b: Image.Image) -> float:
    """The mean difference of the pixels, as a share of black to white."""
    steps = ImageChops.difference(a, b.resize(a.size)).convert("L")
    return ImageStat.Stat(steps).mean[0] / 255


@pytest.mark.parametrize("name", SOUND)
def test_a_logo_looks_as_another_renderer_draws_the_file_itself(name: str) -> None:
    """resvg 0.45 or later, of another making than the usvg that cleans it, reads the file."""
    content = (LOGOS / name).read_bytes()
    wanted = resvg_py.svg_to_bytes(
        svg_string=content.decode(), skip_system_fonts=True, dpi=96, width=600
    )
    expected = on_white(Image.open(io.BytesIO(bytes(wanted))))
    assert difference(expected, on_screen(name)) < MOST_DIFFERENT
    assert difference(expected, Image.new("RGB", expected.size, "white")) > 2 * MOST_DIFFERENT


def painted_on(picture: Image.Image) -> Image.Image:
    """Where a picture is not white, in soft edges."""
    return picture.convert("L").point(lambda value: 255 if value > 247 else 0)


@pytest.mark.parametrize("name", SOUND)
def test_a_logo_in_inks_covers_the_same(name: str) -> None:
    screen, press = on_screen(name), as_typeset(logo_of(name), press=True)
    assert difference(painted_on(screen), painted_on(press)) < MOST_DIFFERENT
    assert difference(screen, press) < 0.1  # a viewer shows inks in colours of its own


PAINTED = ("clip-evenodd.svg", "design-site.svg", "holes-in-clip.svg", "illustrator-cc.svg",
           "inkscape-arrow.svg", "inkscape-layers.svg", "interface-blend.svg",
           "interface-drop.svg", "interface-mask-alpha.svg", "interface-mask.svg",
           "interface-picture.svg", "interface-shadow.svg", "interface-tool.svg", "pattern.svg",
           "radial-turned.svg")  # fmt: skip


@pytest.mark.parametrize("name", SOUND)
def test_only_what_no_pdf_keeps_is_painted_and_told(name: str) -> None:
    logo = logo_of(name)
    assert (logo.kind == "png") == (name in PAINTED)
    assert any("600 dots an inch" in change for change in logo.changes) == (name in PAINTED)
    if name in PAINTED:
        assert max(logo.width, logo.height) == 1772


_TWO = '<stop offset="0" stop-color="#fff"/><stop offset="1" stop-color="#204a87"/>'
_CLEAR = '<stop stop-color="#fff" stop-opacity="0"/><stop offset="1" stop-color="#204a87"/>'


@pytest.mark.parametrize(
    ("gradient", "kind"),
    [
        (f"<radialGradient id='b'>{_TWO}</radialGradient>", "svg"),
        (f"<radialGradient id='b' fx='.3' fy='.3'>{_TWO}</radialGradient>", "svg"),
        (f"<linearGradient id='b' x2='.3' spreadMethod='reflect'>{_TWO}</linearGradient>", "svg"),
        (f"<linearGradient id='b' x1='.3' x2='.6'>{_TWO}</linearGradient>", "svg"),
        (f"<linearGradient id='b'>{_CLEAR}</linearGradient>", "png"),
        (
            "<linearGradient id='b'><stop offset='.2' stop-color='red'/><stop offset='.2'"
            " stop-color='blue'/><stop offset='.7' stop-color='lime'/></linearGradient>",
            "svg",
        ),
    ],
)
def test_gradients_look_the_same(gradient: str, kind: str) -> None:
    body = f"<defs>{gradient}</defs><circle cx='10' cy='5' r='4' fill='url(#b)'/>"
    body += "<path d='M20 1h16v8h-16z' fill='url(#b)'/>"
    text = f'{HEAD}viewBox="0 0 40 10">{body}</svg>'
    wanted = resvg_py.svg_to_bytes(svg_string=text, skip_system_fonts=True, dpi=96, width=600)
    logo = drawing(body)
    expected = on_white(Image.open(io.BytesIO(bytes(wanted))))
    assert logo.kind == kind and difference(expected, as_typeset(logo)) < MOST_DIFFERENT


def test_what_is_plain_keeps_its_bytes() -> None:
    content = f'{HEAD}viewBox="0 0 40 10"><path d="M0 0h40v10z"/></svg>'.encode()
    logo = read_drawing(content, Place("logo.svg"))
    assert logo.content == content and logo.changes == ()


@pytest.mark.parametrize(
    "body",
    [
        '<a href="https://example.org"><path d="M0 0h4v1z"/></a>',
        '<path style="fill:red" d="M0 0h4v1z"/>',
        '<path id="a" d="M0 0h4v1z"/><use xlink:href="#a"/>',
        '<path xlink:href="http://127.0.0.1/" d="M0 0h4v1z"/>',
        '<style>.a{fill:#123456}</style><path class="a" d="M0 0h4v1z"/>',
        '<symbol id="s" viewBox="0 0 4 1"><path d="M0 0h4v1z"/></symbol><use href="#s"/>',
        '<switch><foreignObject requiredExtensions="x"/><g><path d="M0 0h4v1z"/></g></switch>',
        '<text x="1" y="2"> </text><path d="M0 0h4v1z"/>',
    ],
)
def test_what_drawing_programs_write_becomes_plain(body: str) -> None:
    logo = drawing(body)
    assert logo.kind == "svg" and b"<path" in logo.content
    for word in (b"style", b"use", b"href", b"class", b"symbol", b"switch", b"text"):
        assert word not in logo.content


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (
            '<style>:root{--c:#b3131d}.a{fill:var(--c)}</style><path class="a" d="M0 0h4v1z"/>',
            "var",
        ),
        ('<path style="transform:rotate(20deg)" d="M0 0h4v1z"/>', "transform"),
        ('<path style="filter:drop-shadow(1px 1px 1px #000)" d="M0 0h4v1z"/>', "drop-shadow"),
        ('<path style="clip-path:circle(2px)" d="M0 0h4v1z"/>', "circle"),
        ("<path style=\"d:path('M0 0h4v1z')\" d='M0 0h1v1z'/>", "d:path"),
        ("<style>rect{x:2px}</style><rect width='4' height='4'/>", "x"),
        ("<style>path:nth-child(2){fill:red}</style><path d='M0 0h4v1z'/>", "nth-child"),
        ('<path vector-effect="non-scaling-stroke" stroke="red" d="M0 0h4v1z"/>', "non-scaling"),
    ],
)
def test_what_only_browsers_read_is_refused(body: str, said: str) -> None:
    with pytest.raises(FoldwellError, match=f"says '.*{said}.*', which is not read") as told:
        drawing(body)
    assert told.value.hint


@pytest.mark.parametrize("body", ['<g style="transform:none;vector-effect:none">', "<g>"])
def test_css_that_changes_nothing_is_let_in(body: str) -> None:
    assert drawing(f'{body}<path style="stroke-width:2;fill:red" d="M0 0h4v1z"/></g>').kind == "svg"


def test_a_size_that_does_not_agree_with_its_view_box_is_refused() -> None:
    with pytest.raises(FoldwellError, match="do not agree"):
        drawing('<path d="M0 0h4v1z"/>', 'viewBox="0 0 40 10" width="80" height="80"')
    assert drawing('<path d="M0 0h4v1z"/>', 'viewBox="0 0 40 10" width="8cm" height="2cm"').width


def test_scripts_are_told_of_and_gone() -> None:
    logo = read_drawing((LOGOS / "hostile-script.svg").read_bytes(), Place("logo.svg"))
    assert b"script" not in logo.content and b"alert" not in logo.content
    assert any("left out: scripts" in change for change in logo.changes)


@pytest.mark.parametrize("encoding", ["utf-16", "windows-1252"])
def test_a_file_in_another_encoding_is_read(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>{HEAD}viewBox="0 0 40 10">'
    text += '<desc>Café</desc><g style="fill:red"><path d="M0 0h4v1z"/></g></svg>'
    assert b'fill="#ff0000"' in read_drawing(text.encode(encoding), Place("logo.svg")).content


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("hostile-entities.svg", "entity reference loop"),
        ("hostile-outside.svg", "shows 'file:///etc/passwd', which is not part of it"),
        ("hostile-uses.svg", "takes too long to draw"),
        ("hostile-effect.svg", "effects take too long, or too much memory, to draw"),
        ("with-text.svg", "holds text"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_its_reason(name: str, said: str) -> None:
    with pytest.raises(FoldwellError, match=said) as told:
        read_drawing((LOGOS / name).read_bytes(), Place(name))
    assert told.value.hint


@pytest.mark.parametrize(
    "body",
    [
        '<image href="other.png" width="4" height="4"/>',
        '<use href="other.svg#a"/>',
        "<style>@import url(http://127.0.0.1/);</style><path d='M0 0h4v1z'/>",
        '<path style="fill:url(other.svg#a)" d="M0 0h4v1z"/>',
        '<filter id="f"><feImage href="file:///etc/passwd"/></filter>'
        '<rect width="4" height="4" filter="url(#f)"/>',
    ],
)
def test_what_stands_in_another_file_is_refused(body: str) -> None:
    with pytest.raises(FoldwellError, match="which is not part of it"):
        drawing(body)


def _image(content: bytes, kind: str) -> str:
    data = base64.b64encode(content).decode()
    return f'<image width="8" height="8" xlink:href="data:image/{kind};base64,{data}"/>'


def test_a_picture_inside_a_logo_comes_through_the_same_door() -> None:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "A camera"
    Image.new("RGB", (4000, 40), (255, 0, 0)).save(out, "JPEG", exif=exif)
    logo = drawing(_image(out.getvalue(), "jpeg"))
    start = logo.content.index(b"base64,") + 7
    inside = base64.b64decode(logo.content[start : logo.content.index(b'"', start)])
    assert Image.open(io.BytesIO(inside)).size == (3508, 35) and b"A camera" not in inside
    seen = as_typeset(drawing(_image(out.getvalue(), "jpeg") + '<path d="M20 0h20v10h-20z"/>'))
    assert seen.getpixel((450, 75)) == (0, 0, 0)


def test_a_picture_of_2500_million_pixels_inside_a_logo_is_refused() -> None:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", crc32(name + data))

    header = struct.pack(">IIBBBBB", 50_000, 50_000, 1, 0, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", compress(b"\0"))
    with pytest.raises(FoldwellError, match="million pixels"):
        drawing(_image(bomb + chunk(b"IEND", b""), "png"))


def test_effects_that_take_for_ever_are_refused() -> None:
    body = '<filter id="f"><feTurbulence baseFrequency="1" numOctaves="99999"/></filter>'
    with pytest.raises(FoldwellError, match="feTurbulence"):
        drawing(body + '<rect width="4" height="4" filter="url(#f)"/>')


def test_usvg_has_no_folder_to_read_from(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"secret")
    text = f'{HEAD}viewBox="0 0 4 4"><image href="{tmp_path}/a.png" width="4" height="4"/></svg>'
    assert b"image" not in usvg.clean(text.encode())


def test_a_limit_on_memory_holds() -> None:
    points = " ".join(f"{n} {n % 7}" for n in range(400_000))
    text = f'{HEAD}viewBox="0 0 4 4">' + f'<polyline points="{points}"/>' * 12 + "</svg>"
    with pytest.raises(usvg.RefusedError):
        usvg.clean(text.encode())


def test_machine_code_that_is_not_there_or_not_sound_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.prefix", str(tmp_path))
    (tmp_path / "share/foldwell").mkdir(parents=True)
    (tmp_path / "share/foldwell/usvg-old.cwasm").touch()
    usvg.prepare()
    usvg.prepare_once()
    (made,) = (tmp_path / "share/foldwell").iterdir()
    text = f'{HEAD}viewBox="0 0 4 1"><rect width="4" height="1"/></svg>'.encode()
    for content in (made.read_bytes(), b"no code"):
        made.write_bytes(content)
        usvg._module.cache_clear()
        assert b"<path" in usvg.clean(text)
    usvg._module.cache_clear()
