from hypothesis import given
from hypothesis import strategies as st

from foldwell.content.brand import Brand
from foldwell.content.colours import TEXT_CONTRAST, contrast
from foldwell.typeset.surfaces import inks_on_solid, surfaces

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def brand_of(colour: str) -> Brand:
    """A brand of one colour, be it as pale as it may."""
    return Brand.model_validate({"color": {"primary": colour}})


@given(COLOURS)
def test_words_on_every_solid_ground_can_be_read(colour: str) -> None:
    s = surfaces(brand_of(colour))
    for ground in (s.solid, *s.shapes):
        assert contrast(s.on_solid, ground) >= TEXT_CONTRAST


@given(COLOURS)
def test_the_phases_of_a_timeline_stand_apart(colour: str) -> None:
    s = surfaces(brand_of(colour))
    assert contrast(s.soft, s.deep) >= 2.3
    assert contrast(s.deep, s.pale) >= 3
    assert contrast(s.deep, "#ffffff") >= TEXT_CONTRAST


def test_a_brand_keeps_its_colour_where_it_is_an_area() -> None:
    for colour in ("#b3131d", "#2a5f3e", "#ffe000", "#f58220", "#9a9a9a"):
        assert surfaces(brand_of(colour)).solid == colour


def test_a_figure_can_be_told_from_its_tile_whatever_the_brand() -> None:
    for colour in ("#ffe000", "#f7f7f2", "#9bd3ee", "#0f5c73"):
        s = surfaces(brand_of(colour))
        assert contrast(s.soft, s.tint) >= 1.8


def test_a_drawing_on_a_pale_ground_is_a_deep_tone_of_it() -> None:
    inks = inks_on_solid(brand_of("#f58220"))
    assert contrast(inks.ink, inks.ground) > TEXT_CONTRAST and inks.ink != "#000000"


def test_a_drawing_on_a_solid_ground_is_pale() -> None:
    inks = inks_on_solid(brand_of("#2a5f3e"))
    assert contrast(inks.ink, inks.ground) > TEXT_CONTRAST
