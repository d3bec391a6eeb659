"""Rule X6: all inks together are not more than the paper takes.

The sum is computed from the colours as they are written in the file, not from a raster: from
every colour that is painted, and from every pixel of CMYK pictures. Opacity needs no raster:
what is painted with opacity a over a backdrop gives a · own + (1 - a) · backdrop for each ink,
and that sum is never larger than the larger of the two. What overprints adds its inks to those of
the areas under it. Blend modes that add inks can be larger; they are said to be uncounted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

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
    for colour, overprint, box in _painted(page):
        if colour not in sums:
            sums[colour] = colour.ink_percent
        ink = sums[colour]
        if overprint and ink is not None:
            ink = max(ink, 100 * sum(overprinted(colour, overprint, box, areas)))
        if ink is not None and ink > limits[0] + _SLACK_PERCENT and printed(box):
            heavy.append((ink, box))
    if heavy:
        most = max(ink for ink, _ in heavy)
        yield _finding(page, "A colour", most, limits, joined(box for _, box in heavy))
    for picture in page.painted.pictures:
        if not picture.mask and has_inks(picture.space) and printed(picture.box):
            yield from _check_picture(page, picture, limits)
    yield from _uncounted(page)


def _painted(page: PageFacts) -> Iterator[tuple[Colour, Overprint, Box]]:
    """Every painted colour, whether it overprints, and a box around it."""
    for fill in page.painted.fills:
        yield fill.colour, fill.overprint, fill.box
    for stroke in page.painted.strokes:
        yield stroke.colour, stroke.overprint, stroke.box
    for word in page.text.words:
        for glyph in word.glyphs:
            yield glyph.show.colour, glyph.show.overprint, glyph.box


Areas = list[tuple[Box, tuple[float, ...]]]
"""Filled areas, in the order in which they are painted, and the inks that lie there then."""


def _areas(page: PageFacts) -> Areas:
    """The filled areas of a page, those that overprint with what they are painted over."""
    areas: Areas = []
    painted: Sequence[Fill | Stroke | Show] = [
        *page.painted.fills,
        *page.painted.strokes,
        *page.painted.shows,
    ]
    if any(item.overprint for item in painted):
        for fill in page.painted.fills:
            inks = overprinted(fill.colour, fill.overprint, fill.box, areas)
            if inks:
                areas.append((fill.box, inks))
    return areas


def overprinted(colour: Colour, overprint: Overprint, box: Box, areas: Areas) -> tuple[float, ...]:
    """The inks where a colour is painted, at the place where they are most.

    Args:
        colour: The colour.
        overprint: What it leaves of the inks under it.
        box: Where it is painted.
        areas: What was painted before it.
    """
    own = colour.inks
    if own is None or not overprint:
        return own or ()
    if colour.space.family != "spot" and overprint == "some":
        return own  # every process ink has a part in it, and replaces what was there
    mixed = [own]
    for under, inks in areas:
        if common(under, box) is not None:
            count = max(len(own), len(inks))
            pairs = zip(_padded(own, count), _padded(inks, count), strict=True)
            mixed.append(tuple(ink if ink > 0 else below for ink, below in pairs))
    return max(mixed, key=sum)


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
