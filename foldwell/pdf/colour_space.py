"""Colour spaces of a PDF as plain values (ISO 32000-1, 8.6).

A space says what its numbers mean and what it is built on. What cannot be understood is called
unknown, never guessed, and nothing is refused here: whether a space will do is for others to say.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

from foldwell.pdf.content_stream import numbers, plain_value

Family = Literal["gray", "rgb", "cmyk", "lab", "spot", "indexed", "pattern", "unknown"]
Values = tuple[float, ...]
"""The parts of one colour, as many as its space has."""

DEEPEST = 6
"""How deep spaces may be built on one another before they count as unknown."""

_PLAIN: dict[str, tuple[Family, int]] = {
    "DeviceGray": ("gray", 1),
    "CalGray": ("gray", 1),
    "DeviceRGB": ("rgb", 3),
    "CalRGB": ("rgb", 3),
    "DeviceCMYK": ("cmyk", 4),
    "CalCMYK": ("cmyk", 4),
    "Lab": ("lab", 3),
    "Pattern": ("pattern", 0),
}
_SHORT = {"G": "DeviceGray", "RGB": "DeviceRGB", "CMYK": "DeviceCMYK"}
"""What small pictures in a content stream may write; resources may use the same names."""
_FIXED = frozenset(("DeviceGray", "DeviceRGB", "DeviceCMYK", "Pattern"))
"""Names that mean the same everywhere, whatever the resources say."""
_BY_COUNT: dict[int, Family] = {1: "gray", 3: "rgb", 4: "cmyk"}
_LAB_RANGE = (-100.0, 100.0, -100.0, 100.0)


@dataclass(frozen=True)
class Space:
    """A colour space.

    Attributes:
        family: What its numbers mean.
        name: Its word in the PDF: ``DeviceRGB``, ``ICCBased``, ``Separation``.
        components: How many numbers a colour has.
        inks: The names of the inks of a Separation or DeviceN space.
        base: What it is built on: the base of an indexed space, the alternate of spot colours,
            the space of uncoloured patterns.
        palette: The colours of an indexed space, one after the other, a byte a component.
        highest: The highest index of an indexed space.
        source: What more the file says of it: the profile of an ICC based space, the dictionary
            of a calibrated one, and the name or the parts of an unknown one.
    """

    family: Family
    name: str
    components: int
    inks: tuple[str, ...] = ()
    base: Space | None = None
    palette: bytes = b""
    highest: int = 0
    source: Any = field(default=None, compare=False, repr=False)

    def __str__(self) -> str:
        """As a person looks for it."""
        match self.family, self.name:
            case "unknown", "":
                return "an unknown colour space"
            case _, "ICCBased":
                several = "s" if self.components != 1 else ""
                return f"ICCBased with {self.components} component{several}"
            case "unknown", _:
                return f"the unknown colour space /{self.name}"
            case "spot", _:
                return f"{self.name} {', '.join(self.inks)}"
        return self.name

    def all(self) -> Iterator[Space]:
        """This space and all that it is built on."""
        yield self
        if self.base is not None:
            yield from self.base.all()

    @property
    def plain(self) -> bool:
        """Whether a colour of it says by itself what it looks like."""
        return self.family not in ("indexed", "pattern", "spot", "unknown")

    @cached_property
    def profile(self) -> bytes:
        """The ICC profile of an ICC based space."""
        return self.source.read_bytes() if isinstance(self.source, Stream) else b""

    @cached_property
    def ranges(self) -> tuple[tuple[float, float], ...]:
        """Least and greatest value of each component."""
        if self.family == "lab":
            limits = numbers(_fact(self, "/Range"), 4) or _LAB_RANGE
            return (0.0, 100.0), (limits[0], limits[1]), (limits[2], limits[3])
        return ((0.0, 1.0),) * self.components

    @property
    def initial(self) -> Values:
        """The colour that choosing the space sets (ISO 32000-1, 8.6.3 to 8.6.6)."""
        if self.name == "DeviceCMYK":
            return (0.0, 0.0, 0.0, 1.0)
        if self.family == "spot":
            return (1.0,) * self.components
        if self.family == "indexed":
            return (0.0,)
        return tuple(max(low, min(0.0, high)) for low, high in self.ranges)

    def entry(self, index: int) -> Values | None:
        """The colour at an index of the palette; None where it holds none."""
        count = self.base.components if self.base is not None else 0
        held = self.palette[index * count : (index + 1) * count]
        if self.base is None or not self.base.plain or index < 0 or len(held) < count:
            return None
        pairs = zip(held, self.base.ranges, strict=True)
        return tuple(low + byte / 255 * (high - low) for byte, (low, high) in pairs)


GRAY = Space("gray", "DeviceGray", 1)
RGB = Space("rgb", "DeviceRGB", 3)
CMYK = Space("cmyk", "DeviceCMYK", 4)
PATTERN = Space("pattern", "Pattern", 0)
UNKNOWN = Space("unknown", "", 0)

DEVICE_OPERATORS = {"g": GRAY, "rg": RGB, "k": CMYK, "G": GRAY, "RG": RGB, "K": CMYK}
"""Operators that set a colour together with its space (ISO 32000-1, 8.6.8); capitals are lines."""
SPACE_OPERATORS = frozenset(("cs", "CS"))
"""Operators that choose a space, and with it its initial colour."""
COLOUR_OPERATORS = frozenset(("sc", "SC", "scn", "SCN"))
"""Operators that set a colour of the chosen space."""


def read_space(item: Any, resources: Any = None, depth: int = 0) -> Space:
    """The colour space that a name or an array stands for.

    Args:
        item: A name (of a device space, or of a resource) or an array.
        resources: The resources in which names are looked up.
        depth: How deep it is built into another one.
    """
    if depth > DEEPEST or item is None:
        return UNKNOWN
    if isinstance(item, Name | str):
        return _named(str(item), resources, depth)
    if isinstance(item, Array | list) and len(item) > 0:
        return _built([*item], resources, depth)
    return UNKNOWN


def _named(name: str, resources: Any, depth: int) -> Space:
    known = resource(resources, "/ColorSpace", name)
    if known is not None and name[1:] not in _FIXED and str(known) != name:
        return read_space(known, resources, depth + 1)
    full = _SHORT.get(name[1:], name[1:])
    family, components = _PLAIN.get(full, ("unknown", 0))
    return Space(family, full, components, source=name if family == "unknown" else None)


def _built(parts: list[Any], resources: Any, depth: int) -> Space:
    kind = str(parts[0])[1:]
    second = parts[1] if len(parts) > 1 else None

    def base(index: int) -> Space | None:
        return read_space(parts[index], resources, depth + 1) if len(parts) > index else None

    match kind:
        case "ICCBased":
            count = int(second.get("/N", 0)) if isinstance(second, Stream) else 0
            return Space(_BY_COUNT.get(count, "unknown"), kind, count, source=second)
        case "Indexed" | "I":
            highest = plain_value(parts[2]) if len(parts) > 2 else None
            most = int(highest) if type(highest) is float else 0
            table = _bytes(parts[3]) if len(parts) > 3 else b""
            return Space("indexed", "Indexed", 1, (), base(1), table, most)
        case "Separation" | "DeviceN":
            names = second if second is not None else ()
            inks = (str(names)[1:],) if kind == "Separation" else tuple(str(n)[1:] for n in names)
            return Space("spot", kind, len(inks), inks, base(2))
        case "Pattern":
            return Space("pattern", kind, 0, base=base(1))
    family, components = _PLAIN.get(_SHORT.get(kind, kind), ("unknown", 0))
    source = second if family != "unknown" else parts
    return Space(family, _SHORT.get(kind, kind), components, source=source)


def _bytes(table: Any) -> bytes:
    if isinstance(table, Stream):
        return table.read_bytes()
    return bytes(table) if isinstance(table, bytes | pikepdf.String) else b""


def _fact(space: Space, key: str) -> Any:
    """What the dictionary of a calibrated space says, numbers as floats; nothing else."""
    source = space.source
    found = plain_value(source.get(key)) if isinstance(source, Dictionary) else None
    return found if isinstance(found, list) else []


def resource(resources: Any, kind: str, name: Any) -> Any:
    """A named resource; None where it, or anything on the way, is missing or no dictionary."""
    if not isinstance(resources, Dictionary) or not isinstance(name, str):
        return None
    group = resources.get(kind)
    return group.get(name) if isinstance(group, Dictionary) else None
