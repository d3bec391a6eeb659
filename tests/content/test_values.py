import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from foldwell.content import values


def accepts(kind: object, value: object) -> bool:
    try:
        TypeAdapter(kind).validate_python(value)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (values.Slug, ["a", "river-bend", "7-oh"], ["A", "a_b", "-a", "a-", "a--b", "con", "lpt9"]),
        (values.Slug, ["a" * 80], ["", "a" * 81, "a/b", "..", "a\n", "é"]),
        (values.Language, ["en", "pt-BR", "zh-Hant", "es-419"], ["EN", "english", "en_GB", ""]),
        (values.Colour, ["#abc", "#A1B2C3"], ["red", "#abcd", "#12345g", "#abc;", "rgb(0,0,0)"]),
        (values.Day, ["2026-02-28"], ["2026-02-30", "28.2.2026", "2026-2-28", 2026, None]),
    ],
)
def test_what_a_value_may_be(kind: object, good: list[object], bad: list[object]) -> None:
    assert [value for value in good if not accepts(kind, value)] == []
    assert [value for value in bad if accepts(kind, value)] == []


def test_values_are_put_into_one_form() -> None:
    assert values.checked_colour("#ABC") == "#aabbcc"
    assert TypeAdapter(values.Day).validate_python("2026-02-28") == datetime.date(2026, 2, 28)


@given(st.text())
def test_a_slug_is_a_safe_file_name(text: str) -> None:
    if not values.slug_problem(text):
        assert text.isascii() and text == text.lower() and 1 <= len(text) <= 80
        assert not set(text) & set("./\\:\0\n ")
