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
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from foldwell.paper.formats import Format
from foldwell.paper.geometry import Geometry
from foldwell.typeset.engine import Layout, Typeset
from foldwell.typeset.fit import Fit, Fitted, TooMuch, fit_css
from foldwell.typeset.flows import Flow, flows_of
from foldwell.typeset.gauge import Gauge
from foldwell.typeset.notes import put_room, take_room, visible
from foldwell.typeset.overflows import beyond
from foldwell.typeset.page_source import PageSource
from foldwell.typeset.plans import FEW_PAGES, Plan, Planner
from foldwell.typeset.spots import name_spots
from foldwell.typeset.strips import Page, carry_out
from foldwell.typeset.tracking import Paragraph, track, tracked
from foldwell.typeset.yielding import present

BEARING_MM = 0.3
"""What larger letters may add to a line beyond its margin: their side bearing."""
STEP_PT = 0.25
SAVED = 0.06
"""The share of a text that tighter spacing and smaller facts of the clinic take away at most."""
SIZES_TRIED = 3
"""How many larger sizes are measured before the least is taken."""
SPACINGS = (1.0, 0.92, 0.85)
"""The spacing of a part, tried from the widest on."""
FULL = 0.97
"""A part filled to this share is full; type grows in steps, so an exact fit does not exist."""
PROOFS = 3
"""How often breaks are looked for again, with less room, when a layout shows they were wrong."""
LESS_ROOM_PX = 6.0
NONE: Mapping[Paragraph, float] = MappingProxyType({})
"""No paragraph is tracked."""


def copyfit(source: PageSource, format_: Format, geometry: Geometry) -> Fitted:
    """Fit a page source to the panels of its format.

    Raises:
        TooMuch: If it needs more panels at the smallest setting.
        Mistakes: As ``Layout.typeset`` does.
    """
    return _Search(source, format_, geometry).fitted()


