"""A path under construction."""

import pytest

from foldwell.pdf.graphics_state import Path
from foldwell.pdf.plane import IDENTITY


def test_a_path_that_only_says_where_it_starts_has_no_box() -> None:
    path = Path()
    assert not path.started and path.box is None
    path.move(IDENTITY, 3, 4)
    assert path.started and path.box is None


def test_lines_along_the_page_are_upright() -> None:
    path = Path()
    path.rectangle(IDENTITY, 1, 2, 10, 20)
    assert (path.box, path.pieces, path.upright) == ((1, 2, 11, 22), 4, True)
    path.line(IDENTITY, 5, 9)
    assert not path.upright


def test_the_points_that_bend_a_curve_count() -> None:
    path = Path()
    path.move(IDENTITY, 0, 0)
    path.curve(IDENTITY, 0, 50, 10, 50, 10, 0)
    assert (path.box, path.upright) == ((0, 0, 10, 50), False)


def test_closing_goes_back_to_the_start() -> None:
    path = Path()
    path.move(IDENTITY, 0, 0)
    path.line(IDENTITY, 9, 0)
    path.line(IDENTITY, 9, 9)
    path.close()
    assert (path.pieces, path.upright) == (3, False)
    path.close()
    assert path.pieces == 3


def test_a_line_from_nowhere_starts_there() -> None:
    path = Path()
    path.line(IDENTITY, 4, 5)
    assert path.box == (4, 5, 4, 5)


def test_points_are_placed() -> None:
    path = Path()
    path.rectangle((2, 0, 0, 3, 10, 20), 0, 0, 1, 1)
    assert path.box == pytest.approx((10, 20, 12, 23))
