"""Composing: an edition, a format and a medium become page sources."""

from __future__ import annotations

import datetime
import html
import re
from typing import Any

from markupsafe import Markup

from foldwell.content.characters import JOINERS, instead_of, named_character
from foldwell.content.colours import mix, on
from foldwell.content.edition import Edition
from foldwell.content.facts import Hours
from foldwell.errors import FoldwellError, Mistakes, Place
from foldwell.fonts import printable_characters
from foldwell.press.formats import Format
from foldwell.press.geometry import Geometry
from foldwell.press.sheets import CREEP_ROOM_MM
from foldwell.typeset import look, templates
from foldwell.typeset.citations import full_references, short_reference
from foldwell.typeset.markup import Setting, Words, read_words
from foldwell.typeset.page_source import Composition, PageSource
from foldwell.typeset.paperwork import add_paperwork
from foldwell.typeset.pictures import Assets, inline, logos, mark, pictures, qr_code
from foldwell.typeset.purpose import Purpose
from foldwell.typeset.timeline import PAINTED, draw
from foldwell.typeset.variables import Facts

_PRINT = ("css/base.css", "css/blocks.css")
SHEETS = {
    "sheet": (*_PRINT, "css/sheet.css"),
    "small-sheet": (*_PRINT, "css/sheet.css", "css/small-sheet.css"),
    "large-print": (*_PRINT, "css/sheet.css", "css/large-print.css"),
    "panels": (*_PRINT, "css/panels.css"),
    "booklet": (*_PRINT, "css/panels.css", "css/booklet.css"),
    "card": (*_PRINT, "css/card.css"),
    "poster": (*_PRINT, "css/poster.css"),
    "web": ("css/web.css",),
}
"""The style sheets of each layout, in the order of the cascade."""


UNCITED = frozenset(["card"])
"""Layouts too small to name sources: the text is set without the numbers that lead to them."""


WEB_COLUMN_MM = 100.0
"""The width that a timeline of the web page is drawn for."""


