"""Words are mended only where just these letters stand, and nothing else of a line is touched."""

import pytest

from foldwell.check.mends import column_of, written_like


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("Your acute pain.", 6),
        ("A subacute and an acute pain.", 19),
        ("- **acute** pain", 5),
        ("See [acute pain](https://example.org/acute) now.", 6),
        ("/// warning | When it is acute", 26),
        ("Pain [@acute2020], acute.", 20),
        ("See [this](https://example.org/acute).", None),
        ("[this]: https://example.org/acute", None),
        ("/// acute | A name", None),
        ("{{ acute }} and {: .acute } and :acute: and `acute`", None),
        ("Write to acute@example.org or www.acute.org", None),
        ("Acute pain.", None),
        ("An acutely ill person.", None),
    ],
)
def test_where_words_stand(line: str, column: int | None) -> None:
    assert column_of(line, "acute") == column
    assert column is None or line[column - 1 :].startswith("acute")


def test_words_with_spaces_stand_on_one_line_without_marks() -> None:
    assert column_of("an adverse effect", "adverse effect") == 4
    assert column_of("an adverse  effect", "adverse effect") is None
    assert column_of("an **adverse** effect", "adverse effect") is None
    assert column_of("", "") is None


@pytest.mark.parametrize(
    ("said", "instead", "written"),
    [("acute", "sudden", "sudden"), ("Acute", "sudden", "Sudden"),
     ("ECG", "heart test", "heart test"),
     ("A", "one", "One")],
)  # fmt: skip
def test_a_capital_stays(said: str, instead: str, written: str) -> None:
    assert written_like(said, instead) == written
