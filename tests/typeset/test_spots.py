"""Pictures in holes: where they stand, how large they are, and that each is another one."""

import xml.etree.ElementTree as ET
from collections.abc import Callable

import pytest

from foldwell.paper.formats import FORMATS
from foldwell.typeset.copyfit import copyfit
from foldwell.typeset.page_source import PageSource
from foldwell.typeset.spots import CALL, PICTURES, SPOT_CSS, name_spots, put_spot
from foldwell.typeset.units import PX_PER_MM

Compose = Callable[..., PageSource]


def named(*pages: str) -> list[str]:
    """The pictures of some pages, each with one hole."""
    body = ET.fromstring(f"<body>{''.join(pages)}</body>")
    for page in body:
        put_spot(page, 50 * PX_PER_MM)
    name_spots(body)
    rooms = [one.get("class", "") for one in body.iter() if "spot-room" in one.get("class", "")]
    assert len(rooms) == len(pages)
    return [room.split()[1] for room in rooms]


def test_no_picture_comes_twice_before_all_have_come() -> None:
    names = named(*["<div><p>Words.</p></div>"] * (len(PICTURES) + 1))
    assert len({*names}) == len(PICTURES)
    assert names[0] == names[-1] == "spot-0"  # the topic's own comes first
    assert all(f".{name} {{" in SPOT_CSS for name in names)


def test_a_page_with_the_contact_card_has_the_picture_of_a_call() -> None:
    card = '<div><div class="block block-contact"/></div>'
    assert named("<div/>", card, "<div/>")[1] == f"spot-{PICTURES.index(CALL)}"


@pytest.mark.parametrize(("hole_mm", "wide"), [(36, "24.0mm"), (60, "36.0mm"), (120, "46.0mm")])
def test_a_picture_is_as_large_as_its_hole_allows(hole_mm: float, wide: str) -> None:
    page = ET.fromstring('<div><p>Words.</p><footer class="colophon"/></div>')
    put_spot(page, hole_mm * PX_PER_MM)
    assert [child.tag for child in page] == ["p", "div", "footer"]  # above the small print
    assert f"background-size: {wide} " in page[1].get("style", "")


def test_every_page_that_is_left_half_empty_has_a_picture(compose: Compose) -> None:
    tall = "".join(f"- Some words of item {n}.\n" for n in range(16))
    body = "".join(f"## Part {n}\n\n/// warning | W\n{tall}///\n\n" for n in range(5))
    result = copyfit(
        compose(body, "large-print"),
        FORMATS["large-print"],
        FORMATS["large-print"].geometry["a4"],
    )
    found = []
    for page in result.typeset.document.pages:
        classes = [
            box.element.get("class") or ""
            for box in page._page_box.descendants()
            if box.element is not None and box.element_tag == "div"
        ]
        found.append([name for name in classes if name.startswith("spot-room")])
    assert all(page.filled > 0.8 for page in result.typeset.pages[:-1])  # pictures count
    used = [own[0] for own in found if own]
    assert len(used) >= 2
    assert len({*used}) == len(used)
