"""The running feet of printed pages: edition, title, what the reader must know."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from foldwell.paper.formats import Format
from foldwell.paper.geometry import Geometry
from foldwell.typeset.brand_css import css_string
from foldwell.typeset.fonts import UNITS_PER_EM, length_of, set_length_of
from foldwell.typeset.look import LOW_PANEL_MM, PANEL_MARGIN_MM, foot_share
from foldwell.typeset.scripts import DEEP, DEEPER_MM

A6_MM = 120.0
"""Pages narrower than this are as small as A6."""
FOOT_TITLE = {"sheet": 28, "small-sheet": 26, "large-print": 34, "booklet": 40}
"""How many characters of the title the foot of a page has room for."""
FOOT_LINE = {"sheet": 100}
"""How many characters stand on the line of the title, dates and all."""
IMPRINT_TITLE = 24
"""How many there are room for at the foot of a poster."""
SHORTEST_TITLE = 12
"""A title keeps so many of its characters."""


FOOT_PT, FOOT_LEADING, PT_MM = 9.5, 1.3, 25.4 / 72
"""Size and leading of the foot of a panel."""
FOOT_MM, LOW_FOOT_MM = 12.0, 11.0
"""The margin of panels, and of low ones, that holds a foot of one line."""


def second_line_css(
    format_: Format, geometry: Geometry, note: str, leading: float, wider: float
) -> str:
    """More margin for the panels on which the note of a draft takes two lines; mostly none.

    Args:
        format_: The row of the format.
        geometry: Its geometry on this paper.
        note: What the feet of all panels say; empty if nothing.
        leading: How much further apart than Latin ones the lines stand.
        wider: How much wider than the house's the type of the brand is.
    """
    if format_.layout != "panels" or not note:
        return ""
    deep = leading if leading >= DEEP else 1.0
    css = ""
    for index, panel in enumerate(geometry.panels, 1):
        share = foot_share(panel.width_mm)
        room = share * (panel.width_mm - 2 * PANEL_MARGIN_MM) / (FOOT_PT * PT_MM * wider)
        if length_of(note) > room * UNITS_PER_EM < set_length_of(note):
            base = LOW_FOOT_MM if panel.height_mm < LOW_PANEL_MM else FOOT_MM
            base = max(base, DEEPER_MM["panels"]) if deep > 1 else base
            margin = base + FOOT_PT * FOOT_LEADING * deep * PT_MM
            css += f"@page :nth({index}) {{ margin-bottom: {margin:.2f}mm }}\n"
    return css


def shortened(text: str, most: int) -> str:
    """A text, cut at a word and marked as cut if it is too long."""
    if len(text) <= most:
        return text
    return text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"


def feet(values: dict[str, Any], format_: Format, geometry: Geometry) -> dict[str, str]:
    """What stands at the foot of every page, as CSS content.

    ``outer`` is the page number of a booklet, which changes sides.
    """
    strings, quote = values["t"], css_string
    edition = f"{strings['edition']} {' · '.join(values.get('both_ids', (values['edition_id'],)))}"
    note = ' "\\A " '.join(map(quote, notes_of(values))) or '""'
    title = shortened(values["leaflet"].title, FOOT_TITLE.get(format_.layout, 30))
    if format_.layout == "poster":  # its template has them as text
        return {"left": '""', "right": '""'}
    if format_.layout in ("panels", "card", "languages"):
        return {"left": note, "right": quote(values["edition_id"])}
    if format_.layout == "booklet":
        line = quote(f"{title} · {values['edition_id']}")
        left = f'{note} "\\A " {line}' if values["status"] else line
        return {"left": left, "right": f"counter(page{values.get('counters', '')})"}
    style = values.get("counters", "")
    page = strings["page"].format(page="\0", pages="\1")
    counters = (
        quote(page)
        .replace("\\0 ", f'" counter(page{style}) "')
        .replace("\\1 ", f'" counter(pages{style}) "')
    )
    if format_.layout == "small-sheet":
        counters = f'counter(page{style}) " / " counter(pages{style})'
    if format_.layout in ("small-sheet", "large-print"):
        # The day of publication stands in the colophon.
        # A6 has no room for the title; it stands large on the same page.
        small = max(panel.width_mm for panel in geometry.panels) < A6_MM
        facts = [values["edition_id"]] if small else [title, values["edition_id"]]
    else:
        facts = [title, edition]
        if values["published_short"]:
            facts.append(f"{strings['published']} {values['published_short']}")
    # Whatever the line breaks, no date is torn apart; large print, and the foot of two languages
    # with two ids, have a line for it.
    due = due_of(values)
    if values["review_due_short"] and format_.layout in FOOT_LINE:
        # Words of another language that are longer than the English take their room of the title.
        rest = len(" · ".join([*facts[1:], due])) + len(" · ")
        facts[0] = shortened(title, max(SHORTEST_TITLE, FOOT_LINE[format_.layout] - rest))
    parts = [due] if values["review_due_short"] else []
    apart = format_.layout == "large-print" or "both_ids" in values
    lines = [" · ".join(facts if apart else [*facts, *parts]), *(parts if apart else [])]
    left = ' "\\A " '.join([*([note] if values["status"] else []), *map(quote, lines)])
    head = quote(values["leaflet"].title) if format_.any_length else ""
    return {"left": left, "right": counters, "head": head}


def notes_of(values: dict[str, Any]) -> list[str]:
    """What keeps an edition from patients, once in each of its languages; usually nothing."""
    if not values["status"]:
        return []
    both = (values["status_foot"], values.get("beside_foot", values["status_foot"]))
    return [*dict.fromkeys(both)]


def due_of(values: dict[str, Any]) -> str:
    """When the next review is due, on one line."""
    return f"{values['t']['review_due']} {values['review_due_short']}".replace(" ", "\u00a0")


def imprint(values: dict[str, Any]) -> list[str]:
    """The lines at the foot of a poster, as HTML: what keeps it from patients, which edition it is.

    Among words from right to left, a number that begins or ends an edition id is one with the rest.
    """
    strings = values["t"]
    whole = Markup('<span dir="ltr">{}</span>').format(values["edition_id"])
    facts = [
        shortened(values["leaflet"].title, IMPRINT_TITLE),
        Markup("{}\u00a0{}").format(strings["edition"], whole),
    ]
    if values["published_short"]:
        facts.append(f"{strings['published']} {values['published_short']}".replace(" ", "\u00a0"))
    if values["review_due_short"]:
        facts.append(due_of(values))
    return [*notes_of(values), Markup(" · ").join(facts)]
