import pytest

from foldwell.check.comparable import BREAK, comparable, words_of_html


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("office fluffy", "o\ufb03ce \ufb02u\ufb00y"),
        ("self-care", "self\u2010\ncare"),
        ("self-care", "self\ufffecare"),
        ("non-breaking", "non\u2011breaking"),
        ("e\u0301", "\u00e9"),
        ("a\u00a0dose", "a\u200e dose\u2069"),
        ("سلام", "\ufeb3\ufefc\ufee1"),
    ],
)
def test_one_text_written_in_two_ways(one: str, two: str) -> None:
    first, second = comparable(one), comparable(two)
    assert (first.characters, first.gaps) == (second.characters, second.gaps)


@pytest.mark.parametrize(
    ("one", "two"),
    [("10²", "102"), ("½", "1⁄2"), ("−5", "-5"), ("<", ">"), ("2–4", "2-4"), ("a", "A")],
)
def test_signs_and_raised_digits_stay(one: str, two: str) -> None:
    assert comparable(one).characters != comparable(two).characters


@pytest.mark.parametrize(
    ("one", "two", "agree"),
    [
        ("1 10", "110", False),
        ("110", "11 0", False),
        ("1 10", "1\n10", True),
        (f"7{BREAK}19", "719", True),
        (f"7{BREAK}19", "7 19", True),
        ("a 1", "a1", True),
    ],
)
def test_digits_apart_or_together(one: str, two: str, agree: bool) -> None:
    first, second = comparable(one), comparable(two)
    assert first.characters == second.characters
    assert first.gaps_agree(second) == second.gaps_agree(first) == agree


def test_the_words_between_tags() -> None:
    html = "<head><title>No</title></head><p>Fish &amp; <b>chips</b><!-- no --><svg>no</svg>"
    assert comparable(words_of_html(html)).characters == "Fish&chips"


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("קח 2 טבליות (513) 555-0142", "קח 2 טבליות )513( 0142-555"),
        ("Suboxone 8 mg היום", "mg 8 Suboxone היום"),
        ("السلام عليكم", "السالم عليكم"),
        ("مُحَمَّدٌ", "َّمدٌ\nُ م َح"),
    ],
)
def test_what_viewers_make_of_right_to_left_lines(line: str, read: str) -> None:
    wanted, found = comparable(line), comparable(read)
    assert wanted.runs_left
    assert wanted.in_any_order(0, len(wanted.characters)) == found.in_any_order(
        0, len(found.characters)
    )


@pytest.mark.parametrize(
    "read", ["קח 3 טבליות 24", "קח 2 טבלות 34", "קח 23 טבליות 4", "קח 2 טבליות 43"]
)
def test_a_changed_number_or_letter_of_a_right_to_left_line(read: str) -> None:
    wanted, found = comparable("קח 2 טבליות 34"), comparable(read)
    assert wanted.in_any_order(0, len(wanted.characters)) != found.in_any_order(
        0, len(found.characters)
    )
