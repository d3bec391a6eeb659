"""Every row of the table is walked: what a printer would notice if it were wrong."""

import pytest

from foldwell.errors import FoldwellError
from foldwell.press.formats import FORMATS, PAPERS_MM, Format, Geometry, format_named

ROWS = [
    pytest.param(format_, geometry, id=f"{format_.name} on {paper}")
    for format_ in FORMATS.values()
    for paper, geometry in format_.geometry.items()
]
FOLDED = [row for row in ROWS if row.values[0].folded]


def widths(geometry: Geometry, side: int) -> list[float]:
    """The widths of the panels on a side, left to right."""
    return [geometry.panels[spot.panel].width_mm for spot in geometry.sides[side]]


def names(geometry: Geometry, side: int) -> list[str]:
    return [geometry.panels[spot.panel].name for spot in geometry.sides[side]]


def test_rows_are_found_by_their_names() -> None:
    assert all(format_named(name).name == name for name in FORMATS)
    with pytest.raises(FoldwellError, match="Did you mean 'letter-fold'"):
        format_named("leter-fold")


@pytest.mark.parametrize(("format_", "geometry"), ROWS)
def test_panels_fill_each_side_of_the_sheet(format_: Format, geometry: Geometry) -> None:
    for number, side in enumerate(geometry.sides):
        across = widths(geometry, number)
        assert [spot.x_mm for spot in side] == pytest.approx(
            [sum(across[:index]) for index in range(len(across))]
        )
        assert sum(across) == pytest.approx(geometry.sheet_mm[0])
    assert {panel.height_mm for panel in geometry.panels} == {geometry.sheet_mm[1]}


@pytest.mark.parametrize(("format_", "geometry"), ROWS)
def test_each_panel_stands_once(format_: Format, geometry: Geometry) -> None:
    spots = [spot.panel for side in geometry.sides for spot in side]
    assert sorted(spots) == list(range(len(geometry.panels)))


@pytest.mark.parametrize(("format_", "geometry"), ROWS)
def test_a_sheet_turns_over_the_edge_that_keeps_it_upright(
    format_: Format, geometry: Geometry
) -> None:
    width, height = geometry.sheet_mm
    assert geometry.flip == ("short" if width > height else "long")


@pytest.mark.parametrize(("format_", "geometry"), ROWS)
def test_a_sheet_is_the_paper_it_says(format_: Format, geometry: Geometry) -> None:
    papers = [paper for paper, other in format_.geometry.items() if other is geometry]
    assert [sorted(PAPERS_MM[paper]) for paper in papers] == [sorted(geometry.sheet_mm)]


@pytest.mark.parametrize(("format_", "geometry"), FOLDED)
def test_the_inside_is_the_outside_reversed(format_: Format, geometry: Geometry) -> None:
    outside, inside = widths(geometry, 0), widths(geometry, 1)
    assert inside == pytest.approx(outside[::-1])
    sheet = geometry.sheet_mm[0]
    front, back = geometry.fold_positions_mm
    assert [sheet - fold for fold in reversed(back)] == pytest.approx(list(front))


@pytest.mark.parametrize(
    ("paper", "outside"),
    [("a4", [97, 100, 100]), ("letter", [92.075, 93.6625, 93.6625])],
)
def test_the_letter_fold(paper: str, outside: list[float]) -> None:
    geometry = dict(FORMATS["letter-fold"].geometry.items())[paper]
    reading_order = [panel.name for panel in geometry.panels]
    assert reading_order == ["cover", "flap", "inside", "inside", "inside", "back"]
    assert names(geometry, 0) == ["flap", "back", "cover"]
    assert [spot.panel for spot in geometry.sides[1]] == [2, 3, 4]
    assert widths(geometry, 0) == outside
    flap, *others = outside
    assert flap < min(others)  # it tucks in


@pytest.mark.parametrize("format_", FORMATS.values(), ids=FORMATS)
def test_body_text_can_be_read(format_: Format) -> None:
    assert format_.body_pt >= (18 if format_.name == "large-print" else 12)
    assert format_.leading_pt >= 1.25 * format_.body_pt
