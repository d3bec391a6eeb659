"""What stands where on each side of the paper, as sums; the pictures are in test_imposition."""

from dataclasses import replace
from itertools import pairwise

import pytest
from trade_table import BLEED, COPIES, KEYS, NAMES, PAPER, TABLE, geometry

from foldwell.paper.formats import FORMATS, OFFICE_MARGIN_MM, STITCHED_PAGES
from foldwell.paper.geometry import Geometry, Panel, Spot
from foldwell.paper.sheets import (
    CREEP_FROM_MM,
    CREEP_ROOM_MM,
    MARK_LENGTH_MM,
    MARK_OFFSET_MM,
    PAPER_THICKNESS_MM,
    PRESS_SHEETS_MM,
    Box,
    Placement,
    Side,
    creep_mm,
    flat_sides,
    on_paper,
    on_press_sheet,
)
from foldwell.press.cut_marks import cut_lines, office_tick

ROWS = pytest.mark.parametrize(("name", "paper"), KEYS, ids=NAMES)
MIRRORED = pytest.mark.parametrize("mirrored", [False, True])
BOOKLET = geometry("booklet", "a4")
PAGES = range(4, STITCHED_PAGES + 1, 4)


def sides_of(name: str, paper: str, pages: int | None = None) -> tuple[Side, ...]:
    made = geometry(name, paper)
    count = len(made.panels) if pages is None else pages
    return flat_sides(made, count, flows=FORMATS[name].flows)


@MIRRORED
@ROWS
def test_each_panel_stands_where_the_table_says(name: str, paper: str, mirrored: bool) -> None:
    row, made = TABLE[name, paper], geometry(name, paper)
    if not row.sides:
        return  # stitched: below
    sides = flat_sides(made.mirrored() if mirrored else made, len(made.panels))
    assert len(sides) == len(row.sides)
    height = row.sheet[1]
    for side, expected in zip(sides, row.sides, strict=True):
        panels = expected[::-1] if mirrored else expected
        assert (side.width_mm, side.height_mm) == pytest.approx(row.sheet)
        assert [placement.page + 1 for placement in side.placements] == [p[0] for p in panels]
        x = 0.0
        for placement, (_, _, across) in zip(side.placements, panels, strict=True):
            box = placement.box
            assert (box.x_mm, box.y_mm) == pytest.approx((x, 0), abs=0.002)
            assert (box.width_mm, box.height_mm) == pytest.approx((across, height), abs=0.002)
            x += across
        assert [fold[0] for fold in side.folds] == pytest.approx(
            [sum(p[2] for p in panels[: i + 1]) for i in range(len(panels) - 1)], abs=0.002
        )
        assert {fold[1:] for fold in side.folds} <= {(0, height)}
        assert side.trims == (Box(0, 0, *made.sheet_mm),)
        assert side.trim == side.trims[0]


@ROWS
def test_colour_runs_over_the_trim_and_never_over_a_fold(name: str, paper: str) -> None:
    bleed = BLEED[paper]
    for side in sides_of(name, paper, 8 if geometry(name, paper).binding == "stitched" else None):
        for index, placement in enumerate(side.placements):
            last = len(side.placements) - 1
            assert placement.over_mm == (
                bleed if index == 0 else 0,
                bleed,
                bleed if index == last else 0,
                bleed,
            )


def test_a_page_that_is_not_there_leaves_its_back_empty() -> None:
    front, back = flat_sides(geometry("a4", "a4"), 1)
    assert [placement.page for placement in front.placements] == [0]
    assert back.placements == ()


@pytest.mark.parametrize("pages", [1, 2, 5])
def test_flowing_pages_are_sides_of_their_own(pages: int) -> None:
    sides = sides_of("large-print", "a4", pages)
    assert [[p.page for p in side.placements] for side in sides] == [[n] for n in range(pages)]
    assert {(p.box, p.turn) for side in sides for p in side.placements} == {
        (Box(0, 0, 210, 297), 0)
    }


