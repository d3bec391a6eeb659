"""Words read once for all editions that would be read alike.

Facts stand in the text of a leaflet as tokens while it is read, so that most of it is read the
same for every clinic and medium. What was read is given again where the text, the leaflet and all
that is plainly the same for it are the same, and whatever else the reading asked for (the value
of a token, the condition of an ``only`` block) has the same answer. A reading with mistakes is
never kept.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from foldwell.typeset.carried_readings import carried, carry, table_of
from foldwell.typeset.reading import Reading

KEPT, KEPT_A_TEXT = 96, 6
"""How many texts are known, and how many readings of each."""
_FOUND = (
    "citations", "icons", "drawings", "images", "headings", "timelines", "contacts", "parts",
    "pieces",
)  # fmt: skip
"""What a reading finds; lists, sets and dictionaries of values that never change."""


@dataclass(frozen=True)
class _Read:
    """A reading as it was found.

    Attributes:
        same: What is the same object for all that it is given to; kept, so that nothing else
            can have its identity.
        values: The values of tokens that it asked for, by their numbers.
        held: The conditions that it asked for, and whether each held.
        added: The pieces of tokens that it added.
        found: What it found.
    """

    same: tuple[object, ...]
    values: dict[int, tuple[object, ...]]
    held: dict[str, bool]
    added: tuple[str, ...]
    found: dict[str, Any]

    def suits(self, reading: Reading) -> bool:
        """Whether another reading would ask the same and be answered the same."""
        value = reading.tokens.value
        return all(value(number) == told for number, told in self.values.items()) and all(
            reading.holds(text, 0) == held for text, held in self.held.items()
        )

    def give(self, reading: Reading) -> None:
        """Let another reading have found the same."""
        reading.tokens.pieces += self.added
        for name, found in self.found.items():
            setattr(reading, name, found.copy())


_known: OrderedDict[tuple[object, ...], list[_Read]] = OrderedDict()


def read_again(text: str, reading: Reading, read: Callable[[str, Reading], None]) -> None:
    """Read a text, unless it was read alike before.

    Args:
        text: The text, with tokens for facts.
        reading: What it is read for, and where what is found goes.
        read: Reads it.
    """
    setting = reading.setting
    same = (
        reading.leaflet, setting.known, reading.strings, reading.references, reading.known_icons,
    )  # fmt: skip
    key = (
        text, *map(id, same), setting.conditions["region"], setting.take, setting.links_back,
        setting.markers, tuple(reading.citations),
    )  # fmt: skip
    known = _known.setdefault(key, [])
    _known.move_to_end(key)
    if len(_known) > KEPT:
        _known.popitem(last=False)
    if before := next((one for one in known if one.suits(reading)), None):
        before.give(reading)
        return
    table = table_of(text, reading)
    for plain in carried(table, reading):
        before = _Read(same, *plain)
        if before.suits(reading) and not reading.errors:
            before.give(reading)
            _keep(known, before)
            return
        reading.errors.clear()  # of conditions that are not those of the text
    count = len(reading.tokens.pieces)
    reading.tokens.asked.clear()
    reading.held.clear()
    read(text, reading)
    if reading.errors:
        return
    tokens = reading.tokens
    values = {number: tokens.value(number) for number in tokens.asked if number < count}
    found = {name: getattr(reading, name).copy() for name in _FOUND}
    plain = values, {**reading.held}, tuple(tokens.pieces[count:]), found
    _keep(known, _Read(same, *plain))
    carry(table, plain)


def _keep(known: list[_Read], read: _Read) -> None:
    known.append(read)
    del known[:-KEPT_A_TEXT]
