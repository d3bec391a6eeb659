"""Plans: the pages that a leaflet makes at one fit, found from measures alone."""

from __future__ import annotations

import math
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass, replace

from foldwell.errors import FoldwellError, Place
from foldwell.paper.formats import Format
from foldwell.paper.geometry import Geometry
from foldwell.typeset.bands import Grid
from foldwell.typeset.engine import Layout
from foldwell.typeset.filling import UNEVEN
from foldwell.typeset.fit import Fit, Overflow, fit_css
from foldwell.typeset.flows import Flow, flows_of
from foldwell.typeset.gauge import Gauge, Measured
from foldwell.typeset.notes import has_room, with_contact_last
from foldwell.typeset.overflows import overflow_of
from foldwell.typeset.paging import Panel, panels, running
from foldwell.typeset.pruning import Widths
from foldwell.typeset.sheet_pages import HOLLOW, on_sheets
from foldwell.typeset.spots import SPOTTED
from foldwell.typeset.strips import Page
from foldwell.typeset.units import PX_PER_MM
from foldwell.typeset.yielding import without

FEW_PAGES = 2
"""Sheets of more pages are set in the least size."""
GRIDS_MM = {"sheet": (58.0, 11.4)}
"""The width of the narrow column beside the text, and of gutters, where text has columns. A box
hangs over the starting edge of its column, so between boxes 8 mm of a gutter are left."""
NARROW_FILLED = 0.6
"""The share of a narrow column that must be filled for it to stand beside one wide column."""
WAYS = ("narrow", "columns", "heads", "above")
"""Where what stands beside the text of a sheet may stand: in a narrow column, at the head of the
second of two columns, at the head of both columns, or in columns of its own above those of
the text. The first is liked best."""
LIKED, GOOD = 4.0, 12.0
"""What a later way must save, and what pages may cost for none to be looked for."""
TWO_COLUMNS = 1.8
"""A panel that is so many times as wide as the narrowest of its part has two columns."""
ENDLESS_PAGES = 1000
"""More pages than any format may have; who makes the file says how many are too many."""


@dataclass(frozen=True)
class Plan:
    """A way of setting a leaflet, and the pages that it makes, found from measures alone."""

    fit: Fit
    flows: tuple[Measured, ...]
    pages: tuple[tuple[Page, ...], ...]
    over: tuple[Overflow, ...]
    filled: Mapping[str, float]

    @property
    def count(self) -> int:
        """How many pages the flows fill."""
        return sum(map(len, self.pages))

    @property
    def hollow(self) -> int:
        """How many pages but the last of a flow are filled too little."""
        return sum(page.filled < HOLLOW for own in self.pages for page in own[:-1])


