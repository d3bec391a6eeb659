"""Formats with turned panels or a blank side: printed, cut and folded in memory, then read.

Each panel page carries marks in its corners. The office file is drawn from them as it would be
printed; where a mark comes to lie is read from the file. Then a sheet of paper is folded, by
reflecting places, independently of ``foldwell.paper.folding``: the dummy of paper here knows no
leaves, only where a place of the sheet lies and which way up it looks.
"""

from __future__ import annotations

import io
import math
from dataclasses import dataclass

import pikepdf
import pytest
from pikepdf import Matrix, Pdf
from trade_table import PAPER, TURNED

from foldwell.paper.folding import fold
from foldwell.paper.formats import FORMATS
from foldwell.paper.geometry import Geometry
from foldwell.paper.sheets import flat_sides
from foldwell.pdf.plane import PT_PER_MM
from foldwell.press.imposition import impose

KEYS = [(name, paper) for name in sorted(TURNED) for paper in PAPER]
EVERY = pytest.mark.parametrize(
    ("name", "paper", "mirrored"),
    [(*key, mirrored) for key in KEYS for mirrored in (False, True)],
    ids=[f"{n} on {p}{', mirrored' if m else ''}" for n, p in KEYS for m in (False, True)],
)


def geometry(name: str, paper: str, mirrored: bool = False) -> Geometry:
    made = {str(key): made for key, made in FORMATS[name].geometry.items()}[paper]
    return made.mirrored() if mirrored else made


@pytest.mark.parametrize(("name", "paper"), KEYS)
def test_sizes(name: str, paper: str) -> None:
    made = geometry(name, paper)
    place = [*PAPER].index(paper)
    assert made.sheet_mm == pytest.approx(TURNED[name].sheet[place])
    assert made.finished_mm == pytest.approx(TURNED[name].finished[place], abs=0.001)
    assert made.problems() == [] == made.mirrored().problems()


# Printing: where the corners of each panel come to lie on the sheet.


@dataclass(frozen=True)
class Mark:
    """A corner of a printed panel.

    Attributes:
        panel: The panel's number, from 1.
        across: 0 at its left edge, 1 at its right.
        up: 0 at its foot, 1 at its head.
        x: Where it lies on its side, in mm from the left.
        y: The same from below.
        side: On which side of the sheet.
    """

    panel: int
    across: float
    up: float
    x: float
    y: float
    side: int


def printed(made: Geometry) -> list[Mark]:
    """The marks of a sheet, read from the imposed file."""
    with Pdf.new() as panels:
        for panel in made.panels:
            panels.add_blank_page(
                page_size=(panel.width_mm * PT_PER_MM, panel.height_mm * PT_PER_MM)
            )
        sides = flat_sides(made, len(made.panels))
        out = io.BytesIO()
        impose(panels, [side for side in sides if side.placements]).save(out)
    marks = []
    numbers = [number for number, side in enumerate(sides) if side.placements]
    with Pdf.open(out) as sheets:
        for side, page in zip(numbers, sheets.pages, strict=True):
            matrix = Matrix()
            for instruction in pikepdf.parse_content_stream(page):
                operator = str(instruction.operator)
                if operator == "q":
                    matrix = Matrix()
                elif operator == "cm":
                    matrix = Matrix(*(float(v) for v in instruction.operands)) @ matrix
                elif operator == "Do":
                    index = int(str(instruction.operands[0]).removeprefix("/Panel"))
                    size = made.panels[index].width_mm, made.panels[index].height_mm
                    for across in (0.1, 0.9):
                        for up in (0.1, 0.9):
                            at = across * size[0] * PT_PER_MM, up * size[1] * PT_PER_MM
                            x, y = (value / PT_PER_MM for value in matrix.transform(at))
                            marks.append(Mark(index + 1, across, up, x, y, side))
    return marks


@EVERY
def test_panels_stand_where_and_as_the_table_says(name: str, paper: str, mirrored: bool) -> None:
    marks = printed(geometry(name, paper, mirrored))
    for side, rows in enumerate(TURNED[name].printed):
        here = [mark for mark in marks if mark.side == side]
        assert bool(here) == bool(rows)
        middles = {}
        for number in {mark.panel for mark in here}:
            own = [mark for mark in here if mark.panel == number]
            middles[number] = (sum(m.x for m in own) / 4, sum(m.y for m in own) / 4)
            head = sum(m.y for m in own if m.up > 0.5) / 2
            on_its_head = head < middles[number][1]
            assert f"{number}^" in str(rows) if on_its_head else f"'{number}'" in str(rows)
            right = sum(m.x for m in own if m.across > 0.5) / 2
            assert (right < middles[number][0]) == on_its_head  # turned, not mirrored
        order = sorted(middles, key=lambda n: (-round(middles[n][1]), middles[n][0]))
        wanted = [
            int(place.strip("^")) for row in rows for place in (row[::-1] if mirrored else row)
        ]
        assert order == wanted


# Folding: places of paper are reflected; what is nearest to the eye is kept in order.


