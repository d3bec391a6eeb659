import pytest
from sheet import Sheet, told

LINE = "100 200 m 200 200 l S"


@pytest.mark.parametrize(
    "drawn",
    [
        "0.1 w " + LINE,
        "0 w " + LINE,
        "q 0.1 0 0 0.1 0 0 cm 2 w 1000 2000 m 2000 2000 l S Q",
        "q 1 0 0 0.2 0 0 cm 1 w 100 900 m 200 900 l S Q",
        "0 0 0 1 k 100 200 100 0.1 re f",
        "0 0 0 1 k 100 200 m 200 200 l 200 200.1 l 100 200.1 l h f",
        "0 0 0 1 k q 100 200 100 0.2 re W n 50 150 200 100 re f Q",
    ],
    ids=["thin", "hairline", "scaled", "squeezed", "filled", "filled path", "clipped"],
)
def test_thin_lines(drawn: str) -> None:
    (finding,) = Sheet(more=drawn).findings()
    assert told([finding]) == [("X7", "warning")]
    assert finding.message.startswith("A line is thinner than 0.25 pt, down to 0.")


@pytest.mark.parametrize(
    "drawn",
    [
        "0.25 w " + LINE,
        "q 0.1 0 0 0.1 0 0 cm 3 w 1000 2000 m 2000 2000 l S Q",
        "0 0 0 1 k 100 200 100 0.25 re f",
        "0.1 w 0 0 0 0 K " + LINE,
        "0.1 w 10 10 m 30 10 l S",
        "0 0 0 1 k 100 200 m 101 201 l 102 203 l f",
    ],
    ids=["thick enough", "scaled", "filled", "white", "outside the trim", "small shape"],
)
def test_lines_that_hold(drawn: str) -> None:
    assert Sheet(more=drawn).findings() == []


def test_thin_lines_are_told_together() -> None:
    sheet = Sheet(more="0.2 w 100 200 m 200 200 l S 0.15 w 100 220 m 200 220 l S")
    (finding,) = sheet.findings()
    assert finding.message == "2 lines are thinner than 0.25 pt, down to 0.15 pt."
    assert finding.place.box_pt == pytest.approx((99.9, 199.9, 200.1, 220.075), abs=0.01)


def test_outlined_letters_are_lines() -> None:
    sheet = Sheet()
    found = sheet.findings(
        lambda _, font: "q 1 Tr 0.1 w 0 0 0 1 K " + font.show("Thin", 24, 100, 200) + " Q"
    )
    assert told(found) == [("X7", "warning")]
