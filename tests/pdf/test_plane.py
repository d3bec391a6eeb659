import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foldwell.pdf.plane import (
    IDENTITY,
    Matrix,
    area,
    common,
    height_of,
    holds,
    joined,
    lengths,
    multiply,
    place,
    placed,
    thinnest,
)

numbers = st.floats(-100, 100)
matrices = st.tuples(*[st.floats(-4, 4)] * 4, numbers, numbers)


@given(first=matrices, then=matrices, x=numbers, y=numbers)
def test_two_matrices_one_after_the_other(first: Matrix, then: Matrix, x: float, y: float) -> None:
    at_once = place(multiply(first, then), x, y)
    assert at_once == pytest.approx(place(then, *place(first, x, y)), abs=1e-6)


@given(matrix=matrices)
def test_nothing_changes_nothing(matrix: Matrix) -> None:
    assert multiply(matrix, IDENTITY) == pytest.approx(matrix)
    assert multiply(IDENTITY, matrix) == pytest.approx(matrix)


def test_boxes() -> None:
    assert common((0, 0, 4, 4), (2, 3, 9, 9)) == (2, 3, 4, 4)
    assert common((0, 0, 4, 4), (4, 0, 9, 4)) == (4, 0, 4, 4)
    assert common((0, 0, 4, 4), (5, 0, 9, 4)) is None
    assert common(None, (5, 0, 9, 4)) is None
    assert joined([(0, 0, 1, 1), (5, -2, 6, 0)]) == (0, -2, 6, 1)
    assert area((1, 1, 3, 4)) == 6
    assert area(None) == 0
    assert holds((0, 0, 4, 4), (0, 0, 4, 4))
    assert not holds((0, 0, 4, 4), (0, 0, 4, 4.1))
    assert holds((0, 0, 4, 4), (0, 0, 4, 4.1), 0.2)


def test_a_turned_box() -> None:
    quarter = (0.0, 1.0, -1.0, 0.0, 10.0, 0.0)
    assert placed(quarter, (0, 0, 2, 4)) == (6, 0, 10, 2)


@given(turn=st.floats(0, 2 * math.pi), wide=st.floats(0.1, 9), tall=st.floats(0.1, 9))
def test_sizes_do_not_depend_on_the_turn(turn: float, wide: float, tall: float) -> None:
    turned = (math.cos(turn), math.sin(turn), -math.sin(turn), math.cos(turn), 0.0, 0.0)
    matrix = multiply((wide, 0, 0, tall, 0, 0), turned)
    assert lengths(matrix) == pytest.approx((wide, tall))
    assert height_of(matrix) == pytest.approx(tall)
    assert thinnest(matrix) == pytest.approx(min(wide, tall), abs=1e-6)


def test_slant_makes_nothing_taller() -> None:
    assert height_of((1, 0, 0.3, 1, 0, 0)) == pytest.approx(1)
