import pytest
from conftest import BASE
from PIL import Image

from foldwell.errors import FoldwellError
from foldwell.paper.conditions import CONDITIONS, Condition, read_profile
from foldwell.press.colour import LEAST_SHARE, Converted, Ink, Inks, limited, report, tint
from foldwell.press.finishing import read_srgb_profile

TEMPLATES = BASE.parents[2] / "templates"
EVERY = pytest.mark.parametrize("condition", CONDITIONS.values(), ids=lambda row: row.name)


def made(condition: Condition, own: dict[str, Ink] | None = None) -> Inks:
    profile = read_profile(TEMPLATES, condition)
    return Inks(condition, profile, read_srgb_profile(TEMPLATES), own)


@pytest.fixture(scope="module")
def inks() -> Inks:
    return made(CONDITIONS["coated"], {"#1A6B6B": (0.8, 0.1, 0.4, 0.3)})


@EVERY
def test_black_and_white(condition: Condition) -> None:
    inks = made(condition)
    assert inks.ink(0, 0, 0) == (0, 0, 0, 1)
    assert inks.ink(1, 1, 1) == (0, 0, 0, 0)


@EVERY
def test_greys_are_black_ink_as_light_as_they_are(condition: Condition) -> None:
    inks = made(condition)
    for grey in range(80, 255, 25):
        cyan, magenta, yellow, black = inks.ink(grey / 255, grey / 255, grey / 255)
        assert (cyan, magenta, yellow) == (0, 0, 0)
        lightness = inks.lab((0, 0, 0, black))[0]
        assert lightness == pytest.approx(_lightness(grey), abs=0.6)


def _lightness(grey: int) -> float:
    """L* of a grey of the screen (CIE 15; IEC 61966-2-1)."""
    linear = ((grey / 255 + 0.055) / 1.055) ** 2.4
    return float(116 * linear ** (1 / 3) - 16)


@EVERY
def test_less_light_is_never_less_black(condition: Condition) -> None:
    blacks = made(condition).blacks
    assert len(blacks) == 256
    assert list(blacks) == sorted(blacks, reverse=True)


def test_a_grey_but_for_rounding(inks: Inks) -> None:
    assert inks.ink(119 / 255, 120 / 255, 119 / 255) == inks.ink(*[119 / 255] * 3)
    assert inks.ink(119 / 255, 121 / 255, 119 / 255)[0] > 0


def test_the_brands_own_ink_wins(inks: Inks) -> None:
    assert inks.ink(26 / 255, 107 / 255, 107 / 255) == (0.8, 0.1, 0.4, 0.3)
    assert inks.ink(0.1021, 0.4199, 0.4193) == (0.8, 0.1, 0.4, 0.3)
    assert inks.ink(27 / 255, 107 / 255, 107 / 255) != (0.8, 0.1, 0.4, 0.3)
    assert inks.owns("#1a6b6b") and not inks.owns("#1b6b6b")


def test_a_colour_of_its_own_for_black_or_grey() -> None:
    inks = made(CONDITIONS["coated"], {"#000000": (0.4, 0, 0, 1), "#808080": (0, 0, 0, 0.5)})
    assert inks.ink(0, 0, 0) == (0.4, 0, 0, 1)
    assert inks.ink(128 / 255, 128 / 255, 128 / 255) == (0, 0, 0, 0.5)


@EVERY
def test_converted_colours_keep_to_the_limits(condition: Condition) -> None:
    inks = made(condition)
    steps = [part / 255 for part in range(0, 256, 51)]
    for colour in ((r, g, b) for r in steps for g in steps for b in steps):
        ink = inks.ink(*colour)
        assert sum(ink) <= condition.ink_warn + 1e-9
        assert all(part == 0 or LEAST_SHARE <= part <= 1 for part in ink)


@EVERY
@pytest.mark.parametrize("colour", ["#2a5d84", "#8a4b2d", "#c4a04a", "#00703c"])
def test_a_colour_within_reach_is_printed_as_it_is(condition: Condition, colour: str) -> None:
    (converted,) = report({"primary": colour}, made(condition))
    assert converted.difference < 1.5
    assert not converted.own


