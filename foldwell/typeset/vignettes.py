"""Vignettes: the leaflet's drawing once more, small, where a page would be left half empty."""

from __future__ import annotations

import copy
import xml.etree.ElementTree as ET

from foldwell.typeset.measuring import classes_of
from foldwell.typeset.units import PX_PER_MM

LEAST_FREE_PX = 40 * PX_PER_MM
"""Less room than this is left white."""
LEAST_PX, LARGEST_PX = 28 * PX_PER_MM, 46 * PX_PER_MM
"""How large the drawing is with its ground."""
SHARE = 0.6
"""Its share of the room."""


def room_for(free: float) -> float:
    """The height that a vignette fills of a free height at the foot of a page; 0 for none."""
    return free if free >= LEAST_FREE_PX else 0.0


def take_vignette(body: ET.Element) -> ET.Element | None:
    """Take the vignette out of a page; None where its format has none."""
    vignette = next((child for child in body if "vignette" in classes_of(child)), None)
    if vignette is not None:
        body.remove(vignette)
    return vignette


def as_high_as(free: float, vignette: ET.Element) -> ET.Element:
    """A vignette for the middle of a free height, in CSS pixels."""
    size = min(max(free * SHARE, LEAST_PX), LARGEST_PX)
    own = copy.deepcopy(vignette)
    own.set("class", "spot vignette shown")
    own.set("style", f"margin-top: {(free - size) / 2:.2f}px; line-height: 0")
    own.tail = None
    for picture in own:
        picture.set("style", f"width: {size:.2f}px; height: {size:.2f}px")
    return own
