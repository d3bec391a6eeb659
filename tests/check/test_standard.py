from typing import Any

import pytest
from sheet import A6, Sheet

from foldwell.check.pdf_file import open_file
from foldwell.check.standard import Expected, Standard, standard_for
from foldwell.pdf.piece_info import PieceInfo


def held(expected: Expected | None = None, **sheet: Any) -> Standard:
    with open_file(Sheet(**sheet).bytes()) as file:
        return standard_for(file, expected or Expected())


def info(format_name: str, medium: str = "press") -> PieceInfo:
    box = (50.0, 50.0, 300.0, 400.0)
    return PieceInfo(format_name, medium, "FOGRA29", 12, (), (box,), (box,))


def test_a_file_of_others() -> None:
    standard = held()
    assert (standard.medium, standard.ours, standard.imposed) == ("press", False, False)
    assert standard.sizes_mm == ()
    assert standard.ink_percent == (300, 330)


def test_a_file_of_ours_says_what_it_is() -> None:
    standard = held(info=info("letter-fold", "office"))
    assert (standard.medium, standard.ours, standard.imposed) == ("office", True, True)
    assert standard.sizes_mm == ((297, 210), (279.4, 215.9))


def test_the_caller_knows_better() -> None:
    standard = held(
        Expected(medium="screen", format="a6", trim_mm=(1, 2), stitched=True, large_print=True),
        info=info("letter-fold"),
    )
    assert (standard.medium, standard.imposed) == ("screen", False)
    assert standard.format is not None and standard.format.name == "a6"
    assert standard.sizes_mm == ((1, 2),)
    assert standard.stitched and standard.large_print


@pytest.mark.parametrize(
    ("format_name", "stitched", "large"),
    [("booklet", True, False), ("large-print", False, True), ("a6", False, False)],
)
def test_formats(format_name: str, stitched: bool, large: bool) -> None:
    standard = held(info=info(format_name))
    assert (standard.stitched, standard.large_print) == (stitched, large)


def test_a_format_of_the_users_own_is_not_in_the_table() -> None:
    standard = held(info=info("my-own"))
    assert standard.format is None
    assert standard.sizes_mm == ()


@pytest.mark.parametrize(
    ("condition", "limits"),
    [
        ("FOGRA39", (300, 330)),
        ("FOGRA29", (260, 300)),
        ("CGATS TR 006", (300, 330)),
        ("FOGRA47L", (260, 300)),
        ("Uncoated, our own", (260, 300)),
        ("", (300, 330)),
    ],
)
def test_how_much_ink_a_condition_takes(condition: str, limits: tuple[float, float]) -> None:
    assert held(A6, condition=condition).ink_percent == pytest.approx(limits)
