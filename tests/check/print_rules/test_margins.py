from typing import Any

import pytest
from sheet import HEIGHT_MM, MM, SLUG_MM, WIDTH_MM, Sheet, told

from foldwell.check.standard import Expected
from foldwell.finding import Finding
from foldwell.pdf.piece_info import PieceInfo

ANY = Expected()


def one(sheet: Sheet, **more: Any) -> Finding:
    (finding,) = sheet.findings(expected=ANY, **more)
    return finding


@pytest.mark.parametrize(("x_mm", "severity"), [(2.0, "error"), (4.0, "warning")])
def test_text_near_the_left_edge(x_mm: float, severity: str) -> None:
    finding = one(Sheet(x_mm=x_mm))
    assert told([finding]) == [("X3", severity)]
    assert finding.message.startswith("The text 'Take")
    assert "mm from the left edge" in finding.message


def test_text_five_millimetres_away_is_clear() -> None:
    assert Sheet(x_mm=5.0).findings() == []


@pytest.mark.parametrize(
    ("x_mm", "y_mm", "edge"),
    [(60, 1.5, "lower"), (60, HEIGHT_MM - 5, "upper"), (WIDTH_MM - 11, 60, "right")],
)
def test_each_edge(x_mm: float, y_mm: float, edge: str) -> None:
    finding = one(
        Sheet(),
        write=lambda _, font: font.show("Near", 12, (SLUG_MM + x_mm) * MM, (SLUG_MM + y_mm) * MM),
    )
    assert told([finding]) == [("X3", "error")]
    assert f"mm from the {edge} edge" in finding.message
    assert "'Near'" in finding.message


def test_text_that_is_cut_by_the_trim() -> None:
    finding = one(Sheet(x_mm=-3))
    assert told([finding]) == [("X3", "error")]
    assert "stands 0.0 mm from the left edge" in finding.message


def test_text_outside_the_trim_is_for_the_printer() -> None:
    outside = Sheet().findings(
        lambda _, font: font.show("Job 7, do not print", 9, 60, (SLUG_MM - 8) * MM)
    )
    assert outside == []


def folded(x_mm: float) -> PieceInfo:
    """Two panels with a fold between them."""
    x0, y0 = SLUG_MM * MM, SLUG_MM * MM
    x1, y1 = (SLUG_MM + WIDTH_MM) * MM, (SLUG_MM + HEIGHT_MM) * MM
    fold = (SLUG_MM + x_mm) * MM
    return PieceInfo(
        "own-format",
        "press",
        "FOGRA39",
        12.0,
        ((fold, y0, y1),),
        ((x0, y0, x1, y1),),
        ((x0, y0, fold, y1), (fold, y0, x1, y1)),
    )


@pytest.mark.parametrize(("gap_mm", "severity"), [(2.0, "error"), (4.2, "warning"), (5.2, None)])
def test_text_near_a_fold(gap_mm: float, severity: str | None) -> None:
    found = Sheet(x_mm=20 + gap_mm, info=folded(20)).findings(expected=ANY)
    assert told(found) == ([("X3", severity)] if severity else [])
    if found:
        assert "mm from the fold 20.0 mm from the left edge" in found[0].message


def test_a_word_across_a_fold() -> None:
    """Each letter stands in one panel, the word in two."""
    sheet = Sheet(x_mm=30, info=folded(20))
    x = (SLUG_MM + 20) * MM
    found = sheet.findings(lambda _, font: font.show("Il", 16, x - 4.9, 150), expected=ANY)
    assert {f.rule for f in found} <= {"X3", "L11"}
    assert any(f.rule == "X3" and "stands 0.0 mm from the fold" in f.message for f in found)


def test_what_another_rule_tells_is_not_told_twice() -> None:
    """A letter that stands on the fold is over the edge of its panel."""
    x = (SLUG_MM + 50) * MM
    sheet = Sheet(words=(), info=folded(50))
    found = sheet.findings(lambda _, font: font.show("M", 60, x - 10, 150), expected=ANY)
    assert told(found) == [("L11", "error")]


def test_one_finding_for_several_pieces() -> None:
    half = (SLUG_MM + WIDTH_MM / 2) * MM
    low, high = SLUG_MM * MM, (SLUG_MM + HEIGHT_MM) * MM
    left, right = SLUG_MM * MM, (SLUG_MM + WIDTH_MM) * MM
    trims = ((left, low, half, high), (half, low, right, high))
    info = PieceInfo("own-format", "press", "FOGRA39", 12.0, (), trims, trims)
    sheet = Sheet(words=(), info=info)
    found = sheet.findings(
        lambda _, font: "\n".join(font.show("Near", 12, x + 2, 200) for x in (left, half)),
        expected=ANY,
    )
    assert told(found) == [("X3", "error")]
    assert "'Near Near'" in found[0].message
