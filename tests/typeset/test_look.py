import tinycss2
from hypothesis import given
from hypothesis import strategies as st

from foldwell.content.library import Library
from foldwell.press.formats import FORMATS
from foldwell.typeset.look import brand_css, css_string, icon_css, page_css

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
    assert "@page :nth(2) { size: 97mm 210mm; }" in css
    assert "mark.svg" not in css


def test_icons_name_assets() -> None:
    assert 'url("asset:icon-phone.svg")' in icon_css(["phone"])
