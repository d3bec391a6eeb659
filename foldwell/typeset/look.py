"""The look of one edition as CSS: brand colours, page sizes, running feet, icons.

Every value that comes from content is typed or quoted here; none is pasted into CSS as it is.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable

from foldwell.content.brand import ROLES, Brand
from foldwell.content.colours import mix, on
from foldwell.fonts import needed_for
from foldwell.press.formats import Format
from foldwell.press.geometry import Geometry
from foldwell.typeset.page_source import Ink
from foldwell.typeset.templates import icon

TINT = 0.1
"""The share of brand colour in tinted panels."""
SHADES = {"tint": TINT, "line": 0.35, "mid": 0.6}
"""Shares of the brand's colour on its paper, by the name of their CSS property."""
COVER_SHADES = {"tint": 0.14, "mid": 0.45}
BAND_SHADES = {"start": 0.22, "ease": 0.42}
"""The same for the drawing of a cover, and for the bands of a timeline."""
BAND_MM = 4
"""The height of the coloured band over the inside of a gate fold."""
NARROW_MM = 80
"""Panels narrower than this have room for one thing at their foot."""
PANEL_MARGIN_MM = 6.5
"""The side margin of panels, as in ``css/panels.css``."""


def css_string(text: str) -> str:
    """A text as a CSS string token; every character that could end it is escaped."""
    safe = "".join(
        c if c.isalnum() or c in " .,:;·()/–-" else f"\\{ord(c):x} " for c in text
    )  # CSS Syntax 3, 4.3.7: a hexadecimal escape ends with a space
    return f'"{safe}"'


def brand_css(brand: Brand, text: str = "") -> str:
    """The brand's colours and faces as custom properties.

    Args:
        brand: The brand.
        text: What is set; only the fonts that it needs are named.
    """
    families = [font.family for font in needed_for(text)]
    colours = {role: brand.color.role(role) for role in ROLES}
    primary, paper = colours["primary"], colours["background"]
    danger, warning = colours["danger"], colours["warning"]
    derived = {
        **{name: mix(primary, paper, share) for name, share in SHADES.items()},
        "on-primary": on(primary),
        "on-danger": on(danger),
        "danger-tint": mix(danger, paper, 0.06),
        "warning-tint": mix(warning, paper, 0.14),
        # In the dark, a brand colour must be light enough to read on near-black.
        "primary-dark": mix(primary, "#ffffff", 0.45),
        "tint-dark": mix(primary, "#14181a", 0.3),
    }
    type_ = brand.typography
    faces = {
        "font-base": _families(type_.base.family, families),
        "font-headings": _families(type_.headings.family, families),
        "weight-base": str(type_.base.weight or 400),
        "weight-headings": str(type_.headings.weight or 700),
    }
    lines = [f"  --{name}: {value};" for name, value in {**colours, **derived, **faces}.items()]
    return ":root {\n" + "\n".join(lines) + "\n}\n"


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


def own_inks(brand: Brand) -> tuple[tuple[str, Ink], ...]:
    """The inks that the brand itself gives for its colours, and those of their tints."""
    # Text is black ink alone, so that no shadow of other inks stands beside its edges.
    inks: dict[str, Ink] = {brand.color.role("foreground"): (0, 0, 0, 1)}
    paper = brand.color.role("background")
    shares = [*SHADES.values(), *COVER_SHADES.values(), *BAND_SHADES.values()]
    for name, percents in brand.defaults.foldwell.cmyk.items():
        colour = brand.color.palette.get(name) or brand.color.role(name)
        full: Ink = tuple(percent / 100 for percent in percents)  # type: ignore[assignment]
        inks[colour] = full
        if paper == "#ffffff":
            for share in shares:
                tinted: Ink = tuple(part * share for part in full)  # type: ignore[assignment]
                inks.setdefault(mix(colour, paper, share), tinted)
    return tuple(sorted(inks.items()))


