"""Where a page still holds colours of light (RGB, Lab) when all should be ink.

Everything that the page can reach is looked at, used or not: the bases and alternates of colour
spaces, transparency groups, soft masks, glyphs of Type 3 fonts and the looks of annotations too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary, Name, Stream

from foldwell.pdf.colour_space import DEVICE_OPERATORS, SPACE_OPERATORS, Space, read_space
from foldwell.pdf.content_stream import INLINE_IMAGE, Operation, Streams
from foldwell.pdf.reach import Part, Reach, entries

LIGHT = ("rgb", "lab")
_JPEG_2000 = Name.JPXDecode


def lights(streams: Streams, page: Any, resources: Any) -> list[str]:
    """What on a page is not ink, each said once.

    Args:
        streams: The content streams of the file.
        page: The page's dictionary.
        resources: Its resources.
    """
    found = (said for part in Reach().page(page, resources) for said in _part(streams, part))
    return list(dict.fromkeys(found))


def _part(streams: Streams, part: Part) -> Iterator[str]:
    item, where = part.item, part.where
    match part.kind:
        case "content" | "other" if isinstance(item, Dictionary | Stream):
            group = item.get("/Group")
            if isinstance(group, Dictionary) and "/CS" in group:
                yield from _space(read_space(group.CS), f"the transparency group of {where}")
            if part.kind == "content" or isinstance(item, Stream):
                yield from _operations(streams.operations(item), part.resources)
        case "resources":
            for name, space in entries(item, "/ColorSpace"):
                yield from _space(read_space(space, item), f"the colour space {name}")
        case "shading":
            yield from _space(read_space(item.get("/ColorSpace"), part.resources), where)
        case "picture" if "/ColorSpace" in item:
            yield from _space(read_space(item.ColorSpace, part.resources), where)
        case "picture" if _is_jpeg_2000(item):
            yield f"{where} (JPEG 2000 that does not say its colour space)"


def _operations(operations: list[Operation], resources: Any) -> Iterator[str]:
    """Colours of light that are chosen in a content stream itself."""
    for operator, operands in operations:
        if operator in DEVICE_OPERATORS:
            yield from _space(DEVICE_OPERATORS[operator], "colours of drawing or text")
        elif operator in SPACE_OPERATORS and operands:
            yield from _space(read_space(operands[-1], resources), "colours of drawing or text")
        elif operator == INLINE_IMAGE:
            yield from _inline(operands[0], resources)


def _space(space: Space, where: str) -> Iterator[str]:
    light = next((part for part in space.all() if part.family in LIGHT), None)
    if light is not None:
        yield f"{where} ({light})"


def _inline(image: Any, resources: Any) -> Iterator[str]:
    try:
        name = str(image.colorspace or "")
    except (NotImplementedError, KeyError, AttributeError):
        return
    if name:
        yield from _space(read_space(name, resources), "a small picture in the text of the page")


def _is_jpeg_2000(image: Any) -> bool:
    filters = image.get("/Filter")
    return filters == _JPEG_2000 or (isinstance(filters, Array) and _JPEG_2000 in list(filters))
