"""Shadings: their colour space, and the most ink that any of their colours has."""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Dictionary, Stream

from foldwell.pdf.colour import Colour
from foldwell.pdf.colour_space import UNKNOWN, Space, read_space, resource
from foldwell.pdf.content_stream import plain_value

DEEPEST = 4
"""How deep functions may be built of one another."""


def shading_colour(item: Any, resources: Any) -> Colour:
    """The colour of a shading: its space, and its peak of ink where that can be computed.

    Between two colours of a shading every ink lies between its two amounts, so the colours at
    the joints hold the peak. Meshes and calculating functions are not computed.

    Args:
        item: The shading, or the name of one.
        resources: Where the name is looked up.
    """
    if isinstance(item, str):
        item = resource(resources, "/Shading", item)
    if not isinstance(item, Dictionary | Stream):
        return Colour(UNKNOWN)
    space = read_space(item.get("/ColorSpace"), resources)
    colours = _colours(item.get("/Function"), space)
    peaks = [colour.ink_percent for colour in colours or ()]
    known = [peak for peak in peaks if peak is not None]
    if not known or len(known) < len(peaks):
        return Colour(space)
    return Colour(space, (), max(known))


def _colours(function: Any, space: Space) -> list[Colour] | None:
    """The colours at the joints of a shading's function; None where they cannot be told."""
    if isinstance(function, Array):  # one function a component: every mixture may occur
        parts = [_values(part, 1) for part in function]
        if not parts or any(not part for part in parts):
            return None
        least = [min(value[0] for value in part or ()) for part in parts]
        most = [max(value[0] for value in part or ()) for part in parts]
        pair = least if space.family in ("gray",) else most
        return [Colour(space, tuple(pair))]
    values = _values(function, space.components)
    return None if values is None else [Colour(space, value) for value in values]


def _values(function: Any, outputs: int, depth: int = 0) -> list[tuple[float, ...]] | None:
    """What a function gives at its joints (ISO 32000-1, 7.10)."""
    if not isinstance(function, Dictionary | Stream) or depth > DEEPEST or outputs < 1:
        return None
    match plain_value(function.get("/FunctionType", -1)):
        case 2.0:
            first = plain_value(function.get("/C0")) or [0.0]
            last = plain_value(function.get("/C1")) or [1.0]
            return [tuple(first), tuple(last)]
        case 3.0:
            found: list[tuple[float, ...]] = []
            for part in function.get("/Functions", ()):
                values = _values(part, outputs, depth + 1)
                if values is None:
                    return None
                found += values
            return found
        case 0.0 if isinstance(function, Stream):
            return _samples(function, outputs)
        case _:
            return None


def _samples(function: Stream, outputs: int) -> list[tuple[float, ...]] | None:
    ends = plain_value(function.get("/Decode", function.get("/Range"))) or []
    if plain_value(function.get("/BitsPerSample")) != 8.0 or len(ends) != 2 * outputs:
        return None
    data = function.read_bytes()
    return [
        tuple(
            low + byte / 255 * (high - low)
            for byte, low, high in zip(
                data[start : start + outputs], ends[::2], ends[1::2], strict=True
            )
        )
        for start in range(0, len(data) - outputs + 1, outputs)
    ]
