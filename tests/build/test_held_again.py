"""Rules of words that were asked for one clinic, and are not asked again for another."""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from foldwell.build import held_again as module
from foldwell.build.held_again import held_again
from foldwell.check.wording.table import Errors, errors_of
from foldwell.content.edition import Edition
from foldwell.content.facts import Text, WebAddress
from foldwell.content.source_records import SourceRecord
from foldwell.errors import Place
from foldwell.finding import Finding
from foldwell.rules import Severity


@pytest.fixture(autouse=True)
def nothing_known() -> Iterator[None]:
    module._ANSWERS._known.clear()
    yield
    module._ANSWERS._known.clear()


class Rules:
    """Rules that say one thing of an edition, and how often they were asked."""

    def __init__(self, say: Callable[[Edition], object]) -> None:
        self._say, self.asked = say, 0

    def __call__(self, edition: Edition) -> Errors:
        self.asked += 1
        said = str(self._say(edition))
        return Errors((Finding("T6", Severity.ERROR, said, "", Place("en.md")),))

    def said_of(self, edition: Edition) -> str:
        return held_again(edition, self).stop[0].message


def test_what_hangs_on_the_leaflet_alone_is_asked_once(edition: Callable[..., Edition]) -> None:
    rules = Rules(lambda one: one.leaflet.facts.title)
    first = edition()
    assert rules.said_of(first) == first.leaflet.facts.title
    elm = first.clinic.model_copy(update={"name": "Elm"})
    rules.said_of(replace(first, clinic=elm, clinic_slug="elm"))
    assert rules.asked == 1
    other = replace(first, leaflet=replace(first.leaflet, text="Other words."))
    rules.said_of(other)
    assert rules.asked == 2


SAY: dict[str, Callable[[Edition], Any]] = {
    "a fact": lambda one: one.clinic.name,
    "all facts": lambda one: one.clinic.model_dump(),
    "a text of all facts": lambda one: str(one.clinic),
    "the hash": lambda one: one.words_hash,
    "the id": lambda one: one.id,
    "a fact of a copy": lambda one: replace(one, twins=("es",)).clinic.name,
    "what stands beside it": lambda one: one.beside and one.beside.clinic.name,
    "a page of its own": lambda one: one.own_page,
}


@pytest.mark.parametrize("name", SAY)
def test_what_hangs_on_a_fact_is_asked_for_each(name: str, edition: Callable[..., Edition]) -> None:
    say, first = SAY[name], edition()
    second = replace(
        first,
        clinic=first.clinic.model_copy(
            update={"name": "Elm", "website": WebAddress("elm.example.org")}
        ),
    )
    if "beside" in name:
        first, second = replace(first, beside=first), replace(second, beside=second)
    rules = Rules(say)
    for one in (first, second, first, second):
        assert rules.said_of(one) == str(say(one))
    assert rules.asked == 2


def test_the_name_of_a_clinic_is_a_fact_too(edition: Callable[..., Edition]) -> None:
    first = edition()
    rules = Rules(lambda one: one.clinic_slug)
    assert rules.said_of(first) != rules.said_of(replace(first, clinic_slug="elm"))


def test_the_rules_say_the_same_as_of_the_edition_itself(edition: Callable[..., Edition]) -> None:
    for facts in ({}, {"feedback": None}, {"other_formats": None}, {"name": "TODO"}):
        for body in (None, "## Tea\n\nTake 5 mcg. Call {{ clinic.phone }} TODO."):
            one = edition(body, **facts)
            assert held_again(one, errors_of) == errors_of(one)


class Silent(Rules):
    """Rules that ask for one thing, and have nothing to say."""

    def __call__(self, edition: Edition) -> Errors:
        super().__call__(edition)
        return Errors()


REST = "all but the clinic"


@pytest.fixture
def silent(shelf: Any) -> Silent:
    """Rules that asked for the name of a clinic in a former build."""
    return Silent(lambda one: one.clinic.name)


def next_build(shelf: Any) -> None:
    module._ANSWERS._known.clear()
    shelf.next_process()


def test_that_nothing_is_wrong_is_carried(
    silent: Silent, shelf: Any, edition: Callable[..., Edition]
) -> None:
    held_again(edition(name="Elm"), silent, REST)
    next_build(shelf)
    assert held_again(edition(name="Elm", feedback=None), silent, REST) == Errors()
    assert silent.asked == 1
    held_again(edition(name="Oak"), silent, REST)
    assert silent.asked == 2


@pytest.mark.parametrize("other", ["words", "day", "source", "unknown"])
def test_another_text_or_day_is_asked_about(
    other: str, silent: Silent, shelf: Any, edition: Callable[..., Edition]
) -> None:
    one = edition("A claim.[@smith2022]")
    assert one.cited
    held_again(one, silent, REST)
    next_build(shelf)
    day = one.today + datetime.timedelta(days=1 if other == "day" else 0)
    records = (
        {"smith2022": SourceRecord(retracted=Text("by its journal"))}
        if other == "source"
        else one.records
    )
    rest = {"words": "other", "unknown": ""}.get(other, REST)
    held_again(replace(one, today=day, records=records), silent, rest)
    assert silent.asked == 2


def test_what_is_wrong_is_found_anew(shelf: Any, edition: Callable[..., Edition]) -> None:
    rules = Rules(lambda one: one.clinic.name)
    for _ in range(2):
        assert held_again(edition(name="Elm"), rules, REST).stop
        next_build(shelf)
    assert rules.asked == 2


@pytest.mark.parametrize(
    "forged", ["", "clinic.name", "clinic.__class__ x", "leaflet.text x", "clinic.name x", "x"]
)
def test_what_no_build_wrote_is_asked_about(
    forged: str, silent: Silent, shelf: Any, edition: Callable[..., Edition]
) -> None:
    one = edition(name="Elm")
    module._NOTHING_SAID.keep(module._table(one, REST), forged, True)
    next_build(shelf)
    held_again(one, silent, REST)
    assert silent.asked == 1
