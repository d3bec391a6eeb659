from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from foldwell.content.edition import Edition
from foldwell.content.leaflet import Reviewer

Editions = Callable[..., Edition]


def test_the_id_is_eight_letters_and_digits(edition: Editions) -> None:
    assert len(edition().id.replace("-", "")) == 8
    assert edition().id == edition().id


def test_the_id_changes_with_a_word_or_a_fact(edition: Editions) -> None:
    ids = {edition().id, edition("Other words.").id, edition(phone="0113 496 0199").id}
    assert len(ids) == 3


def test_the_id_changes_with_a_printed_source(edition: Editions) -> None:
    usual = edition("Sleep is healthy [@lee2021].")
    other = {**usual.references["lee2021"], "citation-label": "Lee 2026"}
    changed = replace(usual, references={**usual.references, "lee2021": other})
    assert changed.id != usual.id


@pytest.mark.parametrize(
    ("reviewers", "today", "status"),
    [
        (0, "2027-01-10", "draft"),
        (0, "2027-01-11", "expired"),
        (1, "2026-01-08", "draft"),  # the review is still to come
        (1, "2026-01-09", ""),
        (1, "2027-01-10", ""),
        (1, "2027-01-11", "expired"),
    ],
)
def test_status(edition: Editions, reviewers: int, today: str, status: str) -> None:
    leaflet = edition().leaflet
    people = (Reviewer(name="Dr A", role="GP", date=date(2026, 1, 9)),) * reviewers
    reviewed = date(2026, 1, 9) if people else None
    facts = leaflet.facts.model_copy(update={"clinical_reviewers": people, "reviewed": reviewed})
    assert replace(leaflet, facts=facts).status(date.fromisoformat(today)) == status
