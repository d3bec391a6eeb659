"""The look of one edition as CSS: brand colours, page sizes, running feet, icons.

Every value that comes from content is typed or quoted here; none is pasted into CSS as it is.
"""

from __future__ import annotations

from base64 import b64encode

from foldwell.content.brand import ROLES, Brand
from foldwell.paper.formats import Format
from foldwell.paper.geometry import Geometry
from foldwell.remembered import remembered
from foldwell.typeset.brand_css import css_string
from foldwell.typeset.needed_fonts import needed_for
from foldwell.typeset.page_source import Ink
from foldwell.typeset.scripts import cut_of
from foldwell.typeset.surfaces import own_inks_of, surfaces

SHEET_MARGINS_MM = {"sheet": 16.0, "small-sheet": 11.0, "large-print": 18.0}
"""The side margins of the layouts whose first page opens with a band, as in their style sheets."""
SHEET_HEADS_MM = {"sheet": 14.0, "small-sheet": 13.0, "large-print": 16.0}
"""Their margins at the head."""
BAND_MM = 4
"""The height of the coloured band over the inside of a gate fold."""
NARROW_MM = 80
"""Panels narrower than this have room for one thing at their foot."""
ROOMY_MM = 90
"""Panels as wide as this have room enough for any edition id beside the note of a draft."""
NARROW_CARD_MM = 60.0
"""Cards narrower than this, such as a bookmark, have the lines of their foot one over another."""
LOW_PANEL_MM = 120.0
"""Panels lower than this, such as those of a mini booklet, have less margin at head and foot."""
LOW_CARD_MM = 54.0
"""Cards lower than this, such as one of 2 inches, are set closer at head and foot."""
PANEL_MARGIN_MM, PANEL_HEAD_MM, LOW_PANEL_HEAD_MM = 7.4, 8.0, 5.5
"""The margins of panels at their sides and head, as in ``css/panels.css``, and of low ones."""


BILINGUAL_MARGIN_MM, BILINGUAL_GAP_MM = 16.0, 12.0
"""The margins at the sides of pages with two languages, and what parts these."""


def half_mm(page_mm: float) -> float:
    """The width of one of two languages on a page of some width."""
    return (page_mm - 2 * BILINGUAL_MARGIN_MM - BILINGUAL_GAP_MM) / 2


@remembered(256)
def role_colours(brand: Brand) -> dict[str, str]:
    """The brand's colours by role, each colour once, paper and text left out."""
    colours: dict[str, str] = {}
    for role in ROLES:
        colour = brand.color.role(role)
        if role not in ("background", "foreground", "light", "dark") and (
            colour not in colours.values()
        ):
            colours[role] = colour
    return colours


@remembered(256)
def own_inks(brand: Brand) -> tuple[tuple[str, Ink], ...]:
    """The inks that the brand itself gives for its colours, and those of their tints."""
    # Text is black ink alone, so that no shadow of other inks stands beside its edges.
    inks: dict[str, Ink] = {brand.color.role("foreground"): (0, 0, 0, 1)}
    for name, percents in brand.defaults.foldwell.cmyk.items():
        colour = brand.color.palette.get(name) or brand.color.role(name)
        full: Ink = tuple(percent / 100 for percent in percents)  # type: ignore[assignment]
        inks[colour] = full
        for mixed, parts in own_inks_of(brand, colour, full).items():
            inks.setdefault(mixed, parts)  # type: ignore[arg-type]
    return tuple(sorted(inks.items()))


def column_mm(format_: Format, geometry: Geometry) -> float:
    """The width that a drawing in the text may have."""
    narrowest = min(
        (panel.width_mm for panel in geometry.panels if panel.name == "inside"),
        default=geometry.panels[0].width_mm,
    )
    if format_.layout == "panels":
        return narrowest - 2 * PANEL_MARGIN_MM
    if format_.bilingual:
        return half_mm(narrowest)
    # As wide as the text between the margins of the page.
    return narrowest - {"sheet": 32, "large-print": 36, "small-sheet": 22}.get(format_.layout, 28)


def foot_share(width_mm: float) -> float:
    """What share of its width the note at the foot of a panel has; its edition id has the rest."""
    if width_mm < NARROW_MM:
        return 1.0
    return 0.78 if width_mm < ROOMY_MM else 0.74


