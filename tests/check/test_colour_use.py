"""Colours of light on a page, wherever they hide; each kind is told through preflight as well."""

from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from foldwell.check.colour_use import lights
from foldwell.pdf.content_stream import Streams

PDF = Pdf.new()


def found(content: bytes = b"", group: Any = None, **resources: Any) -> list[str]:
    page = PDF.add_blank_page()
    page.Contents = PDF.make_stream(content)
    if group is not None:
        page.obj.Group = Dictionary(S=Name.Transparency, CS=group)
    return lights(Streams(), page.obj, Dictionary(**resources))


@pytest.mark.parametrize("content", [b"1 0 0 rg", b"1 0 0 RG 0 1 0 rg", b"/DeviceRGB cs 1 0 0 sc"])
def test_operators_are_told_once(content: bytes) -> None:
    assert found(content) == ["colours of drawing or text (DeviceRGB)"]


@pytest.mark.parametrize("content", [b"0 0 0 1 k 0.5 G", b"/DeviceCMYK cs", b"(1 0 0 rg) Tj"])
def test_ink_is_no_light(content: bytes) -> None:
    assert found(content, Name.DeviceCMYK) == []


def test_small_pictures_in_the_text() -> None:
    said = "a small picture in the text of the page (DeviceRGB)"
    assert found(b"BI /W 1 /H 1 /BPC 8 /CS /RGB ID abc EI") == [said]
    assert found(b"BI /W 1 /H 1 /BPC 8 /CS /G ID a EI") == []


@pytest.mark.parametrize(
    ("space", "said"),
    [
        (Name.DeviceRGB, "DeviceRGB"),
        (Array([Name.Lab, Dictionary()]), "Lab"),
        (Array([Name.Indexed, Array([Name.CalRGB, Dictionary()]), 0, b"abc"]), "CalRGB"),
        (Array([Name.Separation, Name.Gold, Name.DeviceRGB, 0]), "DeviceRGB"),
        (Array([Name.Pattern, Name.DeviceRGB]), "DeviceRGB"),
    ],
)
def test_spaces_built_on_light(space: Any, said: str) -> None:
    assert found(ColorSpace=Dictionary(S=space)) == [f"the colour space S ({said})"]


def test_groups() -> None:
    assert found(group=Name.DeviceRGB) == ["the transparency group of the page (DeviceRGB)"]


def test_pictures_that_keep_their_colours_to_themselves() -> None:
    image = PDF.make_stream(b"", Subtype=Name.Image, Filter=Name.JPXDecode)
    (said,) = found(XObject=Dictionary(Im=image))
    assert said == "the picture Im (JPEG 2000 that does not say its colour space)"
    image.Filter = Array([Name.FlateDecode])
    assert found(XObject=Dictionary(Im=image)) == []


def test_a_space_named_in_a_picture() -> None:
    image = PDF.make_stream(b"", Subtype=Name.Image, ColorSpace=Name.Own)
    spaces = Dictionary(Own=Name.DeviceRGB)
    assert "the picture Im (DeviceRGB)" in found(XObject=Dictionary(Im=image), ColorSpace=spaces)


def test_what_is_broken_is_passed_by() -> None:
    assert found(ColorSpace=3, XObject=Dictionary(A=4), Shading=Dictionary(S=5)) == []
