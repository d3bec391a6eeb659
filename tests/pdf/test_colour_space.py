from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from foldwell.pdf.colour_space import CMYK, GRAY, PATTERN, RGB, UNKNOWN, Space, read_space


def test_device_spaces() -> None:
    for name, family, components in (
        ("DeviceGray", "gray", 1),
        ("DeviceRGB", "rgb", 3),
        ("DeviceCMYK", "cmyk", 4),
        ("Pattern", "pattern", 0),
    ):
        space = read_space(Name("/" + name))
        assert (space.name, space.family, space.components) == (name, family, components)


@pytest.mark.parametrize(("short", "full"), [("/G", "DeviceGray"), ("/CMYK", "DeviceCMYK")])
def test_short_names_of_small_pictures(short: str, full: str) -> None:
    assert read_space(short).name == full


@pytest.mark.parametrize(
    ("count", "family"), [(1, "gray"), (3, "rgb"), (4, "cmyk"), (2, "unknown")]
)
def test_profiles(count: int, family: str) -> None:
    pdf = Pdf.new()
    space = read_space(Array([Name.ICCBased, pdf.make_stream(b"", N=count)]))
    assert (space.family, space.components) == (family, count)


def test_names_of_resources() -> None:
    resources = Dictionary(
        ColorSpace=Dictionary(
            A=Name("/B"), B=Array([Name.Separation, Name.Gold, Name.DeviceCMYK, 0])
        )
    )
    space = read_space("/A", resources)
    assert (space.family, space.inks, str(space)) == ("spot", ("Gold",), "Separation Gold")
    assert [part.family for part in space.all()] == ["spot", "cmyk"]


def test_an_indexed_space() -> None:
    space = read_space(Array([Name.Indexed, Name.DeviceRGB, 1, b"abcdef"]))
    assert (space.family, space.components, space.palette) == ("indexed", 1, b"abcdef")
    assert space.base is not None and space.base.family == "rgb"


def test_several_inks() -> None:
    names = Array([Name.Cyan, Name.Gold])
    space = read_space(Array([Name.DeviceN, names, Name.DeviceCMYK, 0]))
    assert (space.inks, space.components) == (("Cyan", "Gold"), 2)


def endless() -> Array:
    space = Array([Name.Indexed, Name.DeviceRGB, 0, b"abc"])
    for _ in range(20):
        space = Array([Name.Pattern, space])
    return space


@pytest.mark.parametrize("item", [None, 3, Array([]), Array([Name("/Nonsense")])])
def test_what_cannot_be_understood(item: Any) -> None:
    assert read_space(item).family == "unknown"


def test_spaces_that_name_one_another() -> None:
    resources = Dictionary(ColorSpace=Dictionary(A=Name("/B"), B=Name("/A")))
    assert read_space("/A", resources) == UNKNOWN
    assert list(read_space(endless()).all())[-1] == UNKNOWN


def test_device_names_mean_the_same_whatever_resources_say() -> None:
    resources = Dictionary(ColorSpace=Dictionary(DeviceRGB=Name.DeviceCMYK, RGB=Name.DeviceGray))
    assert read_space("/DeviceRGB", resources) == RGB
    assert read_space("/RGB", resources) == GRAY  # no device name but in small pictures


@pytest.mark.parametrize(
    ("space", "said"),
    [
        (RGB, "DeviceRGB"),
        (UNKNOWN, "an unknown colour space"),
        (read_space(Name.Odd), "the unknown colour space /Odd"),
        (Space("gray", "ICCBased", 1), "ICCBased with 1 component"),
        (Space("spot", "DeviceN", 2, ("Cyan", "Gold")), "DeviceN Cyan, Gold"),
    ],
)
def test_spaces_in_words(space: Space, said: str) -> None:
    assert str(space) == said


LAB = read_space(Array([Name.Lab, Dictionary(Range=Array([20, 90, -90, -10]))]))


def test_where_spaces_begin() -> None:
    pdf = Pdf.new()
    profile = pdf.make_stream(b"", N=4)
    assert CMYK.initial == (0, 0, 0, 1)
    assert read_space(Array([Name.ICCBased, profile])).initial == (0, 0, 0, 0)
    assert LAB.initial == (0, 20, -10)
    assert read_space(Array([Name.Separation, Name.Gold, Name.DeviceCMYK, 0])).initial == (1,)
    assert PATTERN.initial == ()


def test_colours_of_a_palette() -> None:
    rgb = Space("indexed", "Indexed", 1, (), RGB, bytes([0, 51, 255, 9]), 1)
    assert rgb.entry(0) == pytest.approx((0, 0.2, 1))
    assert rgb.entry(1) is None and rgb.entry(-1) is None
    lab = Space("indexed", "Indexed", 1, (), LAB, bytes([255, 0, 255]), 0)
    assert lab.entry(0) == (100, 20, -10)
    assert Space("indexed", "Indexed", 1, (), PATTERN, b"abc").entry(0) is None


def test_what_more_a_space_says() -> None:
    pdf = Pdf.new()
    assert read_space(Array([Name.ICCBased, pdf.make_stream(b"icc", N=3)])).profile == b"icc"
    assert RGB.profile == b""
    table = pdf.make_stream(b"abcdef")
    space = read_space(Array([Name.Indexed, Name.DeviceRGB, 1, table]))
    assert (space.highest, space.palette) == (1, b"abcdef")
