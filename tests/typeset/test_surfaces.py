from hypothesis import given
from hypothesis import strategies as st

from foldwell.content.brand import Brand
from foldwell.content.colours import TEXT_CONTRAST, contrast, nearest_passing
from foldwell.typeset.surfaces import inks_on_solid, surfaces

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def brand_of(colour: str) -> Brand:
    """A brand of one colour, as dark as a brand must be."""
    primary = nearest_passing(colour, "#ffffff")
    logo = {"images": {"mark": {"path": "mark.svg", "alt": "A"}}, "medium": "mark"}
    return Brand.model_validate(
        {"meta": {"name": "A"}, "logo": logo, "color": {"primary": primary}}
    )


@given(COLOURS)
def test_words_on_every_solid_ground_can_be_read(colour: str) -> None:
    s = surfaces(brand_of(colour))
    for ground in (s.solid, *s.shapes):
        assert contrast(s.on_solid, ground) >= TEXT_CONTRAST


@given(COLOURS)
def test_the_phases_of_a_timeline_stand_apart(colour: str) -> None:
    s = surfaces(brand_of(colour))
    assert contrast(s.soft, s.deep) >= 2.9
    assert contrast(s.deep, s.pale) >= 3
    assert contrast(s.deep, "#ffffff") >= TEXT_CONTRAST


def test_a_red_brand_is_not_taken_for_an_emergency() -> None:
    brand = brand_of("#b3131d")
    assert contrast(surfaces(brand).solid, brand.color.role("danger")) > 1.5
    assert surfaces(brand_of("#2a5f3e")).solid == "#2a5f3e"


def test_a_drawing_on_a_solid_ground_is_pale() -> None:
    inks = inks_on_solid(brand_of("#2a5f3e"))
    assert contrast(inks.ink, inks.ground) > TEXT_CONTRAST
