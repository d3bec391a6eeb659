"""The pale word across a page keeps clear of its edges in every script."""

import math
import re

import pytest

from foldwell.typeset.fonts import reach_of, word_outline
from foldwell.typeset.pictures import MARK_ANGLE_DEGREES, MARK_CLEAR_MM, MARK_OVERSHOOT, mark_path


def angle_of(path: str) -> float:
    """How a path rises, in degrees."""
    return float(re.search(r"rotate\(-(\d+)\)", path)[1])  # type: ignore[index]


@pytest.mark.parametrize("word", ["DRAFT", "BORRADOR", "مسودة", "پیش‌نویس", "BẢN NHÁP", "मसौदा"])
@pytest.mark.parametrize(("width", "height"), [(148.0, 210.0), (210.0, 297.0), (99.0, 210.0)])
def test_the_ink_of_the_mark_keeps_clear(word: str, width: float, height: float) -> None:
    path = mark_path(word, width, height)
    scale, left, down = (
        float(value)
        for value in re.search(r"scale\(([\d.]+) .*?translate\(([\d-]+) ([\d-]+)\)", path).groups()  # type: ignore[union-attr]
    )
    over, under = reach_of(word)
    angle = math.radians(angle_of(path))
    for x in (left, left + word_outline(word)[1]):
        for y in (down - under, down + over):
            across = scale * (x * math.cos(angle) - y * math.sin(angle))
            upwards = scale * (x * math.sin(angle) + y * math.cos(angle))
            clear = min(MARK_CLEAR_MM, width / 12) - 2 * MARK_OVERSHOOT * scale
            assert abs(across) <= width / 2 - clear
            assert abs(upwards) <= height / 2 - clear


def test_capitals_alone_lie_as_they_are_high() -> None:
    cap = word_outline("DRAFT")[2]
    assert f"translate(-1636 {-cap / 2:.0f})" in mark_path("DRAFT", 210, 297)


def test_across_a_narrow_panel_it_is_steeper_and_larger() -> None:
    scales = [
        float(re.search(r"scale\(([\d.]+)", mark_path("DRAFT", 99.0, height))[1])  # type: ignore[index]
        for height in (197.0, 210.0)
    ]
    assert scales[1] > 1.2 * scales[0]
    assert angle_of(mark_path("DRAFT", 210.0, 297.0)) == MARK_ANGLE_DEGREES
    assert angle_of(mark_path("DRAFT", 99.0, 210.0)) > MARK_ANGLE_DEGREES
