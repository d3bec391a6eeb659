"""A brand on its pages: its own fonts, its logos, its name where it has none."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from brand_files import ASCII, LOGO, font, read_brand, write_brand
from pikepdf import Dictionary, Pdf

from foldwell.content.brand_kit import BrandKit
from foldwell.content.edition import Edition
from foldwell.errors import FoldwellError
from foldwell.fonts import HOUSE
from foldwell.paper.formats import FORMATS
from foldwell.typeset import brand_fonts
from foldwell.typeset.compose import compose_print, compose_web
from foldwell.typeset.copyfit import copyfit
from foldwell.typeset.own_fonts import fonts_for
from foldwell.typeset.page_source import OwnFont, PageSource
from foldwell.typeset.purpose import Purpose
from foldwell.typeset.wordmark import logo_of, wordmarks

TYPE = """
color: {primary: "%s"}
typography:
  fonts:
    - {family: Own Face, source: file, files: [r.ttf, b.ttf]}
  base: Own Face
  headings: {family: Own Face, weight: bold}
"""


def own(root: Path, colour: str = "#0f5c73", **facts: object) -> BrandKit:
    bits = int(str(facts.get("bits", 0)))
    letters = str(facts.get("letters", ASCII))
    files = {"r.ttf": font(400, bits=bits, letters=letters), "b.ttf": font(700, bits=bits)}
    write_brand(root, "own", TYPE % colour, files)
    return read_brand(root, "own")


def source_of(edition: Edition, kit: BrandKit) -> PageSource:
    usual = replace(edition, brand=kit)
    return compose_print(usual, FORMATS["a4"], Purpose("screen", tagged=True)).pages


def fonts_in(source: PageSource) -> set[str]:
    """The names of the fonts in the PDF of a page source."""
    fitted = copyfit(source, FORMATS["a4"], FORMATS["a4"].geometry["a4"])
    with Pdf.open(io.BytesIO(fitted.typeset.write(tagged=True))) as pdf:
        names = (item.get("/BaseFont") for item in pdf.objects if isinstance(item, Dictionary))
        return {str(name).partition("+")[2] for name in names if name is not None}


def test_a_brands_fonts_are_part_of_the_page_source(
    tmp_path: Path, edition: Callable[..., Edition]
) -> None:
    kit = own(tmp_path)
    source = source_of(edition("Words."), kit)
    assert [(one.family, one.weight) for one in source.fonts] == [
        ("Own Face", 400),
        ("Own Face", 700),
    ]
    assert source.layout_key != replace(source, fonts=()).layout_key
    assert fonts_in(source) >= {"Own-Face", "Own-Face-Bold"}


def test_a_language_that_a_font_cannot_write_is_set_in_ours(
    tmp_path: Path, edition: Callable[..., Edition]
) -> None:
    kit = own(tmp_path, letters=ASCII.replace("z", ""))
    assert source_of(edition("Words."), kit).fonts == ()
    assert brand_fonts.in_language(kit, "en").brand.typography.base.family == HOUSE.family


def test_web_pages_hold_the_fonts_that_may_stand_there(
    tmp_path: Path, edition: Callable[..., Edition]
) -> None:
    usual = edition("Words.")
    page = compose_web(replace(usual, brand=own(tmp_path)))
    assert page.count('font-family: "Own Face"; font-weight: ') == 2
    page = compose_web(replace(usual, brand=own(tmp_path, bits=4)))
    assert 'font-family: "Own Face"; font-weight' not in page


def test_a_font_that_typesetting_cannot_use_is_refused() -> None:
    with pytest.raises(FoldwellError, match="cannot be used for typesetting"):
        fonts_for((OwnFont("Broken", 400, b"no font"),))


def test_wide_type_makes_titles_smaller(tmp_path: Path) -> None:
    kit = own(tmp_path)
    assert brand_fonts.wider(kit) >= 1
    (cut, bold) = kit.cuts
    wide = replace(bold, widths=tuple((c, width * 1.5) for c, width in bold.widths))
    assert brand_fonts.wider(replace(kit, cuts=(cut, wide))) > 1.3


def logos(root: Path, colour: str, logo: str, light: str, dark: str = "") -> BrandKit:
    files = {"light.svg": LOGO.format(light).encode(), "dark.svg": LOGO.format(dark).encode()}
    write_brand(root, "own", f'color: {{primary: "{colour}"}}\nlogo: {logo}\n', files)
    return read_brand(root, "own")


PAIR = "{medium: {light: light.svg, dark: dark.svg}}"


@pytest.mark.parametrize(
    ("colour", "logo", "light", "dark", "shown", "plate"),
    [
        ("#0f5c73", PAIR, "#0f5c73", "#ffffff", "logo-dark.svg", False),
        ("#ffe000", PAIR, "#222222", "#ffffff", "logo-light.svg", False),  # a pale ground
        ("#0f5c73", "light.svg", "#0f5c73", "", "logo-light.svg", True),  # lost on its own colour
        ("#0f5c73", "light.svg", "#ffe000", "", "logo-light.svg", False),
        ("#ffe000", "light.svg", "#ffd000", "", "logo-light.svg", True),
    ],
)
def test_the_logo_on_a_solid_ground_is_seen(
    colour: str, logo: str, light: str, dark: str, shown: str, plate: bool, tmp_path: Path
) -> None:
    found = logo_of(logos(tmp_path, colour, logo, light, dark), "medium", "A Clinic")
    assert (found.dark_src, found.plate) == (f"asset:{shown}", plate)


def test_a_brand_without_a_logo_shows_its_name(tmp_path: Path) -> None:
    write_brand(tmp_path, "own", 'color: {primary: "#0f5c73"}\n')
    kit = read_brand(tmp_path, "own")
    made = wordmarks(kit, "North Gate & Sons Health Centre")
    assert {*made} == {f"word-{k}{e}.svg" for k in ("name", "mark") for e in ("", "-solid")}
    assert b"North Gate &amp; Sons" in made["word-name.svg"][0]
    assert made["word-name.svg"][0].count(b"<path") == 2  # in two lines
    assert logo_of(kit, "medium", "North Gate").alt == "North Gate"
    assert wordmarks(logos(tmp_path, "#0f5c73", "light.svg", "#000"), "A") == {}


def test_a_page_of_a_brand_of_one_colour(tmp_path: Path, edition: Callable[..., Edition]) -> None:
    write_brand(tmp_path, "own", "color: {primary: '#ffe000'}\n")
    source = source_of(edition("Words."), read_brand(tmp_path, "own"))
    held = {name for name, _, _ in source.assets}
    assert {"word-name.svg", "word-name-solid.svg"} <= held
    assert copyfit(source, FORMATS["a4"], FORMATS["a4"].geometry["a4"]).typeset.pages
