from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from conftest import TODAY

from foldwell.content.edition import Edition, make_edition
from foldwell.content.facts import Text
from foldwell.content.leaflet import Reviewer
from foldwell.content.library import read_library

Editions = Callable[..., Edition]


def test_the_id_is_the_start_of_the_hash_of_the_words(edition: Editions) -> None:
    made = edition()
    assert len(made.id.replace("-", "")) == 8
    assert made.words_hash.startswith(f"{made.id}-")


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
    people = (Reviewer(name=Text("Dr A"), role=Text("GP"), date=date(2026, 1, 9)),) * reviewers
    reviewed = date(2026, 1, 9) if people else None
    facts = leaflet.facts.model_copy(update={"clinical_reviewers": people, "reviewed": reviewed})
    assert replace(leaflet, facts=facts).status(date.fromisoformat(today)) == status


def test_clinics_that_say_nothing_of_their_own_share_their_region(project: Path) -> None:
    """What is made of a region is known by its identity, and made once for all of them."""
    first = project / "content/clinics/riverside.yml"
    (first.parent / "hillside.yml").write_text(first.read_text().replace("Riverside", "Hillside"))
    (first.parent / "own.yml").write_text(first.read_text() + "local: {emergency_number: 112}\n")
    library = read_library(project, TODAY)
    leaflet = library.leaflets["sleep"]["en"]
    one, two, own = (
        make_edition(library, leaflet, name, TODAY) for name in ("riverside", "hillside", "own")
    )
    assert one.region is two.region and one.leaflet is two.leaflet and one.brand is two.brand
    assert own.region is not one.region and own.region.emergency_number == "112"
