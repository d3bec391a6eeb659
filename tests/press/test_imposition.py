"""Every format on paper, looked at: grey panels are imposed, rendered and measured to 0.1 mm.

What must stand where comes from the hand-written table, not from the code's own rows.
"""

from __future__ import annotations

import io
from dataclasses import dataclass

import pytest
from panel_pictures import (
    DARK,
    MARK,
    PT,
    Picture,
    Place,
    grey,
    office,
    panel_pages,
    piece,
    press,
    render,
    turned,
)
from pikepdf import Name, Operator, Pdf, parse_content_stream
from trade_table import BLEED, COPIES, KEYS, NAMES, PAPER, TABLE, geometry, widths

from foldwell.paper.formats import FORMATS, OFFICE_MARGIN_MM
from foldwell.paper.geometry import Geometry, Panel, Spot
from foldwell.paper.sheets import (
    CREEP_ROOM_MM,
    PAPER_THICKNESS_MM,
    PRESS_SHEETS_MM,
    SLUG_MM,
    Side,
    flat_sides,
    on_paper,
    on_press_sheet,
)
from foldwell.pdf.piece_info import read_piece_info
from foldwell.press.imposition import impose

BOTH = pytest.mark.parametrize("mirrored", [False, True], ids=["", "mirrored"])
ROWS = pytest.mark.parametrize(("name", "paper"), KEYS, ids=NAMES)
FEW = 8
"""How many pages a stitched booklet has here."""

A4_LEAF = flat_sides(geometry("a4", "a4"), 2, flows=True)
"""Two pages of A4, back to back."""


@dataclass(frozen=True)
class Stand:
    """Where a panel must stand on a side, and how far its bleed must reach."""

    panel: int
    place: Place
    bleed: Place

    def moved(self, x: float, y: float) -> Stand:
        return Stand(self.panel, self.place.moved(x, y), self.bleed.moved(x, y))


def sizes(name: str, paper: str) -> list[tuple[float, float]]:
    """The panels of a format, in reading order."""
    width, height = TABLE[name, paper].sheet
    if not TABLE[name, paper].sides:
        return [(width / 2, height)] * FEW
    if FORMATS[name].flows:
        return [(width, height)] * 3
    return [(across, height) for across in widths(name, paper)]


