"""The table of blocks: what may stand between ``/// name`` and ``///``.

A row is all that a block with a title takes: its name is read, its title printed, its list asked
for. What it looks like is the style sheets' business (``.block-<name>``), and the words of a title
that nobody wrote are the catalogues' (``templates/languages``).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

TITLE = "title"


@dataclass(frozen=True)
class BlockRow:
    """One block.

    Attributes:
        takes: What may stand after the bar of its first line, in words.
        icon: The icon before its title; empty for none.
        list_tag: The list that it is made of, as HTML calls it; empty where it needs none.
        guarded: Whether nobody is ever told to leave it out, however long a leaflet is.
        inside: The block that it is a part of; empty where it stands by itself.
    """

    takes: str = TITLE
    icon: str = ""
    list_tag: Literal["", "ol", "ul"] = ""
    guarded: bool = False
    inside: str = ""

    @property
    def titled(self) -> bool:
        """Whether it is a section with a title."""
        return self.takes == TITLE


CONDITIONS, PANEL, ICON = "conditions", "a panel's name", "an icon's name"
EXAMPLES = {CONDITIONS: "region: uk", PANEL: "flap", ICON: "phone"}
"""What a block that needs something may take."""

BLOCKS: dict[str, BlockRow] = {
    "key-message": BlockRow(guarded=True),
    "emergency": BlockRow(icon="phone", guarded=True),
    "naloxone": BlockRow(takes="nothing", inside="emergency"),
    "call": BlockRow(takes="nothing", inside="emergency"),
    "suicide": BlockRow(takes="nothing", inside="emergency"),
    "warning": BlockRow(icon="alert-triangle", guarded=True),
    "tip": BlockRow(),
    "steps": BlockRow(list_tag="ol"),
    "checklist": BlockRow(list_tag="ul"),
    "questions": BlockRow(list_tag="ul"),
    "fill-in": BlockRow(list_tag="ul"),
    "contact": BlockRow(),
    "compare": BlockRow(),
    "spot": BlockRow(takes=ICON),
    "timeline": BlockRow(),
    "figure": BlockRow(takes="nothing"),
    "only": BlockRow(takes=CONDITIONS),
    "panel": BlockRow(takes=PANEL),
    "side": BlockRow(takes="nothing"),
}
"""Every block, by name."""

CLASSES = frozenset(["keep", "lead", "small", "box", *(f"lines-{n}" for n in range(1, 10))])
"""The classes that a writer may give to a paragraph or list item in an attribute list."""
