"""Colour arithmetic that a leaflet needs: reading, contrast (WCAG 2.2), shades, sight.

Colours are ``#rrggbb``. Shades keep their hue in OKLCH, where a step looks like a step; what the
colour library does is asked of it only where it is needed, because loading it takes a while.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import Any

from foldwell.carried import Carried

TEXT_CONTRAST = 4.5
"""The least contrast of text with what is behind it (WCAG 2.2, 1.4.3)."""
GRAPHIC_CONTRAST = 3.0
"""The least contrast of large text and of what must be seen beside text (1.4.3, 1.4.11)."""
GREY_SHARE = 2 / 3
"""How much of the contrast must be left in grey print: text of 4.5:1 then has 3:1."""
BLACK, WHITE = "#000000", "#ffffff"
NEAR_BLACK = "#1a1a1a"
"""What takes the place of a brand's colour that words cannot be set in."""
SIGHTS = {"protan": "protanopia", "deutan": "deuteranopia", "tritan": "tritanopia"}
"""The three kinds of colour blindness, by their name in the colour library."""


@lru_cache(maxsize=4096)
def channels(colour: str) -> tuple[float, float, float]:
    """Red, green and blue, 0 to 1."""
    red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


@lru_cache(maxsize=4096)
def as_hex(parts: tuple[float, float, float]) -> str:
    """Red, green and blue, 0 to 1, as ``#rrggbb``."""
    return "#" + "".join(f"{round(value * 255):02x}" for value in parts)


@lru_cache(maxsize=1024)
def css_colour(text: str) -> str | None:
    """A colour as CSS writes it (names, ``rgb()``, ``hsl()``, ``#rgb`` …); None if it is none.

    What can be seen through is laid on white.
    """
    digits = text[1:] if text[:1] == "#" else ""
    if len(digits) == 6 and all(digit in "0123456789abcdefABCDEF" for digit in digits):
        return text.lower()
    if len(text) > 80 or not text.isascii():
        return None
    match = _library().match(text.strip().lower(), fullmatch=True)
    if match is None:
        return None
    seen = match.color.convert("srgb").fit()
    alpha = seen.alpha(nans=False)
    if alpha == 0:
        return None
    parts = seen.coords(nans=False)
    red, green, blue = (min(max(part, 0.0), 1.0) * alpha + 1 - alpha for part in parts)
    return as_hex((red, green, blue))


@lru_cache(maxsize=4096)
def mix(colour: str, other: str, share: float) -> str:
    """A colour made of ``share`` (0 to 1) of the first and the rest of the second."""
    pairs = zip(channels(colour), channels(other), strict=True)
    red, green, blue = (a * share + b * (1 - share) for a, b in pairs)
    return as_hex((red, green, blue))


