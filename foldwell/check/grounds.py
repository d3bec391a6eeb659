"""Grounds: what stands behind the text of a page, drawn once for all pages on which it is the same.

The pages of one leaflet differ from clinic to clinic in their words; what is painted around them is
the same, so that it need not be drawn again to be looked at. A ground is known by all that paints
it: each line of the page's content that shows no text, the page's boxes, and all that it names
but its fonts. Where that is not sure, the ground is drawn.
"""

from __future__ import annotations

import hashlib
import zlib
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from pikepdf import Array, Dictionary, Pdf, Stream
from PIL import Image

from foldwell.pdf.boxes import inherited
from foldwell.pdf.content_stream import Streams
from foldwell.pdf.lines import Line

KEPT, MET = 192, 1000
"""How many grounds are kept, and of how many it is known that they were met."""
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
        image: Its picture, until it is packed.
        strips: Its pixels, packed, some rows at a time.
        sound: What was found sound on it; more may be added.
    """

    size: tuple[int, int]
    image: Image.Image | None
    strips: list[bytes] = field(default_factory=list)
    sound: set[tuple[Any, ...]] = field(default_factory=set)

    @classmethod
    def of(cls, image: Image.Image) -> Ground:
        """A picture as a ground."""
        return cls(image.size, image)

    def pack(self) -> None:
        """Make it small, as long as nobody looks at it."""
        if self.image is None:
            return
        content, step = self.image.tobytes(), 3 * self.image.width * ROWS
        self.strips = [
            zlib.compress(content[at : at + step], 1) for at in range(0, len(content), step)
        ]
        self.image = None

    def crop(self, box: tuple[int, int, int, int]) -> Image.Image:
        """What stands in a box, in pixels from the upper left."""
        if self.image is not None:
            return self.image.crop(box)
        left, upper, right, lower = box
        width, height = self.size
        first, last = upper // ROWS, max(lower - 1, upper) // ROWS
        content = b"".join(map(zlib.decompress, self.strips[first : last + 1]))
        rows = Image.frombytes(
            "RGB", (width, min((last + 1) * ROWS, height) - first * ROWS), content
        )
        return rows.crop((left, upper - first * ROWS, right, lower - first * ROWS))


class Grounds:
    """The grounds that a process keeps, by what paints them: those that it met more than once."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Ground] = OrderedDict()
        self._met: OrderedDict[str, None] = OrderedDict()
        self._last: tuple[str, Ground] | None = None

    def find(self, key: str, draw: Callable[[], Image.Image]) -> Ground:
        """The ground of a key; without a key it is drawn, and not kept."""
        if self._last and key and self._last[0] == key:
            self._met[key] = None
            return self._last[1]
        found = self._kept.get(key)
        if found is None:
            self._settle()
            found = Ground.of(draw())
            self._last = key, found
            return found
        if len(found.sound) > SOUND_KEPT:
            found.sound.clear()
        self._kept.move_to_end(key)
        return found

    def _settle(self) -> None:
        """Keep the ground that was drawn last if it was met before: packing takes longer."""
        key, ground = self._last or ("", None)
        if ground is None or not key:
            return
        if key in self._met:
            ground.pack()
            self._kept[key] = ground
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._met[key] = None
        if len(self._met) > MET:
            self._met.popitem(last=False)


GROUNDS = Grounds()
"""Those of this process."""


def keys_of(pdf: Pdf, streams: Streams) -> list[str]:
    """For each page the key of its ground; empty where it is not sure what paints it.

    Args:
        pdf: The file.
        streams: Its content streams.
    """
    parts = _Parts(streams)
    return [_key(page.obj, streams, parts) for page in pdf.pages]


def _key(page: Any, streams: Streams, parts: _Parts) -> str:
    try:
        lines = streams.lines(page)
        if lines is None or any("/AP" in item for item in page.get("/Annots", ())):
            return ""
        digest = hashlib.sha256()
        boxes = [inherited(page, name) for name in ("/MediaBox", "/CropBox", "/Rotate")]
        digest.update(repr([_plain(box) for box in boxes]).encode())
        painting = _painting(lines)
        digest.update(b"\n".join([line.written for line in painting]))
        names = {one for line in {*painting} for one in line.names}
        resources = inherited(page, "/Resources")
        for kind in sorted(resources.keys() if isinstance(resources, Dictionary) else ()):
            held = resources[kind]
            if kind != "/Font" and isinstance(held, Dictionary):
                for name in sorted(names.intersection(held.keys())):
                    part = parts.of(held[name], (), fades=kind == "/XObject")
                    digest.update(f"{kind} {name} {part}".encode())
        return digest.hexdigest()
    except _Unsure:
        return ""


class _Unsure(Exception):  # noqa: N818 - it is a way out, not an error
    """What paints a page is not known well enough."""


def _painting(lines: Sequence[Line]) -> list[Line]:
    painting = [line for line in lines if line.operator not in _OF_TEXT]
    for line in {*painting}:
        if line.operator == "Tr" and float(line.instruction.operands[0]) >= _CLIPS:
            raise _Unsure
    return painting


def _plain(value: Any) -> Any:
    return [float(one) for one in value] if isinstance(value, Array) else repr(value)


class _Parts:
    """Hashes of what pages name; what has a number in the file is read once."""

    def __init__(self, streams: Streams) -> None:
        self._streams = streams
        self._known: dict[tuple[tuple[int, int], bool], str] = {}

    def of(self, value: Any, above: tuple[Any, ...], *, fades: bool) -> str:
        """The hash of a value, with all that it refers to.

        Args:
            value: The value.
            above: The objects that hold it.
            fades: Whether text in it is not painted with that of the page, as in forms.
        """
        if not isinstance(value, Array | Dictionary | Stream):
            return repr(value)
        number = value.objgen
        if len(above) > _DEEPEST or (number != (0, 0) and number in above):
            raise _Unsure
        if (number, fades) not in self._known:
            found = self._read(value, (*above, number), fades=fades)
            if number == (0, 0):
                return found
            self._known[number, fades] = found
        return self._known[number, fades]

    def _read(self, value: Any, above: tuple[Any, ...], *, fades: bool) -> str:
        if isinstance(value, Array):
            return f"[{' '.join([self.of(item, above, fades=fades) for item in value])}]"
        digest = hashlib.sha256()
        for key in sorted(value.keys()):
            if key not in ("/Font", "/Length"):
                within = fades and key not in ("/Pattern", "/ExtGState")
                digest.update(f"{key} {self.of(value[key], above, fades=within)} ".encode())
        if isinstance(value, Stream):
            digest.update(self._painted(value, fades=fades))
        return digest.hexdigest()

    def _painted(self, stream: Any, *, fades: bool) -> bytes:
        if "/Resources" not in stream and str(stream.get("/Subtype")) != "/Form":
            return hashlib.sha256(stream.read_raw_bytes()).digest()
        lines = self._streams.lines(stream)
        if lines is None:
            raise _Unsure
        painting = _painting(lines)
        if len(painting) < len(lines) and not fades:
            raise _Unsure
        return b"\n".join([line.written for line in painting])
