import io
from pathlib import Path

import pytest
import resvg_py
from conftest import TODAY
from fontTools.ttLib import TTFont
from PIL import Image, ImageChops

from foldwell.content.drawings import Drawing, read_drawing
from foldwell.content.library import read_library
from foldwell.content.logo_text import Lettering, read_lettering
from foldwell.errors import FoldwellError, Place
from foldwell.shipped import templates_folder

REGULAR = templates_folder() / "fonts/AtkinsonHyperlegibleNext-Regular.ttf"
BOLD = templates_folder() / "fonts/AtkinsonHyperlegibleNext-Bold.ttf"
FAMILY = "Atkinson Hyperlegible Next"
HEAD = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 30">'


def fonts(folder: Path, *files: Path) -> Lettering:
    for file in files:
        (folder / file.name).write_bytes(file.read_bytes())
    return read_lettering(folder, (".",))


def drawing(body: str, lettering: Lettering) -> Drawing:
    return read_drawing(f"{HEAD}{body}</svg>".encode(), Place("logo.svg"), lettering)


@pytest.mark.parametrize(
    "body",
    [
        f'<text x="4" y="20" font-family="{FAMILY}" font-size="18">North Gate</text>',
        f"<style>.a{{font-family:'{FAMILY}', Arial;font-size:18px}}</style>"
        '<text class="a" transform="translate(4 20)">North <tspan x="60">Gate</tspan></text>',
        f"<g style=\"font-weight: 700; font-size: 18px; font-family: '{FAMILY}'\">"
        '<text x="4" y="20">North</text></g>',
        f'<g font-family="{FAMILY}" font-weight="bold"><text x="4" y="20">North</text></g>',
        "<text style=\"font-family:'AtkinsonHyperlegibleNext-Bold',"
        f"'{FAMILY}';font-weight:bold\" x='4' y='20'>North</text>",
    ],
)
def test_text_is_drawn_as_another_renderer_draws_it(body: str, tmp_path: Path) -> None:
    logo = drawing(body, fonts(tmp_path, REGULAR, BOLD))
    assert logo.kind == "svg" and b"<text" not in logo.content and b"<path" in logo.content
    assert "its text drawn in the fonts beside the brand" in logo.changes
    seen = [
        Image.open(io.BytesIO(bytes(png))).convert("RGBA").getchannel("A")
        for png in (
            resvg_py.svg_to_bytes(
                svg_string=f"{HEAD}{body}</svg>", skip_system_fonts=True, width=600, dpi=96,
                font_files=[str(REGULAR), str(BOLD)],
            ),
            resvg_py.svg_to_bytes(svg_string=logo.content.decode(), width=600, dpi=96),
        )
    ]  # fmt: skip
    steps = ImageChops.difference(*seen).tobytes()
    assert sum(steps) / len(steps) / 255 < 0.005
    assert seen[0].getextrema()[1] == 255


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ('<text x="4" y="20" font-family="Gill Sans">N</text>', "asks for the font 'Gill Sans'"),
        (f"<text x='4' y='20' font-family='Gill, {FAMILY}'>N</text>", "the font 'Gill'"),
        (f"<text x='4' y='20' font-family='{FAMILY}' font-weight='700'>N</text>", "of weight 700"),
        (f"<text x='4' y='20' font-family='{FAMILY}' font-style='italic'>N</text>", "italic font"),
        (f"<text style=\"font: 18px '{FAMILY}'\" x='4' y='20'>N</text>", "with 'font'"),
        ("<text x='4' y='20'>N</text>", "no font by its name"),
        (f"<text x='4' y='20' font-family='{FAMILY}'>漢</text>", "No fonts with a 漢"),
    ],
)
def test_text_without_its_font_is_refused_with_the_way_out(
    body: str, said: str, tmp_path: Path
) -> None:
    with pytest.raises(FoldwellError, match=said) as told:
        drawing(body, fonts(tmp_path, REGULAR))
    assert "Turn text into outlines" in told.value.hint


def test_a_drawing_without_text_asks_for_no_font(tmp_path: Path) -> None:
    body = "<style>.a{font-family:Gill;font-weight:900}</style><path d='M0 0h9v9z'/><text> </text>"
    assert drawing(body, Lettering()).kind == "svg"
    assert drawing(body, fonts(tmp_path, REGULAR)).kind == "svg"


@pytest.mark.parametrize("flavour", ["woff", "woff2"])
def test_fonts_of_the_web_are_unpacked(flavour: str, tmp_path: Path) -> None:
    with TTFont(REGULAR) as font:
        font.flavor = flavour
        font.save(tmp_path / f"a.{flavour}")
    lettering = read_lettering(tmp_path, (".",))
    assert lettering.files[0][:4] == b"\0\1\0\0" and lettering.weights == {400}
    assert "atkinson hyperlegible next" in lettering.names and not lettering.leans


@pytest.mark.parametrize(
    "content",
    [b"", b"no font", REGULAR.read_bytes()[:400], b"wOF2" + b"\xff" * 40, b"wOFF\0\1\0\0"],
)
def test_what_is_no_font_is_named(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.ttf").write_bytes(content)
    with pytest.raises(FoldwellError, match="font cannot be read") as told:
        read_lettering(tmp_path, (".",))
    assert told.value.place and told.value.place.path == "./a.ttf"


def test_fonts_beside_a_brand_and_beside_its_parent_draw_its_logo(project: Path) -> None:
    logo = project / "content/brands/riverside/logo.svg"
    body = f'<text x="4" y="20" font-family="{FAMILY}" font-size="18">North Gate</text>'
    logo.write_text(f"{HEAD}{body}</svg>")
    path = "content/brands/riverside/logo.svg"
    (error,) = read_library(project, TODAY).broken["content/brands/riverside/brand.yml"]
    assert "holds text" in error.message and error.place and error.place.path == path
    (logo.parent / "House.ttf").write_bytes(REGULAR.read_bytes())
    library = read_library(project, TODAY)
    assert not library.broken and library.brands["riverside"].images
    child = project / "content/brands/child"
    child.mkdir()
    (child / "brand.yml").write_text("defaults:\n  foldwell:\n    extends: riverside\n")
    library = read_library(project, TODAY)
    assert not library.broken and "child" in library.brands
