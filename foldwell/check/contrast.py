"""Rule L7: whether text and icons can be read on what is really behind them.

A finished page is drawn twice, with its text and without. What stands in the place of a line of
text in the second picture is its ground, whatever put it there: a tint, a cover's drawing, a
photograph. Icons and rules are looked at where the page says that they stand. Each pair is
judged in colour and in the grey of a printer without colours.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any

import pypdfium2.raw as raw
from pikepdf import Pdf
from PIL import Image

from foldwell.check.grounds import GROUNDS, Ground, keys_of
from foldwell.check.viewed_pages import ViewedPage, viewed_pages
from foldwell.content.colours import (
    GRAPHIC_CONTRAST,
    TEXT_CONTRAST,
    as_hex,
    channels,
    nearest_passing,
    sure_contrast,
    told_contrast,
)
from foldwell.errors import Place
from foldwell.finding import Finding
from foldwell.pdf.content_stream import Streams
from foldwell.pdf.opening import in_memory
from foldwell.pdf.plane import Box
from foldwell.rules import Severity

RULE = "L7"
DPI, FINE_DPI = 96.0, 288.0
LARGE_PT, LARGE_BOLD_PT = 17.95, 13.95
"""From these sizes on text is large (WCAG 2.2); a bold one is of 700 or more."""
BOLD = 700
GROUND_SHARE = 0.12
"""Colours that cover less of a line's place are edges of what is behind it."""
STEP = 8
"""Grounds that differ by less than this, of 255, are one: smoothed edges, compressed pictures."""
INK_SHARE = 0.04
"""Colours that cover less of an icon's place are edges of it."""
WORDS_SHOWN = 40


@dataclass(frozen=True)
class Pair:
    """Two colours of a page that are not far enough apart.

    Attributes:
        colour: What is read.
        ground: What it stands on.
        needed: The contrast that it needs.
    """

    colour: str
    ground: str
    needed: float


def check_contrast(
    content: bytes,
    icons: Sequence[Sequence[Box]] = (),
    marks: Iterable[str] = (),
    pdf: Pdf | None = None,
    streams: Streams | None = None,
) -> list[Finding]:
    """Pairs of colours in which text, icons or rules cannot be seen, each told once a page.

    Args:
        content: A finished PDF in colours of light.
        icons: For each page the places of its icons and rules, in points from its lower left.
        marks: Grounds that are not judged, because they go before anyone is handed the page.
        pdf: The same file as pikepdf has it, where it is open.
        streams: Its content streams, where they are read.
    """
    with nullcontext(pdf) if pdf else in_memory(content) as file:
        keys = keys_of(file, streams or Streams())
    grounds = tuple(map(channels, marks))
    findings: list[Finding] = []
    for index, (page, key) in enumerate(zip(viewed_pages(content), keys, strict=True)):
        places = icons[index] if index < len(icons) else ()
        findings += _on_page(page, index + 1, places, grounds, key)
    return findings


PageGround = tuple[Ground, tuple[float, ...]]
"""What stands behind the text of a page, and the page's box in points."""
Run = tuple[str, float, float, Box]
"""Words by their colour, size in points, weight, and place in points."""


def grounds_of(content: bytes) -> list[PageGround]:
    """What stands behind the text of each page of a file."""
    found = []
    for page in viewed_pages(content):
        ground = Ground.of(_without_text(page, DPI / 72))
        ground.pack()
        found.append((ground, page.shown.get_mediabox()))
    return found


def runs_are_read(
    page: PageGround, marks: Iterable[str], runs: Iterable[Run], least: float = GROUND_SHARE
) -> bool:
    """Whether words can be read on a ground.

    Args:
        page: The ground.
        marks: As ``check_contrast`` takes them.
        runs: The words.
        least: The share of their place that a colour must cover to count.
    """
    ground, origin = page
    grounds = tuple(map(channels, marks))
    for colour, size, weight, box in runs:
        large = size >= LARGE_PT or (size >= LARGE_BOLD_PT and weight >= BOLD)
        needed = GRAPHIC_CONTRAST if large else TEXT_CONTRAST
        for behind in _colours(_part(ground, box, origin, DPI / 72), least):
            if sure_contrast(colour, behind) < needed and not _is_near(behind, grounds):
                return False
    return True


