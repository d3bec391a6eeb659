"""What was read from a file that somebody brought, before it is a leaflet.

Every reader gives the same: a tree of HTML elements with nothing but words, lists, tables, links
and pictures, the pictures' files by name, and a list of what has no place in a leaflet. Elements
of our own are ``note`` (what was left behind there), ``call`` (the mark of a footnote, with its
``name``) and ``footnote`` (its words). An ``li`` may have a ``value``; a ``p`` may have the class
``title``, ``caption`` or ``label``; a ``strong``, ``em``, ``sup`` or ``sub`` is what it says.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections import Counter
from dataclasses import dataclass, field

FILE_LIMIT_BYTES = 40 * 1024 * 1024
"""The largest file that is read."""
DEPTH_LIMIT = 60
"""How deep elements may stand in one another."""
BLOCKS = frozenset(
    ["p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "hr", "note",
     "footnote", "img", "div"]
)  # fmt: skip
"""Elements that words are parted by."""


@dataclass
class Brought:
    """One file, read.

    Attributes:
        body: Its words, as described above.
        title: What it calls itself; empty if it does not say.
        language: The code of its language; empty if it does not say.
        pictures: The files of its pictures, by the name in ``src``.
        left: What was left behind or changed, and how often, in the order it was met.
        facts: Front matter that leaflets do not have, line by line.
    """

    body: ET.Element
    title: str = ""
    language: str = ""
    pictures: dict[str, bytes] = field(default_factory=dict)
    left: Counter[str] = field(default_factory=Counter)
    facts: list[str] = field(default_factory=list)

    def leave(self, what: str) -> None:
        """Say that something was left behind, or read as something else."""
        self.left[what] += 1


def words_of(element: ET.Element) -> str:
    """All words of an element, with single spaces."""
    return " ".join(" ".join(element.itertext()).split())


def note(words: str) -> ET.Element:
    """A note of what was left behind at this place."""
    element = ET.Element("note")
    element.text = " ".join(words.split())
    return element
