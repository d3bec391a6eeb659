"""The fonts of a PDF: their names, and whether their glyphs travel in the file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from pikepdf import Array, Dictionary, Stream

from foldwell.pdf.content_stream import numbers, plain_value

_SUBSET = re.compile(r"^[A-Z]{6}\+")
_FILES = ("/FontFile", "/FontFile2", "/FontFile3")


@dataclass(frozen=True)
class Font:
    """A font as a page uses it.

    Attributes:
        name: Its name, without the letters that mark a subset.
        embedded: Whether its glyphs travel in the file.
    """

    name: str
    embedded: bool


class Fonts:
    """The fonts of one file, each read once."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], Font] = {}

    def read(self, item: Any) -> Font:
        """What a font dictionary says."""
        key: tuple[int, int] = getattr(item, "objgen", (0, 0))
        if key == (0, 0):
            return _read(item)
        if key not in self._known:
            self._known[key] = _read(item)
        return self._known[key]

    def em(self, item: Any) -> float:
        """How large a font is at size 1.

        That is 1, but for a Type 3 font, which has units of its own: there it is the height of
        its box, the nearest thing to a size that it has.
        """
        if not isinstance(item, Dictionary) or str(item.get("/Subtype", "")) != "/Type3":
            return 1.0
        matrix = numbers(plain_value(item.get("/FontMatrix")) or [], 6)
        box = numbers(plain_value(item.get("/FontBBox")) or [], 4)
        unit = abs(matrix[3]) if matrix else 0.001
        tall = abs(box[3] - box[1]) if box else 0.0
        return unit * (tall or 1000)


def _read(item: Any) -> Font:
    if not isinstance(item, Dictionary):
        return Font("a broken font", False)
    kind = str(item.get("/Subtype", ""))
    name = _SUBSET.sub("", str(item.get("/BaseFont", "/unnamed"))[1:])
    if kind == "/Type3":
        return Font("a Type 3 font", True)
    inner: Any = item
    if kind == "/Type0":
        descendants = item.get("/DescendantFonts")
        inner = descendants[0] if isinstance(descendants, Array) and len(descendants) else None
    if not isinstance(inner, Dictionary):
        return Font(name, False)
    descriptor = inner.get("/FontDescriptor")
    if not isinstance(descriptor, Dictionary):
        return Font(name, False)
    return Font(name, any(isinstance(descriptor.get(key), Stream) for key in _FILES))
