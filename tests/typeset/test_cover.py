import re
from xml.etree import ElementTree

import pytest

from foldwell.content.library import Library
from foldwell.paper.formats import FORMATS
from foldwell.typeset.cover import (
    CREASE_MM,
    LARGEST_GROUND,
    LEAST_GROUND,
    cover_drawing,
    cover_of,
    creases,
    lines_of,
)

SVG = "{http://www.w3.org/2000/svg}"
FOLDED = [row for row in FORMATS.values() if row.folded]


@pytest.mark.parametrize("title", ["Tea", "W" * 30, "Kratom and opioid withdrawal " * 2])
@pytest.mark.parametrize("row", FOLDED, ids=lambda row: row.name)
def test_a_ground_leaves_room_for_every_title(row, title: str) -> None:  # type: ignore[no-untyped-def]
    cover = cover_of(row.geometry["a4"], title, "For people who drink tea", status=True)
    assert LEAST_GROUND <= cover.ground_mm / cover.height_mm <= LARGEST_GROUND


def test_a_long_word_is_longer_than_a_line() -> None:
    assert lines_of("one two", 20, 200) == 1
    assert lines_of("one two", 20, 20) == 2
    assert lines_of("Unbreakable" * 4, 20, 60) == 99


def test_the_edges_of_a_cover_that_are_folded() -> None:
    geometry = FORMATS["letter-fold"].geometry["a4"]
    assert creases(geometry, 0) == {"left"}
    assert creases(geometry.mirrored(), 0) == {"right"}
    assert creases(FORMATS["booklet"].geometry["a4"], 0) == {"left"}
    assert creases(FORMATS["a4"].geometry["a4"], 0) == frozenset()


@pytest.mark.parametrize("shape", ["hills", "rays", "rings", "none"])
@pytest.mark.parametrize("solid", [True, False])
@pytest.mark.parametrize("mirrored", [True, False])
def test_nothing_of_a_cover_reaches_a_crease(
    library: Library, shape: str, solid: bool, mirrored: bool
) -> None:
    brand = library.brands["riverside"].brand
    own = brand.defaults.foldwell.model_copy(update={"cover_shape": shape})
    brand = brand.model_copy(
        update={"defaults": brand.defaults.model_copy(update={"foldwell": own})}
    )
    geometry = FORMATS["letter-fold"].geometry["a4"]
    geometry = geometry.mirrored() if mirrored else geometry
    cover = cover_of(geometry, "Tea at night", "For you", status=False)
    svg = cover_drawing(brand, cover, 3, ("leaf", "999"), "phone", solid)
    tree = ElementTree.fromstring(svg)
    places = [
        (float(box.get("x", 0)), float(box.get("x", 0)) + float(box.get("width", 0)))
        for box in tree.findall(f"{SVG}rect")
    ]
    for ring in tree.findall(f"{SVG}polygon"):
        across = [float(x) for x, _ in re.findall(r"([-\d.]+),([-\d.]+)", ring.get("points", ""))]
        places.append((min(across), max(across)))
    assert places
    for left, right in places:
        assert right <= cover.width_mm - CREASE_MM if mirrored else left >= CREASE_MM
    trim = min(left for left, _ in places) if mirrored else max(right for _, right in places)
    assert trim == (-3 if mirrored else cover.width_mm + 3)
