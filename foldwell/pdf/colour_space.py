"""Colour spaces of a PDF as plain values (ISO 32000-1, 8.6).

Only what a printer asks is kept: how many inks or lights a space has, and what it is built on.
Profiles are not looked into, and what cannot be understood is called unknown, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import pikepdf
from pikepdf import Array, Dictionary, Name, Stream

Family = Literal["gray", "rgb", "cmyk", "lab", "spot", "indexed", "pattern", "unknown"]

DEEPEST = 6
"""How deep spaces may be built on one another before they count as unknown."""

_DEVICE: dict[str, tuple[Family, int]] = {
    "/DeviceGray": ("gray", 1),
    "/G": ("gray", 1),
    "/CalGray": ("gray", 1),
    "/DeviceRGB": ("rgb", 3),
    "/RGB": ("rgb", 3),
    "/CalRGB": ("rgb", 3),
    "/DeviceCMYK": ("cmyk", 4),
    "/CMYK": ("cmyk", 4),
    "/CalCMYK": ("cmyk", 4),
    "/Lab": ("lab", 3),
    "/Pattern": ("pattern", 0),
}
_BY_COUNT: dict[int, Family] = {1: "gray", 3: "rgb", 4: "cmyk"}


@dataclass(frozen=True)
class Space:
    """A colour space.

    Attributes:
        family: What its numbers mean.
        name: As a person looks for it: ``DeviceRGB``, ``ICCBased with 3 components``.
        components: How many numbers a colour has.
        inks: The names of the inks of a Separation or DeviceN space.
        base: What it is built on: the base of an indexed space, the alternate of spot colours,
            the space of uncoloured patterns.
        palette: The colours of an indexed space, one after the other, a byte a component.
    """

    family: Family
    name: str
    components: int
    inks: tuple[str, ...] = ()
    base: Space | None = None
    palette: bytes = b""

    def all(self) -> Iterator[Space]:
        """This space and all that it is built on."""
        yield self
        if self.base is not None:
            yield from self.base.all()


GRAY = Space("gray", "DeviceGray", 1)
RGB = Space("rgb", "DeviceRGB", 3)
CMYK = Space("cmyk", "DeviceCMYK", 4)
PATTERN = Space("pattern", "Pattern", 0)
UNKNOWN = Space("unknown", "an unknown colour space", 0)


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
    if known is not None and str(known) != name:
        return read_space(known, resources, depth + 1)
    family, components = _DEVICE.get(name, ("unknown", 0))
    if family == "unknown":
        return Space("unknown", f"the unknown colour space {name}", 0)
    full = {"/G": "DeviceGray", "/RGB": "DeviceRGB", "/CMYK": "DeviceCMYK"}.get(name, name[1:])
    return Space(family, full, components)


def _built(parts: list[Any], resources: Any, depth: int) -> Space:
    kind = str(parts[0])

    def base(index: int) -> Space | None:
        return read_space(parts[index], resources, depth + 1) if len(parts) > index else None

    match kind:
        case "/ICCBased":
            return _profiled(parts[1] if len(parts) > 1 else None)
        case "/Indexed" | "/I":
            table = parts[3] if len(parts) > 3 else b""
            return Space("indexed", "Indexed", 1, base=base(1), palette=_bytes(table))
        case "/Separation" | "/DeviceN" | "/NChannel":
            names = parts[1] if len(parts) > 1 else ()
            inks = (str(names)[1:],) if kind == "/Separation" else tuple(str(n)[1:] for n in names)
            return Space("spot", f"{kind[1:]} {', '.join(inks)}", len(inks), inks, base(2))
        case "/Pattern":
            return Space("pattern", "Pattern", 0, base=base(1))
        case _:
            return _named(kind, None, depth)


def _profiled(profile: Any) -> Space:
    count = 0
    if isinstance(profile, Stream):
        count = int(profile.get("/N", 0))
    family = _BY_COUNT.get(count, "unknown")
    named = f"ICCBased with {count} component{'s' if count != 1 else ''}"
    return Space(family, named, count)


def _bytes(table: Any) -> bytes:
    if isinstance(table, Stream):
        return table.read_bytes()
    if isinstance(table, bytes):
        return table
    return bytes(table) if isinstance(table, pikepdf.String) else b""


def resource(resources: Any, kind: str, name: Any) -> Any:
    """A named resource; None where it, or anything on the way, is missing or no dictionary."""
    if not isinstance(resources, Dictionary) or not isinstance(name, str):
        return None
    group = resources.get(kind)
    return group.get(name) if isinstance(group, Dictionary) else None
