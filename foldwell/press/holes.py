"""Holes in content streams: what stands around them is packed once, for all files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from foldwell.pdf.lines import rewritten
from foldwell.pdf.packed_file import PackedFile, content_of, stream
from foldwell.pdf.packing import FREE, WINDOW, Piece, cuts, joined, piece_of, pieces_of

Place = tuple[int, bool]
"""The number of a hole; whether what stands in it is written as finishing writes what it read."""

_LENGTH = re.compile(rb"/Length \d+")
_EITHER = re.compile(rb"f00d|77\d{4}\.5|\xf0\x0d|\\360\\r|\\360\\015", re.IGNORECASE)
_HOLDS_NONE = re.compile(rb"/Length1 |/Subtype /(?:Image|XML|OpenType|CIDFontType0C) |/N \d")
"""Streams without operators: programs of fonts, pictures, profiles, metadata."""


class Unsound(Exception):  # noqa: N818 - it is a way out, not an error
    """Finishing does more with what stands in the holes than to put it somewhere."""


@dataclass(frozen=True)
class Region:
    """What is packed anew for each file: from the cut before a hole to the one behind it.

    Attributes:
        before: What stands before it, as far as it bears on where it is cut.
        parts: What stands in it, with holes.
    """

    before: bytes
    parts: tuple[bytes | Place, ...]


@dataclass(frozen=True)
class HoledStream:
    """A content stream with holes.

    Attributes:
        head: Its dictionary.
        spans: What it holds, packed where it differs in no file.
    """

    head: bytes
    spans: tuple[Piece | Region, ...]

    @property
    def places(self) -> Iterator[Place]:
        """The holes in it."""
        for span in self.spans:
            if isinstance(span, Region):
                yield from (one for one in span.parts if isinstance(one, tuple))

    def filled(self, texts: Mapping[Place, bytes]) -> bytes:
        """The stream with words in its holes, packed."""
        pieces = list[Piece]()
        for span in self.spans:
            if isinstance(span, Piece):
                pieces.append(span)
                continue
            whole = b"".join([p if isinstance(p, bytes) else texts[p] for p in span.parts])
            pieces += pieces_of(whole, span.before)
        content = joined(pieces)
        return stream(_LENGTH.sub(b"/Length %d" % len(content), self.head), content)


def _holed(head: bytes, content: bytes, places: Mapping[bytes, Place]) -> HoledStream | None:
    """A content stream with holes; None if it has none.

    Args:
        head: Its dictionary.
        content: What it holds, with marks in its holes.
        places: The marks.
    """
    if not _EITHER.search(content):
        return None
    parts: list[bytes | Place] = []
    lines: list[bytes] = []
    for line in content.split(b"\n"):
        place = places.get(line)
        if place is None:
            lines.append(line)
        else:
            parts += [b"\n".join([*lines, b""]), place]
            lines = [b""]
    parts.append(b"\n".join(lines))
    return HoledStream(head, tuple(_spans(parts))) if len(parts) > 1 else None


def _spans(parts: Sequence[bytes | Place]) -> Iterator[Piece | Region]:
    """The spans of a stream: of the cuts in it, those count that no hole can move."""
    before, region, start = b"", list[bytes | Place](), 0
    for number, part in enumerate(parts):
        if isinstance(part, tuple):
            region.append(part)
            continue
        first, last = number == 0, number == len(parts) - 1
        places = [at for at in cuts(part) if first or at >= FREE]
        if not first:
            start = places[0] if places else len(part)
            region.append(part[:start])
            if not places and not last:
                continue
            yield Region(before, tuple(region))
        ends = [at for at in places if at > start] + [len(part)] * last
        for at, end in pairwise([start, *ends]):
            if end > at:
                yield piece_of(part[at:end])
        cut = ends[-1] if ends else start
        before, region = part[max(0, cut - WINDOW) : cut], [part[cut:]]


def holed_streams(file: PackedFile, marks: list[bytes]) -> dict[int, HoledStream]:
    """The content streams of the finished file in which holes are, by number."""
    places: dict[bytes, Place] = {}
    again = rewritten(marks)
    if again is None:
        raise Unsound
    for number, (mark, other) in enumerate(zip(marks, again, strict=True)):
        places[mark] = number, False
        places[other] = number, True
    found = {}
    for number, said in file.streams.items():
        head = said.partition(b"\nstream\n")[0]
        if not _HOLDS_NONE.search(head) and (one := _holed(head, content_of(said), places)):
            found[number] = one
    if sorted(number for one in found.values() for number, _ in one.places) != [*range(len(marks))]:
        raise Unsound
    return found


def mark(number: int, kind: bytes) -> bytes:
    """What marks a hole in a typeset file: an operator of its kind that no page has."""
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
