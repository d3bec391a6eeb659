"""Rule X6: all inks together are not more than the paper takes.

The sum is computed from the colours as they are written in the file, not from a raster: from
every colour that is painted, and from every pixel of CMYK pictures. Opacity needs no raster:
what is painted with opacity a over a backdrop gives a · own + (1 - a) · backdrop for each ink,
and that sum is never larger than the larger of the two. Blend modes that add inks, and overprint,
can be larger; they are said to be uncounted, not guessed.
"""

from __future__ import annotations

from collections.abc import Iterator

from foldwell.check.page_facts import PageFacts
from foldwell.check.picture_ink import has_inks, picture_ink
from foldwell.check.standard import Standard
from foldwell.finding import Finding
from foldwell.pdf.painted_colour import Colour
from foldwell.pdf.painting import Picture
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


def check_ink(page: PageFacts, standard: Standard) -> Iterator[Finding]:
    """Colours and pictures with too much ink."""
    if not standard.press:
        return
    limits = standard.ink_percent
    wet = [grown(piece, _WET_MM * PT_PER_MM) for piece in page.pieces]

    def printed(box: Box) -> bool:
        return any(common(piece, box) is not None for piece in wet)

    heavy: list[tuple[float, Box]] = []
    sums: dict[Colour, float | None] = {}
    for colour, box in _painted(page):
        if colour not in sums:
            sums[colour] = colour.ink_percent
        ink = sums[colour]
        if ink is not None and ink > limits[0] + _SLACK_PERCENT and printed(box):
            heavy.append((ink, box))
    if heavy:
        most = max(ink for ink, _ in heavy)
        yield _finding(page, "A colour", most, limits, joined(box for _, box in heavy))
    for picture in page.painted.pictures:
        if not picture.mask and has_inks(picture.space) and printed(picture.box):
            yield from _check_picture(page, picture, limits)
    yield from _uncounted(page)


def _painted(page: PageFacts) -> Iterator[tuple[Colour, Box]]:
    """Every painted colour with a box around it."""
    for fill in page.painted.fills:
        yield fill.colour, fill.box
    for stroke in page.painted.strokes:
        yield stroke.colour, stroke.box
    for word in page.text.words:
        for glyph in word.glyphs:
            yield glyph.show.colour, glyph.box


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
    reasons = (
        [f"the blend mode{'s' if len(blends) > 1 else ''} {', '.join(blends)}"] if blends else []
    )
    reasons += ["overprint"] if page.painted.overprints else []
    if reasons:
        yield Finding(
            RULE,
            Severity.INFORMATION,
            f"The page uses {' and '.join(reasons)}: inks that are added that way are not counted.",
            "Look at the total ink in the print shop's own program.",
            page.place(),
        )
