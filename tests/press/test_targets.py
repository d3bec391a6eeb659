"""Where colours go, and what is said of those that cannot."""

import pytest
from pdf_parts import INKS, RED
from pikepdf import Name
from PIL import Image

from foldwell.errors import FoldwellError
from foldwell.press.targets import Light, refused


def test_the_light_of_colours() -> None:
    light = Light()
    assert (light.fill, light.stroke, light.masks, light.space) == ("g", "G", True, Name.DeviceGray)
    assert light.rgb(1, 1, 1) == pytest.approx((1,))
    assert light.rgb(1, 0, 0) == pytest.approx((0.3,))
    assert light.gray(0.25) == (0.25,)
    assert light.cmyk(0, 0, 0, 1) == pytest.approx((0,))
    assert light.cmyk(1, 1, 1, 1) == pytest.approx((0,))
    assert light.cmyk(0, 0, 1, 0) == pytest.approx((0.89,))
    assert light.image(Image.new("RGB", (1, 1), (255, 0, 0))).tobytes() == b"\x4c"


def test_the_press_takes_inks() -> None:
    assert (INKS.fill, INKS.stroke, INKS.masks, INKS.space) == ("k", "K", False, Name.DeviceCMYK)
    assert INKS.rgb(1, 0, 0) == RED
    assert INKS.gray(0) == (0, 0, 0, 1)
    assert INKS.cmyk(0.1, 0.2, 0.3, 0.4) == (0.1, 0.2, 0.3, 0.4)


def test_a_refusal_says_what_to_use() -> None:
    error = refused("A mesh")
    assert isinstance(error, FoldwellError)
    assert str(error) == (
        "A mesh cannot be turned into printing inks. Use colours, pictures and gradients in sRGB."
    )
