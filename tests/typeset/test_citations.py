from typing import Any

import pytest

from foldwell.content.library import Library
from foldwell.typeset import citations
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


def test_a_list_is_written_once_for_later_builds(
    library: Library, shelf: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    styled = citations._styled
    written: list[str] = []

    def counted(entries: str) -> tuple[str, ...]:
        written.append(entries)
        return styled(entries)

    monkeypatch.setattr(citations, "_styled", counted)

    def told(*ids: str) -> list[str]:
        citations._listed.cache_clear()
        return full_references(ids, library.references)

    first = told("smith2022", "lee2021")
    shelf.next_process()
    assert told("smith2022", "lee2021") == first and len(written) == 1
    assert told("lee2021", "smith2022") == first[::-1] and len(written) == 2
    shelf.next_process()
    shelf.forge(lambda texts: texts[:1])  # which leaves a source out
    assert told("smith2022", "lee2021") == first and len(written) == 3
    citations._listed.cache_clear()


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
