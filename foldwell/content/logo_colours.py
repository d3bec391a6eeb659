"""The colours that a logo is drawn in, by how much of it they cover."""

from __future__ import annotations

import hashlib
import io
from functools import lru_cache
from typing import Any

from foldwell.carried import Carried
from foldwell.content.colours import as_hex, difference
from foldwell.content.images import Image

PIXELS = 160
"""How large a logo is drawn to look at its colours."""
LEAST_SHARE = 0.02
"""Colours that cover less are edges between others."""
ALIKE = 6.0
"""Colours nearer than this (ΔE2000) are one."""
SEEN_ALPHA = 128


Shares = tuple[tuple[str, float], ...]


def _are_shares(value: object) -> bool:
    return type(value) is tuple and all(
        type(one) is tuple and tuple(map(type, one)) == (str, float) for one in value
    )


_COLOURS = Carried[Shares]("colours of a logo", _are_shares)


def main_colours(image: Image) -> Shares:
    """The colours of a logo, each with the share of it that it covers, the largest first.

    Args:
        image: The logo, as it came through the door.
    """
    return _colours(image.content, image.kind)


@lru_cache(maxsize=64)
def _colours(content: bytes, kind: str) -> Shares:
    name = hashlib.sha256(content).hexdigest()
    return _COLOURS.get(name, kind, lambda: _seen(content, kind))


def _seen(content: bytes, kind: str) -> Shares:
    from PIL import Image as Pictures

    shown: Any = Pictures.open(io.BytesIO(_drawn(content) if kind == "svg" else content))
    shown = shown.convert("RGBA")
    shown.thumbnail((PIXELS, PIXELS))
    counts: dict[str, int] = {}
    for count, (red, green, blue, alpha) in shown.getcolors(PIXELS * PIXELS) or ():
        if alpha >= SEEN_ALPHA:
            colour = as_hex((red / 255, green / 255, blue / 255))
            counts[colour] = counts.get(colour, 0) + count
    whole = sum(counts.values()) or 1
    groups: dict[str, int] = {}
    often = sorted(counts, key=lambda colour: (-counts[colour], colour))
    heads = [colour for colour in often if counts[colour] >= LEAST_SHARE * whole / 4][:24]
    for colour in heads:
        near = next((head for head in groups if difference(head, colour) < ALIKE), colour)
        groups[near] = groups.get(near, 0) + counts[colour]
    shares = ((colour, count / whole) for colour, count in groups.items())
    return tuple(sorted((s for s in shares if s[1] >= LEAST_SHARE), key=lambda s: -s[1]))


def _drawn(content: bytes) -> bytes:
    """A drawing as a picture; it came through the door, so that it names no file and no font."""
    import resvg_py

    made: Any = resvg_py.svg_to_bytes(
        svg_string=content.decode(), skip_system_fonts=True, dpi=96, width=PIXELS
    )
    return bytes(made)
