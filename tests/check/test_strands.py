from dataclasses import dataclass

import pytest

from foldwell.check.comparable import comparable
from foldwell.check.strands import DRAWN, all_found


@dataclass(frozen=True)
class Line:
    text: str
    strand: int = 0
    added: bool = False


def found(read: str, *panels: tuple[Line, ...]) -> bool:
    return all_found(panels, comparable(read))


ONE, TWO, FOOT = Line("One line"), Line("and two"), Line("page 1", 1)


@pytest.mark.parametrize(
    "read", ["One line and two page 1", "page 1 One line and two", "One line\npage 1\nand two"]
)
def test_strands_anywhere_lines_in_order(read: str) -> None:
    assert found(read, (ONE, TWO, FOOT))


@pytest.mark.parametrize(
    "read",
    [
        "and two One line page 1",
        "One line page 1",
        "One line and two",
        "One page 1 line and two",
        "One line and two page 1 page 1",
        "",
    ],
)
def test_what_is_out_of_order_missing_or_too_much(read: str) -> None:
    assert not found(read, (ONE, TWO, FOOT))


def test_a_counter_in_the_middle_of_a_line() -> None:
    lines = (Line("on one side\u200b1\u200b."), Line("4", 2))
    assert found("on one side1 4 .", lines)
    assert not found("on one 4 side1 .", lines)


def test_the_wrong_one_of_two_alike_is_taken_back() -> None:
    assert found("2 weeks 2 2 days", (Line("2", 1), Line("2 days"), Line("2 weeks", 2)))


def test_drawings_before_between_and_behind() -> None:
    drawn = (Line("days", DRAWN), Line("0", DRAWN), Line("never drawn", DRAWN))
    assert found("0 0 One line days 0 and two 0 days page 1 days", (ONE, TWO, FOOT, *drawn))
    assert not found("0 0 One line days 0 and two 9 days page 1 days", (ONE, TWO, FOOT, *drawn))


def test_panel_after_panel() -> None:
    one, two = (Line("2", DRAWN), ONE, FOOT), (Line("222"), TWO)
    assert found("One line page 1 2 222 and two 2", one, two)
    assert found("One line page 1 222 and two", one, two)
    assert not found("222 and two One line page 1", one, two)
    assert not found("One line 222 page 1 and two", one, two)
    assert found("", ())
    assert found("")
    assert not found("words")


def test_many_bullets_are_no_riddle() -> None:
    bullets = [Line("•", strand) for strand in range(2, 60)]
    texts = [Line(f"line {number}") for number in range(58)]
    read = " ".join([*(line.text for line in texts), *("•" * 57)])
    assert not found(read, (*texts, *bullets))
    assert found(read + " •", (*texts, *bullets))


def test_right_to_left_pages_hold_each_number_and_each_word() -> None:
    lines = (Line("קח 2 טבליות (513)"), Line("בכל יום"))
    assert found("קח 2 טבליות )513(\nבכל יום", lines)
    assert not found("קח 2 טבליות )531(\nבכל יום", lines)
    assert not found("קח 2 טבליות )513(", lines)
    assert not found("קח 3 טבליות )513(\nבכל יום", lines)
