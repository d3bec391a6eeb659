"""ICC profiles at work."""

from itertools import pairwise

import pytest
from pdf_parts import COATED, SRGB, TEMPLATES
from PIL import Image

from foldwell.errors import FoldwellError
from foldwell.paper.conditions import read_profile
from foldwell.press.profiles import Way, black_table, colour_on_screen, picture_on_screen, transform

PRESS = read_profile(TEMPLATES, COATED)


def test_black_runs_from_full_to_none_without_a_step_back() -> None:
    table = black_table(PRESS, SRGB)
    assert (len(table), table[0], table[-1]) == (256, 1.0, 0.0)
    assert all(one >= other for one, other in pairwise(table))


@pytest.mark.parametrize(
    ("way", "mode", "result"),
    [("separate", "RGB", "CMYK"), ("paint", "RGB", "CMYK"), ("measure", "CMYK", "LAB")],
)
def test_ways_from_colours_to_colours(way: Way, mode: str, result: str) -> None:
    assert transform(way, PRESS, SRGB).apply(Image.new(mode, (1, 1))).mode == result


def test_a_colour_of_the_screen_stays() -> None:
    assert colour_on_screen(SRGB, (1.0, 0.5, 0.0)) == pytest.approx((1, 0.5, 0), abs=0.01)
    image = picture_on_screen(SRGB, Image.new("RGB", (1, 1), (10, 200, 30)), 3)
    assert list(image.tobytes()) == pytest.approx([10, 200, 30], abs=2)


@pytest.mark.parametrize(("profile", "values"), [(b"broken", (0.0,) * 3), (SRGB, (0.0,))])
def test_profiles_that_do_not_fit(profile: bytes, values: tuple[float, ...]) -> None:
    with pytest.raises(FoldwellError, match="ICC profile that cannot be read"):
        colour_on_screen(profile, values)
