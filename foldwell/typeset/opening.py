"""How a leaflet opens: its cover or the band at its head, and the measures these need."""

from __future__ import annotations

import functools
import math
import re

from foldwell.content.brand import Brand
from foldwell.content.colours import mix
from foldwell.content.edition import Edition
from foldwell.errors import FoldwellError, Mistakes, Place, did_you_mean
from foldwell.paper.formats import Format
from foldwell.paper.geometry import Geometry
from foldwell.remembered import remembered
from foldwell.typeset import brand_fonts, templates
from foldwell.typeset.cover import (
    LEADING,
    PT_MM,
    cover_drawing,
    cover_of,
    fitting_pt,
    lines_of,
    spot_drawing,
    width_mm,
)
from foldwell.typeset.grounds import MARK_ON_SOLID
from foldwell.typeset.head_band import band_drawing, band_of
from foldwell.typeset.look import LOW_CARD_MM, SHEET_MARGINS_MM, half_mm
from foldwell.typeset.pictures import MARK_COLOUR, Assets, mark_path
from foldwell.typeset.posters import ground_css, side_css, title_css
from foldwell.typeset.purpose import Purpose
from foldwell.typeset.scripts import leading_of
from foldwell.typeset.spots import SPOT_CSS, SPOTTED, spot_pictures
from foldwell.typeset.surfaces import surfaces

DRAWINGS = {"information": "info", "treatment": "medicines", "card": "health"}
"""What stands for a leaflet that names no drawing, by its kind."""
PHONE_PT = (30.0, 28.0, 26.0, 24.0, 22.0, 20.0, 18.0, 16.0)
"""Sizes of the main number on the contact card; 24 or more where its panel is wide enough."""
CARD_PT, LOW_CARD_PT, STICKER_PT = (13.0, 9.5, 12.0), (12.5, 9.0, 11.0), (16.0, 9.5, 12.0)
BOOKMARK_PT = (16.0, 9.5, 12.0)
BOOKMARK_HEAD_MM, BOOKMARK_STRIP_MM = 20.6, 15.0
"""What logo and padding take of the head of a bookmark, and a strip of two lines at its foot."""
BOOKMARK_STRIP_PT, BOOKMARK_STRIP_LINE_MM = 11.0, 4.8
CARD_LOGO_MM, CARD_PADDING_MM, CARD_MARGIN_MM = 21.8, 5.4, 5.2
"""Of the head of a card: the sizes of its title, of the clinic's name and number, what logo and
margins take beside them, the room above and below, and its margins; as in ``css/card.css``."""
BESIDE_MM = {"sheet": 101.0, "small-sheet": 30.0}
"""What stands beside the number on the contact card: code, hours and address; the code alone."""
STRIP_PT, STRIP_ICON_MM = (15.0, 14.0, 13.0, 12.0, 11.0), 6.2
"""Sizes of the words on the strip of a sticker, and what the icon before them takes."""
CARD_NOTE_PT, CARD_NOTE_MM, CARD_MARK_MM = 9.0, 4.3, 4.6
"""The size of what a card says of itself on its front, how high the first line of it is above the
strip with the room below, and what edges and gap take beside the word of a draft in its head."""
REGULAR = 0.93
"""How long regular type is beside the heaviest cut, at most."""
SVG = "image/svg+xml"
_DIGIT = re.compile("[0-9]")


def is_solid(edition: Edition, purpose: Purpose) -> bool:
    """Whether grounds are printed solid: what clinic or brand say, else all but in the office."""
    said = edition.clinic.cover or edition.brand.brand.defaults.foldwell.cover
    return (said or ("light" if purpose.saves_toner else "solid")) == "solid"


def wider(edition: Edition) -> float:
    """How much wider than our own the type of an edition is, at most."""
    return brand_fonts.wider(brand_fonts.in_language(edition.brand, edition.leaflet.language))


@remembered(256)
def mark_colours(brand: Brand) -> tuple[str, str]:
    """The colours of the pale word of a draft, on paper and on solid grounds."""
    s = surfaces(brand)
    return MARK_COLOUR, mix(s.on_solid, s.solid, MARK_ON_SOLID)


def drawing_of(edition: Edition) -> str:
    """The name of the drawing that stands for the topic.

    Raises:
        Mistakes: If there is none of the name that the leaflet gives.
    """
    facts, known = edition.leaflet.facts, templates.icon_names()
    name = facts.drawing or DRAWINGS[facts.kind]
    if name not in known:
        hint = did_you_mean(name, known)
        hint = hint if hint.startswith("Did") else "'python3 build.py list --icons' lists them."
        raise Mistakes(
            [FoldwellError(f"There is no drawing '{name}'.", Place(edition.leaflet.path), hint)]
        )
    return name