def column_mm(format_: Format, geometry: Geometry) -> float:
    """The width that a drawing in the text may have."""
    narrowest = min(
        (panel.width_mm for panel in geometry.panels if panel.name == "inside"),
        default=geometry.panels[0].width_mm,
    )
    if format_.layout == "panels":
        return narrowest - 2 * PANEL_MARGIN_MM - 1
    # Two columns on a sheet; one between margins on the others.
    return {"sheet": 85.0, "large-print": 172.0}.get(format_.layout, narrowest - 28)


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
    if format_.layout in ("panels", "booklet"):
        shape = (
            f'url("asset:cover.svg") left -{bleed_mm:g}mm bottom -{bleed_mm:g}mm'
            f" / {over} auto no-repeat"
        )
        rules.append(
            f"@page cover {{ background: {', '.join([*behind, shape])};"
            " @bottom-left { content: none; } @bottom-right { content: none; } }\n"
        )
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
            size = f"{panel.width_mm:g}mm {panel.height_mm:g}mm"
            rules.append(f"@page :nth({index}) {{ size: {size};{foot} }}\n")
    if geometry.gap_mm:  # the doors open on one spread, held together by a band at its head
        band = (
            f'url("asset:band.svg") left -{bleed_mm:g}mm top -{bleed_mm:g}mm'
            f" / {over} {BAND_MM + bleed_mm:g}mm no-repeat"
        )
        rules.append(f"@page inside {{ background: {', '.join([band, *behind])}; }}\n")
    rules.append(f":root {{ --bleed: {bleed_mm:g}mm; }}\n")
    return "".join(rules)


def icon_css(names: Iterable[str]) -> str:
    """Icons as backgrounds, so that a screen reader passes them by."""
    rules = []
    for name in names:
        rules.append(f'.icon-{name} {{ background-image: url("asset:icon-{name}.svg"); }}\n')
        rules.append(
            f".block-emergency > .block-title .icon-{name} "
            f'{{ background-image: url("asset:icon-{name}-light.svg"); }}\n'
        )
        rules.append(
            f".block-warning > .block-title .icon-{name} "
            f'{{ background-image: url("asset:icon-{name}-dark.svg"); }}\n'
        )
    return "".join(rules)


def web_icon_css(names: Iterable[str]) -> str:
    """Icons for the web page, drawn in the colour of the text around them."""
    return "".join(
        f'.icon-{name} {{ --icon: url("data:image/svg+xml;base64,'
        f'{b64encode(icon(name).encode()).decode()}"); }}\n'
        for name in names
    )


def web_font_css(text: str) -> str:
    """The fonts that a text needs as data addresses, so that the page needs no other file."""
    return "".join(
        f"@font-face {{ font-family: {css_string(font.family)}; font-weight: {weight};"
        f' src: url("data:font/woff2;base64,'
        f'{b64encode(font.web_path(weight).read_bytes()).decode()}")'
        ' format("woff2"); font-display: swap; }\n'
        for font in needed_for(text)
        for weight in font.web
    )


def _families(first: str, others: Iterable[str]) -> str:
    """A family as a CSS list, before the others for the characters that it lacks."""
    return ", ".join(map(css_string, dict.fromkeys((first, *others))))


COVER_SHAPES = {
    "wave": (
        '<path fill="{tint}" d="M0 26C18 14 32 14 50 26s34 12 50 0v36H0z"/>'
        '<path fill="{mid}" d="M0 40C16 29 34 29 50 40s34 11 50 0v22H0z"/>'
        '<path fill="{full}" d="M0 53C16 44 34 44 50 53s34 9 50 0v9H0z"/>'
    ),
    "hills": (
        '<path fill="{tint}" d="M0 34C20 12 40 12 58 30 72 20 86 18 100 26v36H0z"/>'
        '<path fill="{mid}" d="M0 48C14 34 30 32 46 44 62 34 82 32 100 44v18H0z"/>'
        '<path fill="{full}" d="M0 58C24 46 44 48 60 54 76 48 90 50 100 54v8H0z"/>'
    ),
    "leaf": (
        '<path fill="{tint}" d="M100 6C62 10 34 26 28 62h72z"/>'
        '<path fill="{mid}" d="M100 24C72 28 54 40 48 62h52z"/>'
        '<path fill="{full}" d="M100 44C86 46 74 52 70 62h30z"/>'
    ),
}
"""Quiet shapes for the foot of a cover, 100 × 62, in three shades of the brand's colour."""


def band(brand: Brand) -> bytes:
    """A plain band of the brand's colour, to be stretched."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 4" preserveAspectRatio="none">'
        f'<rect width="100" height="4" fill="{brand.color.role("primary")}"/></svg>'
    ).encode()


def cover_shape(brand: Brand) -> bytes:
    """The drawing at the foot of the cover; empty when the brand wants none."""
    primary, paper = brand.color.role("primary"), brand.color.role("background")
    shades = {name: mix(primary, paper, share) for name, share in COVER_SHADES.items()}
    shades["full"] = primary
    body = COVER_SHAPES.get(brand.defaults.foldwell.cover_shape, "").format(**shades)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 62">{body}</svg>'.encode()
