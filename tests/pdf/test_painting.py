"""Facts of what is painted."""

import pytest

from foldwell.pdf.colour_space import CMYK
from foldwell.pdf.font import Font
from foldwell.pdf.painted_colour import BLACK
from foldwell.pdf.painting import Picture, Show
from foldwell.pdf.plane import IDENTITY


def show(mode: int = 0, size_pt: float = 12, opacity: float = 1) -> Show:
    return Show(Font("Body", True), size_pt, (1, 0), BLACK, mode, None, opacity, 1)


def test_what_leaves_ink() -> None:
    assert [mode for mode in range(8) if show(mode).prints] == [0, 1, 2, 4, 5, 6]
    assert not show(size_pt=0).prints
    assert not show(opacity=0).prints


def picture(width_pt: float, height_pt: float) -> Picture:
    size = (width_pt, height_pt)
    return Picture((0, 0, 1, 1), (300, 100), size, False, False, CMYK, IDENTITY, None)


def test_pixels_an_inch_count_where_they_are_fewest() -> None:
    assert picture(72, 72).ppi == pytest.approx(100)
    assert picture(216, 24).ppi == pytest.approx(100)
    assert picture(0, 72).ppi == pytest.approx(100)
