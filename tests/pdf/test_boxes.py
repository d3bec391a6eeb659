"""Boxes of pages, as files of anyone have them."""

from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name

from foldwell.pdf.boxes import inherited, page_box, turned_by, upright, user_unit


def below(**keys: Any) -> Dictionary:
    """A page below a node with these."""
    return Dictionary(Parent=Dictionary(Parent=Dictionary(**keys)))


def test_values_of_the_nodes_above() -> None:
    assert inherited(below(Rotate=90), "/Rotate") == 90
    assert inherited(below(), "/Rotate") is None
    assert inherited(Name.Odd, "/Rotate") is None


def test_a_node_above_itself_ends() -> None:
    assert inherited(Dictionary(), "/Rotate") is None
    chain = Dictionary(Rotate=90)
    for _ in range(60):
        chain = Dictionary(Parent=chain)
    assert inherited(chain, "/Rotate") is None


def test_only_the_sheet_is_inherited() -> None:
    edges = Array([0, 0, 9, 9])
    page = below(MediaBox=edges, TrimBox=edges)
    assert page_box(page, "/MediaBox") == (0, 0, 9, 9)
    assert page_box(page, "/TrimBox") is None


@pytest.mark.parametrize(
    ("edges", "expected"),
    [
        ([1, 2, 3, 4], (1, 2, 3, 4)),
        ([3, 4, 1, 2], (1, 2, 3, 4)),
        ([1, 2, 3], None),
        ([1, 2, 3, 4, 5], None),
        ([1, 2, 3, Name.A], None),
    ],
)
def test_corners_in_any_order(edges: list[Any], expected: Any) -> None:
    assert upright(Array(edges)) == expected


@pytest.mark.parametrize("item", [None, Name.A, 3, Dictionary()])
def test_what_is_no_rectangle(item: Any) -> None:
    assert upright(item) is None


def test_an_empty_box_is_none_and_units_count() -> None:
    assert page_box(Dictionary(TrimBox=Array([1, 1, 1, 9])), "/TrimBox") is None
    assert page_box(Dictionary(TrimBox=Array([1, 1, 2, 9])), "/TrimBox", 2) == (2, 2, 4, 18)


@pytest.mark.parametrize(
    ("unit", "expected"), [(2, 2.0), (0, 1.0), (-3, 1.0), (1e6, 1.0), (Name.A, 1.0)]
)
def test_units(unit: Any, expected: float) -> None:
    assert user_unit(Dictionary(UserUnit=unit)) == expected
    assert user_unit(Dictionary()) == 1


@pytest.mark.parametrize(("turn", "shown"), [(0, 0), (90, 90), (-90, 270), (450, 90), (100, 90)])
def test_turns(turn: int, shown: int) -> None:
    assert turned_by(below(Rotate=turn)) == shown
    assert turned_by(Dictionary()) == 0
