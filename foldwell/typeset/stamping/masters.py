"""Masters: pages that were laid out for one clinic, and pages of others that are stamped from them.

A stamped page has the boxes of its master, but for the islands: the blocks in which words, links or
pictures differ. These are laid out in their slots. If any of them takes other room than the
master's own, nothing is stamped, and the page is laid out like any other.
"""

from __future__ import annotations

import copy
import functools
import hashlib
import xml.etree.ElementTree as ET
from collections import OrderedDict
from collections.abc import Iterator, Mapping
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

from foldwell.typeset.page_source import PageSource
from foldwell.typeset.stamping.feet import other_words, replace_feet, without_feet
from foldwell.typeset.stamping.skeleton import (
    asked_of_values,
    differ,
    digests_of,
    pairs,
    pictures_in_styles,
    skeleton_of,
)
from foldwell.typeset.stamping.slots import Recorder, Slot, lay_out, unwrapped

KEPT = 12
"""How many masters are kept: those of the brands and formats of one leaflet."""
A_SHAPE = 4
"""How many masters of one skeleton are kept, which differ in the room that facts take."""


@dataclass(frozen=True)
class Asked:
    """Pages that are to be laid out.

    Attributes:
        source: What they are made from.
        root: The tree of the page, blocks in their places.
        css: The style sheet of the fit.
        styled: What the page source says of variables in elements themselves.
        html: The engine's document of the page source.
        fetcher: Gives the bytes of its pictures.
        options: The engine's options.
    """

    source: PageSource
    root: ET.Element
    css: str
    styled: str
    html: Any
    fetcher: Any
    options: Mapping[str, Any]

    @functools.cached_property
    def digests(self) -> dict[str, str]:
        """A hash of each picture."""
        return digests_of(self.source.assets)

    @functools.cached_property
    def key(self) -> str:
        """A hash of all that a master must share with it."""
        source = self.source
        css = (*source.css, self.css)
        body = next(self.root.iter("body"))
        fonts = [(f.family, f.weight, hashlib.sha256(f.content).hexdigest()) for f in source.fonts]
        parts = (
            without_feet(css), self.styled, pictures_in_styles(css, self.digests), fonts, source.leading,
            sorted(self.root.attrib.items()), skeleton_of(body, asked_of_values(css)),
        )  # fmt: skip
        return hashlib.sha256(repr(parts).encode()).hexdigest()


