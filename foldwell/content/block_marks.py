"""The lines that start and end a block, and how blocks stand in each other."""

from __future__ import annotations

import re
from dataclasses import dataclass

from foldwell.content.blocks import BLOCKS, EXAMPLES
from foldwell.errors import FoldwellError, Place, did_you_mean

PANELS = ("flap", "back", "poster")
NESTING_LIMIT = 20
_START = re.compile(r"( *)(/{3,}) *([A-Za-z][\w-]*) *(?:\|(.*))?$")
_END = re.compile(r"( *)(/{3,}) *$")


@dataclass(frozen=True)
class _Block:
    """A block that is open: its name, how many slashes it starts with, and where."""

    name: str
    slashes: int
    place: Place


class OpenBlocks:
    """The blocks that are open at a line, the innermost last."""

    def __init__(self) -> None:
        self._open: list[_Block] = []

    def __contains__(self, name: str) -> bool:
        return any(block.name == name for block in self._open)

    def start(self, line: str, here: Place) -> list[FoldwellError] | None:
        """Open the block that a line starts; what is wrong with it, or None if it starts none."""
        if not (match := _START.match(line)):
            return None
        indent, slashes, name, argument = match.groups()
        block = _Block(name, len(slashes), here)
        wrong = _misnamed(name, (argument or "").strip()) + self._misplaced(block)
        if len(indent) > 3:
            wrong.insert(
                0, ("A block cannot stand inside a list.", "Move it to the start of the line.")
            )
        self._open.append(block)
        return [FoldwellError(what, here, hint) for what, hint in wrong]

    def end(self, line: str, here: Place) -> list[FoldwellError] | None:
        """Close the block that a line ends; what is wrong with it, or None if it ends none."""
        if not (match := _END.match(line)):
            return None
        slashes = len(match.group(2))
        if not self._open:
            what, hint = "This line closes a block, but none is open.", "Delete the line."
        elif len(match.group(1)) > 3:
            what = f"This line does not close {_told(self._open.pop())}, because it is indented."
            hint = "Start it at the left edge."
        elif self._open[-1].slashes != slashes:
            what = f"{slashes} slashes do not close {_told(self._open[-1])}."
            hint = f"Write '{'/' * self._open[-1].slashes}'."
        else:
            self._open.pop()
            return []
        return [FoldwellError(what, here, hint)]

    def never_closed(self) -> list[FoldwellError]:
        """An error for each block that is open at the end of a text."""
        return [
            FoldwellError(
                f"The block '{block.name}' is never closed.",
                block.place,
                f"Put a line '{'/' * block.slashes}' after its last line.",
            )
            for block in self._open
        ]

    def _misplaced(self, block: _Block) -> list[tuple[str, str]]:
        wrong = []
        outer_name = BLOCKS[block.name].inside if block.name in BLOCKS else ""
        if outer_name and outer_name not in self:
            wrong.append(
                (
                    f"The block '{block.name}' stands outside the block '{outer_name}'.",
                    f"It is a part of '{outer_name}'; move it there.",
                )
            )
        outer = self._open[-1] if self._open else None
        if outer and block.slashes >= outer.slashes:
            wrong.append(
                (
                    f"The block '{block.name}' starts inside '{outer.name}' (line"
                    f" {outer.place.line}) with as many slashes.",
                    f"Close '{outer.name}' first with '{'/' * outer.slashes}', or give the outer"
                    " block one slash more at its start and end.",
                )
            )
        if len(self._open) >= NESTING_LIMIT:
            wrong.append((f"Blocks are nested more than {NESTING_LIMIT} deep.", "Flatten them."))
        return wrong


def _told(block: _Block) -> str:
    return f"the block '{block.name}' of line {block.place.line}"


def _misnamed(name: str, argument: str) -> list[tuple[str, str]]:
    if name not in BLOCKS:
        return [(f"There is no block '{name}'.", did_you_mean(name, BLOCKS))]
    takes = BLOCKS[name].takes
    if takes == "nothing" and argument:
        return [(f"The block '{name}' takes nothing after '|'.", f"Write '/// {name}'.")]
    if takes not in ("nothing", "title") and not argument:
        return [
            (
                f"The block '{name}' needs {takes}.",
                f"Write, for example, '/// {name} | {EXAMPLES[takes]}'.",
            )
        ]
    if name == "panel" and argument not in PANELS:
        return [(f"There is no panel '{argument}' to fill.", did_you_mean(argument, PANELS))]
    return []
