"""Copyfitting: the size of text, the spacing and the breaks at which words fill a format.

Blocks are measured once for a way of setting them; size, spacing and breaks are found from the
measures, and one layout carries them out and proves them. The size is one for the whole leaflet,
as large as the fullest part allows, in steps of a quarter point and never under the format's
least. Where there is too little room, spacing gets tighter, part by part. Room that is left
stands between sections. The same words always fit the same.
"""

from __future__ import annotations

import copy
import math
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from foldwell.errors import FoldwellError, Place
from foldwell.paper.formats import Format
from foldwell.paper.geometry import Geometry
from foldwell.typeset.engine import Layout, Typeset
from foldwell.typeset.filling import UNEVEN, chunks_of, lines_over
from foldwell.typeset.fit import Fit, Fitted, Overflow, TooMuch, fit_css
from foldwell.typeset.flows import Flow, flows_of
from foldwell.typeset.gauge import Gauge, Measured, Widths
from foldwell.typeset.measuring import Block, classes_of, title_of
from foldwell.typeset.notes import has_room, put_room, take_room, visible, with_contact_last
from foldwell.typeset.page_source import PageSource
from foldwell.typeset.paging import Panel, panels, running
from foldwell.typeset.sheet_pages import HOLLOW, Grid, Sheets
from foldwell.typeset.strips import Page, carry_out
from foldwell.typeset.units import PX_PER_MM
from foldwell.typeset.yielding import present, without

BEARING_MM = 0.3
"""What larger letters may add to a line beyond its margin: their side bearing."""
STEP_PT = 0.25
SAVED = 0.5
"""The share of a page that tighter spacing may save at most."""
FEW_PAGES = 2
"""Sheets of more pages are set in the least size."""
SIZES_TRIED = 3
"""How many larger sizes are measured before the least is taken."""
SPACINGS = (1.0, 0.92, 0.85)
"""The spacing of a part, tried from the widest on."""
FULL = 0.97
"""A part filled to this share is full; type grows in steps, so an exact fit does not exist."""
GRIDS_MM = {"sheet": (58.0, 11.4)}
"""The width of the narrow column beside the text, and of gutters, where text has columns. A box
hangs over the starting edge of its column, so between boxes 8 mm of a gutter are left."""
NARROW_FILLED = 0.6
"""The share of a narrow column that must be filled for it to stand beside one wide column."""
WAYS = ("narrow", "columns", "above")
"""Where what stands beside the text of a sheet may stand: in a narrow column, at the head of the
second of two columns, or in columns of its own above the text. The first is liked best."""
LIKED, GOOD = 4.0, 12.0
"""What a later way must save, and what pages may cost for none to be looked for."""
TWO_COLUMNS = 1.8
"""A panel that is so many times as wide as the narrowest of its part has two columns."""
PROOFS = 3
"""How often breaks are looked for again, with less room, when a layout shows they were wrong."""
LESS_ROOM_PX = 6.0
ENDLESS_PAGES = 1000
"""More pages than any format may have; who makes the file says how many are too many."""
FACTS = frozenset(["block-contact", "colophon", "masthead", "card-head", "poster-foot"])
"""Blocks that hold a clinic's facts and those about the leaflet."""


def copyfit(source: PageSource, format_: Format, geometry: Geometry) -> Fitted:
    """Fit a page source to the panels of its format.

    Raises:
        TooMuch: If it needs more panels at the smallest setting.
        Mistakes: As ``Layout.typeset`` does.
    """
    return _Search(source, format_, geometry).fitted()


@dataclass(frozen=True)
class _Plan:
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


