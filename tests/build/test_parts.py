"""What a job depends on: each part changes with what it is made of, and with nothing else."""

import datetime
from collections.abc import Callable
from dataclasses import replace

import pytest
from conftest import TODAY

from foldwell.build.job import Options
from foldwell.build.media import MEDIA
from foldwell.build.parts import EditionParts, parts_of_job
from foldwell.content.edition import Edition
from foldwell.content.facts import Text
from foldwell.content.region import RegionText
from foldwell.content.source_records import SourceRecord
from foldwell.paper.formats import FORMATS

Editions = Callable[..., Edition]


def changed(one: Edition, other: Edition) -> set[str]:
    """The names of the parts in which two editions differ."""
    before, after = EditionParts().of(one), EditionParts().of(other)
    assert set(before) == set(after)
    return {name for name in before if before[name] != after[name]}


def test_equal_editions_have_equal_parts(edition: Editions) -> None:
    assert changed(edition("Words.\n"), edition("Words.\n")) == set()


def test_each_change_is_seen_in_its_own_part(edition: Editions) -> None:
    usual = edition("Words [@smith2022].\n")
    assert changed(usual, edition("Other words [@smith2022].\n")) == {"leaflet"}
    assert changed(usual, edition("Words [@smith2022].\n", name="Moor")) == {"clinic"}
    assert changed(usual, replace(usual, overrides={"css/sheet.css": "p {}"})) == {"templates"}
    region = usual.region.model_copy(update={"name": "Elsewhere"})
    assert changed(usual, replace(usual, region=region)) == {"region"}
    due = datetime.date(2099, 1, 1)
    assert "status" in changed(usual, replace(usual, today=due)) or usual.status == "draft"


def test_only_references_that_are_cited_count(edition: Editions) -> None:
    usual = edition("Words [@smith2022].\n")
    others = {name: one for name, one in usual.references.items() if name == "smith2022"}
    assert len(others) < len(usual.references)
    assert changed(usual, replace(usual, references=others)) == set()
    assert changed(usual, replace(usual, references={})) == {"references"}


def test_a_source_that_was_taken_back_counts_and_an_opening_does_not(edition: Editions) -> None:
    usual = edition("Words [@smith2022].\n")
    opened = SourceRecord(opened=datetime.date(2026, 1, 1), by=Text("Ann"))
    assert changed(usual, replace(usual, records={"smith2022": opened})) == set()
    gone = SourceRecord(retracted=Text("by its journal"))
    assert changed(usual, replace(usual, records={"smith2022": gone})) == {"sources"}
    assert changed(usual, replace(usual, records={"lee2021": gone})) == set()


@pytest.mark.parametrize(
    ("medium", "options", "counts"),
    [
        ("office", Options(instructions=True), True),
        ("screen", Options(instructions=True), False),
        ("press", Options(sheet="sra3"), True),
        ("press", Options(condition="uncoated"), True),
        ("office", Options(condition="uncoated"), False),
    ],
)
def test_options_count_where_the_medium_asks_for_them(
    medium: str, options: Options, counts: bool
) -> None:
    row, asked = FORMATS["a4"], MEDIA[medium]
    one, other = parts_of_job(row, asked, Options()), parts_of_job(row, asked, options)
    assert (one != other) == counts
    assert parts_of_job(FORMATS["a5"], asked, options) != other


def test_each_fact_that_nobody_has_checked_in_time_counts(edition: Editions) -> None:
    """From that day its own day is printed behind it, also where others ran out before."""
    day = datetime.date(2026, 1, 1)
    usual = edition("{{ region.laws.tea.text }} {{ region.laws.milk.text }}\n")
    laws = {
        name: RegionText(text=Text(f"{name} is legal."), reviewed=day, review_due=due)
        for name, due in [("tea", TODAY), ("milk", TODAY + datetime.timedelta(30))]
    }
    usual = replace(usual, region=usual.region.model_copy(update={"laws": laws}))
    one = replace(usual, today=TODAY + datetime.timedelta(5))
    both = replace(usual, today=TODAY + datetime.timedelta(40))
    assert one.status == both.status == "expired"
    assert (list(one.stale), list(both.stale)) == (["laws.tea"], ["laws.tea", "laws.milk"])
    assert changed(one, both) == {"status"}
    assert changed(one, replace(one, today=one.today + datetime.timedelta(1))) == set()
