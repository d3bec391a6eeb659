"""The gauge: measures the blocks of a page's flows, each once for a way of setting it.

The blocks are laid out on pages without end, one flow a page. What was measured is kept by the
words and the style it depends on (colours and running feet aside), so that for the next clinic
only the blocks are laid out whose words are its own.
"""

from __future__ import annotations

import hashlib
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import compress
from typing import Any

from foldwell.typeset.cutting import add_style
from foldwell.typeset.flows import Flow, FlowBlock
from foldwell.typeset.measures import Block, Frame, classes_of, holders_of, kind_below
from foldwell.typeset.measuring import boxes_of, measured_block
from foldwell.typeset.page_source import OwnFont
from foldwell.typeset.page_words import numbers_in
from foldwell.typeset.pruning import Widths, add_targets, alone, pruned
from foldwell.typeset.stamping import is_on
from foldwell.typeset.stamping.moulds import Measuring, Mould, Moulds
from foldwell.typeset.stamping.slots import recording

ENDLESS_MM = 20_000
UNCOUNTED = ".contents a::after { content: '00'; }\n"
"""A table of contents is measured without its page numbers: they would be laid out over again."""
KEPT = 6000
"""How many measured blocks are remembered."""

_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b")
_FOOT = re.compile(r"@bottom-(?:left|right) \{[^}]*\}")
_ASSET = re.compile(r"asset:([\w./-]+)")


@dataclass(frozen=True)
class Measured:
    """A measured flow.

    Attributes:
        flow: The flow.
        frame: The page it was measured on.
        blocks: One for each of the flow's.
    """

    flow: Flow
    frame: Frame
    blocks: tuple[Block, ...]


_blocks: dict[str, Block] = {}
_frames: dict[str, Frame] = {}


