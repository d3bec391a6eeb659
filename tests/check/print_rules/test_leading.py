import pytest
from sheet import Sheet, told

from foldwell.check.print_rules.leading import has_letters


@pytest.mark.parametrize(
    ("leading", "severity"),
    [
        (1.4, None),
        (1.25, None),
        (1.22, "warning"),
        (1.15, "warning"),
        (1.1, "error"),
        (0.6, "error"),
    ],
)
def test_lines_of_body_text(leading: float, severity: str | None) -> None:
    found = Sheet(leading=leading).findings()
    assert told(found) == ([("L2", severity)] if severity else [])
    if found:
        assert found[0].message == (
            f"Lines of 12.0 pt stand {leading:.2f} × their size apart, first under 'Take one tablet"
            " with water'."
        )


@pytest.mark.parametrize(("leading", "bad"), [(1.16, False), (1.1, True)])
@pytest.mark.parametrize("size_pt", [16, 24])
def test_lines_of_other_text(size_pt: float, leading: float, bad: bool) -> None:
    found = Sheet().findings(
        lambda _, font: "\n".join(
            font.show("Go to sleep", size_pt, 90, 150 - row * leading * size_pt) for row in range(2)
        )
    )
    assert told(found) == ([("L2", "error")] if bad else [])


def test_lines_that_run_upwards() -> None:
    sheet = Sheet(words=())
    found = sheet.findings(
        lambda _, font: "\n".join(
            f"q 0 1 -1 0 {x} 80 cm " + font.show("Take one tablet with some water", 12, 0, 0) + " Q"
            for x in (150, 162)
        )
    )
    assert told(found) == [("L2", "error")]
    assert "1.00 × their size" in found[0].message


@pytest.mark.parametrize(
    "places",
    [
        [(90, 150), (200, 145)],  # side by side
        [(90, 150), (100, 147)],  # on the same line, a little lower
        [(90, 150), (90, 120)],
    ],
    ids=["columns", "lowered", "far apart"],
)
def test_text_that_is_no_second_line(places: list[tuple[float, float]]) -> None:
    found = Sheet().findings(
        lambda _, font: "\n".join(
            font.show(text, 14, x, y)
            for text, (x, y) in zip(("Go to sleep", "Not at noon"), places, strict=True)
        )
    )
    assert found == []


def test_another_size_is_another_paragraph() -> None:
    found = Sheet().findings(
        lambda _, font: "\n".join(
            (font.show("Heading here", 20, 90, 150), font.show("Text", 14, 90, 138))
        )
    )
    assert found == []


@pytest.mark.parametrize(
    ("text", "counts"),
    [("\u064b", False), ("\u064b \u0651", False), ("\u0646\u064b", True), ("a", True)],
)
def test_marks_alone_are_no_line(text: str, counts: bool) -> None:
    assert has_letters(text) is counts
