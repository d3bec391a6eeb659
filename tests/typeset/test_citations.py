import pytest

from foldwell.content.library import Library
from foldwell.typeset.citations import full_references, short_reference

ISSUED = {"date-parts": [[2020, 5]]}


def test_full_references_in_the_order_of_citation(library: Library) -> None:
    tea, sleep = full_references(["smith2022", "lee2021"], library.references)
    assert "Smith A, Ito B. Tea at night." in tea
    assert '<a href="https://doi.org/10.1000/182">' in tea
    assert "Sleep and health" in sleep


def test_no_references() -> None:
    assert full_references([], {}) == []


def test_a_title_is_text(library: Library) -> None:
    reference = {**library.references["lee2021"], "title": "<b>A & B</b> {{ 1 }}"}
    (text,) = full_references(["lee2021"], {"lee2021": reference})
    assert "<b>" not in text
    assert "{{ 1 }}" in text


@pytest.mark.parametrize(
    ("reference", "short"),
    [
        ({"citation-label": "FDA 2025", "title": "T"}, "FDA 2025"),
        ({"title": "T", "author": [{"family": "Ito"}]}, "Ito n.d."),
        ({"title": "T", "author": [{"literal": "NHS"}], "issued": ISSUED}, "NHS 2020"),
        ({"title": "T"}, "T n.d."),
    ],
)
def test_short_references(reference: dict[str, object], short: str) -> None:
    assert short_reference(reference, "n.d.") == short
