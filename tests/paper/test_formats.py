"""Every row of the table is walked: what a printer would notice if it were wrong."""

import re

import pytest
from trade_table import (
    ANY_LENGTH,
    BLEED,
    FLOWING,
    FOLDED,
    KEYS,
    NAMES,
    PAPER,
    TABLE,
    TEXT_PT,
    TURNED,
    geometry,
)

from foldwell.paper.formats import FORMATS, Format
from foldwell.paper.geometry import BLEED_MM, PAPERS_MM
from foldwell.typeset.copyfit import SPACINGS
from foldwell.typeset.fit import Fit, fit_css

ROWS = pytest.mark.parametrize(("name", "paper"), KEYS, ids=NAMES)
FORMAT = pytest.mark.parametrize("format_", FORMATS.values(), ids=FORMATS)


def test_the_table_is_all_there_is() -> None:
    rows = {(name, paper) for name, row in FORMATS.items() for paper in row.geometry}
    turned = {(name, paper) for name in TURNED for paper in PAPER}
    assert rows == set(TABLE) | turned
    assert dict(PAPERS_MM) == PAPER
    assert dict(BLEED_MM) == BLEED


@ROWS
def test_the_sheet(name: str, paper: str) -> None:
    row, made = TABLE[name, paper], geometry(name, paper)
    assert made.sheet_mm == pytest.approx(row.sheet, abs=0.001)
    assert made.flip == row.flip
    assert made.bleed_mm == BLEED[paper]
    assert made.gap_mm == row.gap


@ROWS
def test_the_panels_of_each_side(name: str, paper: str) -> None:
    row, made = TABLE[name, paper], geometry(name, paper)
    assert len(made.sides) == len(row.sides)
    for side, expected in zip(made.sides, row.sides, strict=True):
        assert [(spot.panel + 1, made.panels[spot.panel].name) for spot in side] == [
            (number, words) for number, words, _ in expected
        ]
        widths = [width for _, _, width in expected]
        assert [made.panels[spot.panel].width_mm for spot in side] == pytest.approx(
            widths, abs=0.001
        )
        lefts = [sum(widths[:index]) for index in range(len(widths))]
        assert [spot.x_mm for spot in side] == pytest.approx(lefts, abs=0.002)
        assert {spot.turn for spot in side} == {0}


@ROWS
def test_panels_fill_each_side_of_the_sheet(name: str, paper: str) -> None:
    made = geometry(name, paper)
    for side in made.sides:
        across = sum(made.panels[spot.panel].width_mm for spot in side)
        assert across == pytest.approx(made.sheet_mm[0], abs=0.001)
    assert {panel.height_mm for panel in made.panels} == {made.sheet_mm[1]}


@ROWS
def test_each_panel_stands_once(name: str, paper: str) -> None:
    made = geometry(name, paper)
    spots = [spot.panel for side in made.sides for spot in side]
    # The pages of a stitched booklet are as many as its words need; it names no sides.
    assert sorted(spots) == list(range(len(made.panels) if made.binding != "stitched" else 0))


@ROWS
def test_a_sheet_turns_over_the_edge_that_keeps_it_upright(name: str, paper: str) -> None:
    made = geometry(name, paper)
    width, height = made.sheet_mm
    assert made.flip == ("short" if width > height else "long")


@ROWS
def test_a_sheet_can_be_cut_from_the_paper_or_one_twice_as_large(name: str, paper: str) -> None:
    short, long_ = PAPER[paper]
    least, most = sorted(geometry(name, paper).sheet_mm)
    assert (least <= short and most <= long_) or (least <= long_ and most <= 2 * short)


@pytest.mark.parametrize(
    ("name", "paper"),
    [key for key in KEYS if TABLE[key].sides],  # the sides of a booklet depend on its pages
    ids=[words for words, key in zip(NAMES, KEYS, strict=True) if TABLE[key].sides],
)
def test_nothing_is_wrong_with_a_row_or_its_mirror(name: str, paper: str) -> None:
    assert geometry(name, paper).problems() == []
    assert geometry(name, paper).mirrored().problems() == []


@ROWS
def test_the_folds_of_both_sides_lie_on_one_another(name: str, paper: str) -> None:
    for made in (geometry(name, paper), geometry(name, paper).mirrored()):
        assert len(made.fold_positions_mm) == len(made.sides)
        if len(made.sides) == 2:
            front, back = made.fold_positions_mm
            assert [made.sheet_mm[0] - fold for fold in reversed(back)] == pytest.approx(
                list(front)
            )


@ROWS
def test_the_inside_is_the_outside_reversed(name: str, paper: str) -> None:
    made = geometry(name, paper)
    if FORMATS[name].folded:
        outside, inside = (
            [made.panels[spot.panel].width_mm for spot in side] for side in made.sides
        )
        assert inside == pytest.approx(outside[::-1])


@pytest.mark.parametrize(
    ("name", "paper"),
    [key for key in KEYS if not TABLE[key].gap],  # doors are told in test_folding
    ids=[words for words, key in zip(NAMES, KEYS, strict=True) if not TABLE[key].gap],
)
def test_the_finished_size(name: str, paper: str) -> None:
    made = geometry(name, paper)
    assert made.finished_mm == pytest.approx(TABLE[name, paper].finished, abs=0.001)
    assert made.mirrored().finished_mm == made.finished_mm


@pytest.mark.parametrize(
    ("paper", "envelope"), [("a4", (110, 220)), ("letter", (104.8, 241.3))], ids=["DL", "No. 10"]
)
@pytest.mark.parametrize("name", ["letter-fold", "z-fold", "roll-fold-4"])
def test_a_folded_sheet_fits_its_envelope(
    name: str, paper: str, envelope: tuple[float, float]
) -> None:
    width, height = geometry(name, paper).finished_mm
    assert width < envelope[0] and height < envelope[1]


def test_which_formats_flow_and_which_are_folded() -> None:
    assert {name for name, row in FORMATS.items() if row.flows} == FLOWING
    assert {name for name, row in FORMATS.items() if row.any_length} == ANY_LENGTH
    assert {name for name, row in FORMATS.items() if row.folded} == FOLDED
    for row in FORMATS.values():
        bindings = {made.binding for made in row.geometry.values()}
        stitched = row.name.startswith("booklet")
        assert bindings == {"stitched" if stitched else "folded" if row.folded else "none"}


@FORMAT
def test_body_text_can_be_read(format_: Format) -> None:
    """At least 12 points, and 18 in large print (rules L1, L3)."""
    least, largest = format_.sizes_pt
    assert least >= (18 if format_.name == "large-print" else 12)
    assert largest >= least


@FORMAT
@pytest.mark.parametrize("spacing", SPACINGS)
def test_lines_are_never_too_near_to_one_another(format_: Format, spacing: float) -> None:
    """Body text is led by at least 1.2 times its size, whatever the fit (rule L2)."""
    for size in format_.sizes_pt:
        css = fit_css(Fit(size, {"inside": spacing}), format_)
        leadings = [float(points) for points in re.findall(r"line-height: ([\d.]+)pt", css)]
        assert len(leadings) == 2
        assert min(leadings) >= 1.2 * size - 0.001
        usual, spaced = leadings
        assert (spaced > usual) - (spaced < usual) in (0, (spacing > 1) - (spacing < 1))


def test_the_least_and_largest_text() -> None:
    assert {name: row.sizes_pt for name, row in FORMATS.items()} == TEXT_PT
