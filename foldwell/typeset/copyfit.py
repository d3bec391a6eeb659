"""Copyfitting: the size of text and the spacing at which words fill the panels of a format.

The size is one for the whole leaflet, as large as the fullest part allows, in steps of a quarter
point and never under the format's least. Spacing (gaps, and with them the leading) is one for
each part: cover, flap, inside, back. Parts start new pages, so one layout tries all of them at
once. The search is a fixed sequence of at most six layouts: the same words always fit the same.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from foldwell.press.formats import Format
from foldwell.press.geometry import Geometry
from foldwell.typeset.engine import Layout, Typeset
from foldwell.typeset.page_source import PageSource

LAYOUTS_LIMIT = 6
BEARING_MM = 0.3
"""What larger letters may add to a line beyond its margin: their side bearing."""
STEP_PT = 0.25
LEAST_SPACING, LARGEST_SPACING = 0.85, 1.25
UNIT_MM = 2.0
"""One step of space at a spacing of 1."""
LEADING = {"panels": 1.25, "card": 1.25, "poster": 1.25, "large-print": 1.39}
"""Leading of body text as a multiple of its size, at a spacing of 1; 1.33 for other layouts."""
USUAL_LEADING, LEAST_LEADING = 1.333, 1.25
LEADING_BY_SPACING = 0.6
"""How much leading grows when spacing grows by 1."""
FULL = 0.97
"""A part filled to this share is full; type grows in steps, so an exact fit does not exist."""
SPACING_PER_SLACK = 1.5
"""How much spacing may grow for each share of a part that is empty: tried, and taken back where
it was too much."""


@dataclass(frozen=True)
class Fit:
    """One way of setting a leaflet.

    Attributes:
        body_pt: The size of body text.
        spacing: The spacing of each part, 1 where none is named.
        spare: How many panels of each part are filled with notes.
    """

    body_pt: float
    spacing: Mapping[str, float] = field(default_factory=dict)
    spare: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Overflow:
    """A part that needs more panels than it has.

    Attributes:
        part: Its name; empty where all panels are one flow.
        room: How many panels it has.
        over: How many lines stand beyond them, at the smallest setting.
        sections: (heading, lines) of all sections of the part.
    """

    part: str
    room: int
    over: int
    sections: tuple[tuple[str, int], ...]


class TooMuch(Exception):  # noqa: N818 - it carries overflows, for the caller to put into words
    """The words do not fit at the smallest setting."""

    def __init__(self, overflows: tuple[Overflow, ...]) -> None:
        super().__init__(overflows)
        self.overflows = overflows


@dataclass(frozen=True)
class Fitted:
    """A fitted leaflet.

    Attributes:
        typeset: Its pages.
        fit: How it is set.
        html: The HTML without the panels of notes that are not used.
        layouts: How many layouts the search took.
        filled: For each part the share of its panels that is filled, notes not counted.
    """

    typeset: Typeset
    fit: Fit
    html: str
    layouts: int
    filled: Mapping[str, float]


def copyfit(source: PageSource, format_: Format, geometry: Geometry) -> Fitted:
    """Fit a page source to the panels of its format.

    Raises:
        TooMuch: If it needs more panels at the smallest setting.
        Mistakes: As ``Layout.typeset`` does.
    """
    search = _Search(Layout(source), format_, geometry)
    best = search.fill_pages() if format_.flows else search.fill_panels()
    return Fitted(
        best.typeset, best.fit, visible(source.html, best.fit), search.layouts, best.filled
    )


def fit_css(fit: Fit, format_: Format) -> str:
    """A fit as a style sheet."""
    rules = [_rule(":root", fit.body_pt, 1, format_)]
    rules += [
        _rule(f".{part}" if part else "body", fit.body_pt, spacing, format_)
        for part, spacing in sorted(fit.spacing.items())
    ]
    rules += [
        f".spare.part-{part or 'all'}.number-{number} {{ display: block; }}\n"
        for part, count in sorted(fit.spare.items())
        for number in range(1, count + 1)
    ]
    return "".join(rules)


def _rule(selector: str, body_pt: float, spacing: float, format_: Format) -> str:
    usual = LEADING.get(format_.layout, USUAL_LEADING)
    leading = body_pt * max(LEAST_LEADING, usual + (spacing - 1) * LEADING_BY_SPACING)
    return (
        f"{selector} {{ --body: {body_pt:g}pt; --leading: {leading:.3f}pt;"
        f" --unit: {UNIT_MM * spacing:.4f}mm; --scale: {body_pt / 12:.4f};"
        f" line-height: {leading:.3f}pt; }}\n"
    )


_SPARE = re.compile(r'(?s)<section class="spare part-(\w+) number-(\d+)".*?</section>')


def visible(html: str, fit: Fit) -> str:
    """The HTML without the panels of notes that a fit leaves out."""

    def kept(match: re.Match[str]) -> str:
        part = "" if match.group(1) == "all" else match.group(1)
        return match.group() if int(match.group(2)) <= fit.spare.get(part, 0) else ""

    return _SPARE.sub(kept, html)


@dataclass(frozen=True)
class _Attempt:
    fit: Fit
    typeset: Typeset
    over: tuple[Overflow, ...]
    missing: Mapping[str, int]
    filled: Mapping[str, float]

    @property
    def over_mm(self) -> float:
        """How far the longest line reaches over the margin of its page."""
        return max((page.over_mm for page in self.typeset.pages), default=0.0)


def _loosened(attempt: _Attempt) -> dict[str, float]:
    """The spacing to try in each part that has room to spare."""
    return {
        part: min(LARGEST_SPACING, 1 + (FULL - share) * SPACING_PER_SLACK)
        for part, share in attempt.filled.items()
        if share < FULL - 0.02 and part != "cover"
    }


class _Search:
    """The fixed sequence of layouts."""

    def __init__(self, layout: Layout, format_: Format, geometry: Geometry) -> None:
        self.layouts = 0
        self._layout = layout
        self._format = format_
        self._names = geometry.names
        self._least, self._largest = format_.sizes_pt

    def fill_pages(self) -> _Attempt:
        """As many pages as it takes; a stitched booklet gets notes up to a multiple of four."""
        attempt = self._try(Fit(self._least))
        spare = -len(attempt.typeset.pages) % 4 if self._format.layout == "booklet" else 0
        return self._try(Fit(self._least, {}, {"": spare})) if spare else attempt

    def fill_panels(self) -> _Attempt:
        """The largest size and the most even spacing at which every part has room."""
        best = self._try(Fit(self._least))
        best = self._tighten(best) if best.over else self._loosen(self._enlarge(best))
        if best.missing:
            best = self._with_notes(best)
        return best

    def _tighten(self, loose: _Attempt) -> _Attempt:
        """Less spacing in the parts that are over, as little less as will do."""
        parts = [overflow.part for overflow in loose.over]
        others = {p: s for p, s in _loosened(loose).items() if p not in parts}
        low, high = LEAST_SPACING, 1.0
        best = self._try(Fit(self._least, {**others, **dict.fromkeys(parts, low)}))
        if best.over and not {overflow.part for overflow in best.over} & {*parts}:
            others = {}  # only what was loosened is over
            best = self._try(Fit(self._least, dict.fromkeys(parts, low)))
        if best.over:
            raise TooMuch(best.over)
        while self.layouts < LAYOUTS_LIMIT - 2:
            middle = (low + high) / 2
            attempt = self._try(Fit(self._least, {**others, **dict.fromkeys(parts, middle)}))
            if attempt.over:
                high = middle
            else:
                low, best = middle, attempt
        return best

    def _enlarge(self, best: _Attempt) -> _Attempt:
        """Larger text, as far as the fullest part allows."""
        fullest = max((share for part, share in best.filled.items() if part != "cover"), default=1)
        # Twice the size takes four times the room.
        size = self._least * math.sqrt(FULL / max(fullest, 0.01))
        steps = math.floor((min(size, self._largest) - self._least) / STEP_PT + 1e-9)
        while steps > 0 and self.layouts < LAYOUTS_LIMIT - 2:
            attempt = self._try(Fit(self._least + steps * STEP_PT))
            if not attempt.over and attempt.over_mm <= best.over_mm + BEARING_MM:
                return attempt
            steps //= 2
        return best

    def _loosen(self, best: _Attempt) -> _Attempt:
        """More spacing in each part that has room to spare."""
        spacing = _loosened(best)
        while spacing and self.layouts < LAYOUTS_LIMIT - 1:
            attempt = self._try(Fit(best.fit.body_pt, spacing))
            if not attempt.over:
                return attempt
            over = {overflow.part for overflow in attempt.over}
            spacing = {part: (1 + s) / 2 if part in over else s for part, s in spacing.items()}
        return best

    def _with_notes(self, best: _Attempt) -> _Attempt:
        fit = Fit(best.fit.body_pt, best.fit.spacing, best.missing)
        attempt = self._try(fit)
        return _Attempt(fit, attempt.typeset, attempt.over, attempt.missing, best.filled)

    def _try(self, fit: Fit) -> _Attempt:
        self.layouts += 1
        typeset = self._layout.typeset(fit_css(fit, self._format))
        names, parts = list(self._names), [page.name for page in typeset.pages]
        if self._format.flows or not any(parts):  # one flow through all the panels
            names, parts = [""] * len(names), [""] * len(parts)
        over, missing, filled = [], {}, {}
        for name in dict.fromkeys(names):
            room = names.count(name)
            pages = [p for p, part in zip(typeset.pages, parts, strict=True) if part == name]
            if len(pages) > room and not self._format.flows:
                sections: dict[str, int] = {}
                heading = ""
                for page in pages:
                    for title, count in page.sections:
                        heading = title or heading  # a section goes on over the end of a page
                        sections[heading] = sections.get(heading, 0) + count
                lines = sum(page.lines for page in pages[room:])
                over.append(Overflow(name, room, lines, tuple(sections.items())))
            elif len(pages) < room and self._format.folded:
                missing[name] = room - len(pages)
            last = pages[-1].filled if pages else 0
            filled[name] = (max(len(pages) - 1, 0) + last) / room
        return _Attempt(fit, typeset, tuple(over), missing, filled)