class Planner:
    """Plans the pages of one leaflet in one format."""

    def __init__(self, layout: Layout, gauge: Gauge, format_: Format, geometry: Geometry) -> None:
        self._root, self._gauge = layout.root, gauge
        self._format, self._geometry = format_, geometry
        self.parts = frozenset(geometry.names)
        """What parts of the page may be called."""
        self.ruled = has_room(layout.root)
        """Whether room on the last page is ruled for notes."""
        self.spots = format_.layout in SPOTTED
        """Whether large holes are filled with pictures."""
        self.reordered = self.ruled or format_.layout == "booklet"
        """Whether blocks of the page are moved before it is planned."""
        self.less_px = 0.0
        """How much lower pages are taken to be than they are."""
        self._trees: dict[tuple[str, ...], ET.Element] = {}
        self._ways: tuple[str, ...] = WAYS

    def plan(self, fit: Fit) -> Plan:
        """The pages of a fit."""
        body = next(self.tree(fit).iter("body"))
        flows = flows_of(body, self.parts)
        if not flows:
            raise FoldwellError(
                "The template makes no page.",
                Place("content/templates"),
                "Correct it, or delete the file to use the shipped one.",
            )
        css = fit_css(fit, self._format)
        sizes = self._sizes_mm()
        measured: tuple[Measured, ...]
        pages: tuple[tuple[Page, ...] | None, ...]
        if self._format.layout in GRIDS_MM:
            measured, pages = self._sheets(flows, css, sizes)
        else:
            measured = self._gauge.measure(flows, css, sizes, {})
            pages = tuple(self._filled(flow) for flow in measured)
        over, filled, pages_filled = [], dict[str, float](), 0.0
        spare = dict[str, int]()
        for flow, own in zip(measured, pages, strict=True):
            part = flow.flow.part
            room = self._geometry.names.count(part) if part else len(self._geometry.panels)
            room = self._format.pages if self._format.flows else room
            if own is None:
                over.append(self._overflow(flow, room))
                continue
            share = sum(page.filled for page in own)
            if self._format.flows:
                pages_filled += share
                filled[part] = pages_filled / sum(len(pages_ or ()) for pages_ in pages)
            else:
                filled[part] = share / room
                if self._format.folded and len(own) < room:
                    spare[part] = room - len(own)
        if self._format.folded:
            names = self._geometry.names
            empty = {*names} - {"cover"} - {flow.part for flow in flows}
            spare |= {part: names.count(part) for part in empty}
        if self._format.layout == "booklet":
            count = 1 + sum(len(own or ()) for own in pages)  # and the cover
            spare = {"": -count % 4} if count % 4 else {}
        fit = replace(fit, spare=spare)
        return Plan(fit, measured, tuple(own or () for own in pages), tuple(over), filled)

    def tree(self, fit: Fit) -> ET.Element:
        """The tree of the page without the pieces that a fit leaves out."""
        if fit.left_out not in self._trees:
            root = self._root
            root = with_contact_last(root) if self.reordered else root
            self._trees[fit.left_out] = without(root, fit.left_out)
        return self._trees[fit.left_out]

    def _sizes_mm(self) -> dict[str, float]:
        """The width of the narrowest panel of each part."""
        first = self._geometry.panels[0].width_mm
        widths = {"": first}
        for panel in self._geometry.panels:
            widths[panel.name] = min(panel.width_mm, widths.get(panel.name, panel.width_mm))
        return widths

    def _filled(self, measured: Measured) -> tuple[Page, ...] | None:
        """A flow on the panels of its part."""
        part, frame = measured.flow.part, measured.frame
        if self._format.flows:
            height = self._geometry.panels[0].height_mm * PX_PER_MM - frame.margins - self.less_px
            most = self._format.pages if self._format.any_length else ENDLESS_PAGES
            return running(measured, Panel(height, spot=self.spots), most, ruled=self.ruled)
        return panels(measured, self._rooms(part, measured))

    def _rooms(self, part: str, measured: Measured) -> list[Panel]:
        own = [panel for panel in self._geometry.panels if panel.name == part or not part]
        narrowest = min(panel.width_mm for panel in own)
        rooms = []
        for panel in own:
            height = panel.height_mm * PX_PER_MM - measured.frame.margins - self.less_px
            wider = (panel.width_mm - narrowest) * PX_PER_MM
            width = measured.frame.width
            if width + wider >= TWO_COLUMNS * width:
                rooms.append(Panel(height, 2, "", wider - width, width))
            else:
                style = f"margin-inline: {wider / 2:.2f}px" if wider > 0.1 else ""
                rooms.append(Panel(height, 1, style, spot=self.spots))
        return rooms

    def _overflow(self, measured: Measured, room: int) -> Overflow:
        """By how much a flow is too long for so many panels."""
        if self._format.layout in GRIDS_MM or self._format.flows:
            height = self._geometry.panels[0].height_mm * PX_PER_MM - measured.frame.margins
            heights = [height] * (2 if self._format.layout in GRIDS_MM else 1) * room
        else:
            rooms = self._rooms(measured.flow.part, measured)
            heights = [room_.height for room_ in rooms for _ in range(room_.columns)]
        return overflow_of(measured, room, heights)

    def _sheets(
        self, flows: tuple[Flow, ...], css: str, sizes_mm: Mapping[str, float]
    ) -> tuple[tuple[Measured, ...], tuple[tuple[Page, ...] | None, ...]]:
        """Flows on sheets with columns: two, or a wide one beside a narrow one on the first page.

        What stands at the side of the first page has a narrow column of its own, if it fills it.
        """
        narrow, gutter = (length * PX_PER_MM for length in GRIDS_MM[self._format.layout])
        width = self._gauge.frames(flows, css, sizes_mm)[0].width
        grid = Grid(width, (width - gutter) / 2, narrow, gutter)
        beside = any(block.place == "side" for flow in flows for block in flow.blocks)
        limit = self._format.pages if self._format.flows else len(self._geometry.panels)
        best: tuple[tuple[Measured, ...], tuple[tuple[Page, ...] | None, ...]] | None = None
        least, chosen = math.inf, ""
        for way in self._ways if beside else ("columns",):
            tall = way == "narrow"
            widths: Widths = {"column": grid.column, "side": narrow if tall else grid.column}
            measured = self._gauge.measure(flows, css, sizes_mm, widths)
            wide: tuple[Measured | None, ...] = (None,) * len(flows)
            if tall:
                widths = {"column": grid.wide, "side": narrow}
                wide = self._gauge.measure(flows, css, sizes_mm, widths)
            height = self._geometry.panels[0].height_mm * PX_PER_MM - self.less_px
            done = [
                on_sheets(own, along, grid, height - own.frame.margins, limit, way=way)
                for own, along in zip(measured, wide, strict=True)
            ]
            pages = tuple(own.pages for own in done)
            count = sum(limit + 1 if own is None else len(own) for own in pages)
            # A narrow column with a hole is worth as much as a page.
            hollow = tall and done[0].beside < NARROW_FILLED
            cost = UNEVEN * (count + hollow) + sum(own.cost for own in done)
            if cost < least - LIKED:
                best, least, chosen = (measured, pages), cost, way
            if count <= FEW_PAGES and cost < UNEVEN * count + GOOD:
                break  # another way would not save a page
        assert best is not None
        if beside and chosen != "narrow":
            self._ways = WAYS[1:]  # in other sizes and spacings a narrow column is no better
        return best
