import io
import struct

import pytest
from conftest import BASE
from PIL import Image, ImageCms

from foldwell.errors import FoldwellError
from foldwell.paper.conditions import (
    CONDITIONS,
    Condition,
    condition_named,
    default_condition,
    read_profile,
)
from foldwell.press.finishing import read_srgb_profile

TEMPLATES = BASE.parents[2] / "templates"
EVERY = pytest.mark.parametrize("condition", CONDITIONS.values(), ids=lambda row: row.name)


def seen(condition: Condition, colour: tuple[int, int, int]) -> tuple[int, int, int]:
    """What a press makes of a screen colour, seen on the screen again."""
    screen = ImageCms.ImageCmsProfile(io.BytesIO(read_srgb_profile(TEMPLATES)))
    press = ImageCms.ImageCmsProfile(io.BytesIO(read_profile(TEMPLATES, condition)))
    how = ImageCms.Intent.RELATIVE_COLORIMETRIC, ImageCms.Flags.BLACKPOINTCOMPENSATION
    there = ImageCms.buildTransform(screen, press, "RGB", "CMYK", *how)
    back = ImageCms.buildTransform(press, screen, "CMYK", "RGB", *how)
    red, green, blue = back.apply(there.apply(Image.new("RGB", (1, 1), colour))).tobytes()
    return red, green, blue


@EVERY
@pytest.mark.parametrize("colour", [(255, 255, 255), (0, 0, 0), (128, 128, 128), (160, 110, 90)])
def test_each_profile_prints_what_was_meant(
    condition: Condition, colour: tuple[int, int, int]
) -> None:
    for was, is_ in zip(colour, seen(condition, colour), strict=True):
        assert abs(was - is_) <= 24


@EVERY
def test_each_profile_names_its_condition(condition: Condition) -> None:
    """As the ICC's registry asks: in the description, and in the target tag."""
    content = read_profile(TEMPLATES, condition)
    profile = ImageCms.ImageCmsProfile(io.BytesIO(content)).profile
    assert profile.xcolor_space == "CMYK"
    assert f"based on {condition.identifier}" in (profile.profile_description or "")
    assert profile.copyright
    (count,) = struct.unpack_from(">I", content, 128)
    tags = {
        name: content[offset : offset + size]
        for name, offset, size in struct.iter_unpack(">4sII", content[132 : 132 + 12 * count])
    }
    assert tags[b"targ"] == b"text\0\0\0\0ICCHDAT " + condition.identifier.encode() + b"\0"


@EVERY
def test_each_condition_has_its_licence_beside_it(condition: Condition) -> None:
    folder = TEMPLATES / "icc"
    licences = [path.read_text("utf-8") for path in folder.glob("LICENSE-*.txt")]
    assert sum(condition.profile in text for text in licences) == 1
    assert condition.profile in (folder / "README.md").read_text("utf-8")
    shipped = {path.read_text("utf-8") for path in (BASE.parents[2] / "LICENSES").iterdir()}
    assert shipped.issuperset(licences)


@EVERY
def test_ink_limits_are_in_order(condition: Condition) -> None:
    assert 0 < condition.ink_warn < condition.ink_error <= 4


def test_conditions_by_name() -> None:
    assert condition_named("uncoated").identifier == "FOGRA29"
    with pytest.raises(FoldwellError) as caught:
        condition_named("uncoatd")
    assert str(caught.value) == (
        "There is no printing condition 'uncoatd'. Did you mean 'uncoated'?"
    )


def test_the_usual_condition() -> None:
    assert default_condition("a4").identifier == "FOGRA39"
    assert default_condition("letter").identifier == "CGATS TR 006"
