"""Colours as inks: what C, M, Y and K a printing condition needs for a colour of the screen.

Black and grey are black ink alone, the brand's own inks win over any conversion, and
everything else goes through the condition's ICC profile (relative colorimetric with black
point compensation, by littleCMS). No converted colour holds more ink than its paper takes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from pikepdf import Name, Object

from foldwell.errors import FoldwellError
from foldwell.paper.conditions import Condition
from foldwell.press.profiles import SPREAD, Way, black_table, transform

if TYPE_CHECKING:
    from PIL import Image
    from PIL.ImageCms import ImageCmsTransform

Ink = tuple[float, float, float, float]
"""Shares of cyan, magenta, yellow and black, 0 to 1."""

LEAST_SHARE = 0.005
"""Less of an ink than this is noise of the conversion; no press holds a dot so small."""


def limited(ink: Ink, limit: float) -> Ink:
    """An ink with its total brought down to a limit; black keeps the shape, so it stays."""
    cyan, magenta, yellow, black = ink
    colour = cyan + magenta + yellow
    if colour + black <= limit:
        return ink
    share = max(limit - black, 0.0) / colour
    return (cyan * share, magenta * share, yellow * share, black)


def tint(ink: Ink, share: float) -> Ink:
    """A share (0 to 1) of an ink on white paper."""
    cyan, magenta, yellow, black = ink
    return (cyan * share, magenta * share, yellow * share, black * share)


class Inks:
    """The inks of every colour, for one condition and one brand: a target of separation.

    Args:
        condition: The printing condition.
        profile: Its ICC profile.
        srgb_profile: An ICC profile of the sRGB colour space.
        own: Inks that the brand gives for colours (``#rrggbb``); they are used as they are.
    """

    fill, stroke, masks = "k", "K", False

    def __init__(
        self,
        condition: Condition,
        profile: bytes,
        srgb_profile: bytes,
        own: Mapping[str, Ink] | None = None,
    ) -> None:
        self.condition = condition
        self._profile = profile
        self._srgb_profile = srgb_profile
        self._own = {_bytes_of(colour): ink for colour, ink in (own or {}).items()}
        self._inks: dict[tuple[int, int, int], Ink] = {}

    @property
    def space(self) -> Object:
        """DeviceCMYK."""
        return Name.DeviceCMYK

    def rgb(self, red: float, green: float, blue: float) -> Ink:
        """The ink of an sRGB colour, its parts 0 to 1."""
        return self.ink(red, green, blue)

    def gray(self, gray: float) -> Ink:
        """Black ink that is as light as a grey of the screen, 0 black to 1 white."""
        return self.ink(gray, gray, gray)

    def cmyk(self, cyan: float, magenta: float, yellow: float, black: float) -> Ink:
        """Inks as they are."""
        return (cyan, magenta, yellow, black)

    def owns(self, colour: str) -> bool:
        """Whether the brand itself gives the ink of a colour (``#rrggbb``)."""
        return _bytes_of(colour) in self._own

    def ink(self, red: float, green: float, blue: float) -> Ink:
        """The ink of an sRGB colour, its parts 0 to 1."""
        key = (_byte(red), _byte(green), _byte(blue))
        try:
            return self._inks[key]
        except KeyError:
            return self._inks.setdefault(key, self._own.get(key) or self._converted(key))

    def _converted(self, colour: tuple[int, int, int]) -> Ink:
        if max(colour) - min(colour) <= 1:  # a grey, but for rounding
            parts = [0.0, 0.0, 0.0, self.blacks[sorted(colour)[1]]]
        else:
            from PIL import Image

            pixel = self._transform("separate").apply(Image.new("RGB", (1, 1), colour))
            parts = [part / 255 for part in pixel.tobytes()]
        cyan, magenta, yellow, black = (part if part >= LEAST_SHARE else 0.0 for part in parts)
        return limited((cyan, magenta, yellow, black), self.condition.ink_warn)

    @property
    def blacks(self) -> tuple[float, ...]:
        """The share of black ink that is as light as each of the 256 greys, black first."""
        return black_table(self._profile, self._srgb_profile)

    def image(self, image: Image.Image) -> Image.Image:
        """A picture for the press: grey ones (mode L) for black ink, all others in CMYK.

        Args:
            image: A picture without transparency; CMYK pictures are returned as they are.

        Raises:
            FoldwellError: If it has an alpha channel, which no ink can print.
        """
        if image.mode == "CMYK":
            return image
        if image.has_transparency_data:
            raise FoldwellError(
                "A picture still has its transparency when it is turned into inks.",
                None,
                "Part the two, or save the picture without transparency.",
            )
        grey = _as_grey(image)
        if grey is not None:
            return grey.point([round(255 * (1 - share)) for share in self.blacks])
        return self._transform("paint").apply(image.convert("RGB"))

    def lab(self, ink: Ink) -> tuple[float, float, float]:
        """What an ink looks like: CIE L*a*b* under D50, the paper being white."""
        from PIL import Image

        levels = [_byte(part) for part in ink]
        # The same distance to both sides, or the mean would lean to one.
        reach = [min(SPREAD, level, 255 - level) for level in levels]
        axes = [range(level - r, level + r + 1) for level, r in zip(levels, reach, strict=True)]
        around = b"".join(bytes(point) for point in product(*axes))
        count = len(around) // 4
        seen = self._transform("measure").apply(Image.frombytes("CMYK", (count, 1), around))
        raw = seen.tobytes()
        lightness = sum(raw[0::3]) / count / 2.55
        a, b = (sum(v - 256 * (v > 127) for v in raw[i::3]) / count for i in (1, 2))
        return lightness, a, b

    def difference(self, colour: str, ink: Ink) -> float:
        """How far an ink is off a screen colour (``#rrggbb``): CIEDE2000."""
        from coloraide import Color

        return float(Color("lab", self.lab(ink)).delta_e(Color(colour), method="2000"))

    def _transform(self, what: Way) -> ImageCmsTransform:
        return transform(what, self._profile, self._srgb_profile)


def _byte(part: float) -> int:
    return min(max(round(part * 255), 0), 255)


def _bytes_of(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour.removeprefix("#"))
    return red, green, blue


def _as_grey(image: Image.Image) -> Image.Image | None:
    """The picture with one channel, if it holds nothing but greys."""
    from PIL import ImageChops

    if image.mode in ("1", "L"):
        return image.convert("L")
    red, green, blue = image.convert("RGB").split()
    for one, other in ((red, green), (green, blue), (red, blue)):
        if any(ImageChops.difference(one, other).histogram()[2:]):  # 1 is a matter of rounding
            return None
    return green


@dataclass(frozen=True)
class Converted:
    """What became of one brand colour.

    Attributes:
        role: What it is for, such as ``primary``.
        colour: As on the screen, ``#rrggbb``.
        ink: As printed.
        difference: How far the print is off the screen, CIEDE2000.
        own: Whether the brand gave this ink itself.
    """

    role: str
    colour: str
    ink: Ink
    difference: float
    own: bool


def report(colours: Mapping[str, str], inks: Inks) -> tuple[Converted, ...]:
    """What becomes of each brand colour (role: ``#rrggbb``), for the build report."""
    found = []
    for role, colour in colours.items():
        ink = inks.ink(*(part / 255 for part in _bytes_of(colour)))
        difference = inks.difference(colour, ink)
        found.append(Converted(role, colour, ink, difference, inks.owns(colour)))
    return tuple(found)
