"""The look of one edition as CSS: brand colours, page sizes, running feet, icons.

Every value that comes from content is typed or quoted here; none is pasted into CSS as it is.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable

from foldwell.content.brand import ROLES, Brand
from foldwell.content.colours import mix, on
from foldwell.press.formats import Format, Geometry
from foldwell.typeset.fonts import fonts_folder
from foldwell.typeset.templates import icon

TINT = 0.1
"""The share of brand colour in tinted panels."""


def css_string(text: str) -> str:
    """A text as a CSS string token; every character that could end it is escaped."""
    safe = "".join(
        c if c.isalnum() or c in " .,:;·()/–-" else f"\\{ord(c):x} " for c in text
    )  # CSS Syntax 3, 4.3.7: a hexadecimal escape ends with a space
    return f'"{safe}"'


def brand_css(brand: Brand) -> str:
    """The brand's colours and faces as custom properties."""
    colours = {role: brand.color.role(role) for role in ROLES}
    primary, paper = colours["primary"], colours["background"]
    danger, warning = colours["danger"], colours["warning"]
    derived = {
        "tint": mix(primary, paper, TINT),
        "line": mix(primary, paper, 0.35),
        "mid": mix(primary, paper, 0.6),
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
        "font-base": css_string(type_.base.family),
        "font-headings": css_string(type_.headings.family),
        "weight-base": str(type_.base.weight or 400),
        "weight-headings": str(type_.headings.weight or 700),
    }
    lines = [f"  --{name}: {value};" for name, value in {**colours, **derived, **faces}.items()]
    return ":root {\n" + "\n".join(lines) + "\n}\n"


def page_css(format_: Format, geometry: Geometry, feet: dict[str, str], mark: bool) -> str:
    """Sizes, margins and running feet of the pages.

    Args:
        format_: The row of the format.
        geometry: Its geometry on this paper.
        feet: Texts of the foot: ``left`` (may hold line breaks), ``right``.
        mark: Whether the pale word for a draft stands behind every page.
    """
    first = geometry.panels[0]
    background = (
        '  background: url("asset:mark.svg") center / 100% auto no-repeat;\n' if mark else ""
    )
    rules = [
        f"@page {{\n  size: {first.width_mm}mm {first.height_mm}mm;\n{background}"
        f"  @bottom-left {{ content: {feet['left']}; }}\n"
        f"  @bottom-right {{ content: {feet['right']}; }}\n}}\n"
    ]
    if format_.folded:
        shape = 'url("asset:cover.svg") bottom / 100% auto no-repeat'
        behind = 'url("asset:mark.svg") center / 100% auto no-repeat, ' if mark else ""
        rules.append(f"@page cover {{ background: {behind}{shape}; }}\n")
        for index, panel in enumerate(geometry.panels, 1):
            rules.append(
                f"@page :nth({index}) {{ size: {panel.width_mm}mm {panel.height_mm}mm; }}\n"
            )
    rules.append(
        f":root {{ --body: {format_.body_pt}pt; --leading: {format_.leading_pt}pt;"
        f" --scale: {format_.body_pt / 12:g}; }}\n"
    )
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


def web_font_css() -> str:
    """The bundled fonts as data addresses, so that the page needs no other file."""
    rules = []
    for weight, name in ((400, "Regular"), (700, "Bold")):
        path = fonts_folder() / f"AtkinsonHyperlegibleNext-{name}.woff2"
        rules.append(
            f'@font-face {{ font-family: "Atkinson Hyperlegible Next"; font-weight: {weight};'
            f' src: url("data:font/woff2;base64,{b64encode(path.read_bytes()).decode()}")'
            ' format("woff2"); font-display: swap; }\n'
        )
    return "".join(rules)


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


def cover_shape(brand: Brand) -> bytes:
    """The drawing at the foot of the cover; empty when the brand wants none."""
    primary, paper = brand.color.role("primary"), brand.color.role("background")
    shades = {"tint": mix(primary, paper, 0.14), "mid": mix(primary, paper, 0.45), "full": primary}
    body = COVER_SHAPES.get(brand.defaults.foldwell.cover_shape, "").format(**shades)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 62">{body}</svg>'.encode()
