"""Composing: an edition, a format and a medium become page sources."""

from __future__ import annotations

import html
import re

from markupsafe import Markup

from foldwell.content.characters import JOINERS, instead_of, named_character
from foldwell.content.edition import Edition
from foldwell.errors import FoldwellError, Mistakes, Place
from foldwell.fonts import printable_characters
from foldwell.paper.formats import Format
from foldwell.paper.geometry import Geometry
from foldwell.paper.sheets import CREEP_ROOM_MM
from foldwell.typeset import brand_fonts, look, picture_css, templates
from foldwell.typeset.bilingual import set_beside
from foldwell.typeset.brand_css import brand_css
from foldwell.typeset.citations import MARKERS
from foldwell.typeset.digits import counters_css
from foldwell.typeset.edition_words import read_edition
from foldwell.typeset.feet import feet, imprint, second_line_css
from foldwell.typeset.foreign import in_its_scripts
from foldwell.typeset.languages_sheet import list_languages
from foldwell.typeset.mirrored_css import mirrored
from foldwell.typeset.needed_fonts import rare_signs
from foldwell.typeset.opening import is_solid, mark_colours, opening
from foldwell.typeset.page_source import Composition, PageSource
from foldwell.typeset.paperwork import add_paperwork
from foldwell.typeset.pictures import inline, mark, pictures, qr_code
from foldwell.typeset.purpose import Purpose
from foldwell.typeset.scripts import leading_of, script_css, script_fonts, spread
from foldwell.typeset.template_values import (
    as_printed,
    fill_template,
    list_all_sources,
    values_of,
)
from foldwell.typeset.timeline_parts import print_timelines, web_timelines

_PRINT = ("css/base.css", "css/blocks.css")
SHEETS = {
    "sheet": (*_PRINT, "css/sheet.css"),
    "small-sheet": (*_PRINT, "css/sheet.css", "css/small-sheet.css"),
    "large-print": (*_PRINT, "css/sheet.css", "css/large-print.css"),
    "panels": (*_PRINT, "css/panels.css", "css/small-folds.css"),
    "booklet": (*_PRINT, "css/panels.css", "css/booklet.css"),
    "card": (*_PRINT, "css/card.css"),
    "poster": (*_PRINT, "css/poster.css"),
    "bilingual": (*_PRINT, "css/panels.css", "css/bilingual.css"),
    "languages": (*_PRINT, "css/languages.css"),
    "web": ("css/web.css",),
}
"""The style sheets of each layout, in the order of the cascade."""


WEB_PIXELS = 1600
"""What the longer side of a picture of the web page can use: twice its column, for fine screens."""


