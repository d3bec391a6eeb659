"""The gauge: measures the blocks of a page's flows, each once for a way of setting it.

The blocks are laid out on pages without end, one flow a page. What was measured is kept by the
words and the style it depends on (colours and running feet aside), so that for the next clinic
only the blocks are laid out whose words are its own.
"""

from __future__ import annotations

import copy
import hashlib
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from foldwell.typeset.cutting import add_style
from foldwell.typeset.flows import THROUGH, Flow, Place
from foldwell.typeset.measures import Block, classes_of
from foldwell.typeset.measuring import boxes_of, measured_block
from foldwell.typeset.page_source import OwnFont

ENDLESS_MM = 20_000
UNCOUNTED = ".contents a::after { content: '00'; }\n"
"""A table of contents is measured without its page numbers: they would be laid out over again."""
KEPT = 6000
"""How many measured blocks are remembered."""

HANGING = frozenset(
    f"block-{name}" for name in ("emergency", "warning", "tip", "questions", "contact")
)
"""Boxes that begin before the edge of their column and end with it, as in ``css/sheet.css``."""

_COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b")
_FOOT = re.compile(r"@bottom-(?:left|right) \{[^}]*\}")
_ASSET = re.compile(r"asset:([\w./-]+)")

Widths = Mapping[Place, float]
"""The width of a block by its place, in CSS pixels; that of the page where none is named."""


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
    ) -> None:
        """Get ready.

        Args:
            render: Lays out a tree with a style sheet behind the page's own.
            root: The tree of the page.
            css: The page's style sheets.
            assets: Its pictures by name.
            fonts: The fonts that it brings.
        """
        self.layouts = 0
        self._render = render
        self._root = root
        plain = [_FOOT.sub("", _COLOUR.sub("#", text)) for text in css]
        own = [(f.family, f.weight, hashlib.sha256(f.content).hexdigest()) for f in fonts]
        self._css = hashlib.sha256(repr((plain, own)).encode()).hexdigest()
        self._assets = assets

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

    def _style(self, flow: Flow, css: str, sizes_mm: Mapping[str, float]) -> str:
        """All that the size of a block depends on beside its words and what stands before it."""
        bodies = [sorted(classes_of(body)) for body in self._root.iter("body")]
        others = tuple(f".{part} {{" for part in sizes_mm if part and part != flow.part)
        own = [rule for rule in css.splitlines() if not rule.startswith(others)]
        text = repr(
            (self._css, own, bodies, flow.element.tag, flow.element.get("class"),
             sizes_mm[flow.part])
        )  # fmt: skip
        return hashlib.sha256(text.encode()).hexdigest()

    def _keys(self, flow: Flow, style: str, widths: Widths) -> list[str]:
        """The key of each block of a flow: its style, its words and what stands before it."""
        before, keys = "", []
        for block in flow.blocks:
            text = ET.tostring(block.element, encoding="unicode")
            for name in _ASSET.findall(text):
                text += hashlib.sha256(self._assets.get(name, b"")).hexdigest()
            inside = _holders(flow.element, block.path)
            made_of = f"{style} {inside} {widths.get(block.place)}\0{before}\0{text}"
            keys.append(hashlib.sha256(made_of.encode()).hexdigest())
            before = _kind(block.element)
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
        needed = [number for number, blocks in enumerate(wanted) if any(blocks)]
        self.layouts += 1
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
                foot = box.border_box_y() + box.border_height()

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
            element, kept = _pruned(flow, needed, widths)
            if number > 1:
                add_style(element, "break-before: page")
            body.append(element)
            copies.append(kept)
            rules.append(
                f"@page :nth({number}) {{ size: {sizes_mm[flow.part]:g}mm {ENDLESS_MM}mm;"
                " @bottom-left { content: none } @bottom-right { content: none } }\n"
            )
        if copies:
            _add_targets(body)
        return self._render(root, css + "".join(rules) + UNCOUNTED), copies


def _holders(flow: ET.Element, path: tuple[int, ...]) -> list[str]:
    """What holds a block inside its flow: its style may hang on that, and on what comes first."""
    found, element = list[str](), flow
    for index in path[:-1]:
        element = element[index]
        found.append(f"{index} {element.tag} {element.get('class')} {element.get('style')}")
    return found


def _kind(element: ET.Element) -> str:
    """All that the room below a block depends on: what it is, and what ends it."""
    kinds = [f"{element.tag} {element.get('class')} {element.get('style')}"]
    while len(element):
        element = element[-1]
        kinds.append(f"{element.tag} {element.get('class')} {element.get('style')}")
    return " > ".join(kinds)


def _add_targets(body: ET.Element) -> None:
    """Give links places to lead to; the engine asks for those that a table of contents counts."""
    links = {a.get("href", "")[1:] for a in body.iter("a") if a.get("href", "").startswith("#")}
    for name in sorted(links - {element.get("id") for element in body.iter()}):
        ET.SubElement(body[-1], "p", {"id": name})


def _pruned(
    flow: Flow, needed: list[bool], widths: Widths
) -> tuple[ET.Element, list[tuple[int, ET.Element]]]:
    """A copy of a flow with the blocks that are needed, and each one before such a block."""
    kept: dict[int, int] = {}
    for index, block in enumerate(flow.blocks):
        if needed[index] or (index + 1 < len(needed) and needed[index + 1]):
            kept[id(block.element)] = index
    places: list[tuple[int, ET.Element]] = []

    def copied(element: ET.Element) -> ET.Element:
        own = ET.Element(element.tag, dict(element.attrib))
        for child in element:
            if id(child) in kept:
                one = copy.deepcopy(child)
                index = kept[id(child)]
                if width := widths.get(flow.blocks[index].place):
                    hangs = HANGING & classes_of(one)
                    rest = f"margin-inline-end: calc(100% - {width:.3f}px)"
                    add_style(one, rest if hangs else f"width: {width:.3f}px")
                own.append(one)
                places.append((index, one))
            elif child.tag == "main" or classes_of(child) & THROUGH:
                own.append(copied(child))
        return own

    return copied(flow.element), places