def test_the_report(inks: Inks) -> None:
    own, far = report({"primary": "#1a6b6b", "success": "#00ff00"}, inks)
    assert own == Converted("primary", "#1a6b6b", (0.8, 0.1, 0.4, 0.3), own.difference, True)
    assert 5 < own.difference < 10
    assert (far.role, far.own) == ("success", False)
    assert far.difference > 10


def test_the_paper_is_the_white() -> None:
    for condition in CONDITIONS.values():
        assert made(condition).lab((0, 0, 0, 0)) == pytest.approx((100, 0, 0))
        assert made(condition).difference("#ffffff", (0, 0, 0, 0)) == pytest.approx(0, abs=0.01)


def test_limited() -> None:
    assert limited((1, 1, 1, 1), 3) == pytest.approx((2 / 3, 2 / 3, 2 / 3, 1))
    assert limited((0.8, 0.4, 0, 1), 1.6) == pytest.approx((0.4, 0.2, 0, 1))
    assert limited((0.2, 0.3, 0, 0.1), 3) == (0.2, 0.3, 0, 0.1)


def test_tint() -> None:
    assert tint((0.8, 0.1, 0, 0.4), 0.5) == pytest.approx((0.4, 0.05, 0, 0.2))
    assert tint((0.8, 0.1, 0, 0.4), 0) == (0, 0, 0, 0)


def test_pictures(inks: Inks) -> None:
    grey = inks.image(Image.new("L", (2, 2), 128))
    assert grey.mode == "L"
    assert grey.getpixel((0, 0)) == round(255 * (1 - inks.ink(*[128 / 255] * 3)[3]))
    assert inks.image(Image.new("RGB", (2, 2), (90, 91, 90))).mode == "L"
    assert inks.image(Image.new("1", (2, 2), 1)).getextrema() == (255, 255)
    colour = inks.image(Image.new("RGB", (2, 2), (42, 93, 132)))
    assert colour.mode == "CMYK"
    pixel = colour.getpixel((1, 1))
    assert isinstance(pixel, tuple)
    ink = inks.ink(42 / 255, 93 / 255, 132 / 255)
    assert [part / 255 for part in pixel] == pytest.approx(ink, abs=0.02)
    cmyk = Image.new("CMYK", (2, 2), (1, 2, 3, 4))
    assert inks.image(cmyk) is cmyk
    palette = Image.new("P", (2, 2))
    palette.putpalette([200, 20, 20])
    assert inks.image(palette).mode == "CMYK"


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
def test_a_transparent_picture_is_refused(inks: Inks, mode: str) -> None:
    with pytest.raises(FoldwellError) as caught:
        inks.image(Image.new(mode, (2, 2)))
    assert str(caught.value) == (
        "A picture still has its transparency when it is turned into inks."
        " Part the two, or save the picture without transparency."
    )


def test_less_ink_than_a_press_holds_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """A share is kept from 0.005 on: two steps of 255, not one."""
    inks = made(CONDITIONS["coated"])

    class Separated:
        """A conversion that gives one, two, one and no step of ink."""

        def apply(self, image: Image.Image) -> Image.Image:
            return Image.frombytes("CMYK", (1, 1), bytes((1, 2, 1, 0)))

    monkeypatch.setattr(inks, "_transform", lambda way: Separated())
    assert LEAST_SHARE == 0.005
    assert inks.ink(1, 0.5, 0) == pytest.approx((0, 2 / 255, 0, 0))


def test_a_converted_colour_is_brought_down_to_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    inks = made(CONDITIONS["coated"])

    class Separated:
        """A conversion that gives more ink than any press dries."""

        def apply(self, image: Image.Image) -> Image.Image:
            return Image.frombytes("CMYK", (1, 1), bytes((255, 255, 255, 204)))

    monkeypatch.setattr(inks, "_transform", lambda way: Separated())
    ink = inks.ink(1, 0.5, 0)
    assert sum(ink) == pytest.approx(inks.condition.ink_warn)
    assert ink[3] == pytest.approx(0.8)
    assert ink[0] == pytest.approx(ink[1]) == pytest.approx(ink[2])
