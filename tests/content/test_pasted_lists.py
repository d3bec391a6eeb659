"""Lists that come from word processors: bullets of fonts of signs, ticks, phones of links."""

import pytest

from foldwell.content.encoding import decoded
from foldwell.content.tidy import tidy_words
from foldwell.content.tidyings import Tidyings


@pytest.mark.parametrize(
    ("pasted", "meant", "told"),
    [
        ("\uf0b7\tyour card\n\uf0b7\ta pen", "- your card\n- a pen", "'•' was read as an item"),
        ("\uf0a7 one\n\uf0d8 two", "- one\n- two", "'•' was read as an item"),
        ("• one\n§ two", "- one\n- two", "'•' was read as an item"),
        ("✓ done\n✗ not that", "- ✓ done\n- ✗ not that", "'✓' was read as the mark"),
        ("\uf0fc done\n\uf0a8 open", "- ✓ done\n- ☐ open", "'✓' was read as the mark"),
    ],
)
def test_what_begins_lines_that_belong_together(pasted: str, meant: str, told: str) -> None:
    tidyings = Tidyings("a.md")
    tidyings.original = pasted.split("\n")
    assert tidy_words(pasted, 1, tidyings) == meant
    assert told in str(tidyings.findings[0])


@pytest.mark.parametrize("line", ["✓ done.", "See § 5.", "§ 5 holds."])
def test_what_stands_alone_stays(line: str) -> None:
    tidyings = Tidyings("a.md")
    assert tidy_words(f"Words.\n\n{line}\n\nMore.", 1, tidyings) == f"Words.\n\n{line}\n\nMore."
    assert not tidyings.findings


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
