"""What a block measures, in pieces, and what a break before each costs: values without the engine.

A piece is the least that is never torn: a line of a paragraph, a row of a table, a picture. It
knows where the tree of the page would be cut to begin a panel or column with it. Lengths are CSS
pixels, from the head of the block.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from dataclasses import dataclass

from foldwell.content.blocks import BLOCKS

SHORT_LIST, SHORT_TABLE = 6, 6
"""The most items of a list, and rows of a table, that stay together (rule L13)."""
ROWS_WITH_HEAD = 2
"""Rows of a longer table that stay with its head."""
LEAST_LINES = 2
"""Lines of a paragraph that stay together at either side of a break, and below a heading."""
FREE, BETWEEN_SECTIONS, BETWEEN_BLOCKS, IN_LIST, IN_PARAGRAPH = 0.0, 0.0, 1.5, 3.0, 4.0
"""What a break costs: hundredths of the height of a panel, squared, left empty elsewhere."""
TAIL = 6.0
"""What a break costs beyond that when only the last lines of a section stand behind it."""
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
class Frame:
    """The page that a flow was measured on.

    Attributes:
        width: The width of its text, in CSS pixels.
        margins: Its margins at head and foot together, in CSS pixels.
    """

    width: float
    margins: float


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


def title_of(element: ET.Element) -> tuple[str | None, bool]:
    """The words of the second-level heading that an element is or begins with, if any.

    Returns:
        The words, and whether the element is never to be left out.
    """
    guarded = bool(classes_of(element) & GUARDED)
    heading = element if element.tag == "h2" else None if guarded else element.find("h2")
    return None if heading is None else " ".join("".join(heading.itertext()).split()), guarded


def letters_of(element: ET.Element) -> int:
    """How many characters of an element are no spaces."""
    return sum(len("".join(text.split())) for text in element.itertext())


def holders_of(flow: ET.Element, path: tuple[int, ...]) -> list[str]:
    """What holds a block inside its flow: its style may hang on that, and on what comes first."""
    found, element = list[str](), flow
    for index in path[:-1]:
        element = element[index]
        found.append(f"{index} {element.tag} {element.get('class')} {element.get('style')}")
    return found


def kind_below(element: ET.Element) -> str:
    """All that the room below a block depends on: what it is, and what ends it."""
    kinds = [f"{element.tag} {element.get('class')} {element.get('style')}"]
    while len(element):
        element = element[-1]
        kinds.append(f"{element.tag} {element.get('class')} {element.get('style')}")
    return " > ".join(kinds)
