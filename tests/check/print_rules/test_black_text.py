import pytest
from pikepdf import Array, Dictionary, Name
from sheet import Sheet, told

from foldwell.finding import Finding

SPOT = Dictionary(FunctionType=2, N=1, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 0, 0, 1])


def in_space(name: str, alternate: Name = Name.DeviceCMYK) -> Sheet:
    """A sheet whose text is in a Separation space."""
    space = Array([Name.Separation, Name("/" + name), alternate, SPOT])
    return Sheet(ink="/S cs 1 scn", resources={"ColorSpace": Dictionary(S=space)})


@pytest.mark.parametrize(
    "ink",
    ["0.7 0.6 0.6 0.9 k", "0 0.1 0 1 k", "0.5 0.4 0.4 0.8 k", "0.8 0.75 0.75 0 k"],
)
def test_black_in_several_inks(ink: str) -> None:
    (finding,) = Sheet(ink=ink).findings()
    assert told([finding]) == [("X5", "error")]
    assert finding.message.startswith("The black text 'Take one tablet with water in the")


def test_the_inks_are_named() -> None:
    (finding,) = Sheet(ink="0.7 0.6 0.6 0.9 k").findings()
    assert "(C 70 M 60 Y 60 K 90)" in finding.message


@pytest.mark.parametrize("ink", ["0 g", "0.1 0.1 0.1 rg"])
def test_black_of_light(ink: str) -> None:
    """Grey is printed in black ink; RGB is not, and breaks another rule as well."""
    rules = {finding.rule for finding in Sheet(ink=ink).findings()}
    assert rules == (set() if ink.endswith("g") and "rg" not in ink else {"X5", "X9"})


def test_registration_colour_is_no_black() -> None:
    found = in_space("All").findings()
    assert {finding.rule for finding in found} == {"X5", "X6"}


def test_black_as_a_separation() -> None:
    assert in_space("Black").findings() == []


@pytest.mark.parametrize(
    "ink", ["0 0 0 1 k", "0 0 0 0.6 k", "1 0.8 0.2 0.3 k", "0.8 0 0.35 0.45 k", "0 0.95 0.8 0.25 k"]
)
def test_colours_that_are_fine(ink: str) -> None:
    assert Sheet(ink=ink).findings() == []


def test_large_text_may_be_rich() -> None:
    def large(size_pt: float) -> list[Finding]:
        return Sheet().findings(
            lambda _, font: "0.5 0.4 0.4 1 k " + font.show("Sleep", size_pt, 100, 100)
        )

    assert large(18) == []
    assert told(large(17)) == [("X5", "error")]


def raised(ink: str, size_pt: float = 7.0) -> list[Finding]:
    """A raised number of that colour on a black ground."""
    return Sheet().findings(
        lambda _, font: "\n".join(
            (
                "0 0 0 1 k 80 90 200 40 re f 0 0 0 0 k",
                font.show("See the note", 14, 100, 100),
                ink,
                font.show("1", size_pt, 101 + font.width("See the note", 14), 105),
            )
        )
    )


def test_small_white_text() -> None:
    (finding,) = raised("0 0 0 0 k")
    assert told([finding]) == [("X8", "warning")]
    assert finding.message == "The text '1' of 7.0 pt is white."


def test_small_text_in_several_inks() -> None:
    (finding,) = raised("0 1 1 0 k")
    assert told([finding]) == [("X8", "warning")]
    assert finding.message == "The text '1' of 7.0 pt is printed in several inks."


@pytest.mark.parametrize(("ink", "size_pt"), [("0 0 0 0 k", 9.0), ("0 1 0 0 k", 7.0)])
def test_large_enough_or_one_ink(ink: str, size_pt: float) -> None:
    assert raised(ink, size_pt) == []


def test_text_whose_colours_cannot_be_told() -> None:
    """Where a viewer finds other text than we do, that is said, and nothing is guessed.

    A picture in the content has fewer bytes than it should: a viewer takes what follows for its
    pixels, and misses a word.
    """
    torn = "q 3 0 0 3 100 100 cm BI /W 26 /H 26 /BPC 8 /CS /G ID abc\nEI Q "
    found = Sheet().findings(lambda _, font: torn + font.show("Word", 12, 100, 100) + " 0 g" * 300)
    assert told(found) == [("X5", "warning")]
    assert found[0].message == "The inks of the text could not be read."


def test_nothing_is_shown_before_a_font_is_chosen() -> None:
    assert Sheet(background="BT 100 100 Td (no font) Tj ET").findings() == []