@pytest.mark.parametrize(("turn", "size"), [(0, (80, 50)), (90, (50, 80)), (270, (50, 80))])
def test_a_turned_panel_takes_the_room_that_it_needs(turn: int, size: tuple[int, int]) -> None:
    made = Geometry((200, 200), (Panel("card", 80, 50),), ((Spot(0, 100, turn),),), "long")
    ((placement,),) = (side.placements for side in flat_sides(made, 1))
    assert placement.box == Box(100, 0, *size)
    assert placement.turn == turn


# Saddle stitch: sheet i of n pages carries [n - 2i + 2 | 2i - 1] and [2i | n - 2i + 1].


@pytest.mark.parametrize("pages", PAGES)
@MIRRORED
def test_the_order_of_a_stitched_booklet(pages: int, mirrored: bool) -> None:
    sides = flat_sides(BOOKLET, pages, flows=True, right_to_left=mirrored)
    assert len(sides) == pages // 2
    spreads = [[placement.page + 1 for placement in side.placements] for side in sides]
    expected = []
    for i in range(1, pages // 4 + 1):
        expected += [[pages - 2 * i + 2, 2 * i - 1], [2 * i, pages - 2 * i + 1]]
    assert spreads == ([spread[::-1] for spread in expected] if mirrored else expected)


@pytest.mark.parametrize("pages", PAGES)
@MIRRORED
def test_a_nested_booklet_reads_from_the_first_page_to_the_last(pages: int, mirrored: bool) -> None:
    """Lay the sheets into one another, fold, and turn the leaves."""
    sides = flat_sides(BOOKLET, pages, flows=True, right_to_left=mirrored)
    outside_in = [
        [[p.page + 1 for p in side.placements] for side in sides[i : i + 2]]
        for i in range(0, len(sides), 2)
    ]
    before, after = [], []
    for front, back in outside_in:
        cover_side = 0 if mirrored else 1  # a book in Arabic has its spine on the right
        before += [front[cover_side], back[1 - cover_side]]
        after += [front[1 - cover_side], back[cover_side]]
    assert before + after[::-1] == list(range(1, pages + 1))


@ROWS
def test_a_spread_is_folded_in_the_middle(name: str, paper: str) -> None:
    made = geometry(name, paper)
    if made.binding == "stitched":
        for side in flat_sides(made, 12, flows=True):
            width, height = TABLE[name, paper].sheet
            left, right = side.placements
            assert left.box == Box(0, 0, made.sheet_mm[0] / 2, made.sheet_mm[1])
            assert right.box == left.box.moved(made.sheet_mm[0] / 2, 0)
            (fold,) = side.folds
            assert fold == pytest.approx((width / 2, 0, height))


@pytest.mark.parametrize("pages", [1, 2, 3, 5, 6, 7, 9, 47])
def test_pages_that_are_no_multiple_of_four_cannot_be_stitched(pages: int) -> None:
    with pytest.raises(ValueError, match=f"^{pages} pages cannot be stitched$"):
        flat_sides(BOOKLET, pages, flows=True)


@pytest.mark.parametrize("pages", PAGES)
@MIRRORED
def test_creep_is_corrected_from_half_a_millimetre_on(pages: int, mirrored: bool) -> None:
    sheets = pages // 4
    assert creep_mm(sheets) == pytest.approx((sheets - 1) * PAPER_THICKNESS_MM)
    corrected = (sheets - 1) * PAPER_THICKNESS_MM >= CREEP_FROM_MM - 1e-9
    assert corrected == (pages >= 24)
    sides = flat_sides(BOOKLET, pages, flows=True, right_to_left=mirrored)
    for index, side in enumerate(sides):
        shift = (index // 2) * PAPER_THICKNESS_MM if corrected else 0
        # Towards the fold, whichever page it is.
        assert [p.shift_mm for p in side.placements] == pytest.approx([shift, -shift])
        assert shift <= CREEP_ROOM_MM


# Desktop paper.


@pytest.mark.parametrize(
    ("name", "paper", "columns", "rows", "lies"),
    [
        ("card", "a4", 2, 5, False),
        ("card", "letter", 3, 4, True),
        ("bookmark", "a4", 5, 1, True),
        ("bookmark", "letter", 5, 1, True),
        ("a5", "a4", 2, 1, True),
        ("half-letter", "letter", 2, 1, True),
        ("a6", "a4", 2, 2, False),
    ],
)
def test_small_pieces_share_a_paper(
    name: str, paper: str, columns: int, rows: int, lies: bool
) -> None:
    sides = sides_of(name, paper)
    several = on_paper(sides, PAPER[paper])
    width, height = PAPER[paper][::-1] if lies else PAPER[paper]
    across, tall = TABLE[name, paper].sheet
    left, lower = (width - columns * across) / 2, (height - rows * tall) / 2
    assert len(several) == 2
    for number, side in enumerate(several):
        assert (side.width_mm, side.height_mm) == (width, height)
        assert [box.x_mm for box in side.trims] == pytest.approx(
            [left + column * across for column in range(columns)] * rows
        )
        assert [box.y_mm for box in side.trims] == pytest.approx(
            [lower + row * tall for row in reversed(range(rows)) for _ in range(columns)]
        )
        assert [placement.box for placement in side.placements] == list(side.trims)
        assert {placement.page for placement in side.placements} == {number}
        assert all(
            (box.width_mm, box.height_mm) == pytest.approx((across, tall)) for box in side.trims
        )


@ROWS
def test_what_is_as_large_as_the_paper_is_left_alone(name: str, paper: str) -> None:
    sides = sides_of(name, paper, 8 if geometry(name, paper).binding == "stitched" else None)
    assert (on_paper(sides, PAPER[paper]) is sides) != ((name, paper) in COPIES)


def test_a_small_folded_piece_takes_its_folds_along() -> None:
    panels = (Panel("cover", 40, 90), Panel("inside", 60, 90))
    made = Geometry((100, 90), panels, ((Spot(0, 0), Spot(1, 40)),), "short", "folded")
    (side,) = on_paper(flat_sides(made, 2), PAPER["a4"])
    assert len(side.trims) == 6  # 2 × 3 on a standing sheet, as on a lying one
    assert (side.width_mm, side.height_mm) == (210, 297)
    assert set(side.folds) == {(box.x_mm + 40, box.y_mm, box.top_mm) for box in side.trims}
    inside = [p.box.x_mm for p in side.placements if p.page == 1]
    assert inside == [box.x_mm + 40 for box in side.trims]


def test_both_sides_of_a_shared_paper_lie_on_one_another() -> None:
    """The back is printed on the sheet turned over; a piece's own back must be behind it."""
    for name, paper in KEYS:
        made = sides_of(name, paper, 8 if geometry(name, paper).binding == "stitched" else None)
        for sides in (on_paper(made, PAPER[paper]), on_press_sheet(made, (450, 320), BLEED[paper])):
            if len(sides) == 2:
                front, back = sides
                turned = {
                    (round(back.width_mm - box.right_mm, 3), round(box.y_mm, 3))
                    for box in back.trims
                }
                assert turned == {(round(b.x_mm, 3), round(b.y_mm, 3)) for b in front.trims}


# Press sheets.


@pytest.mark.parametrize(
    ("name", "paper", "columns", "rows", "stands"),
    [
        ("a4", "a4", 2, 1, False),
        ("a5", "a4", 2, 2, True),
        ("a6", "a4", 3, 2, False),
        ("letter", "letter", 1, 1, False),  # two are 0.2 mm too wide with their marks
        ("half-letter", "letter", 3, 1, False),
        ("card", "a4", 3, 7, True),
        ("letter-fold", "a4", 1, 2, True),
        ("gate-fold", "letter", 1, 1, False),
        ("bifold", "a4", 1, 2, True),
    ],
)
def test_as_many_copies_as_fit_on_a_press_sheet(
    name: str, paper: str, columns: int, rows: int, stands: bool
) -> None:
    bleed, edge = BLEED[paper], max(MARK_OFFSET_MM, BLEED[paper]) + MARK_LENGTH_MM
    sides = on_press_sheet(sides_of(name, paper), PRESS_SHEETS_MM["sra3"], bleed)
    width, height = (320, 450) if stands else (450, 320)
    across, tall = TABLE[name, paper].sheet
    for side in sides:
        assert (side.width_mm, side.height_mm) == (width, height)
        xs = sorted({round(box.x_mm, 6) for box in side.trims})
        ys = sorted({round(box.y_mm, 6) for box in side.trims})
        assert (len(xs), len(ys)) == (columns, rows)
        assert len(side.trims) == columns * rows
        # Between two pieces there is the bleed of both.
        assert [b - a for a, b in pairwise(xs)] == pytest.approx(
            [across + 2 * bleed] * (columns - 1)
        )
        assert [b - a for a, b in pairwise(ys)] == pytest.approx([tall + 2 * bleed] * (rows - 1))
        # Outside them there is room for the marks, and the whole is in the middle.
        assert min(side.trim.x_mm, side.trim.y_mm) >= edge - 1e-6
        assert side.trim.x_mm + side.trim.right_mm == pytest.approx(width)
        assert side.trim.y_mm + side.trim.top_mm == pytest.approx(height)


@ROWS
def test_no_other_way_carries_more_copies(name: str, paper: str) -> None:
    """One more row or column would leave no room for marks, however the sheet lies."""
    bleed = BLEED[paper]
    edge = max(MARK_OFFSET_MM, bleed) + MARK_LENGTH_MM
    made = sides_of(name, paper, 8 if geometry(name, paper).binding == "stitched" else None)
    (width, height), best = TABLE[name, paper].sheet, 0
    for paper_width, paper_height in ((450, 320), (320, 450)):
        counts = []
        for room, size in ((paper_width, width), (paper_height, height)):
            count = 0
            while (count + 1) * size + count * 2 * bleed <= room - 2 * edge + 1e-6:
                count += 1
            counts.append(count)
        best = max(best, counts[0] * counts[1])
    several = on_press_sheet(made, (450, 320), bleed)
    assert (several is made) == (best == 0)
    if best:
        assert {len(side.trims) for side in several} == {best}


def test_a_sheet_too_small_for_one_copy_changes_nothing() -> None:
    sides = sides_of("a4", "a4")
    assert on_press_sheet(sides, (220, 300), 3) is sides


# Cutting.


@pytest.mark.parametrize(
    ("name", "paper", "xs", "ys"),
    [
        ("card", "a4", (20, 105, 190), (11, 66, 121, 176, 231, 286)),
        ("a5", "a4", (148.5,), ()),  # what is cut at the paper's edge has no mark
        ("a6", "a4", (105,), (148.5,)),
        ("half-letter", "letter", (139.7,), ()),
        ("a4", "a4", (), ()),
        ("letter-fold", "a4", (), ()),
        ("poster", "a4", (), ()),
    ],
)
def test_where_pieces_are_cut_apart(
    name: str, paper: str, xs: tuple[float, ...], ys: tuple[float, ...]
) -> None:
    for side in on_paper(sides_of(name, paper), PAPER[paper]):
        across, down = cut_lines(side)
        assert across == pytest.approx(xs) and down == pytest.approx(ys)


def test_pieces_with_a_gutter_are_cut_on_both_sides_of_it() -> None:
    side = on_press_sheet(sides_of("letter-fold", "a4"), (450, 320), 3)[0]
    assert cut_lines(side) == ((11.5, 308.5), (12, 222, 228, 438))


@pytest.mark.parametrize("edge", [0, 0.5, 2.2, 4, 5, 7.9, 8, 9, 11, 14, 20, 40])
def test_a_tick_is_where_a_printer_can_print_it(edge: float) -> None:
    start, end = office_tick(edge)
    assert start >= OFFICE_MARGIN_MM
    assert 2 <= end - start <= MARK_LENGTH_MM
    if edge >= OFFICE_MARGIN_MM + 3:
        assert end == edge - 1  # it stays clear of the piece


def test_a_box() -> None:
    box = Box(10, 20, 30, 40)
    assert (box.right_mm, box.top_mm) == (40, 60)
    assert box.moved(1, -2) == Box(11, 18, 30, 40)
    side = Side(200, 100, (box, box.moved(50, 5)), (Placement(0, box),))
    assert side.trim == Box(10, 20, 80, 45)
    assert replace(side, trims=(box,)).trim == box


def test_the_sizes_of_press_sheets() -> None:
    assert PRESS_SHEETS_MM == {"sra3": (450, 320)}
