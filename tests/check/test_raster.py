"""A page as pixels."""

import pytest
from PIL import Image
from sheet import Sheet

from foldwell.check.pdf_file import open_file
from foldwell.check.raster import Raster, draw


def test_points_and_pixels() -> None:
    raster = Raster(Image.new("L", (20, 40)), 2, (100, 220))
    assert raster.pixel(101, 219) == (2, 2)
    assert raster.point(2, 2) == (101, 219)
    assert raster.part((101, 210, 103, 219)).size == (4, 18)
    assert raster.part((0, 0, 50, 50)).size[0] == 0


def test_what_is_drawn_is_dark_where_it_stands() -> None:
    with open_file(Sheet(more="0 0 0 1 k 80 80 60 60 re f").bytes()) as file:
        page = file.pages[0]
        raster = draw(file.viewer, page, 72)
        assert raster.scale == 1
        inside = raster.part((85, 85, 135, 135)).tobytes()
        assert set(inside) == {min(raster.image.tobytes())}
        assert max(inside) < 80
        assert raster.image.size == pytest.approx(
            (page.media[2] - page.media[0], page.media[3] - page.media[1]), abs=1
        )


def test_the_palest_ink_counts_where_any_does() -> None:
    with open_file(Sheet(more="0 0 0.6 0 k 80 80 60 60 re f").bytes()) as file:
        box = (90, 90, 120, 120)
        pale = draw(file.viewer, file.pages[0], 72).part(box)
        dark = draw(file.viewer, file.pages[0], 72, any_ink=True).part(box)
        assert max(dark.tobytes()) < min(pale.tobytes())


def test_a_large_page_is_drawn_more_coarsely() -> None:
    with open_file(Sheet().bytes()) as file:
        raster = draw(file.viewer, file.pages[0], 5000)
        assert raster.image.size[0] * raster.image.size[1] < 36_500_000
        assert raster.scale < 5000 / 72
