"""Masters: pages that were laid out for one clinic, and pages of others that are stamped from them.

A stamped page has the boxes of its master, but for the islands: the blocks in which words, links or
pictures differ. These are laid out in their slots. If any of them takes other room than the
master's own, nothing is stamped, and the page is laid out like any other.
"""

from __future__ import annotations

import copy
import functools
import xml.etree.ElementTree as ET
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from cssselect2 import ElementWrapper
from weasyprint import DEFAULT_OPTIONS
from weasyprint.document import Document, Page
from weasyprint.formatting_structure import boxes
from weasyprint.html import get_html_metadata
from weasyprint.images import get_image_from_uri
from weasyprint.layout.background import layout_box_backgrounds
from weasyprint.pdf.metadata import DocumentMetadata

from foldwell.typeset.stamping.asked import Asked
from foldwell.typeset.stamping.box_trees import alike, plain_blocks, with_others
from foldwell.typeset.stamping.feet import other_words, replace_feet
from foldwell.typeset.stamping.skeleton import differ, pairs
from foldwell.typeset.stamping.slots import Recorder, Slot, lay_out

KEPT = 12
"""How many masters are kept: those of the brands and formats of one leaflet, and of tickets."""
A_SHAPE = 4
"""How many masters of one skeleton are kept, which differ in the room that facts take."""
WORDS_SHOWN = 40


@dataclass(frozen=True)
class Stamped:
    """Stamped pages.

    Attributes:
        document: The engine's document.
        loaded: Their pictures, by address.
        how: How they were made, for people.
        master: What they are stamped from.
    """

    document: Any
    loaded: dict[str, Any]
    how: str
    master: Master


