import pytest

from foldwell.pdf.colour_space import CMYK, GRAY, RGB, UNKNOWN, Space
from foldwell.pdf.painted_colour import BLACK, Colour

GOLD = Space("spot", "Separation", 1, ("Gold",), CMYK)
ALL = Space("spot", "Separation", 1, ("All",), CMYK)
MIXED = Space("spot", "DeviceN", 3, ("Cyan", "Gold", "None"), CMYK)
PALETTE = Space("indexed", "Indexed", 1, (), CMYK, bytes([0, 0, 0, 255, 255, 255, 0, 0]))


@pytest.mark.parametrize(
    ("colour", "percent", "count"),
    [
        (BLACK, 100, 1),
        (Colour(GRAY, (0.25,)), 75, 1),
        (Colour(CMYK, (1, 0.5, 0, 0.25)), 175, 3),
        (Colour(CMYK, (2, -1, 0, 0)), 100, 1),
        (Colour(GOLD, (0.4,)), 40, 1),
        (Colour(ALL, (1,)), 400, 4),
        (Colour(MIXED, (1, 1, 1)), 200, 2),
        (Colour(PALETTE, (1.0,)), 200, 2),
        (Colour(CMYK, (), 250.0), 250, 0),
    ],
)
def test_amounts_of_ink(colour: Colour, percent: float, count: int) -> None:
    assert colour.ink_percent == pytest.approx(percent)
    assert colour.ink_count == count


@pytest.mark.parametrize(
    "colour",
    [Colour(RGB, (0, 0, 0)), Colour(UNKNOWN), Colour(CMYK, (1,)), Colour(PALETTE, (9.0,))],
)
def test_what_is_no_ink(colour: Colour) -> None:
    assert colour.ink_percent is None
    assert not colour.black_only
    assert not colour.is_white


@pytest.mark.parametrize(
    ("values", "dark"),
    [
        ((0, 0, 0, 1), True),
        ((0.6, 0.5, 0.5, 0.5), True),
        ((1, 0.8, 0.2, 0.3), False),
        ((0.3, 0.2, 0.2, 0.1), False),
        ((0, 0.95, 0.8, 0.25), False),
    ],
)
def test_black_and_dark_grey(values: tuple[float, ...], dark: bool) -> None:
    assert Colour(CMYK, values).is_neutral_dark == dark


def test_black_of_light_is_dark_too() -> None:
    assert Colour(RGB, (0.1, 0.1, 0.1)).is_neutral_dark
    assert not Colour(RGB, (0.1, 0.1, 0.6)).is_neutral_dark
    lab = Space("lab", "Lab", 3)
    assert Colour(lab, (10, 0, 0)).is_neutral_dark
    assert not Colour(lab, (40, 60, 10)).is_neutral_dark


def test_white() -> None:
    assert Colour(CMYK, (0, 0, 0, 0)).is_white
    assert Colour(GRAY, (1,)).is_white
    assert Colour(RGB, (1, 1, 1)).is_white
    assert not Colour(CMYK, (0, 0, 0.1, 0)).is_white


def test_one_ink() -> None:
    assert Colour(CMYK, (0, 0, 0, 0.6)).black_only
    assert not Colour(CMYK, (0.1, 0, 0, 0.6)).black_only
    assert not Colour(GOLD, (1,)).black_only


def test_where_spaces_begin() -> None:
    assert Colour(CMYK, CMYK.initial).ink_percent == 100
    assert Colour(GRAY, GRAY.initial) == BLACK
    assert Colour(ALL, ALL.initial).ink_percent == 400
