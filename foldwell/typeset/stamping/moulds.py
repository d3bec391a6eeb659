"""Moulds: slots of blocks that were measured, in which the same blocks of other clinics are.

What is measured in a mould has its own height: nothing hangs on its being that of the mould.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from foldwell.typeset.measures import Block
from foldwell.typeset.measuring import measured_block
from foldwell.typeset.page_words import same_words
from foldwell.typeset.stamping import is_on
from foldwell.typeset.stamping.skeleton import asked_of_values, pairs, skeleton_of
from foldwell.typeset.stamping.slots import Slot, lay_out

KEPT = 400
"""How many moulds are kept."""
_ASSET = re.compile(r"asset:([^\s\"')]+)")


@dataclass
class Mould:
    """The slot of a block that was measured.

    Attributes:
        slot: The slot; none if the block cannot be laid out by itself.
        before: The room before it.
        page: The box of its page.
        sound: Whether its own block, laid out in it again, was measured as it was; not yet known.
    """

    slot: Slot | None
    before: float
    page: Any
    sound: bool | None = None


@dataclass(frozen=True)
class Measuring:
    """A block that was measured, perhaps with other words.

    Attributes:
        box: Its box.
        numbers: For the numbers of words those that the words in their place have.
        differ: The numbers of words in whose place other ones stand.
    """

    box: Any
    numbers: Mapping[int, int]
    differ: frozenset[int]


_kept: OrderedDict[str, Mould] = OrderedDict()


def forget() -> None:
    """Give all moulds up."""
    _kept.clear()


class Moulds:
    """The moulds that fit the blocks of one page.

    Args:
        css: The style sheets of the page.
        pictures: Gives the engine its pictures.
        assets: Their names; a block with another one, of a logo that was replaced, is no mould.
    """

    def __init__(
        self, css: tuple[str, ...], pictures: Callable[[Any], Any], assets: Iterable[str]
    ) -> None:
        self._asked, self._pictures = asked_of_values(css), pictures
        self._assets = frozenset(assets)

    def shape(self, element: ET.Element) -> str:
        """All that a block must share with that of its mould."""
        return skeleton_of(element, self._asked)

    def find(self, shape: str) -> Mould | None:
        """The mould of a shape."""
        mould = _kept.get(shape) if is_on() else None
        if mould is None or mould.slot is None or mould.sound is False:
            return None
        values = (value for one in mould.slot.element.iter() for value in one.attrib.values())
        named = (name for value in values for name in _ASSET.findall(value))
        return mould if self._assets.issuperset(named) else None

    def measuring(self, shape: str, element: ET.Element) -> Measuring | None:
        """How a block of a shape was measured; None if that was not kept."""
        mould = self.find(shape)
        if mould is None or mould.slot is None:
            return None
        numbers, differ = same_words(element, mould.slot.element)
        return Measuring(mould.slot.box, numbers, differ)

    def keep(self, shape: str, mould: Mould) -> None:
        """Keep a mould, and forget those that are oldest."""
        _kept[shape] = mould
        while len(_kept) > KEPT:
            _kept.popitem(last=False)

    def measured(self, mould: Mould, element: ET.Element) -> Block | None:
        """An element measured in a mould; None if it cannot be."""
        slot = mould.slot
        assert slot is not None
        styles = slot.context.style_for
        if mould.sound is None:
            first = measured_block(slot.box, mould.before)
            for slot.spaced in (True, False):
                mould.sound = self._laid_out(mould, slot.element, styles) == first
                if mould.sound:
                    break
        if not mould.sound:
            return None
        own = {other: one for one, other in pairs(slot.element, element)}
        return self._laid_out(mould, element, lambda one, kind=None: styles(own[one], kind))

    def _laid_out(self, mould: Mould, element: ET.Element, styles: Any) -> Block | None:
        slot = mould.slot
        assert slot is not None
        picture = self._pictures(slot.context)
        box = lay_out(slot, element, styles, picture, mould.page, elastic=True)
        return None if box is None else measured_block(box, mould.before)
