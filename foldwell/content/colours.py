"""Colour arithmetic that a leaflet needs: contrast (WCAG 2.2) and tints."""

from __future__ import annotations

TEXT_CONTRAST = 4.5
"""The least contrast of text with what is behind it (WCAG 2.2, 1.4.3)."""


def _channels(colour: str) -> tuple[float, float, float]:
    return tuple(int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))  # type: ignore[return-value]


def _hex(channels: tuple[float, float, float]) -> str:
    return "#" + "".join(f"{round(value * 255):02x}" for value in channels)


def mix(colour: str, other: str, share: float) -> str:
    """A colour made of ``share`` (0 to 1) of the first and the rest of the second."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    red, green, blue = (a * share + b * (1 - share) for a, b in pairs)
    return _hex((red, green, blue))


def luminance(colour: str) -> float:
    """Relative luminance of ``#rrggbb``, 0 to 1 (WCAG 2.2)."""
    linear = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _channels(colour)
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(colour: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21 (WCAG 2.2)."""
    light, dark = sorted((luminance(colour), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def nearest_passing(colour: str, background: str, ratio: float = TEXT_CONTRAST) -> str:
    """The shade nearest to a colour that has enough contrast with a background."""
    pole = "#000000" if luminance(background) > 0.18 else "#ffffff"
    for step in range(101):
        shade = mix(pole, colour, step / 100)
        if contrast(shade, background) >= ratio:
            return shade
    return pole


def on(background: str) -> str:
    """White or black, whichever reads better on a background."""
    return max(("#ffffff", "#000000"), key=lambda text: contrast(text, background))