def opening(
    edition: Edition,
    format_: Format,
    geometry: Geometry,
    mark_word: str,
    note: str,
    solid: bool,
    bleed_mm: float,
    assets: Assets,
) -> str:
    """Draw the cover or band of a format into the assets, and give their measures as CSS.

    Args:
        edition: What is said.
        format_: The format's row.
        geometry: Its geometry for the paper and reading direction.
        mark_word: The word of a draft, drawn behind the words; empty where there is none.
        note: What keeps it from patients, in full. Of a card: what it says above its strip, which
            it does if it has no back to say it on.
        solid: Whether grounds are solid.
        bleed_mm: How far they run over the trim.
        assets: Where the pictures go.

    Raises:
        Mistakes: If it has no room for what it must say.
    """
    brand, facts = edition.brand.brand, edition.leaflet.facts
    wide, leading = wider(edition), leading_of(edition.tag)
    panel = geometry.panels[0]
    drawing = (drawing_of(edition), edition.region.emergency_number)
    mark = mark_path(mark_word, panel.width_mm, panel.height_mm) if mark_word else ""
    css = f":root {{ --page-height: {panel.height_mm}mm; }}\n"
    css += _phone_css(edition, format_, geometry)
    if format_.layout in SPOTTED:
        assets |= {name: (drawn, SVG) for name, drawn in spot_pictures(brand, drawing).items()}
        css += SPOT_CSS
    if format_.layout in ("panels", "booklet"):
        # English editions were laid out for their usual note.
        usual = note == templates.strings("en")["draft_long"]
        cover = cover_of(
            geometry, facts.title, facts.subtitle or "", bool(note), wide, leading,
            right_to_left=edition.right_to_left,
            note="" if usual else note,
        )  # fmt: skip
        picture = cover_drawing(brand, cover, bleed_mm, drawing, facts.strip, solid, mark)
        assets["cover.svg"] = (picture, SVG)
        if "poster" in geometry.names:
            assets["topic.svg"] = (spot_drawing(brand, drawing, solid=True), SVG)
            css += side_css(edition, geometry.panels[-1], note, wide, leading)
        return css + cover.css
    if format_.layout in SHEET_MARGINS_MM:
        large, margin = format_.layout == "large-print", SHEET_MARGINS_MM[format_.layout]
        words = (facts.title, facts.subtitle or "")
        band = band_of(panel.width_mm, margin, large, *words, wide, leading)
        size = (panel.width_mm, band.height_mm)
        picture = band_drawing(
            brand, size, margin, bleed_mm, drawing, solid, mark,
            right_to_left=edition.right_to_left,
        )  # fmt: skip
        assets["band.svg"] = (picture, SVG)
        return css + band.css
    if format_.layout == "card":
        if edition.leaflet.stale:
            message = "A translation of older words is made as no card, which has no room for that."
            hint = "Translate what changed, then run 'foldwell translate done'."
            raise Mistakes([FoldwellError(message, Place(edition.leaflet.path, 1), hint)])
        css += _card_note_css(edition, note, panel.width_mm)
        in_head = "" if note else mark_word
        sizes = LOW_CARD_PT if panel.height_mm < LOW_CARD_MM else CARD_PT
        if format_.name == "sticker-sheet":
            sizes = STICKER_PT
            css += _sticker_css(edition, panel.width_mm)
        if format_.name == "bookmark":
            return css + _bookmark_css(edition, panel.width_mm, in_head, drawing, assets)
        return css + _card_css(edition, panel.width_mm, in_head, sizes)
    if format_.layout == "poster":
        css += title_css(edition, note, panel.width_mm / wide)
        return css + (ground_css(brand, mark_word, mark_colours(brand)[1], assets) if solid else "")
    return css


def _card_css(
    edition: Edition, wide_mm: float, mark_word: str, sizes: tuple[float, float, float]
) -> str:
    """The height of the head of a card, which the strip at its foot is placed by."""
    room, clinic = (wide_mm - CARD_LOGO_MM) / wider(edition), edition.clinic
    title_pt, name_pt, phone_pt = sizes
    name = width_mm(clinic.name + " ", name_pt) * REGULAR
    beside = name + width_mm(clinic.phone, phone_pt) <= room
    names = 0 if beside else lines_of(clinic.name, name_pt * REGULAR, room)
    title = _with_mark(edition.leaflet.facts.title, mark_word, title_pt)
    lines_pt = lines_of(title, title_pt, room) * title_pt
    lines_pt += names * name_pt + phone_pt
    head = CARD_PADDING_MM + lines_pt * LEADING * leading_of(edition.tag) * PT_MM
    low = sizes == LOW_CARD_PT
    measures = {"leading": "1.25", "top": "4.2mm", "strip": "9.2mm" if low else "9.6mm"}
    if names:  # a long name takes its room from between the lines and from the edges
        measures = {"leading": "1.2", "top": "3.9mm", "strip": "7.3mm" if low else "9.2mm"}
        head -= 0.3
    measures |= {"head": f"{head:.2f}mm", "title": f"{title_pt:g}pt"}
    return ":root { " + "".join(f"--card-{k}: {v}; " for k, v in measures.items()) + "}\n"


