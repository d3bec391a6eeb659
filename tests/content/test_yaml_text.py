from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from foldwell.content.yaml_scalars import as_written
from foldwell.content.yaml_text import read_yaml
from foldwell.errors import Mistakes, Place

TEXT = """\
name: Riverside
hours:
  - days: Monday
    time: 8 to 6
  - {days: Sunday, time: closed}
words:
  gray: grey
"""


def test_values() -> None:
    assert read_yaml(TEXT, "c.yml").value == {
        "name": "Riverside",
        "hours": ({"days": "Monday", "time": "8 to 6"}, {"days": "Sunday", "time": "closed"}),
        "words": {"gray": "grey"},
    }


@pytest.mark.parametrize(
    ("at", "line"),
    [
        ((), 1),
        (("name",), 1),
        (("hours",), 2),
        (("hours", 0, "time"), 4),
        (("hours", 1), 5),
        (("hours", 1, "note"), 5),
        (("words", "gray"), 7),
        (("words", "gray", "deeper"), 7),
        (("unknown",), 1),
    ],
)
def test_the_line_of_the_nearest_key(at: tuple[str | int, ...], line: int) -> None:
    assert read_yaml(TEXT, "c.yml").place(at) == Place("c.yml", line)
    assert read_yaml(TEXT, "c.yml", first_line=2).place(at) == Place("c.yml", line + 1)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("yes", "yes"),
        ("no", "no"),
        ("true", True),
        ("12", 12),
        ("012", 12),
        ("0x1F", "0x1F"),
        ("0b11", "0b11"),
        ("9" * 5000, "9" * 5000),
        (".NaN", ".NaN"),
        ("1.5", 1.5),
        ("~", None),
        ("2026-02-01", "2026-02-01"),
        ("12:30", "12:30"),
        ('"999"', "999"),
        ("0113 496 0142", "0113 496 0142"),
        ("+44 113", "+44 113"),
    ],
)
def test_scalars_of_yaml_1_2(text: str, value: Any) -> None:
    assert read_yaml(f"key: {text}", "c.yml").value == {"key": value}


NUMBERS = st.from_regex(r"[-+]?[0-9._obx]{1,8}", fullmatch=True)


@example("0b1")
@example(".NaN")
@given(NUMBERS | st.text(max_size=30))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        assert "key" in read_yaml(f"key: {text}", "c.yml").value
    except Mistakes as mistakes:
        assert all(error.place and error.hint for error in mistakes.errors)


@pytest.mark.parametrize("written", ["007", "-5", "+12", "1.50", "0.0"])
def test_a_number_knows_how_it_was_written(written: str) -> None:
    value = read_yaml(f"a: {written}", "a.yml").value["a"]
    assert value == float(written)
    assert as_written(value) == written


def test_other_values_are_as_they_are() -> None:
    for value in ("007", 7, 1.5, True, None):
        assert as_written(value) is value