TIMELINE_PT = {"sheet": 10.5, "large-print": 16.0, "web": 12.5}
"""The size of the words on a timeline, where it is not 10 pt."""


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
    flows_to_back = layout in ("sheet", "small-sheet", "large-print", "booklet")
    take = frozenset(names & {"flap", "back"}) | frozenset(["back"] if flows_to_back else [])
    words = read_edition(edition, format_.name, purpose.medium, take, cites=layout not in UNCITED)
    values = values_of(edition, words, format_.name, purpose.medium)
    values |= {
        "layout": layout,
        "folded": layout in ("panels", "booklet"),
        "parts": {name: geometry.names.count(name) for name in geometry.names},
        "spare_pages": SPARE_PAGES if layout == "booklet" else 0,
        "note_lines": max(1, int((height_mm - NOTES_HEAD_MM) // NOTE_LINE_MM)),
        "appointment_rows": max(1, int((height_mm - NOTES_HEAD_MM) // APPOINTMENT_MM) - 1),
    }
    if layout == "booklet":
        list_all_sources(edition, words, values)
    assets = pictures(edition, words)
    column_mm = look.column_mm(format_, geometry)
    sheet = _print_timelines(edition, words, values, layout, column_mm, assets)
    if edition.clinic.website:
        values["qr"] = True
        assets["qr.svg"] = qr_code(edition.clinic.website.href)
    if values["folded"]:
        assets["cover.svg"] = (look.cover_shape(edition.brand.brand), "image/svg+xml")
    if geometry.gap_mm:
        assets["band.svg"] = (look.band(edition.brand.brand), "image/svg+xml")
    text = _without_needless_isolates(fill_template("leaflet.html", edition, words, values))
    check_characters(text, edition)
    if edition.status:
        assets["mark.svg"] = mark(str(values["mark_word"]), geometry)
    bleed_mm = 0.0
    if purpose.bleeds:
        bleed_mm = geometry.bleed_mm + (CREEP_ROOM_MM if geometry.binding == "stitched" else 0)
    css = (
        look.brand_css(edition.brand.brand, text),
        *(templates.style_sheet(name, edition.overrides) for name in SHEETS[layout]),
        look.page_css(
            format_, geometry, _feet(values, format_, geometry), bool(edition.status), bleed_mm
        ),
        look.icon_css(words.icons),
        sheet,
    )
    named = tuple((name, *assets[name]) for name in sorted(assets))
    pages = PageSource(text, css, named, tagged=purpose.tagged)
    colours = look.role_colours(edition.brand.brand)
    composition = Composition(
        pages, own_inks=look.own_inks(edition.brand.brand), colours=tuple(colours.items())
    )
    return add_paperwork(composition, edition, format_, geometry, purpose, values)


NOTES_HEAD_MM, NOTE_LINE_MM, APPOINTMENT_MM = 42.0, 10.0, 14.5
"""What margins and title of a panel of notes take, and a line of it, as in ``css/panels.css``."""
SPARE_PAGES = 3
"""The most pages of notes that round a booklet up to a multiple of four."""


def geometry_for(edition: Edition, format_: Format) -> Geometry:
    """The geometry of a format for the paper and reading direction of an edition."""
    geometry = format_.geometry[edition.region.paper]
    return geometry.mirrored() if edition.right_to_left else geometry


def list_all_sources(edition: Edition, words: Words, values: dict[str, Any]) -> None:
    """Let templates name every source in full."""
    full = full_references(words.citations, edition.references)
    values["full_sources"] = list(zip(words.citations, map(Markup, full), strict=True))


_FONT_RULES, _BRAND_RULES = "/* fonts */", "/* brand */"
"""What stands for the fonts and faces until it is known which ones the page needs."""


def compose_web(edition: Edition) -> str:
    """The web page: one HTML text that holds its style sheet, fonts and pictures.

    Raises:
        Mistakes: As for print.
    """
    words = read_edition(edition, "web", "web", frozenset(["back"]), links_back=True)
    values = values_of(edition, words, "web", "web") | {"layout": "web", "folded": False}
    for token, timeline in words.timelines.items():
        drawings = draw(
            timeline, WEB_COLUMN_MM, values["t"], TIMELINE_PT["web"] * 25.4 / 72, _CLASSES
        )
        rows = list(zip(timeline.rows, map(Markup, drawings), strict=False))
        piece = templates.render(
            "parts/timeline.html",
            edition.overrides,
            values | {"timeline": timeline, "rows": rows, "axis": Markup(drawings[-1])},
        )
        words.tokens.fill(token, piece)
    list_all_sources(edition, words, values)
    values["css"] = Markup(
        _BRAND_RULES
        + "".join(templates.style_sheet(name, edition.overrides) for name in SHEETS["web"])
        + look.web_icon_css(words.icons)
        + _FONT_RULES
    )
    text = fill_template("web.html", edition, words, values)
    faces = look.brand_css(edition.brand.brand, text)
    text = text.replace(_FONT_RULES, look.web_font_css(text), 1).replace(_BRAND_RULES, faces, 1)
    check_characters(re.sub(r"(?s)<style>.*?</style>", "", text), edition)
    return inline(text, pictures(edition, words))


def read_edition(
    edition: Edition,
    format_name: str,
    medium: str,
    take: frozenset[str],
    *,
    links_back: bool = False,
    cites: bool = True,
) -> Words:
    """The words of an edition for a format, or for the medium that is made in none.

    Args:
        edition: What is said.
        format_name: The format, as ``only`` blocks name it.
        medium: The medium, as ``only`` blocks name it.
        take: The panels whose text is taken out of the flow.
        links_back: Whether notes link back to the text.
        cites: Whether the numbers of sources stand in the text.
    """
    leaflet, brand = edition.leaflet, edition.brand.brand
    facts = Facts(
        {
            **edition.variables,
            "clinic": edition.clinic,
            "region": edition.region,
            "leaflet": leaflet.facts,
            "brand": {"name": brand.name, "short_name": brand.short_name},
        },
        lambda day: _date(edition, day),
        {
            "clinic": f"content/clinics/{edition.clinic_slug}.yml",
            "region": f"content/regions/{edition.clinic.region}.yml",
            "leaflet": "its front matter",
        },
        lambda hours: _hours(edition),
    )
    setting = Setting(
        conditions={
            "region": frozenset([edition.clinic.region]),
            "tag": frozenset(edition.clinic.tags),
            "format": frozenset([format_name]),
            "medium": frozenset([medium]),
        },
        known=edition.known,
        take=take,
        links_back=links_back,
        cites=cites,
    )
    strings = templates.strings(leaflet.language)
    return read_words(leaflet, facts, setting, strings, edition.references, templates.icon_names())


def values_of(edition: Edition, words: Words, format_name: str, medium: str) -> dict[str, Any]:
    """The values that every template may use."""
    facts, strings = edition.leaflet.facts, templates.strings(edition.leaflet.language)
    due, status = _date(edition, facts.review_due), edition.status
    brand, due_short = edition.brand.brand, _date(edition, facts.review_due, short=True)
    return {
        **edition.variables,
        "t": strings,
        "leaflet": facts,
        "language": edition.leaflet.language,
        "clinic": edition.clinic,
        "hours": _hours(edition),
        "region": edition.region,
        "brand": brand,
        "logos": logos(edition),
        "edition_id": edition.id,
        "format": format_name,
        "medium": medium,
        "qr": False,
        "status": status,
        "mark_word": strings[f"{status}_mark"] if status else "",
        "status_note": strings[f"{status}_note"].format(date=due) if status else "",
        "status_foot": strings[f"{status}_foot"].format(date=due_short) if status else "",
        "status_long": strings[f"{status}_long"].format(date=due) if status else "",
        "published": _date(edition, facts.published),
        "published_short": _date(edition, facts.published, short=True),
        "review_due_short": due_short,
        "published_iso": facts.published.isoformat() if facts.published else "",
        "reviewed": _date(edition, facts.reviewed),
        "review_due": due,
        "fact": lambda _, value: templates.fact(value),  # as templates of before print one
        "emergency_call": Markup(html.escape(strings["emergency_call"])).format(
            number=templates.fact(edition.region.emergency_number)
        ),
        "headings": [
            (name, Markup(words.tokens.replace(text)).striptags()) for name, text in words.headings
        ],
        "short_sources": [
            (name, short_reference(edition.references[name], strings["no_date"]))
            for name in words.citations
        ],
    }


def fill_template(name: str, edition: Edition, words: Words, values: dict[str, Any]) -> str:
    """A page's template with the words in it, every token replaced."""
    for token in words.contacts:
        words.tokens.fill(token, templates.render("parts/contact.html", edition.overrides, values))
    replaced = {part: Markup(words.tokens.replace(text)) for part, text in words.parts.items()}
    return templates.render(name, edition.overrides, values | {"words": replaced})


_CLASSES = {name: f'class="{name}"' for name in PAINTED}


def _print_timelines(
    edition: Edition,
    words: Words,
    values: dict[str, Any],
    layout: str,
    width: float,
    assets: Assets,
) -> str:
    """Draw each timeline as pictures behind empty boxes, and give the boxes' style sheet.

    They are backgrounds, because the words beside them say the same to a screen reader.
    """
    color = edition.brand.brand.color
    primary, paper = color.role("primary"), color.role("background")
    paint = {
        "tl-start": f'fill="{mix(primary, paper, look.BAND_SHADES["start"])}"',
        "tl-worst": f'fill="{primary}"',
        "tl-ease": f'fill="{mix(primary, paper, look.BAND_SHADES["ease"])}"',
        "tl-fade": f'fill="{mix(primary, paper, look.BAND_SHADES["start"])}"',
        "tl-start-word": 'fill="#000000"',
        "tl-worst-word": f'fill="{on(primary)}"',
        "tl-ease-word": 'fill="#000000"',
        "tl-axis": 'fill="#000000"',
        "tl-day": 'fill="#000000"',
    }
    rules = []
    for number, (token, timeline) in enumerate(words.timelines.items()):
        size = TIMELINE_PT.get(layout, 10.0) * 25.4 / 72
        drawings = draw(timeline, width, values["t"], size, paint)
        boxes = []
        for index, drawing in enumerate(drawings):
            name = f"timeline-{number}-{index}"
            assets[f"{name}.svg"] = (drawing.encode(), "image/svg+xml")
            height = re.search(r'viewBox="0 0 [\d.]+ ([\d.]+)"', drawing)
            rules.append(
                f".{name} {{ width: {width}mm; height: {height.group(1) if height else 0}mm;"
                f' background: url("asset:{name}.svg") 0 0 / 100% 100% no-repeat; }}\n'
            )
            boxes.append(Markup('<div class="drawing {}"></div>').format(name))
        piece = templates.render(
            "parts/timeline.html",
            edition.overrides,
            values
            | {
                "timeline": timeline,
                "rows": list(zip(timeline.rows, boxes, strict=False)),
                "axis": boxes[-1],
            },
        )
        words.tokens.fill(token, piece)
    return "".join(rules)


FOOT_TITLE = {"sheet": 28, "small-sheet": 26, "large-print": 34, "booklet": 40, "poster": 24}
"""How many characters of the title the foot of a page has room for."""


A6_MM = 120.0
"""Pages narrower than this are as small as A6."""


def _shortened(text: str, most: int) -> str:
    """A text, cut at a word and marked as cut if it is too long."""
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"


def _feet(values: dict[str, Any], format_: Format, geometry: Geometry) -> dict[str, str]:
    """What stands at the foot of every page, as CSS content.

    ``outer`` is the page number of a booklet, which changes sides.
    """
    strings, quote = values["t"], look.css_string
    edition = f"{strings['edition']} {values['edition_id']}"
    note = quote(values["status_foot"]) if values["status"] else '""'
    title = _shortened(values["leaflet"].title, FOOT_TITLE.get(format_.layout, 30))
    if format_.layout in ("panels", "card"):
        return {"left": note, "right": quote(values["edition_id"])}
    if format_.layout == "booklet":
        line = quote(f"{title} · {values['edition_id']}")
        left = f'{note} "\\A " {line}' if values["status"] else line
        return {"left": left, "right": "counter(page)"}
    page = strings["page"].format(page="\0", pages="\1")
    counters = (
        quote(page).replace("\\0 ", '" counter(page) "').replace("\\1 ", '" counter(pages) "')
    )
    if format_.layout == "poster":
        counters = '""'
    elif format_.layout == "small-sheet":
        counters = 'counter(page) " / " counter(pages)'
    if format_.layout in ("small-sheet", "large-print"):
        # The day of publication stands in the colophon.
        # A6 has no room for the title; it stands large on the same page.
        small = max(panel.width_mm for panel in geometry.panels) < A6_MM
        facts = [values["edition_id"]] if small else [title, values["edition_id"]]
    else:
        facts = [title, edition]
        if values["published_short"]:
            facts.append(f"{strings['published']} {values['published_short']}")
    if values["review_due_short"]:  # whatever the line breaks, no date is torn apart
        due = f"{strings['review_due']} {values['review_due_short']}"
        facts.append(due.replace(" ", "\u00a0"))
    line = " · ".join(facts)
    left = f'{note} "\\A " {quote(line)}' if values["status"] else quote(line)
    return {"left": left, "right": counters}


_RIGHT_TO_LEFT = re.compile(
    'dir="rtl"|[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]'
)


def _without_needless_isolates(text: str) -> str:
    """A printed page without isolates, if all of it runs from left to right.

    There they change no direction, and a box of its own parts letters that are set close.
    """
    return text if _RIGHT_TO_LEFT.search(text) else re.sub("</?bdi>", "", text)


def check_characters(text: str, edition: Edition) -> None:
    """Refuse a page with a character that no bundled font can print.

    Content files were checked as they were read; what is left are references and templates.

    Raises:
        Mistakes: With every such character.
    """
    visible = html.unescape(re.sub(r"<[^>]*>", " ", text))
    known = printable_characters() | JOINERS
    missing = [c for c in dict.fromkeys(visible) if c not in known]
    references = repr(list(edition.references.values()))
    if missing:
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


def _hours(edition: Edition) -> Hours:
    """The clinic's opening hours in the edition's language."""
    language = edition.leaflet.language
    country = edition.region.country
    return edition.clinic.hours.rows(language, country, templates.strings(language))


def _date(edition: Edition, day: datetime.date | None, *, short: bool = False) -> str:
    if day is None:
        return ""
    from babel import Locale, UnknownLocaleError
    from babel.dates import format_date

    locale = edition.leaflet.language.replace("-", "_")
    pattern: str = edition.region.date_format or ""
    if not pattern:
        try:
            own = Locale.parse(f"{locale}_{edition.region.country}")
        except (UnknownLocaleError, ValueError):
            own = Locale.parse(locale)
        pattern = own.date_formats["long"].pattern
    if short:
        pattern = pattern.replace("MMMM", "MMM")
    return format_date(day, pattern, locale=locale)
