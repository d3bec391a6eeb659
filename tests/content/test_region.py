"""Facts of a region have dates, and may differ between its nations."""

import datetime
from typing import Any

import pytest
from pydantic import ValidationError

from foldwell.content.region import Region

FACTS: dict[str, Any] = {
    "name": "United Kingdom",
    "paper": "a4",
    "profile": "nhs",
    "date_format": "d MMMM y",
    "emergency_number": "999",
    "nations": ("england", "northern-ireland"),
    "lines": {
        "crisis": {"name": "Night line", "phone": "116 123", "reviewed": "2026-05-01"},
        "north": {
            "name": "Northern line",
            "phone": "0808 157 0000",
            "nations": ("northern-ireland",),
            "reviewed": "2026-05-01",
        },
    },
    "laws": {
        "tea": {"text": "Tea is legal.", "reviewed": "2026-05-01", "review_due": "2026-08-01"}
    },
    "texts": {
        "help": {
            "text": "Call the night line.",
            "reviewed": "2026-05-01",
            "nations": {"northern-ireland": "Call the northern line."},
        }
    },
}


def test_a_fact_holds_for_a_year_unless_its_file_says_less() -> None:
    region = Region.model_validate(FACTS)
    assert region.texts["help"].due == datetime.date(2027, 5, 1)
    assert region.laws["tea"].due == datetime.date(2026, 8, 1)


def test_a_nation_has_its_own_texts_and_lines() -> None:
    region = Region.model_validate(FACTS)
    assert region.within(None) is region
    north, south = region.within("northern-ireland"), region.within("england")
    assert north.texts["help"].text == "Call the northern line."
    assert south.texts["help"].text == region.texts["help"].text
    assert list(north.lines) == ["crisis", "north"]
    assert list(south.lines) == ["crisis"]


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("{{ region.laws.tea.text }}", ["laws.tea"]),
        ("{{ region.texts.help.text }}", ["texts.help"]),
        ("Call {{ region.lines.north.phone }}.", ["lines.north"]),
        ("/// contact | Talk to us\n///", ["lines.crisis", "lines.north"]),
        ("Nothing", []),
    ],
)
def test_what_a_leaflet_uses(text: str, used: list[str]) -> None:
    assert list(Region.model_validate(FACTS).used_in(text)) == used


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"nations": ("england",)}, "the nation 'northern-ireland' is not among 'nations'"),
        ({"laws": {"tea": {"text": "T", "reviewed": "2026-05-01", "review_due": "2026-05-01"}}},
         "'review_due' is not after 'reviewed'"),
        ({"texts": {"tea": {"text": "T"}}}, "Field required"),
        ({"lines": {"a": {"name": "A", "phone": "116 123"}}}, "Field required"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_region(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ValidationError, match=message.split("|")[0]):
        Region.model_validate(FACTS | change)
