from typing import Any

import pytest
from pikepdf import Array, Dictionary, Pdf
from sheet import saved

from foldwell.check.page_facts import PageFacts
from foldwell.check.pdf_file import open_file
from foldwell.pdf.piece_info import PieceInfo, write_piece_info


def facts(**entries: Any) -> PageFacts:
    """The facts of a page of 300 × 200 with other entries."""
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(300, 200))
    for key, value in entries.items():
        page.obj[f"/{key}"] = Array(value) if isinstance(value, list) else value
    with open_file(saved(pdf)) as file:
        return file.pages[0]


def test_boxes_that_are_not_named() -> None:
    page = facts()
    assert page.media == page.trim == page.bleed == (0, 0, 300, 200)
    assert not page.has_trim


def test_boxes() -> None:
    page = facts(
        MediaBox=[-10, -20, 290, 180], BleedBox=[0, 0, 250, 150], TrimBox=[241.5, 141.5, 8.5, 8.5]
    )
    assert page.media == (-10, -20, 290, 180)
    assert page.bleed == (0, 0, 250, 150)
    assert page.trim == (8.5, 8.5, 241.5, 141.5)
    assert page.has_trim


def test_a_crop_box_stands_in_for_others() -> None:
    page = facts(CropBox=[10, 10, 200, 900])
    assert page.trim == page.bleed == (10, 10, 200, 200)


@pytest.mark.parametrize("box", [[1, 2, 3], [1, 2, 1, 9], "words", [1, 2, "x", 4]])
def test_a_broken_box_counts_as_none(box: Any) -> None:
    assert not facts(TrimBox=box).has_trim


def test_the_unit_of_a_page() -> None:
    page = facts(UserUnit=2.5, TrimBox=[10, 10, 100, 100])
    assert page.media == (0, 0, 750, 500)
    assert page.trim == (25, 25, 250, 250)
    assert facts(UserUnit=-1).unit_pt == 1


@pytest.mark.parametrize(
    ("turn", "size", "edges"),
    [
        (0, (300, 200), ("left", "lower", "right", "upper")),
        (90, (200, 300), ("upper", "left", "lower", "right")),
        (180, (300, 200), ("right", "upper", "left", "lower")),
        (270, (200, 300), ("lower", "right", "upper", "left")),
        (-90, (200, 300), ("lower", "right", "upper", "left")),
        (450, (200, 300), ("upper", "left", "lower", "right")),
    ],
)
def test_turned_pages(turn: int, size: tuple[int, int], edges: tuple[str, ...]) -> None:
    page = facts(Rotate=turn)
    assert page.shown_size(page.media) == size
    assert page.edges == edges


def test_values_of_the_nodes_above_a_page() -> None:
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(300, 200))
    del page.obj.MediaBox
    pdf.Root.Pages.MediaBox = Array([0, 0, 111, 222])
    pdf.Root.Pages.Rotate = 90
    with open_file(saved(pdf)) as file:
        assert file.pages[0].media == (0, 0, 111, 222)
        assert file.pages[0].turn == 90


def test_what_a_page_says_of_itself() -> None:
    info = PieceInfo("a6", "press", "FOGRA39", 12, ((50, 0, 99),), ((1, 2, 3, 4),), ((5, 6, 7, 8),))
    pdf = Pdf.new()
    page = pdf.add_blank_page(page_size=(300, 200))
    page.obj.UserUnit = 2
    write_piece_info(page, info, "D:20260101000000Z")
    with open_file(saved(pdf)) as file:
        found = file.pages[0]
    assert found.info is not None
    assert found.info.folds == ((100, 0, 198),)
    assert found.info.trims == found.pieces == ((2, 4, 6, 8),)
    assert found.info.panels == ((10, 12, 14, 16),)


def test_pages_of_others_are_one_piece() -> None:
    page = facts(TrimBox=[10, 10, 100, 100], PieceInfo=Dictionary(Other=1))
    assert page.info is None
    assert page.pieces == ((10, 10, 100, 100),)
