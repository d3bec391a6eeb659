"""Letters that look like others stop; whole words of any script, and symbols, do not."""

import pytest

from foldwell.content.lookalikes import lookalike_errors


@pytest.mark.parametrize(
    "text",
    [
        "Ольга Αλένη Łukasiewicz Nguyễn",
        "TNFα, β-blocker, 5α-reductase, Δ9-THC, κ-opioid, χ², 5 μg, 5 µg, 2 kΩ",
        "1ο βήμα",
        "ул. Ленина, 5б",
        "20мг три раза в день, 37°С и выше, витамин В12",
        "мама\nо\nпапа",
        "‚5 mg‘, • 5 mg, 1·5 mg",
    ],
)
def test_words_of_one_script_and_symbols(text: str) -> None:
    assert lookalike_errors(text, "en.md") == []


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("Take 1О mg", "'О' (U+041E, cyrillic capital letter o) in '1О' looks like the digit 0"),
        ("Take О,5 mg", "in 'О,5' looks like the digit 0"),
        ("2о таблетки", "in '2о' looks like the digit 0"),
        ("Take 1ο mg", "in '1ο' looks like the digit 0"),
        ("Take З tablets", "in 'З' looks like '3'"),
        ("Vitamin В12 helps", "'В' (U+0412, cyrillic capital letter ve) in 'В12' looks like 'B'"),
        ("Dr Оlsen", "'Оlsen' mixes Cyrillic and Latin letters, such as 'О'"),
        ("Aспирин", "such as 'A' (U+0041, latin capital letter a)"),
        ("ΑCE", "mixes Greek and Latin letters, such as 'Α'"),
        ("1․5 mg", "'․' (U+2024, one dot leader) in a number looks like '.'"),
        ("1•5 mg", "'•' (U+2022, bullet) in a number looks like '.'"),
        ("5‚5 mg", "looks like ','"),
    ],
)
def test_what_is_not_what_it_looks_like(text: str, says: str) -> None:
    [error] = lookalike_errors(f"Words.\n{text}\nWords.", "en.md")
    assert says in str(error)
    assert error.place is not None and error.place.line == 2
    assert error.hint.startswith("Type ")


def test_comments_of_yaml_are_not_printed() -> None:
    assert lookalike_errors("# 1О\na: b", "clinic.yml") == []
    assert lookalike_errors("a: 1О", "clinic.yml") != []
