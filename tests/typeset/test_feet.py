"""What stands at the foot of every page has room there, whatever the title and the status."""

import datetime
from collections.abc import Callable
from dataclasses import replace

import pytest
from conftest import job_messages

from foldwell.build.jobs import make_job
from foldwell.content.edition import Edition
from foldwell.paper.formats import FORMATS
from foldwell.typeset.feet import shortened

LONG = "Methylenedioxymethamphetamine and hydroxychloroquine interactions"
A4_FORMATS = [name for name, row in FORMATS.items() if "a4" in row.geometry and name != "card"]


@pytest.mark.parametrize("name", A4_FORMATS)
def test_a_long_title_of_an_expired_leaflet(name: str, edition: Callable[..., Edition]) -> None:
    usual = edition("## One\n\nText here, and a little more of it.\n")
    facts = usual.leaflet.facts.model_copy(update={"title": LONG})
    late = replace(
        usual, leaflet=replace(usual.leaflet, facts=facts), today=datetime.date(2030, 1, 1)
    )
    assert late.status == "expired"
    messages = job_messages(make_job(late, FORMATS[name], "office"), typeset=True)
    # A word of 29 letters is too long for some covers; the foot is never to blame.
    assert [line for line in messages if "Edition" in line or "EXPIRED" in line] == []
    assert [line for line in messages if "stands outside" in line] == []


@pytest.mark.parametrize(
    ("text", "most", "short"),
    [
        ("Sleep well", 10, "Sleep well"),
        ("Sleep well tonight", 12, "Sleep well…"),
        ("Sleep, well", 8, "Sleep…"),
        ("Methylenedioxy", 6, "Methy…"),
    ],
)
def test_a_title_is_cut_at_a_word(text: str, most: int, short: str) -> None:
    assert shortened(text, most) == short
