"""Boxes as people with colour blindness see them."""

import pytest

from foldwell.content.brand import Brand
from foldwell.content.brand_sights import confusions, seen_boxes


def brand_of(**colours: str) -> Brand:
    return Brand.model_validate({"color": colours})


def test_a_table_of_sights() -> None:
    rows = seen_boxes(brand_of(primary="#0f5c73"))
    assert [row["name"] for row in rows] == [
        "in full colour", "protanopia", "deuteranopia", "tritanopia", "in grey print",
    ]  # fmt: skip
    assert [box["name"] for box in rows[0]["boxes"]] == ["emergency", "warning", "key message"]


@pytest.mark.parametrize(
    ("colours", "words"),
    [
        ({"primary": "#a4d233"}, "deuteranopia, the warning box"),
        ({"primary": "#1a7f37"}, "deuteranopia, the emergency box"),
        ({"primary": "#0f5c73"}, ""),
        ({"primary": "#0f5c73", "warning": "#0f5c73"}, "the warning box"),
    ],
)
def test_boxes_that_look_alike_are_told(colours: dict[str, str], words: str) -> None:
    told = confusions(brand_of(**colours))
    assert (words in told[0]) if words else not told
