"""Facts of typeset pages: how far they are filled, with what, and what is wrong on them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from weasyprint.formatting_structure import boxes

from foldwell.typeset.measures import GUARDED
from foldwell.typeset.overlaps import overlaps
from foldwell.typeset.units import PX_PER_MM

OWN = frozenset(["room", "closing", "colophon", "block-contact"])
"""Classes of what belongs to no section of the text."""


@dataclass(frozen=True)
class TypesetPage:
    """Facts of one typeset page.

    Attributes:
        name: The CSS name of the page, such as ``inside``; empty where it has none.
        width_mm: Its width.
        height_mm: Its height.
        lines: How many lines of text stand on it, without the foot.
        filled: The share of its height, without margins, down to its last line or box.
        sections: For each second-level heading its words and how many lines stand below it on
            this page, its own among them; lines before the first, and those of sections that may
            not be left out, belong to the empty name.
        over_mm: How far the longest line reaches over the margin of the page.
        notes: Whether the page is one of notes, that fill what the words leave empty.
        overlaps: Pairs of words that are printed over each other.
        goes_on: Whether its first line goes on with what the page before it began.
    """

    name: str
    width_mm: float
    height_mm: float
    lines: int
    filled: float
    sections: tuple[tuple[str, int], ...]
    over_mm: float = 0.0
    notes: bool = False
    overlaps: tuple[tuple[str, str], ...] = ()
    goes_on: bool = False


def page_facts(page: Any) -> TypesetPage:
    """The facts of one of the engine's pages."""
    box = page._page_box
    lines, lowest, over, notes = 0, box.content_box_y(), 0.0, False
    right = box.content_box_x() + box.width
    sections: dict[str, int] = {}
    section, guarded_title = "", False
    begun, goes_on = False, False
    for part in box.children:
        if isinstance(part, boxes.MarginBox):
            continue
        for child in part.descendants():
            if isinstance(child, boxes.BlockBox) and child.element is not None:
                classes = (child.element.get("class") or "").split()
                notes = notes or "spare" in classes
                begun = begun or bool(OWN & {*classes}) or child.element_tag == "h2"
                if "fill-line" in classes:
                    sections[section] = sections.get(section, 0) + 1
                if GUARDED & {*classes}:
                    begun = True
                    # A section that holds such a block is not left out either.
                    sections[""] = sections.get("", 0) + sections.pop(section, 0)
                    section, guarded_title = "", True
                elif child.element_tag == "h2" and guarded_title:
                    guarded_title = False  # the block's own title
                elif child.element_tag == "h2":
                    section = " ".join("".join(child.element.itertext()).split())
            if isinstance(child, boxes.LineBox):
                goes_on = goes_on or (not lines and not begun)
                lines += 1
                sections[section] = sections.get(section, 0) + 1
                over = max(over, child.position_x + child.width - right)
            # A box of boxes may be stretched to the foot of the page; what it holds is not.
            holds_boxes = isinstance(child, boxes.ParentBox) and any(
                not isinstance(inner, boxes.LineBox) for inner in child.children
            )
            if isinstance(child, boxes.BlockBox | boxes.TableCellBox) and not holds_boxes:
                lowest = max(lowest, child.position_y + child.margin_height())
    return TypesetPage(
        box.page_type.name or "",
        page.width / PX_PER_MM,
        page.height / PX_PER_MM,
        lines,
        (lowest - box.content_box_y()) / box.height if box.height else 1.0,
        tuple(sections.items()),
        over / PX_PER_MM,
        notes,
        overlaps(box),
        goes_on,
    )
