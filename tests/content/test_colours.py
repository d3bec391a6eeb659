import pytest
from hypothesis import given
from hypothesis import strategies as st

from foldwell.content.colours import (
    TEXT_CONTRAST,
    contrast,
    luminance,
    mix,
    nearest_passing,
    on,
    sure_contrast,
)

COLOURS = st.from_regex(r"#[0-9a-f]{6}", fullmatch=True)


@pytest.mark.parametrize(
    ("colour", "other", "ratio"),
    [  # as the checkers of the W3C's own pages give them
        ("#000000", "#ffffff", 21),
        ("#ffffff", "#ffffff", 1),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#0000ff", "#ffffff", 8.59),
        ("#ff0000", "#ffffff", 4.00),
        ("#ffff00", "#000000", 19.56),
    ],
)
def test_contrast_of_wcag(colour: str, other: str, ratio: float) -> None:
    assert contrast(colour, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(other, colour) == contrast(colour, other)


def test_luminance_of_the_primaries() -> None:
    shares = [luminance(colour) for colour in ("#ff0000", "#00ff00", "#0000ff")]
    assert shares == pytest.approx([0.2126, 0.7152, 0.0722])


def test_mix() -> None:
    assert mix("#ff0000", "#0000ff", 1) == "#ff0000"
    assert mix("#ff0000", "#0000ff", 0) == "#0000ff"
    assert mix("#000000", "#ffffff", 0.2) == "#cccccc"


@given(COLOURS)
def test_white_or_black_can_always_be_read(background: str) -> None:
    assert contrast(on(background), background) >= TEXT_CONTRAST


@given(COLOURS, COLOURS)
def test_the_shade_offered_passes(colour: str, background: str) -> None:
    shade = nearest_passing(colour, background)
    assert contrast(shade, background) >= TEXT_CONTRAST
    if sure_contrast(colour, background) >= TEXT_CONTRAST:
        assert shade == colour
