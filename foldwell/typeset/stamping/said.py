"""What links and pictures say in a file, as the engine writes it."""

from __future__ import annotations

from typing import Any

import pydyf
from weasyprint.matrix import Matrix

from foldwell.typeset.stamping.shapes import Unlike

SCALE = 0.75
"""Points in a CSS pixel."""


def link_says(page: Any, kind: str, target: Any, place: Any, *, tagged: bool) -> dict[str, bytes]:
    """What a file says of a link, by key.

    Args:
        page: The engine's page.
        kind: Whether it leads out of the file.
        target: Where it leads.
        place: Its corners, in CSS pixels.
        tagged: Whether the file is tagged.
    """
    matrix = Matrix(SCALE, 0, 0, -SCALE, 0, page.height * SCALE)
    first, last = matrix.transform_point(*place[:2]), matrix.transform_point(*place[2:])
    own = {"/Rect": pydyf.Array([*first, *last]).data}
    if kind == "external":
        own["/URI"] = pydyf.String(target).data
    if tagged:
        own["/Contents"] = pydyf.String(target).data
    return own


def alt_of(mine: Any, theirs: Any) -> bytes:
    """The words of a picture, as the engine writes them."""
    if mine.element.tag != "img" or not (alt := theirs.element.get("alt")):
        raise Unlike
    return bytes(pydyf.String(alt).data)
