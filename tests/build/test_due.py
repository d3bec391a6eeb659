"""The review clock says what is due, whose it is and who hands it out."""

import csv
import datetime
import io
import json
from dataclasses import replace

import pytest
from conftest import BASE, TODAY
from icalendar import Calendar

from foldwell.build.due import due_calendar, due_csv, due_json, due_leaflets, due_table
from foldwell.content.facts import Text
from foldwell.content.library import Library, read_library

DAY = datetime.date(2026, 3, 1)


@pytest.fixture
def two() -> Library:
    """A leaflet that is due, and another of somebody else without a date."""
    library = read_library(BASE, TODAY)
    sleep = library.leaflets["sleep"]["en"]
    facts = {"review_due": DAY, "owner": Text("Sleep team"), "title": Text("=Sleep, well")}
    due = replace(sleep, facts=sleep.facts.model_copy(update=facts))
    undated = sleep.facts.model_copy(update={"review_due": None, "publisher": None})
    library.leaflets = {
        "sleep": {"en": due},
        "rest": {"en": replace(sleep, slug="rest", facts=undated)},
    }
    return library


def test_the_first_first(two: Library) -> None:
    rest, sleep = due_leaflets(two, TODAY)
    assert (rest.leaflet, rest.due, rest.owner, rest.state(TODAY)) == (
        "rest", None, "nobody named", "no date",
    )  # fmt: skip
    assert (sleep.due, sleep.days, sleep.owner, sleep.clinics) == (
        DAY, 28, "Sleep team", tuple(two.clinics),
    )  # fmt: skip
    assert sleep.state(DAY) == "due"
    assert sleep.state(DAY + datetime.timedelta(days=1)) == "overdue"


def test_only_what_is_asked_for(two: Library) -> None:
    assert [due.leaflet for due in due_leaflets(two, TODAY, 27)] == ["rest"]
    assert [due.leaflet for due in due_leaflets(two, TODAY, 28)] == ["rest", "sleep"]
    assert [due.leaflet for due in due_leaflets(two, TODAY, owner="sleep")] == ["sleep"]


def test_every_form_says_the_same(two: Library) -> None:
    found = due_leaflets(two, TODAY)
    table = due_table(found, TODAY)
    assert "  due      2026-03-01 (in 28 days)  sleep, en: =Sleep, well" in table
    assert table.endswith("2 listed, 0 overdue.")
    rows = list(csv.reader(io.StringIO(due_csv(found, TODAY))))
    assert rows[2][:3] == ["due", "2026-03-01", "28"]
    assert rows[2][5] == "'=Sleep, well"  # never a formula
    listed = json.loads(due_json(found, TODAY))["leaflets"]
    assert [(item["leaflet"], item["due"], item["days"]) for item in listed] == [
        ("rest", None, None), ("sleep", "2026-03-01", 28),
    ]  # fmt: skip
    (event,) = Calendar.from_ical(due_calendar(found, TODAY)).walk("VEVENT")
    assert event.decoded("dtstart") == DAY
    assert str(event["summary"]) == "Review: =Sleep, well (en)"


def test_a_fact_of_a_region_that_runs_out_first(two: Library) -> None:
    sleep = two.leaflets["sleep"]["en"]
    two.leaflets = {"sleep": {"en": replace(sleep, text="{{ region.laws.sleep.text }}")}}
    region = next(iter(two.regions))
    law = {"text": "Sleep is legal.", "reviewed": datetime.date(2026, 1, 1),
           "review_due": datetime.date(2026, 1, 31)}  # fmt: skip
    facts = type(two.regions[region]).model_validate(
        {**two.regions[region].model_dump(exclude_none=True), "laws": {"sleep": law}}, strict=False
    )
    two.regions = {region: facts}
    (due,) = due_leaflets(two, TODAY)
    assert due.facts == ((region, "laws.sleep", datetime.date(2026, 1, 31)),)
    assert due.state(TODAY) == "overdue"
