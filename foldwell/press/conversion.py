"""What a colour of any space of a PDF becomes on the press, or in a soft mask.

Device spaces are taken as the screen's: RGB is sRGB. Calibrated spaces must say that they are
sRGB; ICC profiles are followed; spot colours and patterns stay what they are. Whatever else a
file may hold is refused by name.
"""

from __future__ import annotations

from typing import Any

from pikepdf import Dictionary, Stream

from foldwell.pdf.colour_space import Space, Values, read_space
from foldwell.pdf.content_stream import numbers, plain_value
from foldwell.press.profiles import colour_on_screen
from foldwell.press.targets import Target, refused

_SRGB_GAMMA = (1.8, 2.4)
_SRGB_MATRIX = (0.4124, 0.2126, 0.0193, 0.3576, 0.7152, 0.1192, 0.1805, 0.0722, 0.9505)
_WHITES = {"lab-d65": (0.9505, 1.0888), "lab": (0.9642, 0.8249)}
"""X and Z of the white points that coloraide knows, by the name of its L*a*b* space."""


def convertible_space(item: Any, resources: Any = None) -> Space:
    """A colour space whose colours can be turned into inks.

    Args:
        item: Its name or array.
        resources: The resources whose colour spaces a name may mean.

    Raises:
        FoldwellError: If they cannot.
    """
    space = read_space(item, resources)
    _check(space)
    return space


def plain_space(item: Any) -> Space:
    """The same for a space that stands where there must be plain colour.

    Raises:
        FoldwellError: If it is a palette, a pattern, a spot colour, or cannot be converted.
    """
    space = convertible_space(item)
    if not space.plain:
        raise refused(f"The space '{space.name}' where plain colour must stand")
    return space


def convert(space: Space, values: Values, target: Target) -> Values:
    """A colour of a plain or an indexed space as one of the target.

    Raises:
        FoldwellError: If it follows a profile that cannot be read.
    """
    if space.family == "indexed" and space.base is not None:
        index = min(max(round(values[0]), 0), space.highest)
        return convert(space.base, space.entry(index) or (), target)
    if space.family == "cmyk":  # made for some press already
        cyan, magenta, yellow, black = values
        return target.cmyk(cyan, magenta, yellow, black)
    if space.name == "ICCBased":
        return target.rgb(*colour_on_screen(space.profile, values))
    if space.family == "gray":
        return target.gray(values[0])
    if space.family == "lab":
        from coloraide import Color

        values = tuple(Color(_white(space), values).convert("srgb").clip().coords())
    red, green, blue = values
    return target.rgb(red, green, blue)


def _check(space: Space) -> None:
    """Refuse what no colour of can be turned into inks."""
    match space.family, space.name:
        case "unknown", "ICCBased" if isinstance(space.source, Stream):
            raise refused(f"Colour in an ICC space of {space.components} parts")
        case "unknown", "ICCBased":
            raise refused("Colour in an ICC space without its profile")
        case "unknown", "":
            raise refused("Colour in a space that is no name and no list")
        case "unknown", name:
            kind = "undefined space" if isinstance(space.source, str) else "space"
            raise refused(f"Colour in the {kind} '{name}'")
        case _, "CalGray" if not all(map(_like_srgb, _facts(space, "/Gamma", 1) or (1.0,))):
            raise refused("Colour in a calibrated grey space that is not the screen's")
        case _, "CalRGB" if not _is_srgb(space):
            raise refused("Colour in a calibrated RGB space that is not sRGB")
        case "lab", _:
            _white(space)
    if space.base is not None:
        _check(space.base)
        if not space.base.plain:
            raise refused(f"The space '{space.base.name}' where plain colour must stand")
        count = max(space.highest + 1, 1) if space.family == "indexed" else 0
        if len(space.palette) < count * space.base.components:
            raise refused("A palette that is cut short")
    elif space.family in ("indexed", "spot"):
        raise refused(f"Colour in the space '{space.name}'")


def _facts(space: Space, key: str, count: int) -> Values | None:
    """Numbers that the dictionary of a calibrated space gives."""
    found = space.source.get(key) if isinstance(space.source, Dictionary) else None
    found = plain_value(found)
    return numbers(found if isinstance(found, list) else [found], count)


def _like_srgb(gamma: float) -> bool:
    return _SRGB_GAMMA[0] <= gamma <= _SRGB_GAMMA[1]


def _is_srgb(space: Space) -> bool:
    matrix = _facts(space, "/Matrix", 9) or ()
    near = [abs(a - b) < 0.01 for a, b in zip(matrix, _SRGB_MATRIX, strict=False)]
    gammas = _facts(space, "/Gamma", 3) or (1.0,)
    return len(near) == 9 and all(near) and all(map(_like_srgb, gammas))


def _white(space: Space) -> str:
    """The name of the L*a*b* space with the white of this one."""
    x, _, z = _facts(space, "/WhitePoint", 3) or (0.0, 0.0, 0.0)
    for name, (white_x, white_z) in _WHITES.items():
        if abs(x - white_x) < 0.005 and abs(z - white_z) < 0.005:
            return name
    raise refused("Colour in a L*a*b* space whose white is neither D50 nor D65")
