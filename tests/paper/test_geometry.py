"""The sums behind a format: what a printer could not fold is told, and mirrors are exact."""

from dataclasses import replace

import pytest
from trade_table import KEYS, NAMES, TABLE, geometry

from foldwell.paper.geometry import SLACK_MM, Geometry, Panel, Spot, row

ROWS = pytest.mark.parametrize(("name", "paper"), KEYS, ids=NAMES)

A, B = Panel("cover", 60, 100), Panel("inside", 60, 100)
C, D = Panel("inside", 40, 100), Panel("back", 40, 100)
SOUND = Geometry(
    (100, 100), (A, B, C, D), (row([(3, 40), (0, 60)]), row([(1, 60), (2, 40)])), "short", "folded"
)
ON_NO_SIDE = replace(SOUND, panels=(A, B, C, D, Panel("flap", 9, 100)))


def test_nothing_is_wrong() -> None:
    assert SOUND.problems() == []


@pytest.mark.parametrize(
    ("geometry", "problems"),
    [
        pytest.param(
            ON_NO_SIDE, ["panel 5 ('flap') stands on no side"], id="a panel that is forgotten"
        ),
        pytest.param(
            replace(SOUND, sides=(SOUND.sides[0], row([(1, 60), (3, 40)]))),
            ["panel 3 ('inside') stands on no side", "panel 4 ('back') stands more than once"],
            id="a panel that stands twice",
        ),
        pytest.param(
            replace(SOUND, sides=(SOUND.sides[0], row([(1, 60), (4, 40)]))),
            [
                "panel 3 ('inside') stands on no side",
                "side 2 names a panel that is not in the list",
            ],
            id="a panel too many",
        ),
        pytest.param(
            replace(SOUND, sides=((Spot(-1, 0), Spot(0, 40)), SOUND.sides[1])),
            ["panel 4 ('back') stands on no side", "side 1 names a panel that is not in the list"],
            id="a panel before the first",
        ),
        pytest.param(
            replace(SOUND, sheet_mm=(101, 100)),
            [
                "the panels of side 1 are 100 mm wide together, and the sheet 101 mm",
                "the panels of side 2 are 100 mm wide together, and the sheet 101 mm",
            ],
            id="a sheet too wide",
        ),
        pytest.param(
            replace(SOUND, panels=(A, B, replace(C, width_mm=39.5), D)),
            ["the panels of side 2 are 99.5 mm wide together, and the sheet 100 mm"],
            id="a panel too narrow",
        ),
        pytest.param(
            replace(SOUND, panels=(A, replace(B, height_mm=99), C, D)),
            ["panel 2 is 99 mm high, and the sheet 100 mm"],
            id="a panel too low",
        ),
        pytest.param(
            replace(SOUND, sides=(SOUND.sides[0], row([(2, 40), (1, 60)]))),
            ["the folds of the two sides do not lie on one another"],
            id="an inside that is not reversed",
        ),
        pytest.param(
            Geometry(
                (100, 100),
                (Panel("cover", 100, 100), B, C),
                ((Spot(0, 0),), row([(1, 60), (2, 40)])),
                "short",
            ),
            ["the folds of the two sides do not lie on one another"],
            id="a fold on one side only",
        ),
        pytest.param(
            Geometry((80, 50), (Panel("front", 80, 50),), ((Spot(0, 0, 90),),), "short"),
            [
                "the panels of side 1 are 50 mm wide together, and the sheet 80 mm",
                "panel 1 is 80 mm high, and the sheet 50 mm",
            ],
            id="a turned panel that does not fit",
        ),
    ],
)
def test_each_kind_of_mistake_is_found(geometry: Geometry, problems: list[str]) -> None:
    assert geometry.problems() == problems


def test_a_turned_panel_is_measured_as_it_lies() -> None:
    turned = Geometry((50, 80), (Panel("front", 80, 50),), ((Spot(0, 0, 270),),), "long")
    assert turned.problems() == []


@pytest.mark.parametrize(("off", "wrong"), [(0.9, False), (1.1, True)])
def test_sums_may_be_off_by_what_no_one_can_measure(off: float, wrong: bool) -> None:
    width = 40 + off * SLACK_MM
    panels = (A, B, replace(C, width_mm=width), replace(D, width_mm=width))
    assert bool(replace(SOUND, panels=panels).problems()) == wrong


def test_a_row_of_panels() -> None:
    assert row([(2, 10.1), (0, 20.2), (1, 5)]) == (Spot(2, 0), Spot(0, 10.1), Spot(1, 30.3))


@ROWS
def test_a_mirror_of_a_mirror_is_the_first_picture(name: str, paper: str) -> None:
    made = geometry(name, paper)
    twice = made.mirrored().mirrored()
    assert replace(twice, sides=(), cuts=()) == replace(made, sides=(), cuts=())
    for side, same in zip(twice.sides, made.sides, strict=True):
        assert [(s.panel, s.turn) for s in side] == [(s.panel, s.turn) for s in same]
        assert [s.x_mm for s in side] == pytest.approx([s.x_mm for s in same], abs=1e-5)


@ROWS
def test_a_mirror_turns_the_order_round_and_keeps_the_reading_order(name: str, paper: str) -> None:
    made, mirrored = geometry(name, paper), geometry(name, paper).mirrored()
    assert mirrored.panels == made.panels
    assert (mirrored.sheet_mm, mirrored.flip) == (made.sheet_mm, made.flip)
    assert (mirrored.binding, mirrored.gap_mm) == (made.binding, made.gap_mm)
    for side, expected in zip(mirrored.sides, TABLE[name, paper].sides, strict=True):
        right_to_left = [(number, width) for number, _, width in reversed(expected)]
        assert [spot.panel + 1 for spot in side] == [number for number, _ in right_to_left]
        widths = [width for _, width in right_to_left]
        lefts = [sum(widths[:index]) for index in range(len(widths))]
        assert [spot.x_mm for spot in side] == pytest.approx(lefts, abs=0.002)


def test_a_turned_panel_is_mirrored_as_it_lies() -> None:
    panels = (Panel("front", 80, 50), Panel("back", 60, 80))
    turned = Geometry((110, 80), panels, ((Spot(0, 0, 90), Spot(1, 50)),), "short")
    assert turned.problems() == []
    assert turned.mirrored().sides == ((Spot(1, 0), Spot(0, 60, 270)),)


def test_the_folds_are_where_panels_meet() -> None:
    assert SOUND.fold_positions_mm == ((40,), (60,))
    assert SOUND.mirrored().fold_positions_mm == ((60,), (40,))


def test_the_names_in_reading_order() -> None:
    assert SOUND.names == ("cover", "inside", "inside", "back")
