"""What printed pages are for, as far as it shows on them."""

from __future__ import annotations

from dataclasses import dataclass

from foldwell.paper.conditions import Condition


@dataclass(frozen=True)
class Purpose:
    """What printed pages are composed for.

    Attributes:
        medium: The name of the medium, as ``only`` blocks and templates ask for it.
        tagged: Whether they are tagged for screen readers.
        bleeds: Whether colour reaches over the edges at which they are cut.
        saves_toner: Whether grounds stay white unless clinic or brand say otherwise.
        instructions: Whether a page of instructions goes with them.
        ticket: Whether a job ticket goes with them.
        condition: The printing condition; None for the region's own.
        spreads: Whether the pages of a booklet are imposed in pairs.
        sheet: The press sheet that carries several copies; empty for none.
    """

    medium: str
    tagged: bool = False
    bleeds: bool = False
    saves_toner: bool = False
    instructions: bool = False
    ticket: bool = False
    condition: Condition | None = None
    sheet: str = ""
    spreads: bool = False