def folded_places(name: str, made: Geometry) -> dict[int, tuple[float, bool]]:
    """For each panel which way its head points in the shut piece, and whether it looks up.

    The sheet lies with its second side up. Angles are degrees from the upward direction.
    """
    width, height = made.sheet_mm
    found: dict[int, tuple[float, bool]] = {}
    marks = printed(made)
    for number in sorted({mark.panel for mark in marks}):
        own = [mark for mark in marks if mark.panel == number]
        if own[0].side == 0:  # what lies below is seen through the paper
            places = {(m.across, m.up): (width - m.x, m.y) for m in own}
            up = False
        else:
            places, up = {(m.across, m.up): (m.x, m.y) for m in own}, True
        for step in FOLDS[name.removesuffix("-large")]:
            places, up = step(places, up, width, height, made)
        foot = [places[a, 0.1] for a in (0.1, 0.9)]
        head = [places[a, 0.9] for a in (0.1, 0.9)]
        dx = sum(x for x, _ in head) - sum(x for x, _ in foot)
        dy = sum(y for _, y in head) - sum(y for _, y in foot)
        found[number] = (round(math.degrees(math.atan2(dx, dy))) % 360, up)
    return found


Places = dict[tuple[float, float], tuple[float, float]]
"""Where the corners of a panel lie."""


def _upper_over(
    places: Places, up: bool, width: float, height: float, made: Geometry
) -> tuple[Places, bool]:
    middle = sum(y for _, y in places.values()) / len(places)
    if middle > height / 2:
        return {key: (x, height - y) for key, (x, y) in places.items()}, not up
    return places, up


def _side_over(
    places: Places, up: bool, width: float, height: float, made: Geometry
) -> tuple[Places, bool]:
    """The half away from the spine, so that the cover comes to lie on top."""
    middle = sum(x for x, _ in places.values()) / len(places)
    left_moves = made.folds[-1].part == "left"
    if (middle < width / 2) == left_moves:
        return {key: (width - x, y) for key, (x, y) in places.items()}, not up
    return places, up


FOLDS = {
    "french-fold": [_upper_over, _side_over],
    "poster-fold": [_upper_over, _side_over],
    "mini-booklet": [_upper_over],
}


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("paper", PAPER)
@pytest.mark.parametrize("name", ["french-fold", "french-fold-large", "poster-fold"])
def test_a_sheet_folded_twice_reads_upright(name: str, paper: str, mirrored: bool) -> None:
    made = geometry(name, paper, mirrored)
    places = folded_places(name, made)
    # Cover up, its neighbour 2 down behind it; 3 up behind that, the back 4 down: all upright.
    assert [places[n] for n in (1, 2, 3, 4)] == [(0, True), (0, False), (0, True), (0, False)]


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("paper", PAPER)
@pytest.mark.parametrize("name", ["mini-booklet", "mini-booklet-large"])
def test_the_strip_of_a_mini_booklet_reads_upright(name: str, paper: str, mirrored: bool) -> None:
    """Folded along its length it is a strip: 2 to 5 on one face, 6 to 1 on the other."""
    made = geometry(name, paper, mirrored)
    places = folded_places(name, made)
    assert all(places[n] == (0, True) for n in (2, 3, 4, 5))
    assert all(places[n] == (0, False) for n in (6, 7, 8, 1))
    # Pages that become one leaf are back to back: 1 and 2, 5 and 6 at the ends of the strip;
    # 3 and 4, 7 and 8 side by side over the slit.
    marks = printed(made)
    x = {n: sum(m.x for m in marks if m.panel == n) / 4 for n in range(1, 9)}
    assert x[1] == pytest.approx(x[2]) and x[5] == pytest.approx(x[6])
    (cut,) = made.cuts
    ends = (0.0, *made.creases_mm[0], made.sheet_mm[0])
    for one, other in ((3, 4), (7, 8)):
        inner = sorted((made.sheet_mm[0] - x[one], made.sheet_mm[0] - x[other]))
        assert ends[cut.start] < inner[0] < inner[1] < ends[cut.end]
        assert inner[1] - inner[0] == pytest.approx(made.sheet_mm[0] / 4)


@EVERY
def test_the_simulation_meets_the_panels_in_their_order(
    name: str, paper: str, mirrored: bool
) -> None:
    made = geometry(name, paper, mirrored)
    folded = fold(made, right_to_left=mirrored)
    assert folded.problems == ()
    assert [list(stage) for stage in folded.met] == TURNED[name].met
    blank = not made.sides[0]
    assert folded.front == (() if blank else (1,))
    assert folded.rear == ((TURNED[name].rear,) if TURNED[name].rear else ())


@pytest.mark.parametrize("name", sorted(TURNED))
def test_the_lines_of_a_sheet(name: str) -> None:
    """Folds lie between panels, and a slit is no fold."""
    made = geometry(name, "a4")
    side = next(side for side in flat_sides(made, len(made.panels)) if side.placements)
    width, height = made.sheet_mm
    if name.startswith("mini"):
        quarter = width / 4
        assert side.folds == tuple((n * quarter, 0, height) for n in (1, 2, 3))
        assert side.lying_folds == ((height / 2, 0, quarter), (height / 2, 3 * quarter, width))
        assert side.cuts == ((height / 2, quarter, 3 * quarter),)
    elif name.startswith(("french", "poster")):
        assert (side.folds, side.lying_folds) == (
            ((width / 2, 0, height),),
            ((height / 2, 0, width),),
        )
        assert side.cuts == ()
    bleed = {p.page + 1: p.over_mm for p in side.placements}
    if name == "mini-booklet":
        assert bleed[1] == (0, 3, 3, 0)  # lower right
        assert bleed[4] == (0, 0, 0, 3)  # in the upper row
