"""The simulation of folding: it agrees with the trade, and tells folds that cannot be made."""

from __future__ import annotations

from dataclasses import replace

import pytest
from trade_table import DUMMIES, KEYS, TABLE, geometry

from foldwell.paper.folded_sheets import stacked
from foldwell.paper.folding import fold
from foldwell.paper.formats import FORMATS
from foldwell.paper.geometry import Cut, Fold, Geometry, Panel, row
from foldwell.paper.sheet_sketch import sketch
from foldwell.paper.usual_folds import usual_folds


def tucked(name: str, paper: str) -> set[tuple[int, ...]]:
    """The leaves that lie inside another fold, by the panels on them; doors lie beside it."""
    row = TABLE[name, paper]
    outside, inside = ([number for number, _, _ in side] for side in row.sides)
    leaves = {leaf for _, leaf in DUMMIES[name].inside_of if not row.gap}
    return {(outside[::-1][leaf], inside[leaf]) for leaf in leaves}


FOLDED = [key for key in KEYS if FORMATS[key[0]].folded]


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize(("name", "paper"), FOLDED)
def test_every_row_can_be_folded_and_is_met_in_its_order(
    name: str, paper: str, mirrored: bool
) -> None:
    made = geometry(name, paper)
    folded = fold(made.mirrored() if mirrored else made, right_to_left=mirrored)
    assert folded.problems == ()
    assert list(folded.met) == DUMMIES[name].met
    assert sorted(folded.front) == ([1, 2] if made.gap_mm else [1])
    assert folded.rear == (len(made.panels),)
    assert {tuck.panels for tuck in folded.tucked} == tucked(name, paper)
    assert all(tuck.clear_mm >= 1.58 for tuck in folded.tucked)
    assert len(folded.stacks) == len(made.folds) + 1


def test_each_row_that_is_folded_says_how() -> None:
    for format_ in FORMATS.values():
        for made in format_.geometry.values():
            assert bool(made.folds) == format_.folded


def test_a_row_without_its_folds_finds_them_again() -> None:
    for name, paper in FOLDED:
        made = geometry(name, paper)
        assert usual_folds(replace(made, folds=())) == made


# Five folds of a project's own: two can be made, three cannot.


