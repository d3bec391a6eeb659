"""The pictures of a page: logos, figures, icons, the QR code and the pale word of a draft."""

from __future__ import annotations

import base64
import io
import math
import re
from functools import lru_cache
from typing import Any

from foldwell.content.bitmaps import JPEG_QUALITY, LARGEST_PIXELS
from foldwell.content.colours import on
from foldwell.content.edition import Edition
from foldwell.press.conditions import Condition, default_condition, read_profile
from foldwell.press.geometry import Geometry
from foldwell.shipped import templates_folder
from foldwell.typeset import templates
from foldwell.typeset.fonts import word_outline
from foldwell.typeset.markup import Words

MARK_ANGLE_DEGREES = 54
MARK_CLEAR_MM = 7.0
"""How the pale word lies across a page, and how far it keeps from its edges."""

Assets = dict[str, tuple[bytes, str]]
"""Pictures by name: their bytes and media type."""


def logos(edition: Edition) -> dict[str, Any]:
    """For each size of logo, its picture for light and for dark backgrounds."""
    logo = edition.brand.brand.logo
    sizes = {"small": logo.small or logo.medium, "medium": logo.medium}
    sizes["large"] = logo.large or logo.medium
    return {
        size: {
            "src": f"asset:{_logo_name(edition, shades.light)}",
            "dark_src": f"asset:{_logo_name(edition, shades.dark or shades.light)}",
            "alt": logo.images[shades.light].alt,
        }
        for size, shades in sizes.items()
    }


def _logo_name(edition: Edition, name: str) -> str:
    return f"logo-{name}.{edition.brand.images[name].kind}"


def pictures(
    edition: Edition, words: Words, *, inks: bool = False, longest: int = LARGEST_PIXELS
) -> Assets:
    """The logos, figures and icons of an edition.

    Args:
        edition: Whose they are.
        words: The words, with the names of their figures and icons.
        inks: Whether pictures in CMYK stay what they are, because a press prints them; for
            anything else they are made sRGB, as the clinic's region prints.
        longest: The most pixels that their longer side can use.
    """
    assets: Assets = {}
    shown = {_logo_name(edition, name): image for name, image in edition.brand.images.items()}
    shown |= {f"figures/{name}": edition.leaflet.images[name] for name in words.images}
    for name, image in shown.items():
        condition = default_condition(edition.region.paper) if image.inks and not inks else None
        large = image.kind != "svg" and max(image.width, image.height) > longest
        content = image.content
        if condition or large:
            content = _converted(content, condition, longest)
        assets[name] = (content, image.media_type)
    color = edition.brand.brand.color
    shades = {"": color.role("primary"), "-light": on(color.role("danger")), "-dark": "#000000"}
    for name in words.icons:
        for suffix, shade in shades.items():
            drawing = templates.icon(name).replace("currentColor", shade)
            assets[f"icon-{name}{suffix}.svg"] = (drawing.encode(), "image/svg+xml")
    return assets


@lru_cache(maxsize=32)
def _converted(content: bytes, condition: Condition | None, longest: int) -> bytes:
    """A picture in sRGB instead of the inks of a condition, or with fewer pixels, or both."""
    from PIL import Image, ImageCms

    with Image.open(io.BytesIO(content), formats=("JPEG", "PNG")) as picture:
        kind = str(picture.format)
        seen: Any = picture.convert("RGBA") if picture.mode == "P" else picture
        seen.thumbnail((longest, longest), Image.Resampling.LANCZOS)
        if condition:
            press = read_profile(templates_folder(), condition)
            seen = ImageCms.profileToProfile(
                seen,
                ImageCms.ImageCmsProfile(io.BytesIO(press)),
                ImageCms.createProfile("sRGB"),
                ImageCms.Intent.RELATIVE_COLORIMETRIC,
                "RGB",
                flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
            )
        out = io.BytesIO()
        seen.info = {}
        how = {"quality": JPEG_QUALITY, "subsampling": 0} if kind == "JPEG" else {}
        seen.save(out, kind, optimize=True, **how)
    return out.getvalue()


def inline(text: str, assets: Assets) -> str:
    """Each picture of a page as a data address, so that the page stands alone."""

    def data(match: re.Match[str]) -> str:
        attribute, name = match.groups()
        if name not in assets:
            return match.group()
        content, media_type = assets[name]
        return f'{attribute}="data:{media_type};base64,{base64.b64encode(content).decode()}"'

    return re.sub(r'(src|srcset)="asset:([^"]+)"', data, text)


@lru_cache(maxsize=1024)
def qr_code(address: str) -> tuple[bytes, str]:
    """A QR code for an address, with the quiet zone of four modules that readers need."""
    import segno

    out = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        out,
        kind="svg",
        border=4,
        xmldecl=False,
        omitsize=True,
        svgclass=None,
        lineclass=None,
        light="#ffffff",
    )
    return out.getvalue(), "image/svg+xml"


@lru_cache(maxsize=64)
def mark(word: str, geometry: Geometry) -> tuple[bytes, str]:
    """The large pale word behind every page of what must not be handed out.

    Drawn as outlines, so that it is never read, searched or copied as part of the text; the
    foot of each page says it in words.
    """
    panel = geometry.panels[0]
    width, height = panel.width_mm, panel.height_mm
    outline, length, cap = word_outline(word)
    angle = math.radians(MARK_ANGLE_DEGREES)
    across = length * math.cos(angle) + cap * math.sin(angle)
    upwards = length * math.sin(angle) + cap * math.cos(angle)
    # Clear of the trim: there it would have to run on into the bleed.
    room = 2 * min(MARK_CLEAR_MM, width / 12)
    scale = min((width - room) / across, (height - room) / upwards)
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<path fill="#e6e6e6" transform="translate({width / 2} {height / 2})'
        f" rotate(-{MARK_ANGLE_DEGREES})"
        f' scale({scale:.5f} {-scale:.5f}) translate({-length / 2:.0f} {-cap / 2:.0f})"'
        f' d="{outline}"/></svg>'
    )
    return drawing.encode(), "image/svg+xml"
