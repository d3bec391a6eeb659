import pytest
from sheet import Sheet, told

from foldwell.check.standard import Expected
from foldwell.finding import Finding
from foldwell.pdf.piece_info import PieceInfo

LARGE = Expected(format="a6", large_print=True)


@pytest.mark.parametrize(
    ("size_pt", "bad"), [(11.5, True), (11.9, True), (12.0, False), (14, False)]
)
def test_body_text(size_pt: float, bad: bool) -> None:
    found = Sheet(size_pt=size_pt).findings()
    assert told(found) == ([("L1", "error")] if bad else [])
    if bad:
        assert found[0].message == f"Most of the text is {size_pt:g} pt."


def test_the_size_with_most_letters_is_the_body() -> None:
    """A long footnote is the body, whatever the heading's size."""
    (finding,) = Sheet().findings(
        lambda _, font: "\n".join(
            font.show("much more of this than of the rest", 10, 90, y) for y in (150, 170, 190)
        )
    )
    assert told([finding]) == [("L1", "error")]
    assert finding.message == "Most of the text is 10 pt."


def test_the_size_that_a_file_names_is_the_body_where_enough_of_it_has_it() -> None:
    """As far as a tenth of a point; a long list of sources in small print is no body."""
    info = PieceInfo("a6", "press", "FOGRA39", 12.04, (), (), ())
    found = Sheet(info=info).findings(
        lambda _, font: "\n".join(
            font.show("much more of this than of the rest", 10, 90, y) for y in (150, 170, 190)
        )
    )
    assert found == []


def test_a_few_words_have_no_body() -> None:
    assert Sheet(size_pt=11, words=("Call us",)).findings() == []
    assert Sheet(size_pt=11, words=("a" * 20, "b" * 19)).findings() == []
    assert told(Sheet(size_pt=11, words=("a" * 20, "b" * 20)).findings()) == [("L1", "error")]


@pytest.mark.parametrize(("size_pt", "bad"), [(8.0, True), (8.9, True), (9.0, False)])
def test_the_smallest_text(size_pt: float, bad: bool) -> None:
    found = Sheet().findings(lambda _, font: font.show("Made in May", size_pt, 100, 100))
    assert told(found) == ([("L2", "error")] if bad else [])
    if bad:
        assert found[0].message == f"The text 'Made in May' is {size_pt:.1f} pt."
        assert found[0].place.box_pt is not None and found[0].place.box_pt[0] == pytest.approx(
            100, abs=2
        )


def test_the_real_size_counts() -> None:
    def scaled(matrix: str) -> list[Finding]:
        return Sheet().findings(
            lambda _, font: f"q {matrix} cm " + font.show("Made in May", 10, 0, 0) + " Q"
        )

    assert told(scaled("0.8 0 0 0.8 100 100")) == [("L2", "error")]
    assert told(scaled("1 0 0 0.8 100 100")) == [("L2", "error")]
    assert told(scaled("0 0.8 -0.8 0 100 100")) == [("L2", "error")]
    assert scaled("0.8 0 0 1 100 100") == []
    assert scaled("0 1 -1 0 100 100") == []


@pytest.mark.parametrize(("text", "bad"), [("•", False), ("• •", False), ("•5", True), ("5", True)])
def test_bullets_are_ornaments(text: str, bad: bool) -> None:
    found = Sheet().findings(lambda _, font: font.show(text, 7, 100, 100))
    assert told(found) == ([("L2", "error")] if bad else [])


def small(size_pt: float, rise_pt: float, text: str = "1,2", gap_pt: float = 1) -> list[Finding]:
    """A small run after larger text."""
    return Sheet().findings(
        lambda _, font: "\n".join(
            (
                font.show("As many have found", 12, 100, 100),
                font.show(
                    text,
                    size_pt,
                    100 + font.width("As many have found", 12) + gap_pt,
                    100 + rise_pt,
                ),
            )
        )
    )


def test_raised_and_lowered_numbers_may_be_small() -> None:
    assert small(7.8, 5.4) == []
    assert small(6.0, 4) == []
    assert small(8, -2) == []
    assert small(8, 5, gap_pt=6) == []


@pytest.mark.parametrize(
    "numbers",
    [
        small(5.5, 4),
        small(8, 0),
        small(8, 14),
        small(8, 5, gap_pt=9),
        small(8, 5, text="a whole sentence of it"),
    ],
    ids=["too small", "on the line", "on no line", "far away", "too long"],
)
def test_other_small_text_may_not(numbers: list[Finding]) -> None:
    assert told(numbers) == [("L2", "error")]


def large(size_pt: float, other_pt: float = 18.0) -> list[Finding]:
    sheet = Sheet(size_pt=size_pt, x_mm=8, words=("Take one tablet now", "then call us if you"))
    return sheet.findings(
        lambda _, font: font.show("with water only", other_pt, 90, 100), expected=LARGE
    )


def test_large_print() -> None:
    assert large(18) == []
    assert large(18, 16) == []
    assert told(large(17)) == [("L3", "error")]
    assert told(large(18, 15)) == [("L3", "error")]
    assert told(large(18, 8)) == [("L3", "error")]


def test_raised_numbers_are_large_in_large_print() -> None:
    sheet = Sheet(size_pt=18, x_mm=8, words=("Take one tablet now", "then call us if you"))
    found = sheet.findings(
        lambda _, font: "\n".join(
            (
                font.show("as many have", 18, 90, 100),
                font.show("2", 12, 91 + font.width("as many have", 18), 106),
            )
        ),
        expected=LARGE,
    )
    assert told(found) == [("L3", "error")]
    assert found[0].message == "The text '2' is 12.0 pt."
