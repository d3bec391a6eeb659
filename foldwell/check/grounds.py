"""Grounds: what stands behind the text of a page, drawn once for all pages on which it is the same.

The pages of one leaflet differ from clinic to clinic in their words; what is painted around them is
the same, so that it need not be drawn again to be looked at. A ground is known by all that paints
it: each line of the page's content that shows no text, the page's boxes, and all that it names
but its fonts. Where that is not sure, the ground is drawn.
"""

from __future__ import annotations

import hashlib
import io
import zlib
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pikepdf import Array, Dictionary, Pdf, Stream
from PIL import Image

from foldwell.pdf.boxes import inherited
from foldwell.pdf.lines import Line, lines_of

KEPT = 192
ROWS = 48
"""How many rows of pixels are packed together."""
SOUND_KEPT = 4000
_OF_TEXT = frozenset(["Tj", "TJ", "'", '"', "Tm", "Td", "TD", "T*", "Tf", "Tc", "Tw", "Tz", "TL",
                      "Ts"])  # fmt: skip
"""Operators that show text or place it: they leave nothing where text is not painted."""
_CLIPS = 4.0
"""From this mode on (Tr), text bounds what is painted after it."""
_DEEPEST = 12


@dataclass
class Ground:
    """What stands behind the text of pages.

    Attributes:
        size: Its width and height in pixels.
        strips: Its pixels, packed, some rows at a time.
        sound: What was found sound on it; more may be added.
    """

    size: tuple[int, int]
    strips: list[bytes]
    sound: set[tuple[Any, ...]] = field(default_factory=set)

    @classmethod
    def of(cls, image: Image.Image) -> Ground:
        """A picture as a ground."""
        content, step = image.tobytes(), 3 * image.width * ROWS
        strips = [zlib.compress(content[at : at + step], 1) for at in range(0, len(content), step)]
        return cls(image.size, strips)

    def crop(self, box: tuple[int, int, int, int]) -> Image.Image:
        """What stands in a box, in pixels from the upper left."""
        left, upper, right, lower = box
        width, height = self.size
        first, last = upper // ROWS, max(lower - 1, upper) // ROWS
        content = b"".join(map(zlib.decompress, self.strips[first : last + 1]))
        rows = Image.frombytes(
            "RGB", (width, min((last + 1) * ROWS, height) - first * ROWS), content
        )
        return rows.crop((left, upper - first * ROWS, right, lower - first * ROWS))


class Grounds:
    """The grounds that a process keeps, by what paints them."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Ground] = OrderedDict()

    def find(self, key: str, draw: Callable[[], Image.Image]) -> Ground:
        """The ground of a key; without a key it is drawn, and not kept."""
        found = self._kept.get(key)
        if found is None:
            found = Ground.of(draw())
        elif len(found.sound) > SOUND_KEPT:
            found.sound.clear()
        if key:
            self._kept[key] = found
            self._kept.move_to_end(key)
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return found

    def known(self, key: str) -> Ground | None:
        """The ground of a key, if it is still kept."""
        return self._kept.get(key)


GROUNDS = Grounds()
"""Those of this process."""


def page_keys(content: bytes) -> list[tuple[str, tuple[float, ...]]]:
    """The same of a file that was not opened yet, each with the page's box in points."""
    with Pdf.open(io.BytesIO(content)) as pdf:
        boxes = [tuple(map(float, page.mediabox)) for page in pdf.pages]
        return [*zip(keys_of(pdf), boxes, strict=True)]


def keys_of(pdf: Pdf) -> list[str]:
    """For each page the key of its ground; empty where it is not sure what paints it."""
    return [_key(page.obj) for page in pdf.pages]


def _key(page: Any) -> str:
    try:
        lines = lines_of(page)
        if lines is None or any("/AP" in item for item in page.get("/Annots", ())):
            return ""
        digest = hashlib.sha256()
        boxes = [inherited(page, name) for name in ("/MediaBox", "/CropBox", "/Rotate")]
        digest.update(repr([_plain(box) for box in boxes]).encode())
        painting = [*_painting(lines)]
        digest.update(b"\n".join(line.written for line in painting))
        names = {one for line in painting for one in line.names}
        resources = inherited(page, "/Resources")
        for kind in sorted(resources.keys() if isinstance(resources, Dictionary) else ()):
            held = resources[kind]
            if kind != "/Font" and isinstance(held, Dictionary):
                for name in sorted(names.intersection(held.keys())):
                    _add(digest, held[name], f"{kind} {name}", (), fades=kind == "/XObject")
        return digest.hexdigest()
    except _Unsure:
        return ""


class _Unsure(Exception):  # noqa: N818 - it is a way out, not an error
    """What paints a page is not known well enough."""


def _painting(lines: Sequence[Line]) -> Iterator[Line]:
    for line in lines:
        if line.operator == "Tr" and float(line.instruction.operands[0]) >= _CLIPS:
            raise _Unsure
        if line.operator not in _OF_TEXT:
            yield line


def _plain(value: Any) -> Any:
    return [float(one) for one in value] if isinstance(value, Array) else repr(value)


def _add(digest: Any, value: Any, name: str, above: tuple[Any, ...], *, fades: bool) -> None:
    """Add a value to a hash, with all that it refers to.

    Args:
        digest: The hash.
        value: The value.
        name: Its name in what holds it.
        above: The objects that hold it.
        fades: Whether text in it is not painted with that of the page, as in forms.
    """
    digest.update(f"{len(above)} {name} ".encode())
    if not isinstance(value, Array | Dictionary | Stream):
        digest.update(repr(value).encode())
        return
    if len(above) > _DEEPEST or (value.objgen != (0, 0) and value.objgen in above):
        raise _Unsure
    above = (*above, value.objgen)
    if isinstance(value, Array):
        for item in value:
            _add(digest, item, "", above, fades=fades)
        return
    for key in sorted(value.keys()):
        if key not in ("/Font", "/Length"):
            within = fades and key not in ("/Pattern", "/ExtGState")
            _add(digest, value[key], key, above, fades=within)
    if isinstance(value, Stream):
        _add_stream(digest, value, fades=fades)


def _add_stream(digest: Any, stream: Any, *, fades: bool) -> None:
    if "/Resources" not in stream and str(stream.get("/Subtype")) != "/Form":
        digest.update(hashlib.sha256(stream.read_raw_bytes()).digest())
        return
    lines = lines_of(stream)
    if lines is None:
        raise _Unsure
    painting = [*_painting(lines)]
    if len(painting) < len(lines) and not fades:
        raise _Unsure
    digest.update(b"\n".join(line.written for line in painting))