class _Search:
    """The search for a fit; each step follows from measures of the one before."""

    def __init__(self, source: PageSource, format_: Format, geometry: Geometry) -> None:
        self._source, self._format, self._geometry = source, format_, geometry
        self._layout = Layout(source)
        assets = {name: content for name, content, _ in source.assets}
        self._gauge = Gauge(
            self._layout.render, self._layout.root, source.css, assets, source.fonts,
            self._layout.pictures,
        )  # fmt: skip
        self._planner = Planner(self._layout, self._gauge, format_, geometry)
        self._proofs = 0
        self._least, self._largest = format_.sizes_pt

    def fitted(self) -> Fitted:
        """The best fit, carried out; it is looked for again with less room if a page runs over."""
        for proof in range(PROOFS):
            self._planner.less_px = LESS_ROOM_PX * proof
            best = self._planner.plan(Fit(self._least))
            best = self._tighten(best) if best.over else self._enlarge(self._shorten(best))
            typeset = self._laid_out(best)
            if best.fit.body_pt > self._least and _over_mm(typeset) > BEARING_MM:
                best = self._planner.plan(Fit(self._least))  # a long word has no room
                typeset = self._laid_out(best)
            if self._proved(typeset, best):
                return Fitted(
                    self._taken_back(best, typeset),
                    best.fit,
                    self._html(best),
                    self._gauge.layouts + self._proofs,
                    best.filled,
                    self._gauge.moulds_of,
                )
        raise TooMuch(beyond(typeset, self._format, self._geometry))

    def _html(self, plan: Plan) -> str:
        fit, html = plan.fit, self._source.html
        if fit.left_out or self._planner.reordered:
            root = copy.deepcopy(self._planner.tree(fit))
            self._rule(next(root.iter("body")), plan)
            html = ET.tostring(root, encoding="unicode", method="html")
        return visible(html, fit.spare)

    def _rule(self, body: ET.Element, plan: Plan) -> None:
        """Put the lines for notes where a plan has them."""
        room = take_room(body)
        if room is None:
            return
        for flow, pages in zip(flows_of(body, self._planner.parts), plan.pages, strict=True):
            _put_lines(body, room, flow, pages)

    def _tighten(self, loose: Plan) -> Plan:
        """Less spacing in the parts that are over, as little less as will do.

        A part that the least does not fit is not tried with more.
        """
        wide, least = SPACINGS[1:]
        over = _names(loose)
        best = self._planner.plan(Fit(self._least, dict.fromkeys(over, least)))
        if over - _names(best):
            wider = self._planner.plan(Fit(self._least, dict.fromkeys(over, wide)))
            parts = {part: least if part in _names(wider) else wide for part in over}
            best = self._planner.plan(Fit(self._least, parts)) if wider.over else wider
        if not best.over:
            return best
        fit = replace(best.fit, compact=True)
        order = present(self._layout.root, self._format.gives_way)
        for count in range(len(order) + 1 if self._format.gives_way else 0):
            best = self._planner.plan(replace(fit, left_out=order[:count]))
            if not best.over:
                return best
        raise TooMuch(best.over)

    def _shorten(self, loose: Plan) -> Plan:
        """Less spacing on sheets, when that saves a page, or a large hole in one.

        What is left over may be so little that smaller facts of the clinic save a page too.
        """
        if not self._planner.ruled or loose.count < 2:
            return loose
        short = loose.filled[""] * loose.count * (1 - SAVED) <= loose.count - 1
        if not loose.hollow and not (short and self._format.any_length):
            return loose
        tight = Fit(self._least, {"": SPACINGS[-1]})
        best = self._planner.plan(tight)
        if short and self._format.any_length and best.count == loose.count:
            compact = self._planner.plan(replace(tight, compact=True))
            best = compact if compact.count < best.count else best
        better = (best.count, best.hollow) < (loose.count, loose.hollow)
        return best if better else loose

    def _enlarge(self, best: Plan) -> Plan:
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
            larger = self._planner.plan(Fit(self._least + steps * STEP_PT))
            if not larger.over and larger.count <= best.count:
                return larger
            steps = min(steps - 1, steps * 2 // 3)
        return best

    def _taken_back(self, plan: Plan, typeset: Typeset) -> Typeset:
        """The same pages without the last lines of a single word that tracking takes back."""
        paragraphs = tracked(typeset.document)
        if not paragraphs:
            return typeset
        closer = self._laid_out(plan, paragraphs)
        fewer = sum(page.lines for page in closer.pages) < sum(p.lines for p in typeset.pages)
        sound = self._proved(closer, plan) and _over_mm(closer) <= max(
            _over_mm(typeset), BEARING_MM
        )
        return closer if fewer and sound else typeset

    def _laid_out(self, plan: Plan, paragraphs: Mapping[Paragraph, float] = NONE) -> Typeset:
        self._proofs += 1
        root = copy.deepcopy(self._planner.tree(plan.fit))
        body = next(root.iter("body"))
        room = take_room(body)
        flows = flows_of(body, self._planner.parts)
        for flow, measured, pages in zip(flows, plan.flows, plan.pages, strict=True):
            if pages:
                carry_out(body, flow, measured.blocks, pages)
                if room is not None:
                    _put_lines(body, room, flow, pages)
        name_spots(body)
        track(body, paragraphs)
        return self._layout.stamp(fit_css(plan.fit, self._format), root)

    def _proved(self, typeset: Typeset, plan: Plan) -> bool:
        """Whether a layout has the pages that were planned, with nothing below their foot."""
        if not self._format.flows:
            return not beyond(typeset, self._format, self._geometry)
        cover = 1 if self._format.layout == "booklet" else 0
        return len(typeset.pages) == plan.count + cover + sum(plan.fit.spare.values())


def _names(plan: Plan) -> frozenset[str]:
    """The parts of a plan that are over."""
    return frozenset(over.part for over in plan.over)


def _put_lines(body: ET.Element, room: ET.Element, flow: Flow, pages: tuple[Page, ...]) -> None:
    if pages and pages[-1].lines:
        foot = flow.blocks[pages[-1].lines_before].element
        put_room(body, room, foot, pages[-1].lines)


def _over_mm(typeset: Typeset) -> float:
    """How far the longest line reaches over the margin of its page."""
    return max((page.over_mm for page in typeset.pages), default=0.0)