def stands(name: str, paper: str, mirrored: bool, bleed: float) -> list[list[Stand]]:
    """What the table says of each side of the trimmed sheet."""
    row = TABLE[name, paper]
    width, height = row.sheet
    sides = [[(number - 1, across) for number, _, across in side] for side in row.sides]
    if not row.sides:  # n - 2i + 2 and 2i - 1, then 2i and n - 2i + 1
        half = width / 2
        for i in range(1, FEW // 4 + 1):
            sides.append([(FEW - 2 * i + 1, half), (2 * i - 2, half)])
            sides.append([(2 * i - 1, half), (FEW - 2 * i, half)])
    elif FORMATS[name].flows:
        sides = [[(index, width)] for index in range(3)]
    found = []
    for side in sides:
        panels = side[::-1] if mirrored else side
        x, here = 0.0, []
        for index, (panel, across) in enumerate(panels):
            left = bleed if index == 0 else 0
            right = bleed if index == len(panels) - 1 else 0
            around = Place(x - left, -bleed, x + across + right, height + bleed)
            here.append(Stand(panel, Place(x, 0, x + across, height), around))
            x += across
        found.append(here)
    return found


def sides_of(name: str, paper: str, mirrored: bool) -> tuple[Side, ...]:
    made = geometry(name, paper)
    return flat_sides(
        made.mirrored() if mirrored else made,
        len(sizes(name, paper)),
        flows=FORMATS[name].flows,
        right_to_left=mirrored,
    )


def wrong_marks(picture: Picture, here: list[Stand], turn: int = 0) -> list[str]:
    """Panels whose mark is not where an upright panel, or one turned so far, has it."""
    wrong = []
    for stand in here:
        size = (stand.place.right - stand.place.left, stand.place.upper - stand.place.lower)
        wanted = turned(MARK, size if turn % 180 == 0 else size[::-1], turn)
        mark = picture.marks(stand.place)
        off = [
            abs(have - want)
            for have, want in (
                (mark.left, wanted.left),
                (mark.lower, wanted.lower),
                (mark.right, wanted.right),
                (mark.upper, wanted.upper),
            )
        ]
        if max(off) > 0.15:
            wrong.append(f"the mark of panel {stand.panel} is at {mark}, not at {wanted}")
    return wrong


@BOTH
@ROWS
def test_office_sides(name: str, paper: str, mirrored: bool) -> None:
    """Panels in their places, cut where no printer reaches; copies fill the paper."""
    sides = on_paper(sides_of(name, paper, mirrored), PAPER[paper])
    pictures = render(office(panel_pages(sizes(name, paper)), sides))
    width, height = TABLE[name, paper].sheet
    places = [(0.0, 0.0)]
    if (name, paper) in COPIES:
        columns, rows, lies = COPIES[name, paper]
        across, tall = width, height
        width, height = PAPER[paper][::-1] if lies else PAPER[paper]
        places = [
            (
                (width - columns * across) / 2 + column * across,
                (height - rows * tall) / 2 + row * tall,
            )
            for column in range(columns)
            for row in range(rows)
        ]
    expected = stands(name, paper, mirrored, 0)
    assert len(pictures) == len(expected)
    reach = Place(0, 0, width, height).grown(-OFFICE_MARGIN_MM)
    for image, side in zip(pictures, expected, strict=True):
        assert (image.width, image.height) == pytest.approx((width * 10, height * 10), abs=1)
        picture = Picture(image, (width, height))
        here = [stand.moved(*place) for stand in side for place in places]
        for panel in {stand.panel for stand in here}:
            filled = [stand.place.within(reach) for stand in here if stand.panel == panel]
            assert picture.gaps(panel, False, filled, cut=(name, paper) in COPIES) == []
        bleeds = [grey(panel, bleed=True) for panel in range(FEW)]
        assert picture.mask(*bleeds).getbbox() is None
        assert wrong_marks(picture, here) == []


@BOTH
@ROWS
def test_press_sides(name: str, paper: str, mirrored: bool) -> None:
    """Panels in their places; bleed to its edge outside, none across a fold."""
    bleed = BLEED[paper]
    room = bleed + (CREEP_ROOM_MM if geometry(name, paper).binding == "stitched" else 0)
    content = press(panel_pages(sizes(name, paper), room), sides_of(name, paper, mirrored), bleed)
    pictures = render(content)
    width, height = TABLE[name, paper].sheet
    expected = stands(name, paper, mirrored, bleed)
    assert len(pictures) == len(expected)
    for image, side in zip(pictures, expected, strict=True):
        whole = (width + 2 * SLUG_MM, height + 2 * SLUG_MM)
        assert (image.width, image.height) == pytest.approx((whole[0] * 10, whole[1] * 10), abs=2)
        picture = Picture(image, whole, SLUG_MM)
        for stand in side:
            place, around = stand.place, stand.bleed
            assert picture.gaps(stand.panel, False, [place]) == []
            strips = [
                Place(around.left, around.lower, around.right, place.lower),
                Place(around.left, place.upper, around.right, around.upper),
                Place(around.left, around.lower, place.left, around.upper),
                Place(place.right, around.lower, around.right, around.upper),
            ]
            assert picture.gaps(stand.panel, True, strips) == []
        assert wrong_marks(picture, side) == []


@pytest.mark.parametrize("medium", ["office", "press"])
@pytest.mark.parametrize("first", [0, 1], ids=["odd panels", "even panels"])
@pytest.mark.parametrize(
    ("name", "paper"),
    [key for key, row in TABLE.items() if FORMATS[key[0]].folded or not row.sides],
    ids=lambda value: value,
)
def test_nothing_runs_over_a_fold_into_an_empty_panel(
    name: str, paper: str, first: int, medium: str
) -> None:
    """Most panels are white, so what a neighbour paints on them would be seen."""
    bleed = BLEED[paper]
    expected = stands(name, paper, False, bleed)
    painted = {stand.panel for side in expected for stand in side[first::2]}
    empty = frozenset(range(FEW)) - painted
    panels = panel_pages(sizes(name, paper), 5, empty)
    sides = sides_of(name, paper, False)
    around = SLUG_MM if medium == "press" else 0.0
    content = press(panels, sides, bleed) if medium == "press" else office(panels, sides)
    width, height = TABLE[name, paper].sheet
    for image, side in zip(render(content), expected, strict=True):
        picture = Picture(image, (width + 2 * around, height + 2 * around), around)
        for index, stand in enumerate(side):
            if stand.panel in empty:
                place = stand.place if medium == "office" else stand.bleed
                assert picture.empty(place.grown(-0.1))
            else:
                assert not picture.empty(stand.place)
                assert index % 2 == first


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("medium", ["office", "press"])
def test_a_turned_panel_stays_in_its_place(turn: int, medium: str) -> None:
    """Two panels side by side on a square sheet; one is turned clockwise."""
    size = (80.0, 100.0) if turn % 180 == 0 else (100.0, 80.0)
    panels = (Panel("front", *size), Panel("back", 20, 100))
    made = Geometry((100, 100), panels, ((Spot(0, 0, turn), Spot(1, 80)),), "long")
    assert made.problems() == []
    sides = flat_sides(made, 2)
    if medium == "office":
        (image,) = render(office(panel_pages([size, (20, 100)]), sides))
        picture = Picture(image, (100, 100))
        bleed, reach = 0.0, Place(5, 5, 95, 95)
    else:
        (image,) = render(press(panel_pages([size, (20, 100)], 3), sides, 3))
        picture = Picture(image, (100 + 2 * SLUG_MM, 100 + 2 * SLUG_MM), SLUG_MM)
        bleed, reach = 3.0, Place(0, 0, 100, 100)
    place = Place(0, 0, 80, 100)
    assert picture.gaps(0, False, [place.within(reach)]) == []
    assert wrong_marks(picture, [Stand(0, place, place)], turn) == []
    # Bleed at the three edges that are cut, and none over the fold.
    strips = [Place(-3, -3, 0, 103), Place(-3, -3, 80, 0), Place(-3, 100, 80, 103)]
    assert picture.gaps(0, True, strips if bleed else []) == []
    assert picture.gaps(1, False, [Place(80, 0, 100, 100).within(reach)]) == []


@BOTH
def test_creep_moves_inner_pages_to_the_fold(mirrored: bool) -> None:
    """24 pages: each sheet moves its pages by its depth, and still bleeds to the edge."""
    name, paper, pages = "booklet", "a4", 24
    made, bleed = geometry(name, paper), BLEED[paper]
    sides = flat_sides(made, pages, flows=True, right_to_left=mirrored)
    panels = panel_pages([(148.5, 210.0)] * pages, bleed + CREEP_ROOM_MM)
    pictures = render(press(panels, sides, bleed))
    assert len(pictures) == 12
    for index, image in enumerate(pictures):
        sheet = index // 2 + 1
        shift = (sheet - 1) * PAPER_THICKNESS_MM
        picture = Picture(image, (297 + 2 * SLUG_MM, 210 + 2 * SLUG_MM), SLUG_MM)
        left, right = pages - 2 * sheet + 2, 2 * sheet - 1
        if index % 2:
            left, right = 2 * sheet, pages - 2 * sheet + 1
        if mirrored:
            left, right = right, left
        # The fold cuts what is moved beyond it.
        assert picture.gaps(left - 1, False, [Place(shift, 0, 148.5, 210)]) == []
        assert picture.gaps(right - 1, False, [Place(148.5, 0, 297 - shift, 210)]) == []
        strips = [
            Place(-3, -3, shift, 213),
            Place(-3, -3, 148.5, 0),
            Place(-3, 210, 148.5, 213),
        ]
        assert picture.gaps(left - 1, True, strips) == []
        others = [Place(297 - s.right, s.lower, 297 - s.left, s.upper) for s in strips]
        assert picture.gaps(right - 1, True, others) == []
        mark = picture.marks(Place(0, 0, 148.5, 210))
        assert mark.left == pytest.approx(MARK[0] + shift, abs=0.11)
        mark = picture.marks(Place(148.5, 0, 297, 210))
        assert mark.left == pytest.approx(MARK[0] - shift, abs=0.11)


@pytest.mark.parametrize(
    ("name", "paper"),
    [("letter-fold", "a4"), ("card", "a4"), ("a6", "a4"), ("half-letter", "letter")],
)
def test_several_copies_on_a_press_sheet(name: str, paper: str) -> None:
    bleed = BLEED[paper]
    flat = sides_of(name, paper, False)
    sides = on_press_sheet(flat, PRESS_SHEETS_MM["sra3"], bleed)
    pictures = render(press(panel_pages(sizes(name, paper), bleed), sides, bleed))
    for image, side, expected in zip(
        pictures, sides, stands(name, paper, False, bleed), strict=True
    ):
        size = (side.width_mm, side.height_mm)
        assert sorted(size) == [320, 450]
        assert (image.width, image.height) == pytest.approx((size[0] * 10, size[1] * 10), abs=1)
        bar = Picture(image, size).pixels(Place(0, side.trim.top_mm + bleed, *size))
        image.paste(255, bar)  # the bar of colours has greys too
        picture = Picture(image, size)
        here = [s.moved(trim.x_mm, trim.y_mm) for s in expected for trim in side.trims]
        for panel in {stand.panel for stand in here}:
            filled = [stand.place for stand in here if stand.panel == panel]
            assert picture.gaps(panel, False, filled) == []
            strips = []
            for stand in here:
                if stand.panel == panel:
                    place, around = stand.place, stand.bleed
                    strips += [
                        Place(around.left, around.lower, around.right, place.lower),
                        Place(around.left, place.upper, around.right, around.upper),
                        Place(around.left, around.lower, place.left, around.upper),
                        Place(place.right, around.lower, around.right, around.upper),
                    ]
            assert picture.gaps(panel, True, strips) == []
        assert wrong_marks(picture, here) == []


@ROWS
def test_panels_are_not_drawn_where_no_printer_reaches(name: str, paper: str) -> None:
    """The outer 5 mm stay white, even if a panel has bleed; cut marks are told in test_marks."""
    sides = on_paper(sides_of(name, paper, False), PAPER[paper])
    for image, side in zip(
        render(office(panel_pages(sizes(name, paper), 3), sides)), sides, strict=True
    ):
        width, height = side.width_mm, side.height_mm
        picture = Picture(image, (width, height))
        steps = [step for panel in range(FEW) for step in (grey(panel), grey(panel, True))]
        mask = picture.mask(*steps, DARK)
        assert mask.getbbox() is not None
        mask.paste(0, picture.pixels(Place(5, 5, width - 5, height - 5), -1))
        assert mask.getbbox() is None


def found(content: bytes) -> list[Operator]:
    with Pdf.open(io.BytesIO(content)) as pdf:
        return [i.operator for page in pdf.pages for i in parse_content_stream(page)]


def test_panels_stay_what_they_are() -> None:
    """A sheet draws each panel as a form and no picture of it, so text stays text."""
    sides = sides_of("letter-fold", "a4", False)
    content = office(panel_pages(sizes("letter-fold", "a4")), sides)
    with Pdf.open(io.BytesIO(content)) as pdf:
        forms = [page.Resources.XObject for page in pdf.pages]
        assert [sorted(map(str, form.keys())) for form in forms] == [
            ["/Panel0", "/Panel1", "/Panel5"],
            ["/Panel2", "/Panel3", "/Panel4"],
        ]
        assert {form.Subtype for names in forms for form in names.values()} == {Name.Form}
    drawn = [str(operator) for operator in found(content)]
    assert drawn == ["q", "re", "W", "n", "cm", "Do", "Q"] * 6


def test_imposing_leaves_boxes_of_panels_behind() -> None:
    """A form's box is the whole page: its bleed is cut where it is placed."""
    sides = sides_of("a4", "a4", False)
    with Pdf.open(io.BytesIO(panel_pages([(210, 297)] * FEW, 3))) as panels:
        sheets = impose(panels, sides, around_mm=10)
        for page in sheets.pages:
            (form,) = page.Resources.XObject.values()
            box = [float(value) / PT for value in form.BBox]
            assert box == pytest.approx([-3, -3, 213, 300], abs=0.001)
            size = [float(value) / PT for value in page.MediaBox]
            assert size == pytest.approx([0, 0, 230, 317], abs=0.001)


def test_an_empty_back_is_an_empty_side() -> None:
    sides = flat_sides(geometry("a4", "a4"), 1)
    pictures = render(office(panel_pages([(210, 297)]), sides))
    front, back = (Picture(image, (210, 297)) for image in pictures)
    assert not front.empty(Place(0, 0, 210, 297))
    assert back.empty(Place(0, 0, 210, 297))


@pytest.mark.parametrize("flip", ["long", "short"])
def test_the_printer_is_told_how_to_turn_the_sheet(flip: str) -> None:
    made = piece("a4", flip)  # type: ignore[arg-type]
    content = office(panel_pages([(210, 297)] * FEW), sides_of("a4", "a4", False), made)
    with Pdf.open(io.BytesIO(content)) as pdf:
        preferences = pdf.Root.ViewerPreferences
        assert preferences.Duplex == Name(f"/DuplexFlip{flip.title()}Edge")
        assert preferences.PrintScaling == Name("/None")
        assert bool(preferences.DisplayDocTitle)
        assert str(pdf.Root.Lang) == "en"
        assert str(pdf.docinfo["/Title"]) == "Sleep well"
        assert str(pdf.docinfo["/Author"]) == "Riverside"


def test_instructions_stand_before_the_sheets() -> None:
    from foldwell.press.office import office_file

    first, sides = panel_pages([(210, 297), (100, 100)]), sides_of("a4", "a4", False)
    content = office_file(panel_pages([(210, 297)] * FEW), sides, piece(), first)
    with Pdf.open(io.BytesIO(content)) as pdf:
        infos = [read_piece_info(page) for page in pdf.pages]
        assert [info is None for info in infos] == [True, True, *[False] * len(sides)]
        assert [round(float(page.MediaBox[2]) / PT) for page in pdf.pages] == [
            210,
            100,
            *[210] * len(sides),
        ]


@pytest.mark.parametrize("medium", ["office", "press"])
@ROWS
def test_a_side_says_where_its_panels_and_folds_are(name: str, paper: str, medium: str) -> None:
    """For preflight: in points of the page."""
    sides = sides_of(name, paper, False)
    around = 0.0
    if medium == "office":
        sides = on_paper(sides, PAPER[paper])
        content = office(panel_pages(sizes(name, paper)), sides, piece(name))
    else:
        around = SLUG_MM
        content = press(panel_pages(sizes(name, paper), 5), sides, BLEED[paper], piece(name))
    with Pdf.open(io.BytesIO(content)) as pdf:
        for page, side in zip(pdf.pages, sides, strict=True):
            info = read_piece_info(page)
            assert info is not None
            assert (info.format, info.medium, info.body_pt) == (name, medium, 12.5)
            assert info.condition == ("FOGRA39" if medium == "press" else "")
            for fold, (x, lower, upper) in zip(info.folds, side.folds, strict=True):
                wanted = [(value + around) * PT for value in (x, lower, upper)]
                assert list(fold) == pytest.approx(wanted, abs=0.001)
            boxes = [placement.box for placement in side.placements]
            for have, box in zip((*info.trims, *info.panels), (*side.trims, *boxes), strict=True):
                wanted = [
                    (value + around) * PT
                    for value in (box.x_mm, box.y_mm, box.right_mm, box.top_mm)
                ]
                assert list(have) == pytest.approx(wanted, abs=0.001)


def test_a_page_of_another_program_says_nothing() -> None:
    with Pdf.open(io.BytesIO(panel_pages([(100, 100)]))) as pdf:
        assert read_piece_info(pdf.pages[0]) is None


@pytest.mark.parametrize("medium", ["office", "press"])
def test_the_same_panels_give_the_same_bytes(medium: str) -> None:
    sides, panels = sides_of("bifold", "a4", False), panel_pages(sizes("bifold", "a4"), 3)
    if medium == "office":
        assert office(panels, sides) == office(panels, sides)
    else:
        assert press(panels, sides, 3) == press(panels, sides, 3)
