"""Rule X6: all inks together are not more than the paper takes.

The sum is computed from the colours as they are written in the file, not from a raster: from
every colour that is painted, and from every pixel of CMYK pictures. Opacity needs no raster:
what is painted with opacity a over a backdrop gives a · own + (1 - a) · backdrop for each ink,
and that sum is never larger than the larger of the two. What overprints adds its inks to those of
the areas under it. Blend modes that add inks can be larger; they are said to be uncounted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from foldwell.check.page_facts import PageFacts
from foldwell.check.picture_ink import has_inks, picture_ink
from foldwell.check.subject import Subject
from foldwell.finding import Finding
from foldwell.pdf.painted_colour import Colour
from foldwell.pdf.painting import Fill, Overprint, Picture, Show, Stroke
from foldwell.pdf.plane import PT_PER_MM, Box, common, grown, joined
from foldwell.rules import Severity

RULE = "X6"
_SLACK_PERCENT = 0.5
_TRACE_MM2 = 1.0
"""Pixels over the limit that cover less than this together are stray ones of a JPEG."""
_WET_MM = 2.8
"""How far outside the trim ink counts; printers' marks, in all inks, start at 3 mm."""
_HARMLESS = {"Normal", "Compatible", "Lighten", "Screen"}
_HINT = "Use less of cyan, magenta and yellow in dark colours."


def on_page(subject: Subject, page: PageFacts) -> Iterator[Finding]:
    """Colours and pictures with too much ink."""
    if not subject.standard.press:
        return
    limits = subject.standard.ink_percent
    wet = [grown(piece, _WET_MM * PT_PER_MM) for piece in page.pieces]

    def printed(box: Box) -> bool:
        return any(common(piece, box) is not None for piece in wet)

    heavy: list[tuple[float, Box]] = []
    sums: dict[Colour, float | None] = {}
    areas = _areas(page)
    for colour, overprint, box, around in _painted(page):
        if colour not in sums:
            sums[colour] = colour.ink_percent
        ink = sums[colour]
        if overprint and ink is not None:
            ink = max(ink, 100 * sum(_overprinted(colour, overprint, box, around, areas)))
        if ink is not None and ink > limits[0] + _SLACK_PERCENT and printed(box):
            heavy.append((ink, box))
    if heavy:
        most = max(ink for ink, _ in heavy)
        yield _finding(page, "A colour", most, limits, joined(box for _, box in heavy))
    for picture in page.painted.pictures:
        if not picture.mask and has_inks(picture.space) and printed(picture.box):
            yield from _check_picture(page, picture, limits)
    yield from _uncounted(page)


def _painted(page: PageFacts) -> Iterator[tuple[Colour, Overprint, Box, Box]]:
    """Every painted colour, whether it overprints, a box around it, and one around its word."""
    areas: list[Fill | Stroke] = [*page.painted.fills, *page.painted.strokes]
    for item in areas:
        yield item.colour, item.overprint, item.box, item.box
    for word in page.text.words:
        around = word.box
        for glyph in word.glyphs:
            yield glyph.show.colour, glyph.show.overprint, glyph.box, around


Inks = tuple[float, ...]


class _Areas:
    """Filled areas, in the order in which they are painted, and the inks that lie there then."""

    def __init__(self) -> None:
        self._all: list[tuple[Box, Inks]] = []
        self._richer: dict[Inks, tuple[int, list[tuple[Box, Inks]]]] = {}
        self._near: tuple[Any, list[tuple[Box, Inks]]] = (None, [])

    def add(self, box: Box, inks: Inks) -> None:
        """One more area, painted over those before it."""
        self._all.append((box, inks))

    def most(self, own: Inks, box: Box, around: Box) -> Inks:
        """The inks where others are painted over the areas in a box, where they are most.

        Args:
            own: The others.
            box: Where they are painted.
            around: A larger box that is asked about several times, such as that of a word.
        """
        key = own, around, len(self._all)
        if self._near[0] != key:
            x0, y0, x1, y1 = around
            near = [area for area in self._richer_than(own)
                    if area[0][0] <= x1 and x0 <= area[0][2] and area[0][1] <= y1
                    and y0 <= area[0][3]]  # fmt: skip
            self._near = key, near
        met = (mixed for under, mixed in self._near[1] if common(under, box) is not None)
        return next(met, own)

    def _richer_than(self, own: Inks) -> list[tuple[Box, Inks]]:
        """Areas on which there is more ink with some others, and how much; the most first."""
        seen, richer = self._richer.get(own, (0, []))
        if seen == len(self._all):
            return richer
        richer = [*richer]
        for under, inks in self._all[seen:]:
            count = max(len(own), len(inks))
            pairs = zip(_padded(own, count), _padded(inks, count), strict=True)
            mixed = tuple(ink if ink > 0 else below for ink, below in pairs)
            if sum(mixed) > sum(own):  # most areas are of fewer inks than what stands on them
                richer.append((under, mixed))
        richer.sort(key=lambda area: -sum(area[1]))
        self._richer[own] = len(self._all), richer
        return richer