@dataclass
class Master:
    """Pages that were laid out.

    Attributes:
        asked: What they were laid out from.
        document: The engine's document.
        recorder: The slots of their blocks.
        loaded: Their pictures, by address.
        standing: Files that were made of its pages and are kept, by what makes them.
    """

    asked: Asked
    document: Any
    recorder: Recorder
    loaded: dict[str, Any]
    standing: dict[Any, Any] = field(default_factory=dict)
    _paths: dict[Any, tuple[int, ...]] = field(default_factory=dict)
    _sound: dict[Any, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number, page in enumerate(self.document.pages):
            for child, path in plain_blocks(page._page_box, (number,)):
                slot = self.recorder.slots.get(child.element)
                if slot and slot.box is child:
                    self._paths[child.element] = path
        slots = self.recorder.slots
        self.recorder.slots = {element: slots[element] for element in self._paths}
        self.recorder.counters.clear()
        self._parents = {child: parent for parent in self.asked.root.iter() for child in parent}

    def stamped(self, asked: Asked) -> Stamped | str:
        """Other pages from these; or why not: they differ in more than what islands hold.

        Args:
            asked: The other pages; they share the master's key.
        """
        words = other_words(self.asked.source.css, asked.source.css)
        if words is None:
            return "the same words in the feet of one page are different ones in those of the other"
        islands, loaded = self._islands(asked), dict[str, Any]()
        if isinstance(islands, str):
            return islands
        styles, picture = self._styles(asked), self._pictures(asked, loaded)
        pages = [page._page_box for page in self.document.pages]
        changed: dict[tuple[int, ...], Any] = {}
        for element, other in islands:
            slot, path = self.recorder.slots[element], self._paths[element]
            assert slot is not None
            if not self._is_sound(element, slot, pages[path[0]]):
                return f"{_named(other)} cannot be laid out by itself"
            box = lay_out(slot, other, styles, picture, pages[path[0]])
            if box is None:
                return f"{_named(other)} takes other room than on the pages that were there"
            changed[path] = box
        copies = [with_others(page, (number,), changed) for number, page in enumerate(pages)]
        for path, box in changed.items():
            layout_box_backgrounds(copies[path[0]], box, picture)
        for number, page in enumerate(copies, 1):
            replace_feet(self.recorder.context, page, number, words)
            for child in page.children:
                if isinstance(child, boxes.MarginBox):
                    layout_box_backgrounds(page, child, picture)
        count = len(islands)
        how = f"stamped, with {count} block{'s' * (count != 1)} of its own"
        # What the master's drawings ask for is refused for all that is made of them.
        asked.fetcher.refused = self.asked.fetcher.refused
        return Stamped(self._document(asked, [Page(page) for page in copies]), loaded, how, self)

    def _document(self, asked: Asked, pages: list[Any]) -> Any:
        html = copy.copy(asked.html)
        html.wrapper_element = ElementWrapper.from_html_root(asked.root, content_language=None)
        html.etree_element = asked.root
        old = self.document
        document = Document(
            pages, DocumentMetadata(**get_html_metadata(html)), asked.fetcher, old.font_config,
            dict(old.color_profiles), old.output_intent,
        )  # fmt: skip
        document._html = html
        return document

    def _islands(self, asked: Asked) -> list[tuple[Any, Any]] | str:
        """The blocks that differ, each with the other in its place; or which has no slot."""
        body, others = next(self.asked.root.iter("body")), next(asked.root.iter("body"))
        counterpart = dict(pairs(body, others))
        found: dict[Any, Any] = {}
        for one, other in counterpart.items():
            if differ(one, other, self.asked.digests, asked.digests):
                island: Any = one
                while island not in self._paths:
                    island = self._parents.get(island)
                    if island is None or island is body:
                        return f"{_named(other)} stands in no block that is laid out by itself"
                found[island] = counterpart[island]
        return [
            (island, other) for island, other in found.items()
            if not any(above in found for above in self._above(island))
        ]  # fmt: skip

    def _above(self, element: Any) -> Iterator[Any]:
        while element in self._parents:
            element = self._parents[element]
            yield element

    def _styles(self, asked: Asked) -> Any:
        own = {other: one for one, other in pairs(self.asked.root, asked.root)}
        return lambda element, pseudo=None: self.recorder.context.style_for(own[element], pseudo)

    def _pictures(self, asked: Asked, loaded: dict[str, Any]) -> Any:
        """What gives pictures to the engine: the master's own where they are the same."""
        own, others = self.asked.digests, asked.digests
        for address, image in self.loaded.items():
            name = address.removeprefix("asset:")
            if name in own and own[name] == others.get(name):
                loaded[address] = image
        options = {**DEFAULT_OPTIONS, **asked.options}
        get = functools.partial(get_image_from_uri, loaded, asked.fetcher, options)
        return functools.partial(get, context=self.recorder.context)

    def _is_sound(self, element: Any, slot: Slot, page: Any) -> bool:
        """Whether the master's own block, laid out again in its slot, is the very same."""
        if element not in self._sound:
            context, picture = self.recorder.context, self._pictures(self.asked, {})
            for slot.spaced in (True, False):
                box = lay_out(slot, element, context.style_for, picture, page)
                if box is not None:
                    layout_box_backgrounds(page, box, picture)
                self._sound[element] = box is not None and alike(box, slot.box)
                if self._sound[element]:
                    break
        return self._sound[element]


def _named(element: ET.Element) -> str:
    """A block, by its first words."""
    words = " ".join("".join(element.itertext()).split())
    return f"'{words[:WORDS_SHOWN]}'" if words else f"<{element.tag}>"


class Masters:
    """The masters that a process keeps."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, list[Master]] = OrderedDict()

    def find(self, asked: Asked) -> Stamped | str:
        """Pages stamped from one of the masters, or why none of them will do."""
        found: Stamped | str = "no page like it was there"
        if asked.repeats:
            return "words of some blocks stand in other places too"
        for master in reversed(self._kept.get(asked.key, ())):
            if master.asked.fetcher.refused:  # what is wrong with it may be its own
                continue
            found = master.stamped(asked)
            if isinstance(found, Stamped):
                self._kept.move_to_end(asked.key)
                break
        return found

    def every(self) -> list[Master]:
        """All that are kept."""
        return [master for own in self._kept.values() for master in own]

    def forget(self) -> None:
        """Give all of them up."""
        self._kept.clear()

    def keep(self, master: Master) -> None:
        """Keep a master, and forget those that were of no use for longest."""
        if master.asked.repeats:
            return
        own = self._kept.setdefault(master.asked.key, [])
        own.append(master)
        del own[:-A_SHAPE]
        self._kept.move_to_end(master.asked.key)
        while sum(map(len, self._kept.values())) > KEPT:
            self._kept.popitem(last=False)


MASTERS = Masters()
"""Those of this process."""