@dataclass
class Master:
    """Pages that were laid out.

    Attributes:
        asked: What they were laid out from.
        document: The engine's document.
        recorder: The slots of their blocks.
        loaded: Their pictures, by address.
    """

    asked: Asked
    document: Any
    recorder: Recorder
    loaded: dict[str, Any]
    _paths: dict[Any, tuple[int, ...]] = field(default_factory=dict)
    _sound: dict[Any, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number, page in enumerate(self.document.pages):
            for child, path in _plain_blocks(page._page_box, (number,)):
                slot = self.recorder.slots.get(child.element)
                if slot and slot.box is child:
                    self._paths[child.element] = path
        self._parents = {child: parent for parent in self.asked.root.iter() for child in parent}

    def stamped(self, asked: Asked, loaded: dict[str, Any]) -> Any | None:
        """Other pages from these; None if they differ in more than what islands hold.

        Args:
            asked: The other pages; they share the master's key.
            loaded: Takes their pictures, by address.
        """
        words = other_words(self.asked.source.css, asked.source.css)
        if words is None:
            return None
        islands = self._islands(asked)
        if islands is None:
            return None
        styles, picture = self._styles(asked), self._pictures(asked, loaded)
        pages = [page._page_box for page in self.document.pages]
        changed: dict[tuple[int, ...], Any] = {}
        for element, other in islands:
            slot, path = self.recorder.slots[element], self._paths[element]
            assert slot is not None
            if not self._is_sound(element, slot, pages[path[0]]):
                return None
            box = lay_out(slot, other, styles, picture, pages[path[0]])
            if box is None:
                return None
            changed[path] = box
        copies = [_with(page, (number,), changed) for number, page in enumerate(pages)]
        for path, box in changed.items():
            layout_box_backgrounds(copies[path[0]], box, picture)
        for number, page in enumerate(copies, 1):
            replace_feet(self.recorder.context, page, number, words)
            for child in page.children:
                if isinstance(child, boxes.MarginBox):
                    layout_box_backgrounds(page, child, picture)
        return self._document(asked, [Page(page) for page in copies])

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

    def _islands(self, asked: Asked) -> list[tuple[Any, Any]] | None:
        """The blocks that differ, each with the other in its place; None if one has no slot."""
        body, others = next(self.asked.root.iter("body")), next(asked.root.iter("body"))
        counterpart = dict(pairs(body, others))
        found: dict[Any, Any] = {}
        for one, other in counterpart.items():
            if differ(one, other, self.asked.digests, asked.digests):
                island = one
                while island not in self._paths:
                    island = self._parents.get(island)
                    if island is None or island is body:
                        return None
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
        """What gives the pictures of pages to the engine: the master's own where they are the same."""
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


def _plain_blocks(box: Any, path: tuple[int, ...]) -> Iterator[tuple[Any, tuple[int, ...]]]:
    """The blocks in the flow of a page whose width hangs on nothing that they hold."""
    for index, child in enumerate(box.children):
        if not isinstance(child, boxes.BlockLevelBox) or not child.is_in_normal_flow():
            continue
        if isinstance(child, boxes.TableBox) or child.element is None:
            continue
        yield child, (*path, index)
        if type(child) is boxes.BlockBox and not (
            child.is_table_wrapper or child.is_flex_item or child.is_grid_item or child.is_column
        ):
            yield from _plain_blocks(child, (*path, index))


def _with(box: Any, path: tuple[int, ...], changed: dict[tuple[int, ...], Any]) -> Any:
    """A copy of a box with others in some places; what holds none of them is the same box."""
    if path in changed:
        return changed[path]
    if len(path) > 1 and not any(place[: len(path)] == path for place in changed):
        return box
    copied = box.copy()
    copied.children = [_with(child, (*path, i), changed) for i, child in enumerate(box.children)]
    return copied


_PLAIN = (int, float, str, bool, type(None), tuple)


def alike(one: Any, other: Any) -> bool:
    """Whether two laid out boxes are the same, to the last bit, with all that they hold."""
    one, other = unwrapped(one), unwrapped(other)
    if type(one) is not type(other) or len(one.children) != len(other.children):
        return False
    names = {*vars(one), *vars(other)} - {"children"}
    for name in names:
        a, b = vars(one).get(name), vars(other).get(name)
        if isinstance(a, _PLAIN) and isinstance(b, _PLAIN) and repr(a) != repr(b):
            return False
    return all(alike(a, b) for a, b in zip(one.children, other.children, strict=True))


class Masters:
    """The masters that a process keeps."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, list[Master]] = OrderedDict()

    def find(self, asked: Asked, loaded: dict[str, Any]) -> Any | None:
        """Pages stamped from one of the masters; None if none of them fits.

        Args:
            asked: The pages.
            loaded: Takes their pictures, by address.
        """
        for master in self._kept.get(asked.key, ()):
            if (document := master.stamped(asked, loaded)) is not None:
                self._kept.move_to_end(asked.key)
                # What the master's drawings ask for is refused for all that is made of them.
                asked.fetcher.refused = master.asked.fetcher.refused
                return document
        return None

    def keep(self, master: Master) -> None:
        """Keep a master, and forget those that were of no use for longest."""
        own = self._kept.setdefault(master.asked.key, [])
        own.append(master)
        del own[:-A_SHAPE]
        self._kept.move_to_end(master.asked.key)
        while sum(map(len, self._kept.values())) > KEPT:
            self._kept.popitem(last=False)


MASTERS = Masters()
"""Those of this process."""
