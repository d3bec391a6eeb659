"""Lists that come from word processors: bullets of fonts of signs, ticks, phones of links."""

import pytest

from foldwell.content.encoding import decoded
from foldwell.content.prose_runs import check_lists
from foldwell.content.tidy import tidy_characters, tidy_words
from foldwell.content.tidyings import Tidyings
from foldwell.errors import Place


@pytest.mark.parametrize(
    ("pasted", "meant", "told"),
    [
        ("\uf0b7\tyour card\n\uf0b7\ta pen", "- your card\n- a pen", "'•' was read as an item"),
        ("\uf0a7 one\n\uf0d8 two", "- one\n- two", "'•' was read as an item"),
        ("• one\n§ two", "- one\n- two", "'•' was read as an item"),
        ("✓ done\n✗ not that", "- ✓ done\n- ✗ not that", "'✓' was read as the mark"),
        (" 1.Lift\n 2.Hold\n 3.Lower", " 1. Lift\n 2. Hold\n 3. Lower", "'1.' and what follows"),
        ("1. Lift\n2.Hold\n3. Lower", "1. Lift\n2. Hold\n3. Lower", "'2.' and what follows"),
        ("(1) Lift\n(2) Hold", "1) Lift\n2) Hold", "'(1)' and what follows"),
        ("1)Lift\n2)Hold", "1) Lift\n2) Hold", "'1)' and what follows"),
        ("① Lift\n② Hold", "1. Lift\n2. Hold", "'①' and what follows"),
        ("1: Lift\n2: Hold", "1. Lift\n2. Hold", "'1:' and what follows"),
        ("1 - Lift\n2 - Hold", "1. Lift\n2. Hold", "'1 -' and what follows"),
        ("1.Lift\n\n2.**Hold**", "1. Lift\n\n2. **Hold**", "'1.' and what follows"),
        ("- [ ] call\n- [x] done", "- ☐ call\n- ☑ done", "'[ ]' was read as '☐'"),
        ("\uf0fc done\n\uf0a8 open", "- ✓ done\n- ☐ open", "'✓' was read as the mark"),
    ],
)
def test_what_begins_lines_that_belong_together(pasted: str, meant: str, told: str) -> None:
    tidyings = Tidyings("a.md")
    tidyings.original = pasted.split("\n")
    assert tidy_words(pasted, 1, tidyings) == meant
    assert told in str(tidyings.findings[0])


@pytest.mark.parametrize(
    "line",
    [
        "✓ done.",
        "See § 5.",
        "§ 5 holds.",
        "1.Lift it.",
        "9.30 am\n10.30 am",
        "7-OH is\n8-OH was",
        "7 - OH\n8 - OH",
        "a) one\nB) two",
        "(a) one\nb) two",
        "1.One\n\n\n\n\n2.Two",
        "1.5 ml\n2.5 ml",
        "(2) of it.",
        "3: one\n5: two",
        "1 – 2 tablets",
    ],
)
def test_what_stands_alone_stays(line: str) -> None:
    tidyings = Tidyings("a.md")
    assert tidy_words(f"Words.\n\n{line}\n\nMore.", 1, tidyings) == f"Words.\n\n{line}\n\nMore."
    assert not tidyings.findings


def test_keys_of_a_telephone_number_steps() -> None:
    tidyings = Tidyings("a.md")
    text = tidy_characters("1\ufe0f\u20e3 Sit\n2\u20e3 Stand\n", tidyings)
    assert text == "① Sit\n② Stand\n"
    assert tidy_words(text, 1, tidyings) == "1. Sit\n2. Stand\n"
    assert "'1️⃣' was read as '①'" in "\n".join(map(str, tidyings.findings))


def test_lines_that_end_as_on_old_macintoshes() -> None:
    tidyings = Tidyings("a.md")
    assert decoded(b"one\rtwo\r", tidyings) == "one\ntwo\n"
    assert "old Macintoshes" in str(tidyings.findings[0])
    assert decoded(b"one\r\ntwo\rthree\n", Tidyings("a.md")) == "one\ntwo\rthree\n"


def test_the_phone_of_a_link_may_have_spaces() -> None:
    tidyings = Tidyings("a.md")
    tidyings.original = ["[call us](tel:0113 496 0100) or [us](tel:+441134960100)"]
    made = tidy_words(tidyings.original[0], 1, tidyings)
    assert made == "[call us](tel:01134960100) or [us](tel:+441134960100)"
    assert "was read as '01134960100'" in str(tidyings.findings[0])


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("I. First\nII. Second\nIV. Fourth", 3, "IV."),
        ("a) one\nb) two\nd) four", 3, "d)"),
        ("1. one\n2. two\n4.four", 3, "4.four"),
        ("A. one\nB. ask for Dr\nG. Brown", 3, "G."),
    ],
)
def test_an_item_that_does_not_follow_is_never_printed_inside_another(
    text: str, line: int, words: str
) -> None:
    tidyings = Tidyings("a.md")
    tidyings.original = text.split("\n")
    [error] = check_lists(tidy_words(text, 1, tidyings), "a.md", 1)
    assert error.place == Place("a.md", line)
    assert f"'{words}' does not follow" in error.message


@pytest.mark.parametrize(
    "text", ["- ask for Dr\n  A. Smith", "1. at\n   9.30 am", "a) one\nb) two\n\nC. Brown"]
)
def test_words_of_an_item_may_begin_with_a_name_or_a_time(text: str) -> None:
    tidyings = Tidyings("a.md")
    tidyings.original = text.split("\n")
    assert check_lists(tidy_words(text, 1, tidyings), "a.md", 1) == []
