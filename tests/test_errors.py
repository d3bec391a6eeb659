"""Errors as people see them."""

import pytest

from foldwell.errors import FoldwellError, Mistakes, Place, did_you_mean, sentence


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("5 mg, \u00bd, é, 日本", "5 mg, \u00bd, é, 日本"),
        ("no\u00a0break", "no\u00a0break"),
        ("\U0001f469\u200d\u2695\ufe0f.yml", "\U0001f469\u200d\u2695\ufe0f.yml"),
        ("a\x1b]0;x\x07b", "a\\x1b]0;x\\x07b"),
        ("a\nb\tc\rd", "a\\nb\\tc\\rd"),
        ("1\u202e05", "1\\u202e05"),
        ("\udcff.md", "\\udcff.md"),
        ("\u2028\u2029\ue000", "\\u2028\\u2029\\ue000"),
    ],
)
def test_no_character_commands_the_terminal(text: str, shown: str) -> None:
    error = FoldwellError(f"It holds {text}.", Place(f"content/{text}", 3), f"Take {text} out.")
    assert str(error) == f"content/{shown}:3: It holds {shown}. Take {shown} out."
    assert str(Mistakes([error])) == str(error)


@pytest.mark.parametrize(
    ("place", "said"),
    [
        (Place("a.md"), "a.md"),
        (Place("a.md", 7), "a.md:7"),
        (Place("a.md", 7, 3), "a.md:7:3"),
        (Place("a.pdf", page=2, box_pt=(1, 2, 3, 4)), "a.pdf: page 2"),
        (Place(page=2), "page 2"),
        (Place(), ""),
    ],
)
def test_places(place: Place, said: str) -> None:
    assert str(place) == said


def test_a_hint_names_the_nearest_word_or_a_few() -> None:
    assert did_you_mean("londn", ["london", "paris"]) == "Did you mean 'london'?"
    assert did_you_mean("x", ["b", "a"]) == "Known here: a, b."
    many = [f"source-{number:03}" for number in range(190)]
    hint = did_you_mean("zzz", many)
    assert hint.startswith("Known here: source-000, ") and hint.endswith("source-039 and 150 more.")


def test_a_clause_becomes_one_sentence() -> None:
    ends = [
        sentence(text) for text in ("did you mean 'Europe/London'?", "use hyphens", "Known: a.")
    ]
    assert ends == ["Did you mean 'Europe/London'?", "Use hyphens.", "Known: a."]