def _on_page(
    page: ViewedPage,
    number: int,
    icons: Sequence[Box],
    marks: tuple[tuple[float, ...], ...],
    key: str,
) -> Iterator[Finding]:
    texts = [*_lines(page)]
    origin, scale = page.shown.get_mediabox(), DPI / 72
    found: dict[Pair, tuple[str, Box]] = {}
    ground = GROUNDS.find(f"{key} {marks}" if key else "", partial(_without_text, page, scale))
    known = ground.sound
    signs = [(box, tuple(line for line in texts if _meet(line[2], box))) for box in icons]
    for sign in signs:
        if sign in known:
            continue
        if pair := _sign(page.shown, sign[0], origin, page.size_pt):
            found.setdefault(pair, ("an icon or rule", sign[0]))
        else:
            known.add(sign)
    for line in texts:
        if line in known:
            continue
        colour, needed, box = line
        before = len(found)
        for behind in _colours(_part(ground, box, origin, scale), GROUND_SHARE):
            if sure_contrast(colour, behind) < needed and not _is_near(behind, marks):
                words = " ".join(page.words_in(box).split())[:WORDS_SHOWN]
                found.setdefault(Pair(colour, behind, needed), (f"'{words}'", box))
                before = -1
        if before == len(found):
            known.add(line)
    for pair, (what, box) in found.items():
        yield Finding(
            RULE,
            Severity.ERROR,
            f"{what[0].upper()}{what[1:]} is {pair.colour} on {pair.ground}: a contrast of"
            f" {told_contrast(pair.colour, pair.ground)}, and {pair.needed:g}:1 is needed.",
            f"The nearest shade that passes is {nearest_passing(*_pair(pair))}.",
            Place(page=number, box_pt=box),
        )


def _meet(one: Box, other: Box) -> bool:
    """Whether two boxes overlap, or nearly so."""
    return (
        one[0] < other[2] + 1 and other[0] < one[2] + 1
        and one[1] < other[3] + 1 and other[1] < one[3] + 1
    )  # fmt: skip


def _pair(pair: Pair) -> tuple[str, str, float]:
    return pair.colour, pair.ground, pair.needed


def _lines(page: ViewedPage) -> Iterator[tuple[str, float, Box]]:
    """Runs of painted text of one look: colour, the contrast that they need, and their box."""
    text, matrix = page.letters, raw.FS_MATRIX()
    parts = [ctypes.c_uint() for _ in range(4)]
    for left, bottom, right, top in page.places:
        if right - left < 0.5 or top - bottom < 0.5:
            continue
        at = raw.FPDFText_GetCharIndexAtPos(
            text.raw, left + 0.2, (bottom + top) / 2, 2.0, (top - bottom) / 2
        )
        if at < 0 or not raw.FPDFText_GetFillColor(text.raw, at, *parts):
            continue
        red, green, blue, alpha = (part.value for part in parts)
        size = raw.FPDFText_GetFontSize(text.raw, at)
        if raw.FPDFText_GetMatrix(text.raw, at, matrix):  # how much larger it is shown
            size *= math.hypot(matrix.c, matrix.d) or 1.0
        if not alpha or size < 1:
            continue
        large = size >= LARGE_PT or (size >= LARGE_BOLD_PT and _is_bold(text, at))
        needed = GRAPHIC_CONTRAST if large else TEXT_CONTRAST
        yield _hex(red, green, blue), needed, (left, bottom, right, top)


@lru_cache(maxsize=1024)
def _hex(red: int, green: int, blue: int) -> str:
    return as_hex((red / 255, green / 255, blue / 255))