def _card_note_css(edition: Edition, note: str, wide_mm: float) -> str:
    """The height of the lines above the strip of a card; none where they say nothing."""
    room = (wide_mm - 2 * CARD_MARGIN_MM) / wider(edition)
    lines = lines_of(note, CARD_NOTE_PT, room) if note else 0
    more = max(lines - 1, 0) * CARD_NOTE_PT * LEADING * PT_MM
    high = (CARD_NOTE_MM + more if lines else 0) * leading_of(edition.tag)
    return f":root {{ --card-note: {high:.2f}mm; }}\n"


def _emergency_call(edition: Edition) -> str:
    """What the strip of a card says."""
    call: str = templates.strings(edition.leaflet.language)["emergency_call"]
    return call.format(number=edition.region.emergency_number)


def _sticker_css(edition: Edition, wide_mm: float) -> str:
    """The size of the words on the strip of a sticker, which take one line."""
    room = (wide_mm - 2 * CARD_MARGIN_MM - STRIP_ICON_MM) / wider(edition)
    size = fitting_pt(_emergency_call(edition), room, 1, STRIP_PT)
    return f":root {{ --sticker-strip: {size}pt; }}\n"


def _with_mark(title: str, mark_word: str, size_pt: float) -> str:
    """A title, with a word behind it that is as long as the word of a draft with its edges."""
    if not mark_word:
        return title
    long = width_mm(mark_word, CARD_NOTE_PT) + CARD_MARK_MM
    return f"{title} {'n' * math.ceil(long / width_mm('n', size_pt))}"


def _bookmark_css(
    edition: Edition, wide_mm: float, mark_word: str, drawing: tuple[str, str], assets: Assets
) -> str:
    """The heights of the head and of the strip at the foot of a bookmark, and its picture."""
    room = wide_mm - 2 * CARD_MARGIN_MM
    title_pt, name_pt, phone_pt = BOOKMARK_PT
    title = _with_mark(edition.leaflet.facts.title, mark_word, title_pt)
    lines_pt = lines_of(title, title_pt, room) * title_pt
    lines_pt += lines_of(edition.clinic.name, name_pt * REGULAR, room) * name_pt + phone_pt
    head = BOOKMARK_HEAD_MM + lines_pt * LEADING * leading_of(edition.tag) * PT_MM
    # The icon before its words is as wide as two letters.
    lines = lines_of(f"nn {_emergency_call(edition)}", BOOKMARK_STRIP_PT, room)
    strip = BOOKMARK_STRIP_MM + max(lines - 2, 0) * BOOKMARK_STRIP_LINE_MM
    brand = edition.brand.brand
    assets["topic.svg"] = (spot_drawing(brand, drawing), SVG)
    return (
        f":root {{ --card-leading: 1.4; --card-top: 5mm; --card-title: {title_pt:g}pt;"
        f" --card-head: {head:.2f}mm; --card-strip: {strip}mm; }}\n"
        '.card-words { background: url("asset:topic.svg") center 92% / 40mm auto no-repeat }\n'
    )


@functools.cache
def _widest_digit() -> str:
    return max("0123456789", key=lambda digit: width_mm(digit, 1))


def _phone_css(edition: Edition, format_: Format, geometry: Geometry) -> str:
    """The size of the main number: as large as its card allows."""
    widths = [p.width_mm for p in geometry.panels if p.name in ("back", "page", "front")]
    usual = 14.0 if format_.layout == "booklet" else 7.4
    room = min(widths or [geometry.panels[-1].width_mm])
    room -= 2 * SHEET_MARGINS_MM.get(format_.layout, usual) + 1
    if format_.layout in BESIDE_MM:
        room -= BESIDE_MM[format_.layout]
    if format_.bilingual:
        room = half_mm(geometry.panels[0].width_mm) - 1
    room /= wider(edition)
    # All numbers that are written alike have one size: none is set smaller for its wide digits.
    number = _DIGIT.sub(_widest_digit(), edition.clinic.phone.replace(" ", "\u00a0"))
    size = fitting_pt(number, room, 1, PHONE_PT)
    return f":root {{ --phone: {size}pt; }}\n"