@lru_cache(maxsize=4096)
def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb``, 0 to 1 (WCAG 2.2)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@lru_cache(maxsize=4096)
def contrast(colour: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((luminance(colour), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@lru_cache(maxsize=4096)
def grey(colour: str) -> str:
    """A colour as printers and photocopiers without colour show it (Rec. 601)."""
    red, green, blue = channels(colour)
    value = 0.299 * red + 0.587 * green + 0.114 * blue
    return as_hex((value, value, value))


@lru_cache(maxsize=4096)
def sure_contrast(colour: str, other: str) -> float:
    """The contrast of two colours; in grey print, two thirds of it must be left."""
    return min(contrast(colour, other), contrast(grey(colour), grey(other)) / GREY_SHARE)


def told_contrast(colour: str, other: str) -> str:
    """The contrast of two colours in words, in grey print where that is what is too little."""
    plain, in_grey = contrast(colour, other), contrast(grey(colour), grey(other))
    if plain > in_grey / GREY_SHARE:
        return f"{in_grey:.1f}:1 in grey print"
    return f"{plain:.1f}:1"


@lru_cache(maxsize=1024)
def nearest_passing(colour: str, background: str, ratio: float = TEXT_CONTRAST) -> str:
    """The shade of the same hue nearest to a colour that has enough contrast with a background.

    Args:
        colour: The colour.
        background: What it stands on.
        ratio: The contrast that it needs, in colour and in grey print.
    """
    if sure_contrast(colour, background) >= ratio:
        return colour
    best, far = "", math.inf
    for pole in (BLACK, WHITE):
        if sure_contrast(pole, background) < ratio:
            continue
        own, goal = lightness(colour), lightness(pole)
        low, high = 0.0, 1.0  # shares of the way to the pole
        for _ in range(14):
            middle = (low + high) / 2
            if sure_contrast(shade(colour, own + (goal - own) * middle), background) >= ratio:
                high = middle
            else:
                low = middle
        if abs(goal - own) * high < far:
            best, far = shade(colour, own + (goal - own) * high), abs(goal - own) * high
    return best or on(background)


def lightness(colour: str) -> float:
    """Lightness, 0 to 1 (OKLCH)."""
    return _oklch(colour)[0]


@lru_cache(maxsize=4096)
def shade(colour: str, light: float) -> str:
    """A colour of the same hue in another lightness, 0 to 1 (OKLCH)."""
    if light <= 0 or light >= 1:
        return BLACK if light <= 0 else WHITE
    return _SHADES.get(colour, repr(light), lambda: _shade(colour, light))


def _is_hex(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch("#[0-9a-f]{6}", value) is not None


_SHADES = Carried[str]("shades", _is_hex)


def _shade(colour: str, light: float) -> str:
    _, chroma, hue = _oklch(colour)
    made = _library()("oklch", [light, chroma, hue]).convert("srgb")
    red, green, blue = made.fit(method="oklch-chroma").coords(nans=False)
    return as_hex((red, green, blue))


def near_hue(colour: str, other: str, degrees: float, least_chroma: float) -> bool:
    """Whether two colours are of about the same hue (OKLCH); greys are of none."""
    (_, chroma, hue), (_, full, goal) = _oklch(colour), _oklch(other)
    apart = abs(hue - goal) % 360
    return min(chroma, full) >= least_chroma and min(apart, 360 - apart) <= degrees


@lru_cache(maxsize=1024)
def seen_by(colour: str, sight: str) -> str:
    """A colour as somebody with a kind of colour blindness sees it, near enough.

    Args:
        colour: The colour.
        sight: The kind, a key of ``SIGHTS``.
    """
    return _SEEN.get(colour, sight, lambda: _seen(colour, sight))


_SEEN = Carried[str]("seen", _is_hex)


def _seen(colour: str, sight: str) -> str:
    seen = _library()(colour).filter(sight).convert("srgb").clip()
    red, green, blue = seen.coords(nans=False)
    return as_hex((red, green, blue))


def difference(colour: str, other: str) -> float:
    """How different two colours look (ΔE2000)."""
    return _APART.get(colour, other, lambda: _apart(colour, other))


_APART = Carried[float]("difference", lambda value: type(value) is float)


def _apart(colour: str, other: str) -> float:
    return float(_library()(colour).delta_e(other, method="2000"))


def on(background: str) -> str:
    """White or black: what can be read on a background in grey print too, white if both can."""
    for text in (WHITE, BLACK):
        if sure_contrast(text, background) >= TEXT_CONTRAST:
            return text
    return max((WHITE, BLACK), key=lambda text: contrast(text, background))


def bearing(colour: str) -> tuple[str, str]:
    """A ground that words can be read on, as near to a colour as may be, and their colour."""
    words = WHITE
    if sure_contrast(WHITE, colour) < min(TEXT_CONTRAST, sure_contrast(BLACK, colour)):
        words = BLACK
    return nearest_passing(colour, words), words


def _is_oklch(value: object) -> bool:
    return isinstance(value, tuple) and [*map(type, value)] == [float, float, float]


_OKLCH = Carried[tuple[float, float, float]]("oklch", _is_oklch)


@lru_cache(maxsize=1024)
def _oklch(colour: str) -> tuple[float, float, float]:
    return _OKLCH.get(colour, "", lambda: _found(colour))


def _found(colour: str) -> tuple[float, float, float]:
    light, chroma, hue = _library()(colour).convert("oklch").coords(nans=False)
    return light, chroma, hue


def _library() -> Any:
    from coloraide import Color

    return Color