def _is_bold(text: Any, index: int) -> bool:
    name = ctypes.create_string_buffer(128)
    flags = ctypes.c_int()
    raw.FPDFText_GetFontInfo(text.raw, index, name, 128, flags)
    words = name.value.decode(errors="replace").lower()
    heavy = any(word in words for word in ("bold", "black", "heavy")) and "semi" not in words
    return heavy or raw.FPDFText_GetFontWeight(text.raw, index) >= BOLD


def _without_text(viewed: ViewedPage, scale: float) -> Image.Image:
    """What a page shows without its text."""
    page = viewed.again()
    for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=15):
        raw.FPDFTextObj_SetTextRenderMode(one.raw, raw.FPDF_TEXTRENDERMODE_INVISIBLE)
    image: Image.Image = page.render(scale=scale, may_draw_forms=False).to_pil().convert("RGB")
    page.close()
    return image


def _part(ground: Ground, box: Box, origin: tuple[float, ...], scale: float) -> Image.Image:
    """What stands in a box of a page."""
    x0, x1 = ((x - origin[0]) * scale for x in (box[0], box[2]))
    y0, y1 = ((origin[3] - y) * scale for y in (box[3], box[1]))
    width, height = ground.size
    left, upper = max(int(x0), 0), max(int(y0), 0)
    right, lower = min(math.ceil(x1), width), min(math.ceil(y1), height)
    if right <= left or lower <= upper:
        return Image.new("RGB", (0, 0))
    return ground.crop((left, upper, right, lower))


def _colours(image: Image.Image, least: float) -> list[str]:
    """The colours that cover at least a share of a picture, the largest first."""
    found = image.getcolors(image.width * image.height or 1) or ()
    groups: Counter[Any] = Counter()  # by red, green and blue, 0 to 255
    for count, colour in sorted(found, key=lambda one: (-one[0], str(one[1]))):
        near = (head for head in groups if _apart(head, colour) < STEP)
        groups[next(near, colour)] += count
    whole = sum(groups.values())
    often = [colour for colour, count in groups.most_common() if count >= least * whole]
    return [_hex(*colour) for colour in often]


def _apart(one: Any, other: Any) -> float:
    """How far apart two colours are in the channel in which they differ most."""
    return float(max(abs(a - b) for a, b in zip(one, other, strict=True)))


def _is_near(colour: str, others: Sequence[tuple[float, ...]]) -> bool:
    """Whether a colour is one of some others, but for rounding."""
    own = channels(colour)
    return any(_apart(own, other) * 255 < STEP for other in others)


def _sign(page: Any, box: Box, origin: tuple[float, ...], size: tuple[float, float]) -> Pair | None:
    """The ink of an icon or rule and what it stands on, if they are too near; drawn finely."""
    left, lower = max(box[0] - origin[0], 0.0), max(box[1] - origin[1], 0.0)
    right, upper = max(origin[2] - box[2], 0.0), max(origin[3] - box[3], 0.0)
    if size[0] - left - right < 1 or size[1] - lower - upper < 1:
        return None
    shown = page.render(scale=FINE_DPI / 72, crop=(left, lower, right, upper))
    image: Image.Image = shown.to_pil().convert("RGB")
    width, height = image.size
    edges: Counter[Any] = Counter()  # by red, green and blue, 0 to 255
    for side in (
        (0, 0, width, 1), (0, height - 1, width, height),
        (0, 0, 1, height), (width - 1, 0, width, height),
    ):  # fmt: skip
        for count, colour in image.crop(side).getcolors(width + height) or ():
            edges[colour] += count
    colour = max(edges, key=lambda one: (edges[one], one))
    ground = _hex(*colour)
    inks = [colour for colour in _colours(image, INK_SHARE) if colour != ground]
    best = max(inks, key=lambda ink: sure_contrast(ink, ground), default=None)
    if best is None or sure_contrast(best, ground) >= GRAPHIC_CONTRAST:
        return None
    return Pair(best, ground, GRAPHIC_CONTRAST)
