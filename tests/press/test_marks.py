"""Printers' marks: where they start and end, what they are drawn with, and where none may be."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from panel_pictures import PT, Picture, Place, office, panel_pages, piece, press, render
from pikepdf import Array, Dictionary, Name, Page, Pdf
from trade_table import BLEED, KEYS, NAMES, PAPER, TABLE, geometry

from foldwell.paper.formats import FORMATS
from foldwell.paper.geometry import Geometry, Panel, row
from foldwell.paper.sheets import (
    PRESS_SHEETS_MM,
    SLUG_MM,
    Side,
    flat_sides,
    on_paper,
    on_press_sheet,
)
from foldwell.press.cut_marks import cut_lines, cut_marks
from foldwell.press.drawing import Drawing
from foldwell.press.marks import BAR, press_marks, registration_space, slug_place
from foldwell.press.press_file import SIDE, SIDES

ROWS = pytest.mark.parametrize(("name", "paper"), KEYS, ids=NAMES)
SLUG = "Sleep well · AB12-CD34 · riverside en · side 1 of 2 · FOGRA39 · 2026-01-10"
LENGTH = 5.0


@dataclass(frozen=True)
class Line:
    """A straight stroke on a side, in mm from its lower left corner."""

    x0: float
    y0: float
    x1: float
    y1: float
    dashed: bool

    @property
    def upright(self) -> bool:
        return abs(self.x0 - self.x1) < 0.001

    def crosses(self, x: float, y: float) -> bool:
        """Whether a point is its middle."""
        middle = (self.x0 + self.x1) / 2 - x, (self.y0 + self.y1) / 2 - y
        return max(map(abs, middle)) < 0.001


def strokes(drawing: Drawing, around: float = 0) -> Iterator[Line]:
    """The straight lines of a drawing."""
    start, dashed = (0.0, 0.0), False
    end: tuple[float, float] | None = None
    for instruction in drawing.instructions:
        values, operator = instruction.operands, str(instruction.operator)
        if operator == "d":
            dashed = len(values[0]) > 0
        elif operator == "m":
            start, end = (float(values[0]), float(values[1])), None
        elif operator == "l":
            end = (float(values[0]), float(values[1]))
        elif operator == "S" and end is not None:
            points = [value / PT - around for value in (*start, *end)]
            yield Line(points[0], points[1], points[2], points[3], dashed)


def curves(drawing: Drawing, around: float = 0) -> list[tuple[float, float, float]]:
    """The circles of a drawing: middle and radius, in mm."""
    found: list[tuple[float, float, float]] = []
    points: list[list[float]] = []
    for instruction in drawing.instructions:
        operator = str(instruction.operator)
        if operator == "m":
            points = []
        if operator == "c":
            points.append([float(value) / PT - around for value in instruction.operands][4:])
        if operator == "S" and points:
            xs, ys = [p[0] for p in points], [p[1] for p in points]
            middle = (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
            found.append((*middle, (max(xs) - min(xs)) / 2))
    return found


def sides_of(name: str, paper: str) -> tuple[Side, ...]:
    made = geometry(name, paper)
    pages = 4 if made.binding == "stitched" else len(made.panels)
    return flat_sides(made, pages, flows=FORMATS[name].flows)


def folds_of(name: str, paper: str, number: int) -> list[float]:
    """Where the table folds a side."""
    row_ = TABLE[name, paper]
    if not row_.sides:
        return [row_.sheet[0] / 2]
    panels = [width for _, _, width in row_.sides[number]]
    return [sum(panels[: index + 1]) for index in range(len(panels) - 1)]


def ends(lines: list[Line], edge: float, outwards: int) -> set[tuple[float, float]]:
    """Where upright lines beyond an edge start and end, as distances from it."""
    found = set()
    for line in lines:
        near, far = sorted(((line.y0 - edge) * outwards, (line.y1 - edge) * outwards))
        if near > 0:
            found.add((round(near, 3), round(far, 3)))
    return found


@pytest.mark.parametrize("bleed", [3, 3.175, 5, 10])
@ROWS
def test_crop_and_fold_marks_of_a_sheet(name: str, paper: str, bleed: float) -> None:
    """5 mm long, from 1 mm outside the bleed on, at each corner and each fold."""
    width, height = TABLE[name, paper].sheet
    start = bleed + 1
    for number, side in enumerate(sides_of(name, paper)):
        drawing = press_marks(side, SLUG_MM, bleed)
        lines = list(strokes(drawing, SLUG_MM))
        targets = curves(drawing, SLUG_MM)
        middles = [(x, y) for x, y, _ in targets]
        marks = [line for line in lines if not any(line.crosses(*middle) for middle in middles)]
        assert len(lines) - len(marks) == 8
        crop = [line for line in marks if not line.dashed]
        upright = [line for line in crop if line.upright]
        level = [line for line in crop if not line.upright]
        assert len(crop) == 8
        assert sorted({round(line.x0, 2) for line in upright}) == pytest.approx([0, width])
        assert sorted({round(line.y0, 2) for line in level}) == pytest.approx([0, height])
        wanted = {(round(start, 3), round(min(start + LENGTH, SLUG_MM), 3))}
        assert ends(upright, 0, -1) == wanted
        assert ends(upright, height, 1) == wanted
        lying = [Line(line.y0, line.x0, line.y1, line.x1, False) for line in level]
        assert ends(lying, 0, -1) == wanted
        assert ends(lying, width, 1) == wanted
        folds = [line for line in marks if line.dashed]
        expected = folds_of(name, paper, number)
        assert len(folds) == 2 * len(expected)
        assert sorted({round(line.x0, 2) for line in folds}) == pytest.approx(expected, abs=0.011)
        if expected:
            assert ends(folds, 0, -1) == wanted
            assert ends(folds, height, 1) == wanted


@ROWS
def test_registration_targets_stand_at_the_middle_of_each_edge(name: str, paper: str) -> None:
    width, height = TABLE[name, paper].sheet
    for side in sides_of(name, paper):
        drawing = press_marks(side, SLUG_MM, BLEED[paper])
        targets = curves(drawing, SLUG_MM)
        assert len(targets) == 4
        out = sorted(max(-x, x - width, -y, y - height) for x, y, _ in targets)
        # Farther out than the marks' start, and inside the page with their arms.
        assert out == pytest.approx([out[0]] * 4, abs=0.01)
        assert 8 < out[0] < SLUG_MM - 2
        # At the middle, or as near to it as no arm touches a fold line.
        folds = [x for x, _, _ in side.folds]
        for x, y, _ in targets:
            if 0 < y < height:
                assert y == pytest.approx(height / 2, abs=0.01)
            else:
                assert all(abs(x - fold) > 2.9 for fold in folds)
                free = all(abs(width / 2 - fold) > 3.1 for fold in folds)
                assert abs(x - width / 2) < (0.01 if free else 3.1)
        lines = list(strokes(drawing, SLUG_MM))
        for x, y, radius in targets:
            assert 1 <= radius <= 2
            arms = [line for line in lines if line.crosses(x, y)]
            assert sorted(line.upright for line in arms) == [False, True]
            assert not any(line.dashed for line in arms)


def blank(name: str, paper: str, sides: tuple[Side, ...], slug: str = SLUG) -> bytes:
    """A press file of empty panels: whatever is drawn is a mark."""
    pages = 1 + max(placement.page for side in sides for placement in side.placements)
    with Pdf.new() as pdf:
        for _ in range(pages):
            pdf.add_blank_page(page_size=(30, 30))
        out = io.BytesIO()
        pdf.save(out)
    return press(out.getvalue(), sides, BLEED[paper], piece(name, slug=slug))


@ROWS
def test_nothing_of_a_mark_is_inside_the_bleed(name: str, paper: str) -> None:
    width, height = TABLE[name, paper].sheet
    bleed = BLEED[paper]
    for image in render(blank(name, paper, sides_of(name, paper))):
        picture = Picture(image, (width + 2 * SLUG_MM, height + 2 * SLUG_MM), SLUG_MM)
        assert picture.empty(Place(-bleed, -bleed, width + bleed, height + bleed))
        for zone in (
            Place(-SLUG_MM, 0, -bleed, height),
            Place(width + bleed, 0, width + SLUG_MM, height),
            Place(0, -SLUG_MM, width, -bleed),
            Place(0, height + bleed, width, height + SLUG_MM),
        ):
            assert not picture.empty(zone)


@pytest.mark.parametrize(
    ("name", "paper"),
    [("card", "a4"), ("a6", "a4"), ("letter-fold", "a4"), ("half-letter", "letter")],
)
def test_no_mark_lies_on_one_of_several_pieces(name: str, paper: str) -> None:
    """Between them there is bleed and nothing else."""
    bleed = BLEED[paper]
    sides = on_press_sheet(sides_of(name, paper), PRESS_SHEETS_MM["sra3"], bleed)
    for side, image in zip(sides, render(blank(name, paper, sides)), strict=True):
        picture = Picture(image, (side.width_mm, side.height_mm))
        trim = side.trim
        assert len(side.trims) > 1
        assert picture.empty(Place(trim.x_mm, trim.y_mm, trim.right_mm, trim.top_mm).grown(bleed))
        drawn = press_marks(side, 0, bleed)
        lines = list(strokes(drawn))
        middles = [(x, y) for x, y, _ in curves(drawn)]
        assert len(middles) == 4
        lines = [line for line in lines if not any(line.crosses(*m) for m in middles)]
        xs = {round(x, 2) for box in side.trims for x in (box.x_mm, box.right_mm)}
        ys = {round(y, 2) for box in side.trims for y in (box.y_mm, box.top_mm)}
        crop = [line for line in lines if not line.dashed]
        assert {round(line.x0, 2) for line in crop if line.upright} == xs
        assert {round(line.y0, 2) for line in crop if not line.upright} == ys
        assert len(crop) == 2 * len(xs) + 2 * len(ys)
        folds = {round(line.x0, 2) for line in lines if line.dashed}
        assert folds == {round(x, 2) for x, _, _ in side.folds}
        for line in lines:
            low, high = (trim.y_mm, trim.top_mm) if line.upright else (trim.x_mm, trim.right_mm)
            points = (line.y0, line.y1) if line.upright else (line.x0, line.x1)
            beyond = sorted(max(low - point, point - high) for point in points)
            start = bleed + 1
            assert beyond[0] == pytest.approx(start, abs=0.01)
            assert 4 - 0.01 <= beyond[1] - start <= LENGTH + 0.01


def operators(drawing: Drawing) -> list[str]:
    return [str(instruction.operator) for instruction in drawing.instructions]


def test_marks_are_drawn_in_every_ink_with_a_hairline() -> None:
    (side, _) = sides_of("letter-fold", "a4")
    drawing = press_marks(side, SLUG_MM, 3)
    used = {str(i.operator): list(i.operands) for i in drawing.instructions}
    assert used["CS"] == used["cs"] == ["/Registration"]
    assert used["SCN"] == used["scn"] == [1]
    assert used["w"] == [0.25]
    assert not {"g", "G", "rg", "RG", "k", "K", "gs", "Do", "Tj", "TJ"} & set(used)
    names = operators(drawing)
    assert (names[0], names[-1]) == ("q", "Q")
    assert names.index("CS") < names.index("w") < names.index("m")


def test_the_registration_colour_is_all_inks() -> None:
    kind, name, other, tint = registration_space()
    assert (kind, name, other) == (Name.Separation, Name.All, Name.DeviceCMYK)
    assert (int(tint.FunctionType), int(tint.N)) == (2, 1)
    assert list(tint.C0) == [0, 0, 0, 0]
    assert list(tint.C1) == [1, 1, 1, 1]


@ROWS
def test_each_sheet_holds_the_registration_colour(name: str, paper: str) -> None:
    with Pdf.open(io.BytesIO(blank(name, paper, sides_of(name, paper)))) as pdf:
        for page in pdf.pages:
            space = page.Resources.ColorSpace["/Registration"]
            assert isinstance(space, Array)
            assert list(space)[:3] == [Name.Separation, Name.All, Name.DeviceCMYK]


def test_the_slug_is_drawn_and_brings_no_font() -> None:
    """Every letter is an outline, below the trim on the left, no wider than the sheet."""
    content = blank("a4", "a4", sides_of("a4", "a4"), f"Sleep {{well · side {SIDE} of {SIDES}")
    with Pdf.open(io.BytesIO(content)) as pdf:
        kinds = {str(o.get("/Type")) for o in pdf.objects if isinstance(o, Dictionary)}
        assert not {"/Font", "/FontDescriptor"} & kinds
        fills = [
            sum(str(i.operator) == "f" for i in stream) for stream in map(_instructions, pdf.pages)
        ]
    letters = "Sleep {well · side 1 of 2".replace(" ", "")
    assert fills == [len(letters)] * 2
    for image in render(content):
        picture = Picture(image, (210 + 2 * SLUG_MM, 297 + 2 * SLUG_MM), SLUG_MM)
        box = picture.mask(values=(0,)).crop(picture.pixels(Place(0.1, -17, 95, -14))).getbbox()
        assert box is not None
        assert box[0] <= 10  # from the left edge of the trim on
        assert 20 <= box[2] / 10 <= 40  # as long as such a line is in 7 points


def _instructions(page: Page) -> list[Any]:
    from pikepdf import parse_content_stream

    return list(parse_content_stream(page))


@pytest.mark.parametrize(("width", "times"), [(85, 1), (85, 4), (297, 1), (297, 4)])
def test_a_long_slug_becomes_smaller_and_stays_below_its_sheet(width: float, times: int) -> None:
    made = Geometry((width, 60), (Panel("front", width, 60),), (row([(0, width)]),), "long")
    (side,) = sides = flat_sides(made, 1)
    content = blank("card", "a4", sides, SLUG * times)
    (image,) = render(content)
    picture = Picture(image, (width + 2 * SLUG_MM, 60 + 2 * SLUG_MM), SLUG_MM)
    place = Place(-SLUG_MM, -SLUG_MM, width + SLUG_MM, -14)
    box = picture.mask(values=(0,)).crop(picture.pixels(place)).getbbox()
    assert side.trim.x_mm == 0 and box is not None
    assert box[0] >= 10 * SLUG_MM - 1 and box[2] <= 10 * (SLUG_MM + width) + 1
    (x, y), size, room = slug_place(side, SLUG_MM, 3)
    assert (x, room) == (SLUG_MM, width) and y - size / PT > 0 and y < SLUG_MM


# Marks for cutting, on desktop paper.


@pytest.mark.parametrize(
    ("name", "paper", "crosses"),
    [("card", "a4", 18), ("card", "letter", 6), ("a5", "a4", 0), ("a6", "a4", 1),
     ("half-letter", "letter", 0)],
)  # fmt: skip
def test_every_cut_has_a_mark_at_both_ends(name: str, paper: str, crosses: int) -> None:
    for side in on_paper(sides_of(name, paper), PAPER[paper]):
        drawing = cut_marks(side)
        lines = list(strokes(drawing))
        xs, ys = cut_lines(side)
        middle_x, middle_y = side.width_mm / 2, side.height_mm / 2
        for x in xs:
            here = [line for line in lines if line.upright and abs(line.x0 - x) < 0.001]
            assert {line.y0 < middle_y for line in here} == {True, False}
        for y in ys:
            here = [line for line in lines if not line.upright and abs(line.y0 - y) < 0.001]
            assert {line.x0 < middle_x for line in here} == {True, False}
        ticks = 2 * (len(xs) + len(ys))
        assert len(lines) - ticks == 2 * crosses
        assert not any(line.dashed for line in lines)
        assert {str(i.operator) for i in drawing.instructions} == {
            "q", "G", "w", "m", "l", "S", "Q"
        }  # fmt: skip


@pytest.mark.parametrize(("name", "paper"), [("card", "a4"), ("half-letter", "letter")])
def test_marks_for_cutting_are_where_a_printer_prints(name: str, paper: str) -> None:
    sides = on_paper(sides_of(name, paper), PAPER[paper])
    for side, image in zip(sides, render(office(panel_pages([(9, 9)] * 2), sides)), strict=True):
        for line in strokes(cut_marks(side)):
            assert min(line.x0, line.x1, line.y0, line.y1) >= 4.999
            assert max(line.x0, line.x1) <= side.width_mm - 4.999
            assert max(line.y0, line.y1) <= side.height_mm - 4.999
        size = (side.width_mm, side.height_mm)
        picture = Picture(image, size)
        picture.image.paste(255, picture.pixels(Place(5, 5, size[0] - 5, size[1] - 5), -1))
        assert picture.empty(Place(0, 0, *size))


@ROWS
def test_what_is_not_cut_has_no_marks_for_cutting(name: str, paper: str) -> None:
    sides = on_paper(sides_of(name, paper), PAPER[paper])
    shared = len(sides[0].trims) > 1
    content = office(panel_pages([(9, 9)] * 8), sides)
    with Pdf.open(io.BytesIO(content)) as pdf:
        for page in pdf.pages:
            drawn = {str(getattr(i, "operator", "")) for i in _instructions(page)}
            assert ("S" in drawn) == shared


# Press sheets with several pieces: targets among the marks, and a bar of colours.


@pytest.mark.parametrize(
    ("name", "paper"),
    [("letter-fold", "a4"), ("card", "a4"), ("booklet", "a4"), ("poster", "letter")],
)
def test_a_press_sheet_has_targets_and_a_bar_of_colours(name: str, paper: str) -> None:
    bleed = BLEED[paper]
    sides = on_press_sheet(sides_of(name, paper), PRESS_SHEETS_MM["sra3"], bleed)
    for side in sides:
        drawing = press_marks(side, 0, bleed)
        trim = side.trim
        targets = curves(drawing)
        assert len(targets) == 4
        folds = [x for x, _, _ in side.folds]
        for x, y, radius in targets:
            out = max(trim.x_mm - x, x - trim.right_mm, trim.y_mm - y, y - trim.top_mm)
            assert out - radius >= bleed + 1 - 0.01
            assert x - radius >= 0 and x + radius <= side.width_mm
            assert y - radius >= 0 and y + radius <= side.height_mm
            if y < trim.y_mm or y > trim.top_mm:
                assert all(abs(x - fold) > 2.5 for fold in folds)
        inks = [
            tuple(map(float, i.operands)) for i in drawing.instructions if str(i.operator) == "k"
        ]
        patches = [
            [float(v) / PT for v in i.operands]
            for i in drawing.instructions
            if str(i.operator) == "re"
        ]
        assert inks == list(BAR)
        assert {(1, 0, 0, 0), (0, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 1)} <= set(inks)
        assert len(patches) == len(BAR)
        for x, y, across, tall in patches:
            assert across >= 2.5 and tall >= 2.5
            assert y >= trim.top_mm + bleed + 1 - 0.01 and y + tall <= side.height_mm + 0.01
            assert all(not x < fold < x + across for fold in folds)
