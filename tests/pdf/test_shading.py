from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from foldwell.pdf.shading import shading_colour


def between(*inks: list[float]) -> Dictionary:
    first, last = inks
    return Dictionary(FunctionType=2, N=1, Domain=[0, 1], C0=first, C1=last)


def peak(function: Any, space: Any = Name.DeviceCMYK) -> float | None:
    shading = Dictionary(ShadingType=2, ColorSpace=space, Function=function)
    return shading_colour(shading, None).ink_percent


def test_between_two_colours() -> None:
    assert peak(between([0, 0, 0, 0.5], [1, 1, 0, 0])) == pytest.approx(200)


def test_several_stretches() -> None:
    stitched = Dictionary(
        FunctionType=3,
        Domain=[0, 1],
        Functions=Array([between([0] * 4, [1, 1, 1, 0.4]), between([1, 1, 1, 0.4], [0] * 4)]),
        Bounds=[0.5],
        Encode=[0, 1, 0, 1],
    )
    assert peak(stitched) == pytest.approx(340)


@pytest.mark.parametrize("bits", [8, 16])
def test_samples(bits: int) -> None:
    pdf = Pdf.new()
    facts = {"FunctionType": 0, "BitsPerSample": bits, "Size": [2], "Range": [0, 1] * 4}
    inks = [0, 0, 0, 51, 255, 255, 255, 0]
    content = b"".join(bytes([ink]) * (bits // 8) for ink in inks)
    assert peak(pdf.make_stream(content, **facts)) == pytest.approx(300)


def test_one_function_for_each_ink() -> None:
    single = [Dictionary(FunctionType=2, N=1, C0=[0], C1=[part]) for part in (1, 0.5, 0, 0.25)]
    assert peak(Array(single)) == pytest.approx(175)


@pytest.mark.parametrize(
    "function",
    [None, Dictionary(FunctionType=4), Dictionary(FunctionType=9), Array([]), Dictionary()],
)
def test_what_is_not_computed(function: Any) -> None:
    assert peak(function) is None


def test_a_shading_of_light_has_no_ink() -> None:
    assert peak(between([0, 0, 0], [1, 1, 1]), Name.DeviceRGB) is None


def test_a_named_shading() -> None:
    shading = Dictionary(ColorSpace=Name.DeviceCMYK, Function=between([0] * 4, [1, 0, 0, 0]))
    resources = Dictionary(Shading=Dictionary(S=shading))
    assert shading_colour("/S", resources).ink_percent == pytest.approx(100)
    assert shading_colour("/T", resources).space.family == "unknown"
