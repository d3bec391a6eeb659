"""A brand as CSS: its colours by what they do, its faces, as custom properties.

Every value that comes from a brand is typed or quoted here; none is pasted into CSS as it is.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from foldwell.content.brand import ROLES, Brand
from foldwell.content.brand_roles import roles
from foldwell.content.colours import GRAPHIC_CONTRAST, NEAR_BLACK, mix, nearest_passing, on
from foldwell.remembered import remembered
from foldwell.typeset.needed_fonts import needed_for
from foldwell.typeset.surfaces import surfaces

DARK_PAPER = "#14181a"
"""The paper of the web page in the dark, as in ``css/web.css``."""
DARK_TEXT, DARK_WARNING = "#f1f3f4", "#3a2f12"
"""Its text, and the panel of its warnings."""
LEAST_LEADING, LEAST_WEB_LEADING = 1.2, 1.4
"""Lines of headings, and those of the web page, never stand closer."""
WEB_PX, LEAST_WEB_PX = 17.0, 16.0
"""The size of text on the web page, and the least that a brand may ask for."""
AAA_CONTRAST = 7.0
"""The contrast of words and links on the web page (WCAG 2.2, 1.4.6)."""


@lru_cache(maxsize=1024)
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
    return _css(brand, tuple(font.family for font in needed_for(text)))


@remembered(256)
def _css(brand: Brand, families: tuple[str, ...]) -> str:
    """The same with the families of the fonts that it needs."""
    colours = {role: brand.color.role(role) for role in ROLES}
    use = roles(brand)
    alarm_dark = nearest_passing(use.alarm, DARK_PAPER, GRAPHIC_CONTRAST)
    if use.alarm == NEAR_BLACK:  # in the dark, near white is what stands out
        alarm_dark = DARK_TEXT
    tint_dark = mix(colours["primary"], DARK_PAPER, 0.3)
    derived = {
        **surfaces(brand).colours(),
        "foreground": use.text,
        "background": use.paper,
        "primary": use.ink,
        "heading": use.heading,
        "head-on-tint": use.head_on_tint,
        "danger": use.alarm,
        "on-danger": use.on_alarm,
        "danger-print": use.alarm,
        "on-danger-print": use.on_alarm,
        "danger-dark": alarm_dark,
        "on-danger-dark": on(alarm_dark),
        "warning": use.warning,
        "warning-tint": use.warning_tint,
        "warning-dark": nearest_passing(use.warning, DARK_WARNING, GRAPHIC_CONTRAST),
        # In the dark, a brand colour must be light enough to read on near-black.
        "primary-dark": nearest_passing(
            nearest_passing(mix(colours["primary"], "#ffffff", 0.45), DARK_PAPER, AAA_CONTRAST),
            tint_dark,
        ),
        "link": nearest_passing(use.link, use.paper, AAA_CONTRAST),
        "heading-web": nearest_passing(use.heading, use.paper, AAA_CONTRAST),
        "tint-dark": tint_dark,
    }
    type_ = brand.typography
    link = type_.link
    faces = {
        "font-base": _families(type_.base.family, families),
        "font-headings": _families(type_.headings.family, families),
        "weight-base": str(type_.base.weight or 400),
        "weight-headings": str(type_.headings.weight or 700),
        "leading-headings": f"{max(type_.headings.line_height or 1.2, LEAST_LEADING):g}",
        "web-size": f"{max(type_.base.size or WEB_PX, LEAST_WEB_PX) / 16:g}rem",
        "web-leading": f"{max(type_.base.line_height or 1.55, LEAST_WEB_LEADING):g}",
        "link-weight": str(link.weight or "inherit"),
        "link-decoration": link.decoration or "underline",
    }
    lines = [f"  --{name}: {value};" for name, value in {**colours, **derived, **faces}.items()]
    return ":root {\n" + "\n".join(lines) + "\n}\n"


def _families(first: str, others: Iterable[str]) -> str:
    """A family as a CSS list, before the others for the characters that it lacks."""
    return ", ".join(map(css_string, dict.fromkeys((first, *others))))