def strip(widths: list[float], outside: list[int], inside: list[int], *folds: Fold) -> Geometry:
    """A strip of panels, 200 mm high, numbered from 1."""
    names = ["cover", *["flap"] * (len(widths) // 2 - 2), *["inside"] * (len(widths) // 2), "back"]
    panels = tuple(Panel(name, width, 200) for name, width in zip(names, widths, strict=True))
    sides = tuple(row([(n - 1, widths[n - 1]) for n in side]) for side in (outside, inside))
    total = sum(widths[n - 1] for n in inside)
    return Geometry((total, 200), panels, sides, "short", "folded", folds=folds)


def test_a_roll_whose_panels_grow_narrower_can_be_made() -> None:
    made = strip([82, 79, 82, 82, 79, 82], [2, 6, 1], [3, 4, 5])
    folded = fold(usual_folds(made))
    assert folded.problems == ()
    assert (folded.front, folded.rear) == ((1,), (6,))


def test_a_zigzag_of_four_can_be_made() -> None:
    """Cover and back are outside; between them each opening shows two panels."""
    names = ("cover", "inside", "inside", "inside", "inside", "inside", "inside", "back")
    panels = tuple(Panel(name, 70, 200) for name in names)
    sides = (row([(n - 1, 70) for n in (8, 6, 7, 1)]), row([(n - 1, 70) for n in (2, 3, 4, 5)]))
    made = Geometry((280, 200), panels, sides, "short", "folded")
    folds = (Fold("right", 3), Fold("right", 2, "behind"), Fold("left", 1))
    folded = fold(replace(made, folds=folds))
    assert folded.problems == ()
    assert (folded.front, folded.rear) == ((1,), (8,))
    assert folded.tucked == ()


@pytest.mark.parametrize(
    ("made", "told"),
    [
        pytest.param(
            strip([80] * 6, [2, 6, 1], [3, 4, 5], Fold("right", 2), Fold("left", 1)),
            "the leaf with panels 2 ('flap') and 5 ('inside') tucks in and jams in fold 2"
            " (left over, upright crease 1): it is 80 mm wide, and must be at least 1.5 mm"
            " narrower",
            id="a flap as wide as the others",
        ),
        pytest.param(
            strip(
                [80] * 6, [5, 6, 1], [2, 3, 4], Fold("right", 2, "behind"), Fold("left", 1)
            ),
            "panel 6 ('back') is hidden inside when the sheet is shut, where panels 1 and 4 show",
            id="a zigzag that hides its back",
        ),
        pytest.param(
            strip([75, 75, 75, 150, 75, 150], [2, 6, 1], [3, 4, 5],
                  Fold("right", 2), Fold("left", 1)),
            "meet edge to edge in fold 2 (left over, upright crease 1): leave at least 1 mm"
            " between them",
            id="doors without a gap",
        ),
        pytest.param(
            strip([90, 110, 90, 90, 110, 90], [2, 6, 1], [3, 4, 5],
                  Fold("right", 2), Fold("left", 1)),
            "fold 2 (left over, upright crease 1) would run through the leaf with panels"
            " 2 ('flap') and 5 ('inside'), which lies over the crease",
            id="a flap wider than what it tucks into",
        ),
        pytest.param(
            strip([82, 79, 82, 82, 79, 82], [2, 6, 1], [3, 4, 5], Fold("right", 2)),
            "the upright crease 1 is never folded",
            id="a fold that was forgotten",
        ),
        pytest.param(
            strip([82, 79, 82, 82, 79, 82], [2, 6, 1], [4, 3, 5],
                  Fold("right", 2), Fold("left", 1)),
            "a reader meets the panels 'inside' in the order 4, 3, 5",
            id="numbers out of order",
        ),
        pytest.param(
            strip([82, 79, 82, 82, 79, 82], [2, 6, 1], [3, 4, 5], Fold("right", 3)),
            "fold 1 names crease 3; there are 2 upright creases",
            id="a crease that is not there",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_folded_is_told(made: Geometry, told: str) -> None:
    problems = fold(made).problems
    assert any(told in problem for problem in problems), problems


def quarters(first: list[list[tuple[int, int]]], folds: tuple[Fold, ...]) -> Geometry:
    names = ("cover", "inside", "inside", "back")
    panels = tuple(Panel(name, 100, 150) for name in names)
    sides = (stacked(first, panels, 300), ())
    return Geometry((200, 300), panels, sides, "long", "folded", folds=folds)


CROSS = (Fold("upper", 1), Fold("left", 1))


def test_a_panel_on_its_head_is_told() -> None:
    sound = quarters([[(2, 180), (1, 180)], [(3, 0), (0, 0)]], CROSS)
    assert fold(sound).problems == ()
    upright = quarters([[(2, 0), (1, 0)], [(3, 0), (0, 0)]], CROSS)
    assert [p for p in fold(upright).problems if "turned 180 degrees" in p] == [
        "panel 3 ('inside') is turned 180 degrees when a reader comes to it",
        "panel 2 ('inside') is turned 180 degrees when a reader comes to it",
    ]


def test_a_sheet_with_its_blank_side_outside_hides_its_cover() -> None:
    made = quarters([[(2, 180), (1, 180)], [(3, 0), (0, 0)]], ())
    wrong = replace(made, folds=(Fold("upper", 1, "behind"), Fold("left", 1, "behind")))
    told = "is hidden inside when the sheet is shut, where only blank paper shows"
    assert [problem for problem in fold(wrong).problems if told in problem] == [
        f"panel 1 ('cover') {told}",
        f"panel 4 ('back') {told}",
    ]


def test_a_sheet_turned_over_the_wrong_edge_puts_its_outside_on_its_head() -> None:
    made = geometry("bifold", "a4")
    problems = fold(replace(made, flip="long")).problems
    assert any("turned 180 degrees" in problem for problem in problems)


def test_no_booklet_is_pushed_together_without_its_slit() -> None:
    made = dict(FORMATS["mini-booklet"].geometry)["a4"]
    assert fold(made).problems == ()
    for cuts in ((), (Cut(1, 0, 3),), (Cut(1, 1, 2),)):
        (problem,) = fold(replace(made, cuts=cuts)).problems
        assert "is cut open between its two middle columns" in problem


def test_the_sheet_is_drawn_with_its_folds_turns_and_cuts() -> None:
    drawn = sketch(dict(FORMATS["mini-booklet"].geometry)["a4"]).splitlines()
    assert drawn[0] == "side 1, 297 × 210 mm:"
    numbers = [part.strip() for part in drawn[2].strip("│").split("┊")]
    assert numbers == ["5 /180", "4 /180", "3 /180", "2 /180"]
    slit = drawn[5].strip("+").split("+")
    assert [set(part) for part in slit] == [{"┄"}, {"═"}, {"═"}, {"┄"}]
    assert "cover" in drawn[7] and "back" in drawn[7]
    assert "side 2, 297 × 210 mm: blank" in drawn
    assert drawn[-1].endswith("then push the ends together at crease 2")
