"""What a page of ours says of itself."""

from typing import Any

import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from foldwell.pdf.piece_info import PieceInfo, read_piece_info, write_piece_info

PDF = Pdf.new()
INFO = PieceInfo(
    "a4-fold", "press", "FOGRA39", 12.5, ((297.6379, 8.5, 850),), ((0, 0, 9, 9), (9, 0, 18, 9)), ()
)


def written() -> Any:
    page = PDF.add_blank_page()
    write_piece_info(page, INFO, "D:20260101000000Z")
    return page


def test_facts_come_back() -> None:
    page = written()
    assert read_piece_info(page) == INFO
    assert str(page.obj.LastModified) == str(page.obj.PieceInfo.Foldwell.LastModified)


@pytest.mark.parametrize("key", ["/Format", "/Body", "/Folds", "/Trims", "/Panels"])
def test_a_broken_entry_is_none(key: str) -> None:
    page = written()
    page.obj.PieceInfo.Foldwell.Private[key] = Array([Name.Odd])
    if key == "/Format":
        del page.obj.PieceInfo.Foldwell.Private[key]
    assert read_piece_info(page) is None


def test_a_page_of_another_program() -> None:
    page = PDF.add_blank_page()
    assert read_piece_info(page) is None
    page.obj.PieceInfo = Dictionary(Other=Dictionary())
    assert read_piece_info(page) is None
