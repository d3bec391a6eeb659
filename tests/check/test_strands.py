from dataclasses import dataclass

import pytest

from foldwell.check.comparable import comparable
from foldwell.check.strands import place_after


@dataclass(frozen=True)
class Line:
    text: str
    strand: int = 0
    added: bool = False


def end(read: str, *lines: Line, drawn: tuple[str, ...] = ()) -> int:
    return place_after(0, lines, [comparable(words) for words in drawn], comparable(read))


ONE, TWO, FOOT = Line("One line"), Line("and two"), Line("page 1", 1)


@pytest.mark.parametrize(
    "read", ["One line and two page 1", "page 1 One line and two", "One line\npage 1\nand two"]
)
def test_strands_anywhere_lines_in_order(read: str) -> None:
    assert end(read, ONE, TWO, FOOT) == len(read.replace(" ", "").replace("\n", ""))


@pytest.mark.parametrize(
    "read",
    [
        "and two One line page 1",
        "One line page 1",
        "One line and two",
        "One page 1 line and two",
        "",
    ],
)
def test_what_is_out_of_order_or_missing(read: str) -> None:
    assert end(read, ONE, TWO, FOOT) == -1


def test_what_is_left_over_is_not_taken() -> None:
    assert end("One line and two page 1 page 1", ONE, TWO, FOOT) == len("Onelineandtwopage1")


def test_a_counter_in_the_middle_of_a_line() -> None:
    line = Line("on one side\u200b1\u200b.")
    assert end("on one side1 4 .", line, Line("4", 2)) == len("ononeside14.")
    assert end("on one 4 side1 .", line, Line("4", 2)) == -1


def test_the_wrong_one_of_two_alike_is_taken_back() -> None:
    lines = (Line("2", 1), Line("2 days"), Line("2 weeks", 2))
    assert end("2 weeks 2 2 days", *lines) == len("2weeks22days")


def test_drawings_before_between_and_behind() -> None:
    drawn = ("days", "0")
    assert end(
        "0 0 One line days 0 and two 0 days page 1 days", ONE, TWO, FOOT, drawn=drawn
    ) == len("00Onelinedays0andtwo0dayspage1days")


def test_many_bullets_are_no_riddle() -> None:
    bullets = [Line("•", strand) for strand in range(2, 60)]
    texts = [Line(f"line {number}") for number in range(58)]
    read = " ".join([*(line.text for line in texts), *("•" * 57)])
    assert end(read, *texts, *bullets) == -1
    assert end(read + " •", *texts, *bullets) > 0


def test_right_to_left_lines_stand_in_their_place() -> None:
    lines = (Line("קח 2 טבליות (513)"), Line("בכל יום"))
    assert end("קח 2 טבליות )513(\nבכל יום", *lines) > 0
    assert end("בכל יום\nקח 2 טבליות )513(", *lines) == -1
    assert end("קח 3 טבליות )513(\nבכל יום", *lines) == -1
