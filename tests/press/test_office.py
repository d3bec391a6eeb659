"""Office files: what a desktop printer is told, and what stands before the sheets."""

import io

import pytest
from panel_pictures import panel_pages, piece
from pikepdf import Pdf
from trade_table import PAPER, geometry

from foldwell.paper.formats import FORMATS
from foldwell.paper.sheets import Side, flat_sides, on_paper
from foldwell.press.office import office_file


def sides(name: str) -> tuple[Side, ...]:
    made = geometry(name, "a4")
    flat = flat_sides(made, len(made.panels), flows=FORMATS[name].flows)
    return on_paper(flat, PAPER["a4"])


def sizes(content: bytes) -> list[tuple[int, int]]:
    with Pdf.open(io.BytesIO(content)) as pdf:
        boxes = [[round(float(v) * 25.4 / 72) for v in page.mediabox] for page in pdf.pages]
    return [(box[2] - box[0], box[3] - box[1]) for box in boxes]


@pytest.mark.parametrize("flip", ["short", "long"])
def test_a_printer_is_told_not_to_scale_and_how_to_turn(flip: str) -> None:
    content = office_file(panel_pages([(210, 297)] * 2), sides("a4"), piece("a4", flip))  # type: ignore[arg-type]
    with Pdf.open(io.BytesIO(content)) as pdf:
        preferences = pdf.Root.ViewerPreferences
        assert str(preferences.PrintScaling) == "/None"
        assert str(preferences.Duplex) == f"/DuplexFlip{flip.title()}Edge"


def test_panels_stand_on_the_paper_of_the_region() -> None:
    panels = panel_pages(
        [(panel.width_mm, panel.height_mm) for panel in geometry("letter-fold", "a4").panels]
    )
    content = office_file(panels, sides("letter-fold"), piece("letter-fold"))
    assert sizes(content) == [(297, 210)] * 2


def test_instructions_stand_first_and_keep_their_size() -> None:
    panels = panel_pages([(210, 297)] * 2)
    content = office_file(panels, sides("a4"), piece("a4"), panel_pages([(100, 150)] * 2))
    assert sizes(content) == [(100, 150)] * 2 + [(210, 297)] * 2


def test_the_file_says_what_it_is() -> None:
    made = piece("a4")
    content = office_file(panel_pages([(210, 297)] * 2), sides("a4"), made)
    with Pdf.open(io.BytesIO(content)) as pdf:
        assert str(pdf.docinfo["/Title"]) == made.title
        assert str(pdf.docinfo["/Author"]) == "Riverside"
        assert str(pdf.Root.Lang) == made.language
