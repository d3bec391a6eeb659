"""The blocks of a page, each of which most clinics of a leaflet have in common."""

from __future__ import annotations

import re
from collections.abc import Iterable

_BETWEEN = re.compile(r">\n(?=<(?:p|h[1-6]|li|td|th|/?(?:div|section|tr)|dt|dd|caption)\b)")
"""Between a tag and the next block."""


def blocks_of(page: str) -> list[str]:
    """A page in parts that each begin with a block; behind one another they are the page."""
    *blocks, last = _BETWEEN.split(page)
    return [*(f"{block}>\n" for block in blocks), last]


def is_closed(block: str, names: Iterable[str]) -> bool:
    """Whether elements of some names, and comments, do not go on behind a part of a page."""
    return block.count("<!--") <= block.count("-->") and all(
        f"<{name}" not in block
        or len(re.findall(rf"<{name}\b", block)) <= block.count(f"</{name}>")
        for name in names
    )
