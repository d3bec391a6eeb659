"""Operators in millimetres."""

import pytest

from foldwell.pdf.plane import PT_PER_MM
from foldwell.press.drawing import Drawing


def told(drawing: Drawing) -> list[tuple[str, list[float]]]:
    return [
        (str(item.operator), [float(operand) for operand in item.operands])
        for item in drawing.instructions
    ]


def test_a_line_starts_where_the_origin_says() -> None:
    drawing = Drawing(10, 20)
    drawing.line(1, 2, 3, 4)
    (m, start), (to, end), (stroke, nothing) = told(drawing)
    assert (m, to, stroke, nothing) == ("m", "l", "S", [])
    assert start == pytest.approx([11 * PT_PER_MM, 22 * PT_PER_MM], abs=1e-3)
    assert end == pytest.approx([13 * PT_PER_MM, 24 * PT_PER_MM], abs=1e-3)


def test_a_rectangle_is_moved_but_not_made_larger() -> None:
    drawing = Drawing(10, 20)
    drawing.rectangle(0, 0, 5, 6)
    (name, corners), filled = told(drawing)
    assert name == "re" and filled == ("f", [])
    assert corners == pytest.approx([v * PT_PER_MM for v in (10, 20, 5, 6)], abs=1e-3)


def test_a_circle_is_round() -> None:
    drawing = Drawing()
    drawing.circle(0, 0, 10)
    operators = told(drawing)
    assert [name for name, _ in operators] == ["m", "c", "c", "c", "c", "S"]
    ends = [operators[0][1], *(points[4:] for name, points in operators if name == "c")]
    assert ends[0] == pytest.approx(ends[-1], abs=1e-3)
    for x, y in ends:
        assert (x**2 + y**2) ** 0.5 == pytest.approx(10 * PT_PER_MM, abs=1e-3)
    # Half way along, a Bézier quarter is as far from the middle as at its ends.
    x0, y0 = ends[0]
    x1, y1, x2, y2, x3, y3 = operators[1][1]
    half = ((x0 + 3 * x1 + 3 * x2 + x3) / 8, (y0 + 3 * y1 + 3 * y2 + y3) / 8)
    assert (half[0] ** 2 + half[1] ** 2) ** 0.5 == pytest.approx(10 * PT_PER_MM, rel=1e-3)


def test_dashes_are_in_millimetres() -> None:
    drawing = Drawing()
    drawing.dashes(1, 2)
    drawing.dashes()
    first, last = drawing.instructions
    lengths = [float(length) for length in first.operands[0]]
    assert lengths == pytest.approx([PT_PER_MM, 2 * PT_PER_MM], abs=1e-3)
    assert list(last.operands[0]) == []
