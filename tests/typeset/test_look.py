import pytest
import tinycss2
from hypothesis import given
from hypothesis import strategies as st

from foldwell.content.brand import Brand
from foldwell.content.colours import mix
from foldwell.content.library import Library
from foldwell.paper.formats import FORMATS
from foldwell.paper.geometry import Paper
from foldwell.typeset.brand_css import brand_css, css_string
from foldwell.typeset.look import (
    own_inks,
    page_css,
    role_colours,
)
from foldwell.typeset.picture_css import icon_css
from foldwell.typeset.templates import style_sheet

# What content can hold; a null would be read as U+FFFD (CSS Syntax 3, 3.3).
TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0"))


@given(TEXT)
def test_any_text_is_one_string_token(text: str) -> None:
    (token,) = tinycss2.parse_component_value_list(css_string(text))
    assert (token.type, token.value) == ("string", text)


def test_a_brand_gives_declarations_and_nothing_else(library: Library) -> None:
    css = brand_css(library.brands["riverside"].brand)
    (rule,) = tinycss2.parse_stylesheet(css, skip_whitespace=True)
    declarations = tinycss2.parse_blocks_contents(rule.content, skip_whitespace=True)
    assert {declaration.type for declaration in declarations} == {"declaration"}
    assert "--primary: #0f5c73;" in css


def test_each_panel_gets_its_size() -> None:
    format_ = FORMATS["letter-fold"]
    css = page_css(format_, format_.geometry["a4"], {"left": '""', "right": '""'}, mark=False)
    assert "size: 100mm 210mm" in css
    assert "@page :nth(2) { size: 97mm 210mm; @bottom-left { width: 74%; } }" in css
    assert "mark.svg" not in css


@pytest.mark.parametrize("name", [name for name, row in FORMATS.items() if row.layout == "panels"])
@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_the_size_of_every_panel_of_a_folded_format(name: str, paper: Paper) -> None:
    format_ = FORMATS[name]
    geometry = format_.geometry[paper]
    css = page_css(format_, geometry, {"left": '""', "right": '""'}, mark=True)
    for number, panel in enumerate(geometry.panels, 1):
        wanted = f"@page :nth({number}) {{ size: {panel.width_mm:g}mm {panel.height_mm:g}mm;"
        assert wanted in css
    assert css.count("@page :nth(") == len(geometry.panels)
    assert "mark.svg" in css
    assert ("band.svg" in css) == (name == "gate-fold")


@pytest.mark.parametrize("bleed", [0.0, 3.0])
def test_the_band_of_a_gate_fold_lies_at_the_head_of_the_paper(bleed: float) -> None:
    """A page's background is placed from the edge of its text, 7.4 and 8 mm from the paper's."""
    format_ = FORMATS["gate-fold"]
    css = page_css(format_, format_.geometry["a4"], {"left": '""', "right": '""'}, True, bleed)
    place = f"left -{7.4 + bleed:g}mm top -{8 + bleed:g}mm"
    size = f"calc(100% + {2 * (7.4 + bleed):g}mm) {4 + bleed:g}mm"
    assert f'url("asset:band.svg") {place} / {size} no-repeat' in css
    panels = style_sheet("css/panels.css", {})
    assert "margin: 8mm 7.4mm 12mm;" in panels


def brand_with(library: Library, **inks: tuple[float, float, float, float]) -> Brand:
    brand = library.brands["riverside"].brand
    own = brand.defaults.foldwell.model_copy(update={"cmyk": inks})
    return brand.model_copy(
        update={"defaults": brand.defaults.model_copy(update={"foldwell": own})}
    )


def test_inks_that_a_brand_gives_hold_for_its_tints(library: Library) -> None:
    """A tenth of a colour on white is a tenth of its inks."""
    inks = dict(own_inks(brand_with(library, river=(80, 20, 0, 40))))
    assert inks["#0f5c73"] == (0.8, 0.2, 0, 0.4)
    assert len(inks) > 5
    for share in (0.1, 0.35, 0.5, 0.16):
        tint = mix("#0f5c73", "#ffffff", share)
        assert inks[tint] == pytest.approx((0.8 * share, 0.2 * share, 0, 0.4 * share))


def test_inks_may_be_given_for_a_role(library: Library) -> None:
    inks = dict(own_inks(brand_with(library, danger=(0, 100, 90, 10), river=(80, 20, 0, 40))))
    danger = library.brands["riverside"].brand.color.role("danger")
    assert inks[danger] == (0, 1, 0.9, 0.1)
    assert inks["#0f5c73"] == (0.8, 0.2, 0, 0.4)


def test_black_is_black_ink_alone(library: Library) -> None:
    assert own_inks(brand_with(library)) == (("#000000", (0, 0, 0, 1)),)


def test_each_colour_is_told_once_by_its_first_role(library: Library) -> None:
    colours = role_colours(library.brands["riverside"].brand)
    assert colours["primary"] == "#0f5c73"
    assert len(set(colours.values())) == len(colours)
    assert not {"background", "foreground", "light", "dark"} & set(colours)


def test_icons_name_assets() -> None:
    assert 'url("asset:icon-phone.svg")' in icon_css(["phone"])