def page_css(
    format_: Format, geometry: Geometry, feet: dict[str, str], mark: bool, bleed_mm: float = 0
) -> str:
    """Sizes, running feet, backgrounds and bleed of the pages.

    Args:
        format_: The row of the format.
        geometry: Its geometry on this paper.
        feet: Texts of the foot: ``left`` (may hold line breaks), ``right``.
        mark: Whether the pale word for a draft stands behind every page.
        bleed_mm: How far backgrounds run over the trim; 0 in files that are not trimmed.
    """
    first = geometry.panels[0]
    over = f"calc(100% + {2 * bleed_mm:g}mm)"
    behind = ['url("asset:mark.svg") center / 100% auto no-repeat'] if mark else []
    background = f"  background: {', '.join(behind)};\n" if behind else ""
    bleed = f"  bleed: {bleed_mm:g}mm;\n" if bleed_mm else ""
    rules = [
        f"@page {{\n  size: {first.width_mm:g}mm {first.height_mm:g}mm;\n{bleed}{background}"
        f"  @bottom-left {{ content: {feet['left']}; }}\n"
        f"  @bottom-right {{ content: {feet['right']}; }}\n}}\n"
    ]
    if mark:  # it goes on over the white boxes of the text
        rules.append(
            ".block-emergency > .block-body, .block-contact .contact-lines, .light .block-contact,"
            f" .block-contact.light {{ background: {behind[0]} fixed #ffffff; }}\n"
        )
    if format_.layout == "card" and first.width_mm < NARROW_CARD_MM:
        both = feet["right"] if feet["left"] == '""' else f'{feet["left"]} "\\A " {feet["right"]}'
        rules.append(
            f"@page {{ margin-bottom: 18mm; @bottom-left {{ content: {both}; width: 100%; }}"
            " @bottom-right { content: none; } }\n"
        )
    if feet.get("head"):
        rules.append(
            "@page :nth(n+2) { @top-left { content: "
            f"{feet['head']}; font: 700 9.5pt / 1 var(--font-headings); white-space: nowrap;"
            f" color: var(--primary); vertical-align: bottom; padding-bottom: 2mm }} }}\n"
        )
    if format_.layout in ("panels", "booklet"):
        shape = (
            f'url("asset:cover.svg") left -{bleed_mm:g}mm top -{bleed_mm:g}mm'
            f" / {over} {over} no-repeat"
        )
        rules.append(
            f"@page cover {{ background: {', '.join([shape, *behind])};"
            " @bottom-left { content: none; } @bottom-right { content: none; } }\n"
        )
    if format_.layout in SHEET_MARGINS_MM:
        # A page's background is placed from the edge of its text.
        out = SHEET_MARGINS_MM[format_.layout] + bleed_mm
        over_head = SHEET_HEADS_MM[format_.layout] + bleed_mm
        shape = (
            f'url("asset:band.svg") left -{out:g}mm top -{over_head:g}mm'
            f" / {first.width_mm + 2 * bleed_mm:g}mm auto no-repeat"
        )
        rules.append(f"@page :first {{ background: {', '.join([shape, *behind])}; }}\n")
    if format_.layout == "booklet":
        rules.append(
            f"@page :left {{ @bottom-left {{ content: {feet['right']}; width: 12%; }}"
            f" @bottom-right {{ content: {feet['left']}; width: 84%; text-align: end; }} }}\n"
        )
    if format_.layout == "panels":
        for index, panel in enumerate(geometry.panels, 1):
            foot = ""
            if panel.width_mm < NARROW_MM and panel.name != "cover":
                # No room for both: the note of a draft wins over the edition id.
                only = feet["right"] if feet["left"] == '""' else feet["left"]
                foot = (
                    f" @bottom-left {{ content: {only}; width: 100%; }}"
                    " @bottom-right { content: none; }"
                )
            elif panel.width_mm >= ROOMY_MM:
                foot = f" @bottom-left {{ width: {100 * foot_share(panel.width_mm):g}%; }}"
            size = f"{panel.width_mm:g}mm {panel.height_mm:g}mm"
            if panel.height_mm < LOW_PANEL_MM:
                foot += f" margin: {LOW_PANEL_HEAD_MM:g}mm {PANEL_MARGIN_MM:g}mm 11mm;"
            rules.append(f"@page :nth({index}) {{ size: {size};{foot} }}\n")
            if panel.name == "poster":  # wherever it comes to stand while words are fitted
                rules.append(f"@page poster {{ size: {size}; }}\n")
    if geometry.gap_mm:  # the doors open on one spread, held together by a band at its head
        # A page's background is placed from the edge of its text.
        low = first.height_mm < LOW_PANEL_MM
        out = PANEL_MARGIN_MM + bleed_mm
        over_head = (LOW_PANEL_HEAD_MM if low else PANEL_HEAD_MM) + bleed_mm
        band = (
            f'url("asset:band.svg") left -{out:g}mm top -{over_head:g}mm'
            f" / calc(100% + {2 * out:g}mm) {BAND_MM + bleed_mm:g}mm no-repeat"
        )
        rules.append(f"@page inside {{ background: {', '.join([band, *behind])}; }}\n")
    rules.append(f":root {{ --bleed: {bleed_mm:g}mm; }}\n")
    return "".join(rules)


def web_font_css(text: str) -> str:
    """The fonts that a text needs as data addresses, so that the page needs no other file."""
    return "".join(
        f"@font-face {{ font-family: {css_string(font.family)}; font-weight: {weight};"
        f' src: url("data:font/woff2;base64,'
        f'{b64encode(cut_of(font, weight, text, "woff2")).decode()}")'
        ' format("woff2"); font-display: swap; }\n'
        for font in needed_for(text)
        for weight in font.web
    )


@remembered(256)
def band(brand: Brand) -> bytes:
    """A plain band of the brand's colour, to be stretched."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 4" preserveAspectRatio="none">'
        f'<rect width="100" height="4" fill="{surfaces(brand).solid}"/></svg>'
    ).encode()
