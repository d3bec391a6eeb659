"""What functions give at their joints."""

from typing import Any

import pytest
from pikepdf import Array, Dictionary, Pdf

from foldwell.pdf.functions import MOST_SAMPLES, joints, samples

HOME = Pdf.new()


def table(content: bytes, bits: int, sizes: list[int], outputs: int = 2, **more: Any) -> Any:
    facts = {"FunctionType": 0, "BitsPerSample": bits, "Size": Array(sizes)}
    return HOME.make_stream(content, **{**facts, "Range": Array([0, 1] * outputs), **more})


@pytest.mark.parametrize(
    ("content", "bits"),
    [
        (b"\x60", 1),  # 0 1 1 0, then filled up
        (b"\x3c", 2),
        (b"\x0f\xf0", 4),
        (b"\x00\xff\xff\x00", 8),
        (b"\x00\x0f\xff\xff\xf0\x00", 12),
        (b"\0\0\xff\xff\xff\xff\0\0", 16),
        (b"\0\0\0" + b"\xff" * 6 + b"\0\0\0", 24),
        (b"\0" * 4 + b"\xff" * 8 + b"\0" * 4, 32),
    ],
)
def test_samples_of_every_depth(content: bytes, bits: int) -> None:
    assert samples(table(content, bits, [2]), 2) == [(0, 1), (1, 0)]


def test_samples_between_the_ends_of_their_range() -> None:
    points = samples(table(b"\x33", 8, [1], 1, Decode=Array([-1, 1])), 1) or []
    assert len(points) == 1 and points[0] == pytest.approx((-0.6,))


def test_a_table_of_two_inputs() -> None:
    found = samples(table(bytes([0, 51, 102, 153, 204, 255]), 8, [2, 3], 1), 1) or ()
    assert [value for (value,) in found] == pytest.approx([part / 5 for part in range(6)])


@pytest.mark.parametrize(
    "function",
    [
        table(b"\x00\xff\xff", 8, [2]),
        table(b"\x00\xff\xff\x00", 8, [2], outputs=1),
        table(b"\x00\xff\xff\x00", 7, [2]),
        table(b"\x00\xff\xff\x00", 8, []),
        table(b"\x00\xff\xff\x00", 8, [0]),
        table(b"", 1, [MOST_SAMPLES]),
    ],
    ids=["cut short", "too few", "odd depth", "no size", "size nothing", "too large"],
)
def test_tables_that_are_no_blend(function: Any) -> None:
    assert samples(function, 2) is None
    assert joints(function, 2) is None


def test_the_joints_of_a_blend_and_of_several() -> None:
    blend = Dictionary(FunctionType=2, N=1, C0=[0, 1], C1=[1, 0])
    bare = Dictionary(FunctionType=2, N=1)
    assert joints(blend, 2) == [(0, 1), (1, 0)]
    assert joints(bare, 1) == [(0,), (1,)]
    several = Dictionary(FunctionType=3, Functions=Array([blend, table(b"\xff\0", 8, [1])]))
    assert joints(several, 2) == [(0, 1), (1, 0), (1, 0)]
    assert joints(Dictionary(FunctionType=3, Functions=Array([blend, Dictionary()])), 2) is None


def test_functions_that_are_built_too_deep() -> None:
    inner = Dictionary(FunctionType=2, N=1)
    for _ in range(9):
        inner = Dictionary(FunctionType=3, Functions=Array([inner]))
    assert joints(inner, 1) is None