class Gauge:
    """Measures the flows of one page source."""

    def __init__(
        self,
        render: Callable[[ET.Element, str], Any],
        root: ET.Element,
        css: tuple[str, ...],
        assets: Mapping[str, bytes],
        fonts: tuple[OwnFont, ...] = (),
        pictures: Callable[[Any], Any] | None = None,
    ) -> None:
        """Get ready.

        Args:
            render: Lays out a tree with a style sheet behind the page's own.
            root: The tree of the page.
            css: The page's style sheets.
            assets: Its pictures by name.
            fonts: The fonts that it brings.
            pictures: Gives the engine its pictures; without it, nothing is laid out in slots.
        """
        self.layouts = 0
        self._moulds = Moulds(css, pictures, assets) if pictures else None
        self._render = render
        self._root = root
        plain = [_FOOT.sub("", _COLOUR.sub("#", text)) for text in css]
        own = [(f.family, f.weight, hashlib.sha256(f.content).hexdigest()) for f in fonts]
        self._css = hashlib.sha256(repr((plain, own)).encode()).hexdigest()
        self._assets = assets
        self._asked: list[tuple[tuple[Flow, ...], str, Mapping[str, float], Widths]] = []

    def measure(
        self, flows: tuple[Flow, ...], css: str, sizes_mm: Mapping[str, float], widths: Widths
    ) -> tuple[Measured, ...]:
        """Measure flows.

        Args:
            flows: What is measured.
            css: The style sheet of the setting, behind the page's own.
            sizes_mm: The width of the pages of each part.
            widths: The width of the blocks of each place, in CSS pixels.
        """
        self._asked.append((flows, css, sizes_mm, widths))
        styles = [self._style(flow, css, sizes_mm) for flow in flows]
        keys = [self._keys(flow, style, widths) for flow, style in zip(flows, styles, strict=True)]
        wanted = [[key not in _blocks for key in own] for own in keys]
        frames = self.frames(flows, css, sizes_mm)
        if any(any(flow) for flow in wanted):
            self._lay_out(flows, wanted, keys, css, sizes_mm, widths)
        found = tuple(
            Measured(flow, frame, tuple(_blocks[key] for key in own))
            for flow, frame, own in zip(flows, frames, keys, strict=True)
        )
        if len(_blocks) > KEPT:
            _blocks.clear()
            _frames.clear()
        return found

    def frames(
        self, flows: tuple[Flow, ...], css: str, sizes_mm: Mapping[str, float]
    ) -> tuple[Frame, ...]:
        """The pages that flows stand on, without their blocks."""
        keys = [self._style(flow, css, sizes_mm) for flow in flows]
        if any(key not in _frames for key in keys):
            nothing = [[False] * len(flow.blocks) for flow in flows]
            document, _ = self._render_pruned(flows, nothing, css, sizes_mm, {})
            for key, page in zip(keys, document.pages, strict=True):
                box = page._page_box
                _frames[key] = Frame(box.width, box.margin_height() - box.height)
        return tuple(_frames[key] for key in keys)

    def moulds_of(self, words: set[int]) -> list[Measuring] | None:
        """Where blocks with some words were measured, in every setting so far.

        Args:
            words: The numbers of the words.

        Returns:
            What was measured for each; None if any of it was not kept.
        """
        found, moulds = dict[str, Measuring](), self._moulds
        if moulds is None:
            return None
        for flows, css, sizes_mm, widths in self._asked:
            for flow in flows:
                own = [not words.isdisjoint(numbers_in(block.element)) for block in flow.blocks]
                shapes = self._shapes(flow, css, sizes_mm, widths) if any(own) else []
                for shape, block in compress(zip(shapes, flow.blocks, strict=False), own):
                    measuring = moulds.measuring(shape, block.element)
                    if measuring is None:  # it was measured before moulds of its time went
                        wanted = [[one is block for one in any_.blocks] for any_ in flows]
                        keys = [self._keys(any_, self._style(any_, css, sizes_mm), widths)
                                for any_ in flows]  # fmt: skip
                        self._lay_out(flows, wanted, keys, css, sizes_mm, widths)
                        measuring = moulds.measuring(shape, block.element)
                    if measuring is None:
                        return None
                    found[shape] = measuring
        return [*found.values()]

    def _style(self, flow: Flow, css: str, sizes_mm: Mapping[str, float]) -> str:
        """All that the size of a block depends on beside its words and what stands before it."""
        bodies = [sorted(classes_of(body)) for body in self._root.iter("body")]
        others = tuple(f".{part} {{" for part in sizes_mm if part and part != flow.part)
        own = [rule for rule in css.splitlines() if not rule.startswith(others)]
        text = repr(
            (is_on(), self._css, own, sorted(self._root.attrib.items()), bodies, flow.element.tag,
             flow.element.get("class"), sizes_mm[flow.part])
        )  # fmt: skip
        return hashlib.sha256(text.encode()).hexdigest()

    def _keys(self, flow: Flow, style: str, widths: Widths) -> list[str]:
        """The key of each block of a flow: its style, its words and what stands before it."""
        return self._keyed(flow, style, widths, self._words)

    def _words(self, block: FlowBlock) -> str:
        """All that a block says and shows."""
        text = ET.tostring(block.element, encoding="unicode")
        for name in _ASSET.findall(text):
            text += hashlib.sha256(self._assets.get(name, b"")).hexdigest()
        return text

    def _keyed(
        self, flow: Flow, style: str, widths: Widths, words: Callable[[FlowBlock], str]
    ) -> list[str]:
        before, keys = "", []
        for block in flow.blocks:
            text = words(block)
            inside = holders_of(flow.element, block.path)
            made_of = f"{style} {inside} {widths.get(block.place)}\0{before}\0{text}"
            keys.append(hashlib.sha256(made_of.encode()).hexdigest())
            before = kind_below(block.element)
        return keys

    def _lay_out(
        self,
        flows: tuple[Flow, ...],
        wanted: list[list[bool]],
        keys: list[list[str]],
        css: str,
        sizes_mm: Mapping[str, float],
        widths: Widths,
    ) -> None:
        """Lay out what is not known yet, each block below the one before it, and note it."""
        if self._moulds and is_on():
            wanted = self._moulded(flows, wanted, keys, css, sizes_mm, widths)
        needed = [number for number, blocks in enumerate(wanted) if any(blocks)]
        if not needed:
            return
        self.layouts += 1
        again = not all(map(all, wanted))  # what is new as a whole may never come again
        with recording() as recorder:
            document, copies = self._render_pruned(
                tuple(flows[n] for n in needed), [wanted[n] for n in needed], css, sizes_mm, widths
            )
        for page, number, kept in zip(document.pages, needed, copies, strict=True):
            found = {
                id(box.element): box
                for box in boxes_of(page._page_box, {id(element) for _, element in kept})
            }
            # The first block may reach over the head of the text, as a coloured band does.
            foot: float | None = None
            for index, element in kept:
                box = found.get(id(element))
                if box is None:  # nothing of it is shown
                    _blocks[keys[number][index]] = Block(0, 0, (), section=False)
                    continue
                if wanted[number][index]:
                    head = page._page_box.content_box_y()
                    before = box.border_box_y() - foot if foot is not None else 0.0
                    if index == 0:
                        before = min(0.0, box.border_box_y() - head)
                    _blocks[keys[number][index]] = measured_block(box, before)
                    if self._moulds and is_on() and again:
                        shape = self._shapes(flows[number], css, sizes_mm, widths)[index]
                        slot = recorder.slots.get(element)
                        self._moulds.keep(shape, Mould(slot, before, page._page_box))
                foot = box.border_box_y() + box.border_height()

    def _moulded(
        self,
        flows: tuple[Flow, ...],
        wanted: list[list[bool]],
        keys: list[list[str]],
        css: str,
        sizes_mm: Mapping[str, float],
        widths: Widths,
    ) -> list[list[bool]]:
        """Measure blocks in the moulds of others; what is still wanted comes back."""
        assert self._moulds is not None
        left = []
        for flow, needed, own in zip(flows, wanted, keys, strict=True):
            still = [*needed]
            shapes = self._shapes(flow, css, sizes_mm, widths) if any(needed) else []
            for index, one in enumerate(needed):
                if one and (mould := self._moulds.find(shapes[index])):
                    block = flow.blocks[index]
                    element = alone(block.element, widths.get(block.place))
                    if measured := self._moulds.measured(mould, element):
                        _blocks[own[index]] = measured
                        still[index] = False
            left.append(still)
        return left

    def _shapes(
        self, flow: Flow, css: str, sizes_mm: Mapping[str, float], widths: Widths
    ) -> list[str]:
        """The key of each block of a flow without its words."""
        assert self._moulds is not None
        style, shape = self._style(flow, css, sizes_mm), self._moulds.shape
        return self._keyed(flow, style, widths, lambda block: shape(block.element))

    def _render_pruned(
        self,
        flows: tuple[Flow, ...],
        wanted: list[list[bool]],
        css: str,
        sizes_mm: Mapping[str, float],
        widths: Widths,
    ) -> tuple[Any, list[list[tuple[int, ET.Element]]]]:
        """Lay out some blocks of flows, and the block before each, one flow a page."""
        root = ET.Element(self._root.tag, dict(self._root.attrib))
        root.extend(child for child in self._root if child.tag != "body")
        body = ET.SubElement(root, "body")
        for own in self._root.iter("body"):
            body.attrib.update(own.attrib)
        copies, rules = [], []
        for number, (flow, needed) in enumerate(zip(flows, wanted, strict=True), 1):
            element, kept = pruned(flow, needed, widths)
            if number > 1:
                add_style(element, "break-before: page")
            body.append(element)
            copies.append(kept)
            rules.append(
                f"@page :nth({number}) {{ size: {sizes_mm[flow.part]:g}mm {ENDLESS_MM}mm;"
                " @bottom-left { content: none } @bottom-right { content: none } }\n"
            )
        if copies:
            add_targets(body)
        return self._render(root, css + "".join(rules) + UNCOUNTED), copies