def _areas(page: PageFacts) -> _Areas:
    """The filled areas of a page, those that overprint with what they are painted over."""
    areas = _Areas()
    painted: Sequence[Fill | Stroke | Show] = [
        *page.painted.fills,
        *page.painted.strokes,
        *page.painted.shows,
    ]
    if any(item.overprint for item in painted):
        for fill in page.painted.fills:
            inks = _overprinted(fill.colour, fill.overprint, fill.box, fill.box, areas)
            if inks:
                areas.add(fill.box, inks)
    return areas


def _overprinted(
    colour: Colour, overprint: Overprint, box: Box, around: Box, areas: _Areas
) -> Inks:
    """The inks where a colour is painted, at the place where they are most.

    Args:
        colour: The colour.
        overprint: What it leaves of the inks under it.
        box: Where it is painted.
        around: A larger box that holds it, such as that of its word.
        areas: What was painted before it.
    """
    own = colour.inks
    if own is None or not overprint:
        return own or ()
    if colour.space.family != "spot" and overprint == "some":
        return own  # every process ink has a part in it, and replaces what was there
    return areas.most(own, box, around)


def _padded(inks: tuple[float, ...], count: int) -> tuple[float, ...]:
    return inks + (0.0,) * (count - len(inks))


def _finding(
    page: PageFacts, what: str, ink: float, limits: tuple[float, float], box: Box
) -> Finding:
    over = limits[1] if ink > limits[1] + _SLACK_PERCENT else limits[0]
    return Finding(
        RULE,
        Severity.ERROR if over == limits[1] else Severity.WARNING,
        f"{what} has {ink:.0f} % of ink, more than {over:.0f} %.",
        _HINT,
        page.place(box),
    )


def _check_picture(
    page: PageFacts, picture: Picture, limits: tuple[float, float]
) -> Iterator[Finding]:
    ink = picture_ink(picture, tuple(limit + _SLACK_PERCENT for limit in limits))
    if ink is None:
        yield Finding(
            RULE,
            Severity.INFORMATION,
            "The ink of a picture could not be computed.",
            "Save it as JPEG or with lossless compression, 8 bits a sample.",
            page.place(picture.box),
        )
        return
    whole_mm2 = picture.size_pt[0] * picture.size_pt[1] / PT_PER_MM**2
    for severity, limit, share, place in (
        (Severity.ERROR, limits[1], ink.over[1], ink.places[1]),
        (Severity.WARNING, limits[0], ink.over[0], ink.places[0]),
    ):
        if share * whole_mm2 >= _TRACE_MM2:
            yield Finding(
                RULE,
                severity,
                f"A picture has up to {ink.peak_percent:.0f} % of ink, and more than"
                f" {limit:.0f} % on {_share(share)} of its area.",
                "Convert it with a profile that keeps within the limit.",
                page.place(place),
            )
            return


def _share(share: float) -> str:
    return f"{100 * share:.0f} %" if share >= 0.01 else "less than 1 %"


def _uncounted(page: PageFacts) -> Iterator[Finding]:
    blends = sorted(page.painted.blends - _HARMLESS)
    if blends:
        yield Finding(
            RULE,
            Severity.INFORMATION,
            f"The page uses the blend mode{'s' if len(blends) > 1 else ''} {', '.join(blends)}:"
            " inks that are added that way are not counted.",
            "Look at the total ink in the print shop's own program.",
            page.place(),
        )
