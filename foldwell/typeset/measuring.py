"""Measuring: the boxes of a laid out block become pieces, and what a break before each costs.

A piece is the least that is never torn: a line of a paragraph, a row of a table, a picture. It
knows where the tree of the page would be cut to begin a panel or column with it. Lengths are CSS
pixels, from the head of the block.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from weasyprint.formatting_structure import boxes

from foldwell.content.blocks import BLOCKS

SHORT_LIST, SHORT_TABLE = 6, 6
"""The most items of a list, and rows of a table, that stay together (rule L13)."""
ROWS_WITH_HEAD = 2
"""Rows of a longer table that stay with its head."""
LEAST_LINES = 2
"""Lines of a paragraph that stay together at either side of a break, and below a heading."""

FREE, BETWEEN_SECTIONS, BETWEEN_BLOCKS, IN_LIST, IN_PARAGRAPH = 0.0, 0.0, 1.5, 3.0, 4.0
"""What a break costs: hundredths of the height of a panel, squared, left empty elsewhere."""
PARTED = 5e3
"""A break that is made only where a page more would be needed without it."""
LONELY, JOINED, TIED = 7e3, 1e4, 1e7
"""Breaks that are only made in what is higher than a panel: below the one line that follows a
heading; in a box or short list; right below a heading, or off one line of a paragraph."""

HEADINGS = ("h2", "h3", "h4")


@dataclass(frozen=True)
class Piece:
    """What is never torn.

    Attributes:
        top: Where it begins.
        bottom: Where it ends.
        cost: What a break before it costs.
        path: Which child of which child of the block begins with it; empty for the block itself.
        letters: How many letters of that child stand before it, where it is a later line.
        lines: How many lines of text it holds.
        repeats: The height of what is set again above it when it begins a panel: a table's head.
        heading: Whether it heads what follows, so that lines must stand below it.
    """

    top: float
    bottom: float
    cost: float = BETWEEN_BLOCKS
    path: tuple[int, ...] = ()
    letters: int = 0
    lines: int = 0
    repeats: float = 0.0
    heading: bool = False


@dataclass(frozen=True)
class Block:
    """A measured block of a flow.

    Attributes:
        before: The room between what stands before it and its head; 0 for the first of a flow.
        height: From its head to its foot.
        pieces: What it is made of; the first begins at its head.
        section: Whether a section begins with it, so that room may be left before it.
        title: The words of the second-level heading that it is or begins with, if any.
        guarded: Whether it is never to be left out.
    """

    before: float
    height: float
    pieces: tuple[Piece, ...]
    section: bool
    title: str | None = None
    guarded: bool = False

    @property
    def lines(self) -> int:
        """How many lines of text it holds."""
        return sum(piece.lines for piece in self.pieces)


GUARDED = frozenset(f"block-{name}" for name, row in BLOCKS.items() if row.guarded)
"""Blocks that no one is ever told to leave out."""


def classes_of(element: ET.Element) -> frozenset[str]:
    """The classes of an element."""
    return frozenset((element.get("class") or "").split())


def measured_block(box: Any, before: float) -> Block:
    """The block that a box is.

    Args:
        box: The box of the block's element, laid out on a page without end.
        before: The room before it.
    """
    element = box.element
    head = box.border_box_y()
    pieces = [
        replace(piece, top=_rounded(piece.top - head), bottom=_rounded(piece.bottom - head))
        for piece in _pieces(box, ())
    ]
    before, height = _rounded(before), _rounded(box.border_height())
    if not pieces:
        pieces = [Piece(0, height)]
    pieces[0] = replace(pieces[0], top=0.0, path=(), letters=0, cost=BETWEEN_BLOCKS)
    pieces[-1] = replace(pieces[-1], bottom=height)
    classes = classes_of(element)
    if element.tag == "p" and "".join(element.itertext()).rstrip().endswith(":"):
        pieces[-1] = replace(pieces[-1], heading=True)  # what it announces follows
    section = element.tag == "h2" or bool(classes & {"block", "table", "side"})
    if section:
        pieces[0] = replace(pieces[0], cost=BETWEEN_SECTIONS)
    if "colophon" in classes:
        pieces = [replace(piece, cost=max(piece.cost, JOINED)) for piece in pieces]
        pieces[0] = replace(pieces[0], cost=PARTED)  # it stands below the contact card
    return Block(before, height, tuple(pieces), section, *title_of(element))


def _rounded(length: float) -> float:
    """A length in thousandths: the same whatever stood before it, and so in all media."""
    return round(length, 3)


def title_of(element: ET.Element) -> tuple[str | None, bool]:
    """The words of the second-level heading that an element is or begins with, if any.

    Returns:
        The words, and whether the element is never to be left out.
    """
    guarded = bool(classes_of(element) & GUARDED)
    heading = element if element.tag == "h2" else None if guarded else element.find("h2")
    return None if heading is None else " ".join("".join(heading.itertext()).split()), guarded


def _pieces(box: Any, path: tuple[int, ...]) -> list[Piece]:
    """What a box is made of; the cost of the first piece is for who asks to say."""
    element, classes = box.element, classes_of(box.element)
    top, bottom = box.border_box_y(), box.border_box_y() + box.border_height()
    whole = [Piece(top, bottom, path=path, lines=_count_lines(box))]
    if element.tag in HEADINGS or "block-title" in classes:
        return [replace(whole[0], heading=True)]
    if element.tag == "table":
        return _rows(box, path) or whole
    lines = [child for child in box.children if isinstance(child, boxes.LineBox)]
    if lines:
        return _lines(box, lines, path) if len(lines) == len(box.children) else whole
    if not isinstance(box, boxes.BlockBox) or isinstance(
        box, boxes.FlexContainerBox | boxes.GridContainerBox
    ):
        return whole
    parts: list[list[Piece]] = []
    for child in box.children:
        if child.element is element or not child.is_in_normal_flow():
            if len(box.children) == 1 and child.element is element:  # around lines of its own
                own = [line for line in child.children if isinstance(line, boxes.LineBox)]
                return _lines(box, own, path) if own else whole
            return whole
        here = next((i for i, one in enumerate(element) if one is child.element), None)
        if here is None:
            return whole
        if found := _pieces(child, (*path, here)):
            parts.append(found)
    if element.tag in ("ul", "ol"):
        return _list(parts)
    keep = element.tag == "figure" or bool(classes & {"block", "keep", "timeline"})
    floor = JOINED if keep or element.tag == "li" else 0.0
    return _joined(element, parts, floor)


def _joined(element: ET.Element, parts: list[list[Piece]], floor: float) -> list[Piece]:
    """The pieces of a block of blocks.

    Args:
        element: The block.
        parts: The pieces of each.
        floor: The least that a break in it costs.
    """
    out: list[Piece] = []
    for part in parts:
        if out:
            part = [replace(part[0], cost=BETWEEN_BLOCKS), *part[1:]]
        out += part
    return [replace(piece, cost=max(piece.cost, floor)) for piece in out]


def _list(parts: list[list[Piece]]) -> list[Piece]:
    """The pieces of a list: no item is torn, nor a short list, nor one off its end."""
    out: list[Piece] = []
    for index, part in enumerate(parts):
        near = len(parts) <= SHORT_LIST or index in (1, len(parts) - 1)
        inside = [replace(piece, cost=max(piece.cost, JOINED)) for piece in part[1:]]
        out += [replace(part[0], cost=JOINED if near else IN_LIST), *inside]
    return out


def _rows(box: Any, path: tuple[int, ...]) -> list[Piece]:
    """The rows of a table; its caption and head stay with the first of them."""
    table = box if isinstance(box, boxes.TableBox) else box.get_wrapped_table()
    out: list[Piece] = []
    body = 0
    heads = sum(group.height for group in table.children if group.is_header)
    total = sum(len(group.children) for group in table.children if not group.is_header)
    for group in table.children:
        place = next((i for i, one in enumerate(box.element) if one is group.element), None)
        for row in group.children:
            index = None
            if group.element is not None:
                index = next((i for i, one in enumerate(group.element) if one is row.element), None)
            if place is None or index is None:
                return []
            free = total > SHORT_TABLE and body >= ROWS_WITH_HEAD and body < total - 1
            cost = IN_LIST if free and not group.is_header else JOINED
            body += not group.is_header
            top = row.position_y
            repeats = 0.0 if group.is_header else heads
            lines = _count_lines(row)
            foot = top + row.height
            out.append(Piece(top, foot, cost, (*path, place, index), 0, lines, repeats))
    if out:
        out[0] = replace(out[0], top=box.border_box_y(), path=path)
        out[-1] = replace(out[-1], bottom=box.border_box_y() + box.border_height())
    return out


def _lines(box: Any, lines: list[Any], path: tuple[int, ...]) -> list[Piece]:
    """The lines of a paragraph."""
    top, bottom = box.border_box_y(), box.border_box_y() + box.border_height()
    letters = [_letters(line) for line in lines]
    whole = letters_of(box.element)
    cuttable = sum(letters) == whole and box.element.tag in ("p", "li", "dd")
    if not cuttable:
        return [Piece(top, bottom, path=path, lines=len(lines))]
    out, before, count = [], 0, len(lines)
    for index, line in enumerate(lines):
        lonely = index < LEAST_LINES or count - index < LEAST_LINES
        cost = TIED if lonely else IN_PARAGRAPH
        line_top = line.position_y
        out.append(Piece(line_top, line_top + line.height, cost, path, before, 1))
        before += letters[index]
    out[0] = replace(out[0], top=top)
    out[-1] = replace(out[-1], bottom=bottom)
    return out


def letters_of(element: ET.Element) -> int:
    """How many characters of an element are no spaces."""
    return sum(len("".join(text.split())) for text in element.itertext())


def _letters(line: Any) -> int:
    return sum(
        len("".join(box.text.split()))
        for box in line.descendants()
        if isinstance(box, boxes.TextBox)
    )


def _count_lines(box: Any) -> int:
    return sum(isinstance(child, boxes.LineBox) for child in box.descendants())


def boxes_of(page_box: Any, elements: set[int]) -> Iterator[Any]:
    """The boxes of some elements, in reading order, the outermost of each.

    Args:
        page_box: The box of a page.
        elements: The ``id`` of each element.
    """
    for child in page_box.children:
        if child.element is not None and id(child.element) in elements:
            if isinstance(child, boxes.BlockLevelBox | boxes.TableBox) or child.is_in_normal_flow():
                yield child
        elif isinstance(child, boxes.ParentBox) and not isinstance(child, boxes.LineBox):
            yield from boxes_of(child, elements)
