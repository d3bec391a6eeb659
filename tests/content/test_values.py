import ast
import datetime
from pathlib import Path
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import AfterValidator, TypeAdapter, ValidationError

from foldwell.content import values


def accepts(kind: Any, value: object) -> bool:
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


@given(st.text(), st.text(), st.text(), st.text())
def test_what_is_wrong_is_told_in_its_parts(what: str, hint: str, key: str, drawing: str) -> None:
    """Bars and braces of a person's text are no marks of ours."""

    def refuse(value: str) -> str:
        raise values.wrong(what, hint, key, drawing)

    with pytest.raises(ValidationError) as caught:
        TypeAdapter(Annotated[str, AfterValidator(refuse)]).validate_python("x")
    (detail,) = caught.value.errors()
    assert detail["type"] == "wrong"
    assert detail["ctx"] == {"what": what, "hint": hint, "key": key, "drawing": drawing}


def test_no_validator_speaks_in_another_way() -> None:
    """A bare ValueError would be told in the words of pydantic."""
    folder = Path(values.__file__).parent
    raised = [
        f"{path.name}:{node.lineno}"
        for path in folder.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Raise)
        and isinstance(node.exc, ast.Call)
        and ast.unparse(node.exc.func) == "ValueError"
    ]
    assert raised == []
