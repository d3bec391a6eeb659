"""What a brand's colours are used for: every brand can be read, and none drowns an alarm."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foldwell.content.brand import Brand
from foldwell.content.brand_roles import Roles, moved, roles, unreadable
from foldwell.content.colours import NEAR_BLACK, TEXT_CONTRAST, contrast, grey, nearest_passing

COLOURS = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")
COMMON = {
    "orange": "#f58220",
    "lime": "#a4d233",
    "sky": "#7fc4e8",
    "yellow": "#ffe000",
    "grey": "#9a9a9a",
    "black": "#000000",
    "white": "#f7f7f2",
    "red": "#e30613",
    "amber": "#f5a623",
    "purple": "#6b2c91",
    "teal": "#00857c",
    "navy": "#002b5c",
}


def brand_of(primary: str, **more: object) -> Brand:
    return Brand.model_validate({"color": {"primary": primary}, **more})


def pairs(use: Roles) -> list[tuple[str, str]]:
    """What is read, and what it stands on."""
    return [
        (use.text, use.paper),
        (use.on_solid, use.solid),
        (use.ink, use.paper),
        (use.heading, use.paper),
        (use.head_on_tint, use.tint),
        (use.text, use.tint),
        (use.link, use.paper),
        (use.on_alarm, use.alarm),
        (use.text, use.warning_tint),
    ]


@given(COLOURS, COLOURS)
def test_every_brand_can_be_read(primary: str, secondary: str) -> None:
    brand = Brand.model_validate({"color": {"primary": primary, "secondary": secondary}})
    for colour, ground in pairs(roles(brand)):
        assert contrast(colour, ground) >= TEXT_CONTRAST
        assert contrast(grey(colour), grey(ground)) >= TEXT_CONTRAST * 2 / 3 - 0.01
    assert not [*unreadable(brand)]


@pytest.mark.parametrize("name", [name for name in COMMON if name != "white"])
def test_areas_keep_the_exact_colour(name: str) -> None:
    assert roles(brand_of(COMMON[name])).solid == COMMON[name]


@pytest.mark.parametrize("name", ["orange", "lime", "sky", "yellow", "grey", "amber", "white"])
def test_what_is_read_in_a_pale_brand_is_near_black(name: str) -> None:
    use = roles(brand_of(COMMON[name]))
    assert (use.ink, use.heading, use.on_solid) == (NEAR_BLACK, NEAR_BLACK, "#000000")
    adjusted = roles(brand_of(COMMON[name], defaults={"foldwell": {"contrast": "adjust"}}))
    assert adjusted.ink == nearest_passing(COMMON[name], "#ffffff")


@pytest.mark.parametrize("name", ["red", "teal", "purple", "navy", "black"])
def test_a_colour_that_can_be_read_is_written_in(name: str) -> None:
    assert roles(brand_of(COMMON[name])).heading == COMMON[name]


def test_the_darkest_colour_of_the_brand_that_passes_is_written_in() -> None:
    palette = {"sun": "#ffe000", "sea": "#00857c", "night": "#002b5c", "ink": "#000000"}
    brand = Brand.model_validate({"color": {"palette": palette, "primary": "sun"}})
    assert roles(brand).ink == "#002b5c"


def test_no_text_is_in_the_colour_of_an_alarm() -> None:
    palette = {"sun": "#ffe000", "blood": "#8c0f16"}
    brand = Brand.model_validate({"color": {"palette": palette, "primary": "sun"}})
    assert roles(brand).ink == NEAR_BLACK


@pytest.mark.parametrize("red", ["#e30613", "#b3131d", "#7a1f1f", "#c2185b", "#ff0000"])
def test_a_red_brand_does_not_drown_the_emergency_box(red: str) -> None:
    use = roles(brand_of(red))
    assert use.alarm == NEAR_BLACK and contrast(use.on_alarm, use.alarm) > 7
    assert any("emergency box" in line for line in moved(brand_of(red)))


@pytest.mark.parametrize("amber", ["#f5a623", "#f58220", "#ffe000", "#d9a441"])
def test_an_amber_brand_leaves_the_warning_apart(amber: str) -> None:
    use = roles(brand_of(amber))
    assert use.warning == NEAR_BLACK and use.alarm == "#b3131d"


@pytest.mark.parametrize(
    "other", ["#6b2c91", "#00857c", "#2a5f3e", "#000000", "#a4d233", "#7a4a1f"]
)
def test_other_brands_keep_red_and_amber(other: str) -> None:
    use = roles(brand_of(other))
    assert (use.alarm, use.warning) == ("#b3131d", "#e8a200")


def test_a_dark_background_is_one_of_screens() -> None:
    brand = Brand.model_validate(
        {"color": {"primary": "#0f5c73", "background": "#000000", "foreground": "#ffffff"}}
    )
    use = roles(brand)
    assert (use.paper, use.text, use.heading) == ("#ffffff", "#000000", "#0f5c73")
    assert not [*unreadable(brand)] and any("white paper" in line for line in moved(brand))


@pytest.mark.parametrize(
    ("more", "keys"),
    [
        ({"color": {"primary": "#0f5c73", "foreground": "#bbbbbb"}}, "color.foreground"),
        ({"typography": {"headings": {"color": "#9bd3ee"}}}, "typography.headings.color"),
        ({"typography": {"base": {"color": "#999999"}}}, "typography.base.color"),
        ({"typography": {"link": {"color": "#ffaa00"}}}, "typography.link.color"),
    ],
)
def test_a_colour_fixed_for_text_must_be_readable(more: dict[str, object], keys: str) -> None:
    brand = Brand.model_validate({"color": {"primary": "#0f5c73"}, **more})
    (pair,) = unreadable(brand)
    assert ".".join(pair.keys) == keys
    assert contrast(pair.passing, pair.ground) >= TEXT_CONTRAST
    adjusted = Brand.model_validate(
        {"color": {"primary": "#0f5c73"}, **more, "defaults": {"foldwell": {"contrast": "adjust"}}}
    )
    assert not [*unreadable(adjusted)]
    assert any("was moved to" in line for line in moved(adjusted))


def test_a_role_for_text_means_its_readable_shade() -> None:
    type_ = {"headings": {"color": "secondary"}, "link": {"color": "primary"}}
    brand = Brand.model_validate(
        {"color": {"primary": "#ffe000", "secondary": "#9bd3ee"}, "typography": type_}
    )
    use = roles(brand)
    assert use.heading == nearest_passing("#9bd3ee", "#ffffff")
    assert use.link == NEAR_BLACK and not [*unreadable(brand)]
