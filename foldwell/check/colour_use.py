"""Where a page still holds colours of light (RGB, Lab) when all should be ink.

Everything that the page can reach is walked, used or not: resources, forms, patterns, shadings,
pictures, the bases and alternates of colour spaces, transparency groups, soft masks, glyphs of
Type 3 fonts and the looks of annotations.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary, Name, Stream

from foldwell.errors import FoldwellError
from foldwell.pdf.colour_space import Space, read_space
from foldwell.pdf.content_stream import Operation, Streams

LIGHT = ("rgb", "lab")
_DEEPEST = 40
_JPEG_2000 = Name.JPXDecode


class ColourUse:
    """Walks one page after the other.

    Args:
        streams: The content streams of the file.
    """

    def __init__(self, streams: Streams) -> None:
        self._streams = streams
        self._seen: set[tuple[int, int]] = set()

    def lights(self, page: Any, resources: Any) -> list[str]:
        """What on a page is not ink, each said once.

        Args:
            page: The page's dictionary.
            resources: Its resources.
        """
        self._seen = set()
        found = list(self._group(page, "the page"))
        found += self._operations(self._streams.operations(page), resources)
        found += self._resources(resources, 0)
        for annotation in page.get("/Annots", ()):
            looks = annotation.get("/AP") if isinstance(annotation, Dictionary) else None
            for look in _streams_in(looks):
                found += self._form(look, "an annotation", 0)
        return list(dict.fromkeys(found))

    def _new(self, item: Any) -> bool:
        """Whether an object is met for the first time."""
        key = item.objgen
        if key != (0, 0) and key in self._seen:
            return False
        self._seen.add(key)
        return True

    def _resources(self, resources: Any, depth: int) -> Iterator[str]:
        if not isinstance(resources, Dictionary) or not self._new(resources):
            return
        if depth > _DEEPEST:
            raise FoldwellError(
                "The page is nested too deep, or a form paints itself.",
                None,
                "Save the file again with the program that made it.",
            )
        for name, item in _entries(resources, "/ColorSpace"):
            yield from _space(read_space(item, resources), f"the colour space {name[1:]}")
        for name, item in _entries(resources, "/Shading"):
            yield from self._shading(item, resources, f"the shading {name[1:]}")
        for name, item in _entries(resources, "/XObject"):
            if isinstance(item, Stream) and item.get("/Subtype") == Name.Image:
                yield from self._image(item, resources, f"the picture {name[1:]}")
            elif isinstance(item, Stream):
                yield from self._form(item, f"the group of {name[1:]}", depth, resources)
        for name, item in _entries(resources, "/Pattern"):
            if isinstance(item, Stream):
                yield from self._form(item, f"the pattern {name[1:]}", depth, resources)
            elif isinstance(item, Dictionary):
                where = f"the pattern {name[1:]}"
                yield from self._shading(item.get("/Shading"), resources, where)
        for name, item in _entries(resources, "/ExtGState"):
            mask = item.get("/SMask") if isinstance(item, Dictionary) else None
            if isinstance(mask, Dictionary) and isinstance(mask.get("/G"), Stream):
                yield from self._form(mask.G, f"the soft mask {name[1:]}", depth, resources)
        for _, item in _entries(resources, "/Font"):
            if isinstance(item, Dictionary) and item.get("/Subtype") == Name.Type3:
                yield from self._type_3(item, resources, depth)

    def _form(self, form: Any, where: str, depth: int, outer: Any = None) -> Iterator[str]:
        if not self._new(form):
            return
        inner = form.get("/Resources", outer)
        yield from self._group(form, where)
        yield from self._operations(self._streams.operations(form), inner)
        yield from self._resources(form.get("/Resources"), depth + 1)

    def _group(self, item: Any, where: str) -> Iterator[str]:
        group = item.get("/Group")
        if isinstance(group, Dictionary) and "/CS" in group:
            yield from _space(read_space(group.CS), f"the transparency group of {where}")

    def _shading(self, item: Any, resources: Any, where: str) -> Iterator[str]:
        if isinstance(item, Dictionary | Stream):
            yield from _space(read_space(item.get("/ColorSpace"), resources), where)

    def _image(self, image: Any, resources: Any, where: str) -> Iterator[str]:
        if not self._new(image):
            return
        space = image.get("/ColorSpace")
        if space is not None:
            yield from _space(read_space(space, resources), where)
        elif _is_jpeg_2000(image):
            yield f"{where} (JPEG 2000 that does not say its colour space)"
        for other in image.get("/Alternates", ()):
            inner = other.get("/Image") if isinstance(other, Dictionary) else None
            if isinstance(inner, Stream):
                yield from self._image(inner, resources, where)

    def _type_3(self, font: Any, resources: Any, depth: int) -> Iterator[str]:
        inner = font.get("/Resources", resources)
        for _, glyph in _entries(font, "/CharProcs"):
            if isinstance(glyph, Stream) and self._new(glyph):
                yield from self._operations(self._streams.operations(glyph), inner)
        yield from self._resources(font.get("/Resources"), depth + 1)

    def _operations(self, operations: list[Operation], resources: Any) -> Iterator[str]:
        """Colours of light that are chosen in a content stream itself."""
        for operator, operands in operations:
            match operator:
                case "rg" | "RG":
                    yield "colours of drawing or text (DeviceRGB)"
                case "cs" | "CS" if operands:
                    space = read_space(operands[-1], resources)
                    yield from _space(space, "colours of drawing or text")
                case "INLINE IMAGE":
                    yield from _inline(operands[0], resources)


def _space(space: Space, where: str) -> Iterator[str]:
    light = next((part for part in space.all() if part.family in LIGHT), None)
    if light is not None:
        yield f"{where} ({light.name})"


def _inline(image: Any, resources: Any) -> Iterator[str]:
    try:
        name = str(image.colorspace or "")
    except (NotImplementedError, KeyError, AttributeError):
        return
    if name:
        yield from _space(read_space(name, resources), "a small picture in the text of the page")


def _entries(resources: Any, kind: str) -> Iterator[tuple[str, Any]]:
    group = resources.get(kind)
    if isinstance(group, Dictionary):
        yield from group.items()


def _is_jpeg_2000(image: Any) -> bool:
    filters = image.get("/Filter")
    return filters == _JPEG_2000 or (isinstance(filters, Array) and _JPEG_2000 in list(filters))


def _streams_in(looks: Any, depth: int = 0) -> Iterator[Any]:
    """The streams of an appearance dictionary, and of its states."""
    if isinstance(looks, Stream):
        yield looks
    elif isinstance(looks, Dictionary) and depth < 3:
        for _, item in looks.items():
            yield from _streams_in(item, depth + 1)
