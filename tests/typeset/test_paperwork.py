"""The page that says how to print and fold, and the job ticket."""

import re
from collections.abc import Callable

import pytest
from conftest import purpose

from foldwell.content.edition import Edition
from foldwell.paper.formats import FORMATS
from foldwell.typeset.compose import compose_print
from foldwell.typeset.page_source import Composition, PageSource
from foldwell.typeset.paperwork import LATER, token

Editions = Callable[..., Edition]


def composed(edition: Edition, name: str, medium: str, **asked: object) -> Composition:
    return compose_print(edition, FORMATS[name], purpose(medium, **asked))


def page(source: PageSource | None) -> str:
    assert source is not None
    return re.sub(r"\s+", " ", re.sub("<[^>]*>", " ", source.html))


def test_papers_go_only_with_those_who_asked(edition: Editions) -> None:
    made = edition("A line.\n")
    screen = composed(made, "letter-fold", "screen")
    assert (screen.instructions, screen.ticket, screen.facts) == (None, None, None)
    office = composed(made, "letter-fold", "office", instructions=True)
    assert office.instructions and office.ticket is None
    press = composed(made, "letter-fold", "press")
    assert press.ticket and press.instructions is None


@pytest.mark.parametrize(("name", "edge"), [("letter-fold", "short"), ("a4", "long")])
def test_instructions_name_the_edge_and_draw_each_side(
    name: str, edge: str, edition: Editions
) -> None:
    source = composed(edition("A line.\n"), name, "office", instructions=True).instructions
    assert f"{edge} edge" in page(source).lower()
    assert source is not None
    assert [asset for asset, _, _ in source.assets] == ["side-1.svg", "side-2.svg"]
    assert not source.tagged


def test_a_ticket_holds_the_facts_of_the_job(edition: Editions) -> None:
    made = composed(edition("A line.\n"), "letter-fold", "press", sheet="sra3")
    facts = dict(made.facts or ())
    assert facts["format"] == "letter-fold"
    assert facts["flat size mm"] == "297 × 210"
    assert facts["finished size mm"] == "100 × 210"
    assert facts["press sheet"] == "sra3"
    assert facts["turn"] == "over the short edge"
    assert facts["folds mm from the left"] == {"side 1": [97, 197], "side 2": [100, 200]}
    assert str(facts["printing condition"]).startswith("FOGRA39")
    assert "Riverside" in str(facts["contact"])


def test_what_is_known_later_stands_as_tokens(edition: Editions) -> None:
    made = composed(edition("A line.\n"), "a4", "press")
    assert {value for _, value in made.facts or () if "\ue010" in str(value)} == set(
        map(token, LATER)
    )
    assert all(token(name) in page(made.ticket) for name in LATER)
