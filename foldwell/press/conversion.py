"""Colour spaces of a PDF, read so that any colour of them can be turned into inks.

Device spaces are taken as the screen's: RGB is sRGB. Calibrated spaces must say that they are
sRGB; ICC profiles are followed; spot colours and patterns stay what they are. Whatever else a
file may hold is refused by name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pikepdf import Array, Name, Object, Stream

from foldwell.press.profiles import colour_on_screen
from foldwell.press.targets import Target, Values, refused

_SRGB_GAMMA = (1.8, 2.4)
_SRGB_MATRIX = (0.4124, 0.2126, 0.0193, 0.3576, 0.7152, 0.1192, 0.1805, 0.0722, 0.9505)
_WHITES = {"lab-d65": (0.9505, 1.0888), "lab": (0.9642, 0.8249)}
"""X and Z of the white points that coloraide knows, by the name of its L*a*b* space."""


@dataclass(frozen=True)
class Space:
    """A space whose colours are turned into inks.

    Attributes:
        name: As in the PDF.
        initial: The colour that selecting the space sets (ISO 32000-1, 8.6.3 to 8.6.6).
        ranges: Least and greatest value of each part.
        convert: Turns a colour of it into one of the target.
        profile: The ICC profile that its pictures follow; empty where they are sRGB.
    """

    name: str
    initial: Values
    ranges: tuple[tuple[float, float], ...]
    convert: Callable[[Values, Target], Values]
    profile: bytes = b""


@dataclass(frozen=True)
class Indexed:
    """A palette.

    Attributes:
        base: The space of its colours.
        colours: The palette.
    """

    base: Space
    colours: tuple[Values, ...]

    def convert(self, values: Values, target: Target) -> Values:
        """The colour at an index; an index beyond the palette takes its last colour."""
        index = min(max(round(values[0]), 0), len(self.colours) - 1)
        return self.base.convert(self.colours[index], target)


@dataclass(frozen=True)
class Pattern:
    """The space of patterns, with the space of their colour when they have none themselves."""

    base: Space | None


@dataclass(frozen=True)
class Spot:
    """A named colorant with the space it is shown in by those who lack it.

    Attributes:
        name: ``Separation`` or ``DeviceN``.
        alternate: That space.
    """

    name: str
    alternate: Space


AnySpace = Space | Indexed | Pattern | Spot

UNIT = (0.0, 1.0)
GRAY = Space("DeviceGray", (0.0,), (UNIT,), lambda v, t: t.gray(v[0]))
RGB = Space("DeviceRGB", (0.0, 0.0, 0.0), (UNIT,) * 3, lambda v, t: t.rgb(*v))
CMYK = Space("DeviceCMYK", (0.0, 0.0, 0.0, 1.0), (UNIT,) * 4, lambda v, t: t.cmyk(*v))
_DEVICE: dict[str, AnySpace] = {
    "/DeviceGray": GRAY,
    "/DeviceRGB": RGB,
    "/DeviceCMYK": CMYK,
    "/Pattern": Pattern(None),
}


def read_space(space: Object, named: Object | None = None) -> AnySpace:
    """A colour space.

    Args:
        space: Its name or array.
        named: The colour spaces of the resources, which a name may mean.

    Raises:
        FoldwellError: If its colours cannot be turned into inks.
    """
    if isinstance(space, Name):
        if str(space) in _DEVICE:
            return _DEVICE[str(space)]
        if named is None or space not in named:
            raise refused(f"Colour in the undefined space '{str(space)[1:]}'")
        return read_space(named[space])
    if not isinstance(space, Array) or not len(space):
        raise refused("Colour in a space that is no name and no list")
    kind = str(space[0])
    if len(space) == 1 and kind in _DEVICE:
        return _DEVICE[kind]
    reader = _READERS.get(kind)
    if reader is None:
        raise refused(f"Colour in the space '{kind[1:]}'")
    return reader(space)


def plain_space(space: Object) -> Space:
    """A colour space whose colours are plain: no palette, pattern or spot colour.

    Raises:
        FoldwellError: If it is anything else.
    """
    found = read_space(space)
    if not isinstance(found, Space):
        raise refused(f"The space '{_kind(space)}' where plain colour must stand")
    return found


def _kind(space: Object) -> str:
    return str(space[0] if isinstance(space, Array) else space)[1:]


def _numbers(values: Any) -> Values:
    return tuple(float(value) for value in values)


def _profiled(space: Array) -> AnySpace:
    stream = space[1]
    if not isinstance(stream, Stream):
        raise refused("Colour in an ICC space without its profile")
    parts = int(stream.get("/N", 0))
    if parts == 4:  # made for some press already
        return Space("ICCBased", (0.0,) * 4, (UNIT,) * 4, CMYK.convert)
    if parts not in (1, 3):
        raise refused(f"Colour in an ICC space of {parts} parts")
    profile = stream.read_bytes()

    def convert(values: Values, target: Target) -> Values:
        return target.rgb(*colour_on_screen(profile, values))

    return Space("ICCBased", (0.0,) * parts, (UNIT,) * parts, convert, profile)


def _calibrated_gray(space: Array) -> AnySpace:
    if not _SRGB_GAMMA[0] <= float(space[1].get("/Gamma", 1)) <= _SRGB_GAMMA[1]:
        raise refused("Colour in a calibrated grey space that is not the screen's")
    return GRAY


def _calibrated_rgb(space: Array) -> AnySpace:
    gammas = _numbers(space[1].get("/Gamma", (1, 1, 1)))
    matrix = _numbers(space[1].get("/Matrix", ()))
    like_srgb = len(matrix) == 9 and all(
        abs(one - other) < 0.01 for one, other in zip(matrix, _SRGB_MATRIX, strict=True)
    )
    if not like_srgb or not all(_SRGB_GAMMA[0] <= g <= _SRGB_GAMMA[1] for g in gammas):
        raise refused("Colour in a calibrated RGB space that is not sRGB")
    return RGB


def _lab(space: Array) -> AnySpace:
    white_x, _, white_z = _numbers(space[1].WhitePoint)
    names = [
        name
        for name, (x, z) in _WHITES.items()
        if abs(x - white_x) < 0.005 and abs(z - white_z) < 0.005
    ]
    if not names:
        raise refused("Colour in a L*a*b* space whose white is neither D50 nor D65")
    low_a, high_a, low_b, high_b = _numbers(space[1].get("/Range", (-100, 100, -100, 100)))

    def convert(values: Values, target: Target) -> Values:
        from coloraide import Color

        red, green, blue = Color(names[0], values).convert("srgb").clip().coords()
        return target.rgb(red, green, blue)

    initial = (0.0, max(low_a, min(0.0, high_a)), max(low_b, min(0.0, high_b)))
    return Space("Lab", initial, ((0.0, 100.0), (low_a, high_a), (low_b, high_b)), convert)


def _indexed(space: Array) -> AnySpace:
    base = plain_space(space[1])
    table = space[3]
    content = table.read_bytes() if isinstance(table, Stream) else bytes(table)
    parts = len(base.initial)
    count = int(space[2]) + 1
    if len(content) < count * parts:
        raise refused("A palette that is cut short")
    return Indexed(
        base,
        tuple(
            tuple(
                low + byte / 255 * (high - low)
                for byte, (low, high) in zip(
                    content[parts * index : parts * (index + 1)], base.ranges, strict=True
                )
            )
            for index in range(count)
        ),
    )


def _pattern(space: Array) -> AnySpace:
    return Pattern(plain_space(space[1]))


def _spot(space: Array) -> AnySpace:
    return Spot(str(space[0])[1:], plain_space(space[2]))


_READERS: dict[str, Callable[[Array], AnySpace]] = {
    "/ICCBased": _profiled,
    "/CalGray": _calibrated_gray,
    "/CalRGB": _calibrated_rgb,
    "/Lab": _lab,
    "/Indexed": _indexed,
    "/Pattern": _pattern,
    "/Separation": _spot,
    "/DeviceN": _spot,
}