def compose_print(edition: Edition, format_: Format, purpose: Purpose) -> Composition:
    """What a PDF is made from.

    Args:
        edition: What is said.
        format_: The format's row; it must exist on the region's paper.
        purpose: What the pages are for, and what is asked for beside them.

    Raises:
        Mistakes: With everything that is wrong in the words for this edition.
    """
    geometry = geometry_for(edition, format_)
    names = set(geometry.names)
    layout = format_.layout
    height_mm = min(panel.height_mm for panel in geometry.panels)
    flows_to_back = layout not in ("panels", "card", "poster")
    take = frozenset(names & {"flap", "back", "poster"}) | frozenset(
        ["back"] if flows_to_back else []
    )
    words = read_edition(edition, format_.name, purpose.medium, take, MARKERS[layout])
    values = values_of(edition, words, format_.name, purpose.medium)
    one_side = layout == "card" and "back" not in names
    values |= {
        "layout": layout,
        # A card of one side says there what others say at the foot of their back.
        "front_note": tuple(filter(None, (values["status_foot"], edition.id) if one_side else ())),
        "folded": layout in ("panels", "booklet"),
        "parts": {name: geometry.names.count(name) for name in geometry.names},
        "tiny": layout == "panels" and geometry.finished_mm[0] < TINY_MM and height_mm < QUARTER_MM,
        "low": layout == "card" and height_mm < look.LOW_CARD_MM,
        "about_inside": layout == "panels" and ("back" not in names or height_mm < QUARTER_MM),
        "spare_pages": SPARE_PAGES if layout == "booklet" else 0,
        "note_lines": max(1, int((height_mm - NOTES_HEAD_MM) // NOTE_LINE_MM)),
        "appointment_rows": max(1, int((height_mm - NOTES_HEAD_MM) // APPOINTMENT_MM) - 1),
    }
    if layout == "poster":
        values["imprint"] = imprint(values)
    if layout == "booklet":
        list_all_sources(edition, words, values)
    assets = pictures(edition, words, unconverted=purpose.bleeds)
    column_mm = look.column_mm(format_, geometry)
    sheet = print_timelines(edition, words, values, layout, column_mm, assets)
    if format_.bilingual:
        both = set_beside(edition, words, values, format_.name, purpose, column_mm, assets)
        words, sheet = both.words, sheet + both.sheet
    if layout == "languages":
        sheet = list_languages(edition, values, geometry, assets)
    values["qr"] = bool(edition.own_page)
    if geometry.gap_mm:
        assets["band.svg"] = (look.band(edition.brand.brand), "image/svg+xml")
    values["solid"] = is_solid(edition, purpose)
    kit = brand_fonts.in_language(edition.brand, edition.leaflet.language)
    tags, leading = [edition.tag], leading_of(edition.tag)
    if edition.beside:
        kit = brand_fonts.in_language(kit, edition.beside.leaflet.language)
        tags.append(edition.beside.tag)
        leading = max(leading, leading_of(edition.beside.tag))
    text = fill_template("leaflet.html", edition, words, values)
    text = in_its_scripts(_without_needless_isolates(text), edition)
    check_characters(text, edition)
    if edition.own_page and "asset:qr.svg" in text:
        assets["qr.svg"] = qr_code(edition.own_page)
    if edition.status:
        assets["mark.svg"] = mark(str(values["mark_word"]), geometry)
    bleed_mm = 0.0
    if purpose.bleeds:
        bleed_mm = geometry.bleed_mm + (CREEP_ROOM_MM if geometry.binding == "stitched" else 0)
    mark_word = str(values["mark_word"])
    note = " · ".join(values["front_note"]) if layout == "card" else values["status_long"]
    measures = opening(
        edition, format_, geometry, mark_word, note, values["solid"], bleed_mm, assets
    )
    second_line = second_line_css(
        format_, geometry, str(values["status_foot"]), leading, brand_fonts.wider(kit)
    )
    css = (
        brand_css(kit.brand, text),
        *(templates.style_sheet(name, edition.overrides) for name in SHEETS[layout]),
        look.page_css(
            format_, geometry, feet(values, format_, geometry), bool(edition.status), bleed_mm
        ),
        picture_css.icon_css(words.icons),
        picture_css.drawing_css(words.drawings),
        measures,
        sheet,
        *filter(None, [counters_css(edition), script_css(tags, leading, layout), second_line]),
    )
    if edition.right_to_left:
        css = tuple(map(mirrored, css))
    named = tuple((name, *assets[name]) for name in sorted(assets))
    fonts = (*brand_fonts.own_fonts(kit), *script_fonts((text, css[len(SHEETS[layout]) + 1])))
    pages = PageSource(text, css, named, purpose.tagged, fonts, leading)
    colours = look.role_colours(edition.brand.brand)
    composition = Composition(
        pages,
        own_inks=look.own_inks(edition.brand.brand),
        colours=tuple(colours.items()),
        marks=mark_colours(edition.brand.brand) if edition.status else (),
        said=(mark_word, as_printed(values["status_long"], edition.held_by, values))
        if edition.status
        else (),
    )
    return add_paperwork(composition, edition, format_, geometry, purpose, values)


NOTES_HEAD_MM, NOTE_LINE_MM, APPOINTMENT_MM = 42.0, 10.0, 14.5
"""What margins and title of a panel of notes take, and a line of it, as in ``css/panels.css``."""
QUARTER_MM, TINY_MM = 160.0, 80.0
"""Panels lower than the first have no room for the facts of publication on their back; those
that are narrower than the second too, none for hours, address and help lines."""
SPARE_PAGES = 3
"""The most pages of notes that round a booklet up to a multiple of four."""


def geometry_for(edition: Edition, format_: Format) -> Geometry:
    """The geometry of a format for the paper and reading direction of an edition."""
    geometry = format_.geometry[edition.region.paper]
    return geometry.mirrored() if edition.right_to_left else geometry


_FONT_RULES, _BRAND_RULES = "/* fonts */", "/* brand */"
"""What stands for the fonts and faces until it is known which ones the page needs."""


def compose_web(edition: Edition) -> str:
    """The web page: one HTML text that holds its style sheet, fonts and pictures.

    Raises:
        Mistakes: As for print.
    """
    words = read_edition(edition, "web", "web", frozenset(["back"]), links_back=True)
    values = values_of(edition, words, "web", "web")
    web_timelines(edition, words, values)
    list_all_sources(edition, words, values)
    leading = leading_of(edition.tag)
    sheets = "".join(templates.style_sheet(name, edition.overrides) for name in SHEETS["web"])
    if edition.right_to_left:
        sheets = mirrored(sheets)
    values["css"] = Markup(
        _BRAND_RULES
        + spread(sheets, leading)
        + picture_css.web_icon_css(words.icons)
        + picture_css.web_drawing_css(
            words.drawings, edition.brand.brand, edition.region.emergency_number
        )
        + counters_css(edition)
        + script_css([edition.tag], leading, "web")
        + _FONT_RULES
    )
    text = in_its_scripts(fill_template("web.html", edition, words, values), edition)
    kit = brand_fonts.for_web(brand_fonts.in_language(edition.brand, edition.leaflet.language))
    faces = spread(brand_css(kit.brand, text), leading)
    fonts = look.web_font_css(text) + brand_fonts.web_font_css(kit)
    text = text.replace(_FONT_RULES, fonts, 1).replace(_BRAND_RULES, faces, 1)
    check_characters(re.sub(r"(?s)<style>.*?</style>", "", text), edition)
    return inline(text, pictures(edition, words, longest=WEB_PIXELS))


_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)


def _without_needless_isolates(text: str) -> str:
    """A printed page without isolates, if all of it runs from left to right.

    There they change no direction, and a box of its own parts letters that are set close.
    """
    if 'dir="rtl"' in text or _RIGHT_TO_LEFT.search("".join(rare_signs(text))):
        return text
    return text.replace("<bdi>", "").replace("</bdi>", "")


_REFERENCE = re.compile(r"&[^\t\n\f <&;]+;?")
"""What stands for a character in HTML."""


def check_characters(text: str, edition: Edition) -> None:
    """Refuse a page with a character that no bundled font can print.

    Content files were checked as they were read; what is left are references and templates.

    Raises:
        Mistakes: With every such character.
    """
    referred = html.unescape("".join(set(_REFERENCE.findall(text))))
    if printable_characters().issuperset((rare_signs(text) | rare_signs(referred)) - JOINERS):
        return  # in its tags neither
    known = printable_characters() | JOINERS
    visible = html.unescape(re.sub(r"<[^>]*>", " ", text))
    missing = [c for c in dict.fromkeys(visible) if c not in known]
    if missing:
        references = repr(list(edition.references.values()))
        raise Mistakes(
            FoldwellError(
                f"The character {named_character(character)} is in no bundled font.",
                Place(
                    "content/references.json" if character in references else "content/templates"
                ),
                instead_of(character),
            )
            for character in missing
        )
