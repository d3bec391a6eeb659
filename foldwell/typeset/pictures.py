"""The pictures of a page: logos, figures, icons, the QR code and the pale word of a draft."""

from __future__ import annotations

import base64
import io
import math
import re
from dataclasses import replace
from functools import lru_cache
from typing import Any

from foldwell.content.bitmaps import JPEG_QUALITY, LARGEST_PIXELS
from foldwell.content.brand import SIZES, Brand
from foldwell.content.brand_roles import roles
from foldwell.content.edition import Edition
from foldwell.paper.conditions import Condition, default_condition, read_profile
from foldwell.paper.geometry import Geometry
from foldwell.remembered import remembered
from foldwell.shipped import templates_folder
from foldwell.typeset.drawings import paint
from foldwell.typeset.fonts import reach_of, word_outline
from foldwell.typeset.reading import Words
from foldwell.typeset.surfaces import inks_on_paper, inks_on_tint
from foldwell.typeset.wordmark import ShownLogo, asset_name, logo_of, wordmarks

MARK_COLOUR = "#e6e6e6"
MARK_ANGLE_DEGREES = 54
MARK_STEEPEST_DEGREES = 66
MARK_CLEAR_MM = 7.0
"""How the pale word lies across a page, at most across one that is more than twice as high as
wide, and how far it keeps from its edges."""
MARK_OVERSHOOT = 30
"""How far, in thousandths of its size, a letter of it stands over its line for the eye alone."""
QUIET = 4
"""How many modules around a code stay white (ISO/IEC 18004)."""
_DARK = re.compile(rb"\0+")

Assets = dict[str, tuple[bytes, str]]
"""Pictures by name: their bytes and media type."""


def logos(edition: Edition) -> dict[str, ShownLogo]:
    """For each size of logo, its picture for light and for dark backgrounds."""
    return {size: logo_of(edition.brand, size, edition.clinic.name) for size in SIZES}


def pictures(
    edition: Edition, words: Words, *, unconverted: bool = False, longest: int = LARGEST_PIXELS
) -> Assets:
    """The logos, figures and icons of an edition.

    Args:
        edition: Whose they are.
        words: The words, with the names of their figures and icons.
        unconverted: Whether pictures in CMYK stay what they are, because a press prints them; for
            anything else they are made sRGB, as the clinic's region prints.
        longest: The most pixels that their longer side can use.
    """
    assets: Assets = {}
    kit = edition.brand
    shown = {asset_name(kit, name): image for name, image in kit.images.items()}
    shown |= {f"figures/{name}": edition.leaflet.images[name] for name in words.images}
    for name, image in shown.items():
        condition = (
            default_condition(edition.region.paper) if image.inks and not unconverted else None
        )
        large = image.kind != "svg" and max(image.width, image.height) > longest
        content = image.content
        if condition or large:
            content = _converted(content, condition, longest)
        assets[name] = (content, image.media_type)
    assets |= wordmarks(kit, edition.clinic.name)
    number = str(edition.region.emergency_number)
    return assets | _painted(kit.brand, number, words.icons, words.drawings)


@remembered(128)
def _painted(
    brand: Brand, number: str, icons: tuple[str, ...], drawings: tuple[str, ...]
) -> Assets:
    """Icons and larger pictures in the colours of a brand; the number is that of emergencies."""
    assets: Assets = {}
    paper, use = inks_on_paper(brand), roles(brand)
    shades = {
        "": paper,
        "-light": replace(paper, ink=use.on_alarm, ground=use.alarm),
        "-solid": replace(paper, ink=use.on_solid, ground=use.solid),
        "-dark": replace(paper, ink="#000000", ground="#ffffff"),
    }
    for name in icons:
        for suffix, inks in shades.items():
            drawing = paint(name, inks, number)
            assets[f"icon-{name}{suffix}.svg"] = (drawing.encode(), "image/svg+xml")
    for name in drawings:
        drawing = paint(name, inks_on_tint(brand), number)
        assets[f"drawing-{name}.svg"] = (drawing.encode(), "image/svg+xml")
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


@lru_cache(maxsize=8192)  # of all editions of a service: their formats and media share them
def qr_code(address: str) -> tuple[bytes, str]:
    """A QR code for an address, with the quiet zone of four modules that readers need.

    Drawn as two paths: a white square, and a stroke for each run of dark modules, row by row.
    """
    import zxingcpp

    code = zxingcpp.create_barcode(address, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    picture: Any = code.to_image(scale=1, add_quiet_zones=False)
    shades = bytes(memoryview(picture))
    count = math.isqrt(len(shades))
    strokes, x, y = "", 0, -0.5  # of the first stroke the middle of its row is told, then steps
    for number in range(count):
        for run in _DARK.finditer(shades[number * count : (number + 1) * count]):
            left, row, length = QUIET + run.start(), QUIET + number, len(run[0])
            strokes += f"m{left - x} {row - y:g}h{length}"
            x, y = left + length, row
    side = count + 2 * QUIET
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}">'
        f'<path fill="#fff" d="M0 0h{side}v{side}h-{side}z"/>'
        f'<path stroke="#000" d="M{strokes[1:]}"/></svg>'
    )
    return drawing.encode(), "image/svg+xml"


def mark(word: str, geometry: Geometry) -> tuple[bytes, str]:
    """The large pale word behind every page of what must not be handed out.

    Drawn as outlines, so that it is never read, searched or copied as part of the text; the
    foot of each page says it in words.
    """
    panel = geometry.panels[0]
    return mark_drawing(word, panel.width_mm, panel.height_mm)


def mark_drawing(
    word: str, width: float, height: float, degrees: int = MARK_ANGLE_DEGREES
) -> tuple[bytes, str]:
    """The pale word across a box of some size in mm, as a picture."""
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">'
        f'<g fill="{MARK_COLOUR}">{mark_path(word, width, height, degrees)}</g></svg>'
    )
    return drawing.encode(), "image/svg+xml"


@lru_cache(maxsize=64)
def mark_path(word: str, width: float, height: float, degrees: int = MARK_ANGLE_DEGREES) -> str:
    """The word as a path without a colour, across a box of some size in mm, as large as may be.

    Args:
        word: The word.
        width: Of the box.
        height: Of the box.
        degrees: How it rises; in a narrow box it may be steeper, so that it is seen.
    """
    outline, length, cap = word_outline(word)
    over, under = reach_of(word)
    # Round letters stand a little over their line; only what reaches further needs more room.
    over = over if over > cap + MARK_OVERSHOOT else cap
    under = under if under > MARK_OVERSHOOT else 0.0
    # Clear of the trim: there it would have to run on into the bleed.
    room = 2 * min(MARK_CLEAR_MM, width / 12)

    def largest(rise: int) -> float:
        sine, cosine = math.sin(math.radians(rise)), math.cos(math.radians(rise))
        across = length * cosine + (over + under) * sine
        upwards = length * sine + (over + under) * cosine
        return min((width - room) / across, (height - room) / upwards)

    steepest = max(degrees, MARK_STEEPEST_DEGREES) if height > 2 * width else degrees
    degrees = max(range(degrees, steepest + 1), key=largest)
    scale = largest(degrees)
    return (
        f'<path transform="translate({width / 2} {height / 2})'
        f" rotate(-{degrees})"
        f' scale({scale:.5f} {-scale:.5f}) translate({-length / 2:.0f} {(under - over) / 2:.0f})"'
        f' d="{outline}"/>'
    )
