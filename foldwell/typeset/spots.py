"""Spots: small pictures that fill the holes which words leave in pages, panels and columns."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from foldwell.content.brand import Brand
from foldwell.remembered import remembered
from foldwell.typeset.cover import spot_drawing
from foldwell.typeset.measures import classes_of
from foldwell.typeset.units import PX_PER_MM

SPOTTED = frozenset(["panels", "booklet", "large-print", "sheet", "small-sheet", "bilingual"])
"""Layouts whose large holes are filled with pictures."""
LEAST_HOLE = 36 * PX_PER_MM
"""A hole of so much height is filled with a picture; where lines are taken back as they are set,
it is a line higher than was measured, and nowhere are more than 40 mm to be left."""
TALK, CARE, VISIT, CALL = (
    "group-discussion-meeting", "social-work", "i-schedule-school-date-time", "medical-advice",
)  # fmt: skip
PICTURES = ("", CARE, TALK, VISIT, CALL)
"""What fills holes: the picture of the topic, a heart in good hands, people who talk, a visit, a
call. The others go with what any leaflet of a clinic says."""
FITTING = {"block-contact": CALL, "block-questions": TALK, "block-fill-in": VISIT}
"""What goes best with what a page holds, by its class."""
SMALL_PRINT = frozenset(["colophon", "sources", "about"])
SHARE, LEAST_MM, LARGEST_MM = 0.6, 24.0, 46.0
"""How large a picture is in its hole, and its least and largest size."""
LESS = 2 * PX_PER_MM
"""How much lower its room is than the hole, so that nothing is moved over the foot."""


@remembered(64)
def spot_pictures(brand: Brand, drawing: tuple[str, str]) -> dict[str, bytes]:
    """The pictures by the names of their files, in the order in which they are used.

    Args:
        brand: Whose colours they have.
        drawing: The name of the topic's drawing, and the emergency number.
    """
    return {
        f"spot-{number}.svg": spot_drawing(brand, (name or drawing[0], drawing[1]))
        for number, name in enumerate(PICTURES)
    }


SPOT_CSS = ".spot-room { background: center no-repeat; }\n" + "".join(
    f'.spot-{number} {{ background-image: url("asset:spot-{number}.svg"); }}\n'
    for number in range(len(PICTURES))
)
"""The style sheet of the pictures."""


def put_spot(page: ET.Element, height: float) -> None:
    """Room for a picture into a hole, in CSS pixels: behind the words, before the small print."""
    size = min(max(SHARE * height / PX_PER_MM, LEAST_MM), LARGEST_MM)
    style = f"height: {height - LESS:.2f}px; background-size: {size:.1f}mm auto"
    spot = ET.Element("div", {"class": "spot-room", "style": style})
    for parent in page.iter():
        for index, child in enumerate(parent):
            if classes_of(child) & SMALL_PRINT:
                parent.insert(index, spot)
                return
    page.append(spot)


def name_spots(body: ET.Element) -> None:
    """Say which picture stands where: what fits the page, else one that was used least so far."""
    used = [0] * len(PICTURES)
    for page in body:
        held = frozenset[str]().union(*map(classes_of, page.iter()))
        for room in page.iter():
            if "spot-room" in classes_of(room):
                own = [PICTURES.index(name) for kind, name in FITTING.items() if kind in held]
                number = min(
                    [n for n in own if not used[n]] or range(len(used)), key=used.__getitem__
                )
                used[number] += 1
                room.set("class", f"spot-room spot-{number}")