class _Search:
    """The search for a fit; each step follows from measures of the one before."""

    def __init__(self, source: PageSource, format_: Format, geometry: Geometry) -> None:
        self._source, self._format, self._geometry = source, format_, geometry
        self._layout = Layout(source)
        assets = {name: content for name, content, _ in source.assets}
        self._gauge = Gauge(self._layout.render, self._layout.root, source.css, assets)
        self._proofs = 0
        self._less_px = 0.0
        self._trees: dict[tuple[str, ...], ET.Element] = {}
        self._parts = frozenset(geometry.names)
        self._ruled = has_room(self._layout.root)
        self._reordered = self._ruled or format_.layout == "booklet"
        self._least, self._largest = format_.sizes_pt
        self._ways: tuple[str, ...] = WAYS

    def fitted(self) -> Fitted:
        """The best fit, carried out; it is looked for again with less room if a page runs over."""
        for proof in range(PROOFS):
            self._less_px = LESS_ROOM_PX * proof
            best = self._plan(Fit(self._least))
            best = self._tighten(best) if best.over else self._enlarge(self._shorten(best))
            typeset = self._laid_out(best)
            if best.fit.body_pt > self._least and _over_mm(typeset) > BEARING_MM:
                best = self._plan(Fit(self._least))  # a long word has no room in a larger size
                typeset = self._laid_out(best)
            if self._proved(typeset, best):
                return Fitted(
                    typeset,
                    best.fit,
                    self._html(best),
                    self._gauge.layouts + self._proofs,
                    best.filled,
                )
        raise TooMuch(self._beyond(typeset))

    def _html(self, plan: _Plan) -> str:
        fit, html = plan.fit, self._source.html
        if fit.left_out or self._reordered:
            root = copy.deepcopy(self._tree(fit))
            self._rule(next(root.iter("body")), plan)
            html = ET.tostring(root, encoding="unicode", method="html")
        return visible(html, fit.spare)

    def _rule(self, body: ET.Element, plan: _Plan) -> None:
        """Put the lines for notes where a plan has them."""
        room = take_room(body)
        if room is None:
            return
        for flow, pages in zip(flows_of(body, self._parts), plan.pages, strict=True):
            if pages and pages[-1].lines:
                foot = flow.blocks[pages[-1].lines_before].element
                put_room(body, room, foot, pages[-1].lines)

    def _tighten(self, loose: _Plan) -> _Plan:
        """Less spacing in the parts that are over, as little less as will do."""
        best = loose
        for spacing in SPACINGS[1:]:
            parts = {**best.fit.spacing, **{over.part: spacing for over in best.over}}
            best = self._plan(Fit(self._least, parts))
            if not best.over:
                return best
        fit = replace(best.fit, compact=True)
        order = present(self._layout.root, self._format.gives_way)
        for count in range(len(order) + 1 if self._format.gives_way else 0):
            best = self._plan(replace(fit, left_out=order[:count]))
            if not best.over:
                return best
        raise TooMuch(best.over)

    def _shorten(self, loose: _Plan) -> _Plan:
        """Less spacing on sheets, when that saves a page, or a large hole in one."""
        if not self._ruled or loose.count < 2:
            return loose
        short = loose.filled[""] * loose.count <= loose.count - 1 + SAVED
        if not loose.hollow and not (short and self._format.any_length):
            return loose
        tight = self._plan(Fit(self._least, {"": SPACINGS[-1]}))
        better = (tight.count, tight.hollow) < (loose.count, loose.hollow)
        return tight if better else loose

    def _enlarge(self, best: _Plan) -> _Plan:
        """Larger text, as far as the fullest part allows; on no more pages."""
        if best.fit.spacing or not best.flows:
            return best
        if self._format.any_length and best.count > FEW_PAGES:
            return best
        fullest = max((s for part, s in best.filled.items() if part != "cover"), default=1.0)
        # Twice the size takes four times the room.
        size = self._least * math.sqrt(FULL / max(fullest, 0.01))
        steps = math.floor((min(size, self._largest) - self._least) / STEP_PT + 1e-9)
        for _ in range(SIZES_TRIED):
            if steps < 1:
                break
            larger = self._plan(Fit(self._least + steps * STEP_PT))
            if not larger.over and larger.count <= best.count:
                return larger
            steps = min(steps - 1, steps * 2 // 3)
        return best

    def _plan(self, fit: Fit) -> _Plan:
        """The pages of a fit."""
        body = next(self._tree(fit).iter("body"))
        flows = flows_of(body, self._parts)
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
        return _Plan(fit, measured, tuple(own or () for own in pages), tuple(over), filled)

    def _tree(self, fit: Fit) -> ET.Element:
        """The tree of the page without the pieces that a fit leaves out."""
        if fit.left_out not in self._trees:
            root = self._layout.root
            root = with_contact_last(root) if self._reordered else root
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
            height = self._geometry.panels[0].height_mm * PX_PER_MM - frame.margins - self._less_px
            most = self._format.pages if self._format.any_length else ENDLESS_PAGES
            return running(measured, Panel(height), most, ruled=self._ruled)
        return panels(measured, self._rooms(part, measured))

    def _rooms(self, part: str, measured: Measured) -> list[Panel]:
        own = [panel for panel in self._geometry.panels if panel.name == part or not part]
        narrowest = min(panel.width_mm for panel in own)
        rooms = []
        for panel in own:
            height = panel.height_mm * PX_PER_MM - measured.frame.margins - self._less_px
            wider = (panel.width_mm - narrowest) * PX_PER_MM
            width = measured.frame.width
            if width + wider >= TWO_COLUMNS * width:
                rooms.append(Panel(height, 2, "", wider - width, width))
            else:
                style = f"margin-inline: {wider / 2:.2f}px" if wider > 0.1 else ""
                rooms.append(Panel(height, 1, style))
        return rooms

    def _overflow(self, measured: Measured, room: int) -> Overflow:
        """By how much a flow is too long, and what its sections take."""
        if self._format.layout in GRIDS_MM or self._format.flows:
            height = self._geometry.panels[0].height_mm * PX_PER_MM - measured.frame.margins
            heights = [height] * (2 if self._format.layout in GRIDS_MM else 1) * room
        else:
            rooms = self._rooms(measured.flow.part, measured)
            heights = [room_.height for room_ in rooms for _ in range(room_.columns)]
        blocks: Sequence[Block] = measured.blocks
        while len(blocks) > 1 and "strip" in classes_of(
            measured.flow.blocks[len(blocks) - 1].element
        ):
            *blocks, strip = blocks  # the words make room for it, at the foot of the last panel
            heights[-1] -= strip.before + strip.height
        chunks = chunks_of(blocks, max(heights))
        over = max(1, lines_over(chunks, heights))
        tall = next((c.block for c in chunks if c.bottom - c.top > max(heights)), None)
        unparted = "" if tall is None else _words_of(measured.flow.blocks[tall].element)
        facts = sum(
            own.lines
            for own, block in zip(measured.blocks, measured.flow.blocks, strict=True)
            if classes_of(block.element) & FACTS
        )
        lines = sum(block.lines for block in measured.blocks)
        return Overflow(measured.flow.part, room, over, _sections(measured), facts, lines, unparted)

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
            height = self._geometry.panels[0].height_mm * PX_PER_MM - self._less_px
            sheets = [
                Sheets(own, along, grid, height - own.frame.margins, above=way == "above")
                for own, along in zip(measured, wide, strict=True)
            ]
            pages = tuple(sheet.pages(limit) for sheet in sheets)
            count = sum(limit + 1 if own is None else len(own) for own in pages)
            # A narrow column with a hole is worth as much as a page.
            hollow = tall and sheets[0].beside < NARROW_FILLED
            cost = UNEVEN * (count + hollow) + sum(sheet.cost for sheet in sheets)
            if cost < least - LIKED:
                best, least, chosen = (measured, pages), cost, way
            if count <= FEW_PAGES and cost < UNEVEN * count + GOOD:
                break  # another way would not save a page
        assert best is not None
        if beside and chosen != "narrow":
            self._ways = WAYS[1:]  # in other sizes and spacings a narrow column is no better
        return best

    def _laid_out(self, plan: _Plan) -> Typeset:
        self._proofs += 1
        root = copy.deepcopy(self._tree(plan.fit))
        body = next(root.iter("body"))
        room = take_room(body)
        flows = flows_of(body, self._parts)
        for flow, measured, pages in zip(flows, plan.flows, plan.pages, strict=True):
            if pages:
                carry_out(body, flow, measured.blocks, pages)
                if room is not None and pages[-1].lines:
                    foot = flow.blocks[pages[-1].lines_before].element
                    put_room(body, room, foot, pages[-1].lines)
        return self._layout.typeset(fit_css(plan.fit, self._format), root)

    def _proved(self, typeset: Typeset, plan: _Plan) -> bool:
        """Whether a layout has the pages that were planned, with nothing below their foot."""
        if not self._format.flows:
            return not self._beyond(typeset)
        cover = 1 if self._format.layout == "booklet" else 0
        return len(typeset.pages) == plan.count + cover + sum(plan.fit.spare.values())

    def _beyond(self, typeset: Typeset) -> tuple[Overflow, ...]:
        """The parts that have more pages than panels."""
        names = self._geometry.names
        parts = [page.name for page in typeset.pages]
        if self._format.flows or not any(parts):
            names, parts = ("",) * len(names), [""] * len(parts)
        over = []
        for part in dict.fromkeys(parts):
            room = names.count(part)
            pages = [p for p, name in zip(typeset.pages, parts, strict=True) if name == part]
            if len(pages) > room:
                lines = sum(page.lines for page in pages[room:])
                over.append(Overflow(part, room, max(1, lines), ()))
        return tuple(over)


def _over_mm(typeset: Typeset) -> float:
    """How far the longest line reaches over the margin of its page."""
    return max((page.over_mm for page in typeset.pages), default=0.0)


def _words_of(element: ET.Element) -> str:
    return " ".join(" ".join(element.itertext()).split())


def _sections(measured: Measured) -> tuple[tuple[str, int], ...]:
    """For each second-level heading how many lines stand below it, its own among them.

    Lines before the first heading, and those of sections that may not be left out, belong to
    the empty name.
    """
    sections: dict[str, int] = {}
    title = ""
    for begins, guarded, lines in _titled(measured):
        if guarded:
            sections[""] = sections.get("", 0) + sections.pop(title, 0)
            title = ""
        elif begins is not None:
            title = begins
        sections[title] = sections.get(title, 0) + lines
    return tuple(sections.items())


def _titled(measured: Measured) -> Iterator[tuple[str | None, bool, int]]:
    """(title, whether it is never to be left out, lines) of each block, and of what a box holds."""
    for own, block in zip(measured.blocks, measured.flow.blocks, strict=True):
        held = list(block.element)
        if block.element.tag != "div" or own.guarded or not held:
            yield own.title, own.guarded, own.lines
            continue
        lines = [0] * len(held)
        for piece in own.pieces:
            lines[piece.path[0] if piece.path else 0] += piece.lines
        for element, count in zip(held, lines, strict=True):
            yield *title_of(element), count
