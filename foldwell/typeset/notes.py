"""Notes: what fills the room that words leave, ruled for a pen.

A folded format has whole panels of notes, of which a fit shows as many as it needs; the last page
of a sheet has one ruled space above the contact card, as high as the room there.
"""

from __future__ import annotations

import copy
import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping

from foldwell.typeset.measures import classes_of
from foldwell.typeset.units import PX_PER_MM

HEAD_PX = 9 * PX_PER_MM
"""The height of the title of the ruled space, as in ``css/sheet.css``."""
LINE_PX = 10 * PX_PER_MM
"""The height of one of its lines."""
GAP_PX = 6 * PX_PER_MM
"""The room around it."""
LEAST_PX = 40 * PX_PER_MM
"""Less room than this is left as it is."""

_SPARE = re.compile(r'(?s)<section class="spare part-(\w+) number-(\d+)".*?</section>')


def lines_in(spare: float) -> int:
    """How many ruled lines fill a free height, in CSS pixels; none where it is little."""
    if spare < LEAST_PX:
        return 0
    return int((spare - 2 * GAP_PX - HEAD_PX) / LINE_PX)


def height_of_lines(lines: int) -> float:
    """What so many lines take with their title and the room below, in CSS pixels."""
    return HEAD_PX + lines * LINE_PX + 2 * GAP_PX if lines else 0.0


def take_room(body: ET.Element) -> ET.Element | None:
    """Take the ruled space out of a page; None where its format has none."""
    room = next((child for child in body if "room" in classes_of(child)), None)
    if room is not None:
        body.remove(room)
    return room


def has_room(root: ET.Element) -> bool:
    """Whether a page's format has a ruled space."""
    return any("room" in classes_of(child) for body in root.iter("body") for child in body)


def put_room(body: ET.Element, room: ET.Element, before: ET.Element, lines: int) -> None:
    """Put the ruled space before a block, with so many lines; none if there are to be none."""
    if not lines:
        return
    own = copy.deepcopy(room)
    own.set("class", "room shown")
    own.tail = None
    ruled = [line for line in own if "notes-line" in classes_of(line)]
    for line in ruled[lines:]:
        own.remove(line)
    parent = next(one for one in body.iter() if any(child is before for child in one))
    parent.insert(list(parent).index(before), own)


def visible(html: str, spare: Mapping[str, int]) -> str:
    """The HTML without the panels of notes that a fit leaves out."""

    def kept(match: re.Match[str]) -> str:
        part = "" if match.group(1) == "all" else match.group(1)
        return match.group() if int(match.group(2)) <= spare.get(part, 0) else ""

    return _SPARE.sub(kept, html)


def with_contact_last(root: ET.Element) -> ET.Element:
    """A tree whose contact card stands behind all else that closes the leaflet.

    On a sheet it is the last of the closing blocks. The back cover of a booklet has it alone, and
    what else was meant for the back follows the text.
    """
    changed = copy.deepcopy(root)
    for closing in changed.iter():
        classes = classes_of(closing)
        if "closing" in classes:
            for card in [child for child in closing if "block-contact" in classes_of(child)]:
                closing.remove(card)
                closing.append(card)
        elif {"back", "flow"} <= classes:
            text = next(changed.iter("main"))
            kept = frozenset(["block-contact", "colophon"])
            for block in [child for child in closing if not classes_of(child) & kept]:
                closing.remove(block)
                text.append(block)
    return changed
