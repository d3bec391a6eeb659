"""Shadings: their colour space, and the most ink that any of their colours has."""

from __future__ import annotations

from typing import Any

from pikepdf import Array, Dictionary, Stream

from foldwell.pdf.colour_space import UNKNOWN, Space, read_space, resource
from foldwell.pdf.functions import joints
from foldwell.pdf.painted_colour import Colour


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
        parts = [joints(part, 1) for part in function]
        if not parts or any(not part for part in parts):
            return None
        least = [min(value[0] for value in part or ()) for part in parts]
        most = [max(value[0] for value in part or ()) for part in parts]
        pair = least if space.family in ("gray",) else most
        return [Colour(space, tuple(pair))]
    values = joints(function, space.components)
    return None if values is None else [Colour(space, value) for value in values]
