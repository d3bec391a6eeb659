"""Formes: finished files that are kept standing, with holes in which other words are locked up.

A file is finished once with marks in its holes. Where the marks come out, there goes what stands in
the holes of any other file that has the same pages but for them: finishing moves and joins the
operators of a page, and never asks for what they show. A forme is sound if it makes the file that
it was made from again, to the last byte; whoever makes one asks for that.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from foldwell.pdf.lines import rewritten
from foldwell.pdf.raw_objects import RawFile
from foldwell.press.finishing import written

MARK = b"/FoldwellForme"
_LENGTH = re.compile(rb"/Length \d+>>$")
_MARKED = re.compile(rb"f00d|77\d{4}\.5|\xf0\x0d|\\360\\r|\\360\\015", re.IGNORECASE)


class Unsound(Exception):  # noqa: N818 - it is a way out, not an error
    """Finishing does more with what stands in the holes than to put it somewhere."""


class Forme:
    """A finished file with holes.

    Args:
        raw: The typeset file, taken apart.
        bodies: By the numbers of their objects content streams, line by line, with the numbers of
            holes in their places.
        kinds: What stands in each hole now, which says of what kind it is.
        marked: The objects beside them of which something may differ.
        finish: What finishes a typeset file.

    Raises:
        Unsound: If a mark is lost, or comes out twice.
    """

    def __init__(
        self,
        raw: RawFile,
        bodies: Mapping[int, Sequence[bytes | int]],
        kinds: Sequence[bytes],
        marked: Sequence[int],
        finish: Callable[[bytes], bytes],
    ) -> None:
        marks = [_mark(number, kind) for number, kind in enumerate(kinds)]
        others = {}
        for number, body in bodies.items():
            lines = [marks[part] if isinstance(part, int) else part for part in body]
            content = b"\n".join(lines)
            head = raw.objects[number].partition(b"\nstream\n")[0]
            head = _LENGTH.sub(b"/Length %d>>" % len(content), head)
            others[number] = head + b"\nstream\n" + content + b"\nendstream"
        for number in marked:
            others[number] = raw.objects[number][:-2] + MARK + b" %d>>" % number
        self._pdf = Pdf.open(io.BytesIO(finish(raw.written(others))))
        if "/ID" in self._pdf.trailer:
            del self._pdf.trailer["/ID"]  # each file has one of its own
        _unpack(self._pdf)
        self.marked: dict[int, Any] = {}
        for item in self._pdf.objects:
            if isinstance(item, Dictionary) and (key := MARK.decode()) in item:
                self.marked[int(item[key])] = item
                del item[key]
        self._linked = any(
            isinstance(item, Dictionary) and item.get("/Subtype") == Name.Link
            for item in self._pdf.objects
        )
        self._streams = self._with_holes(marks)
        self._fonts: dict[str, Any] = {}

    def _with_holes(self, marks: list[bytes]) -> list[tuple[Any, list[bytes | tuple[int, bool]]]]:
        """The content streams of the finished file, with the numbers of holes among their lines."""
        places: dict[bytes, tuple[int, bool]] = {}
        again = rewritten(marks)
        if again is None:
            raise Unsound
        for number, (mark, other) in enumerate(zip(marks, again, strict=True)):
            places[mark] = number, False
            places[other] = number, True
        found, met = [], list[int]()
        for item in self._pdf.objects:
            if not isinstance(item, Stream) or "/Length1" in item or Name.Image == item.get(
                "/Subtype"
            ):  # fmt: skip
                continue
            content = item.read_bytes()
            if not _MARKED.search(content):
                continue
            parts: list[bytes | tuple[int, bool]] = []
            lines: list[bytes] = []
            for line in content.split(b"\n"):
                place = places.get(line)
                if place is None:
                    lines.append(line)
                    continue
                met.append(place[0])
                parts += [b"\n".join([*lines, b""]), place]
                lines = [b""]
            parts.append(b"\n".join(lines))
            if len(parts) > 1:
                found.append((item, parts))
        if sorted(met) != [*range(len(marks))]:
            raise Unsound
        return found

    def filled(
        self,
        steps: Sequence[Sequence[bytes]],
        said: Mapping[int, Mapping[str, bytes]],
        fonts: Mapping[str, Any],
        dress: Callable[[Pdf], None] | None = None,
    ) -> bytes:
        """The file with other words in its holes.

        Args:
            steps: For each hole the operators in it.
            said: For each marked object the values by key, as they are written.
            fonts: What is said of each font, by the mark of its subset.
            dress: What lets the finished file say of itself what it shall.

        Raises:
            Unsound: If any of it cannot be put there.
        """
        again = rewritten([line for lines in steps for line in lines])
        if again is None or len(again) != sum(map(len, steps)):
            raise Unsound
        texts, at = list[tuple[bytes, bytes]](), 0
        for lines in steps:
            texts.append((b"\n".join(lines), b"\n".join(again[at : at + len(lines)])))
            at += len(lines)
        for stream, parts in self._streams:
            whole = (p if isinstance(p, bytes) else texts[p[0]][p[1]] for p in parts)
            stream.write(b"".join(whole))
        for number, values in said.items():
            self._say(self.marked.get(number), values)
        for name, words in fonts.items():
            self._tell(name, words)
        if dress:
            dress(self._pdf)
        return written(self._pdf)

    def font(self, name: str) -> Any:
        """A font of the file that was made last, by the mark of its subset."""
        return self._fonts[name][0]

    def _say(self, item: Any, values: Mapping[str, bytes]) -> None:
        if item is None and "/Rect" in values and not self._linked:
            return  # paper has no links
        if item is None:
            raise Unsound
        for key, value in values.items():
            holder = item.A if key == "/URI" else item
            if key not in holder:
                raise Unsound
            holder[key] = pikepdf.Object.parse(value)

    def _tell(self, name: str, words: Any) -> None:
        """Let a font say what is said of it."""
        if not self._fonts:
            for item in self._pdf.objects:
                if isinstance(item, Dictionary) and item.get("/Subtype") == Name.Type0:
                    key = str(item.BaseFont)[1:7]
                    if key in self._fonts:
                        raise Unsound
                    self._fonts[key] = [item, None]
        font, before = self._fonts.get(name, (None, None))
        if font is None:
            raise Unsound
        if words == before:
            return
        inner = font.DescendantFonts[0]
        descriptor = inner.FontDescriptor
        program = descriptor.get("/FontFile2" if words.plain else "/FontFile3")
        if program is None or not isinstance(inner.get("/W"), Array):
            raise Unsound
        if before is None or before.program != words.program:
            program.write(words.program)
            if words.plain:
                program.Length1 = len(words.program)
        font.ToUnicode.write(words.to_unicode)
        inner.W = pikepdf.Object.parse(words.widths)
        descriptor.FontBBox = pikepdf.Object.parse(words.box)
        descriptor.Flags = words.flags
        self._fonts[name][1] = words


def _unpack(pdf: Pdf) -> None:
    """Take packed streams apart: what is packed already is written in another way."""
    for item in pdf.objects:
        packed = isinstance(item, Stream) and item.get("/Filter") == Name.FlateDecode
        if packed and "/DecodeParms" not in item:
            item.write(item.read_bytes())


def _mark(number: int, kind: bytes) -> bytes:
    """What marks a hole: an operator of its kind that no page has."""
    name = kind.rpartition(b" ")[2]
    if name == b"Tm":
        return b"1 0 0 -1 77%04d.5 0 Tm" % number
    if name == b"TJ":
        return b"[<f00d%04x>] TJ" % number
    if name == b"Tj":
        return b"<f00d%04x> Tj" % number
    if name == b"BDC":
        return b"/Span <</ActualText <fefff00d%04x>>> BDC" % number
    return b"77%04d.5 0 1 1 re" % number
