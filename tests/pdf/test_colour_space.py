from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from foldwell.pdf.colour_space import UNKNOWN, read_space


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
