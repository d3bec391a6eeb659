"""Packed files: every file that is written here, byte by byte the same in every process.

Streams are packed, and all other objects are gathered in two packed streams (ISO 32000-1, 7.5.7):
those in which files of one kind may differ (links, pictures, fonts, what the file says of itself),
and the rest. The table of places is a stream too (7.5.8). XMP stays readable for programs that do
not know PDF.
"""

from __future__ import annotations

import hashlib
import re
import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from foldwell.pdf.packing import packed
from foldwell.pdf.raw_objects import taken_apart

_OWN = re.compile(rb"/Subtype /Link|/S /Figure|/Type /Font(?:Descriptor)?(?= |$)")
_INFO = re.compile(rb"/Info (\d+) 0 R")
_REFERENCES = re.compile(rb"/(?:Info|Root) \d+ 0 R")
_STREAM, _END = b"\nstream\n", b"\nendstream"
_FLATE = b"/Filter /FlateDecode "
_FILTERS = re.compile(rb"/(?:Filter|F) ")
_FIRST = re.compile(rb"/First (\d+)")
_LENGTH = re.compile(rb"/Length \d+")
_ENTRY = struct.Struct(">BIH")

Part = tuple[bytes, bytes]
"""What stands in a file by itself, as it is written there; and its digest."""


@dataclass(frozen=True)
class PackedFile:
    """A file, with its objects as they are gathered and packed.

    Attributes:
        head: What stands before the first object.
        trailer: What the trailer says of the catalogue and of the file's own information.
        streams: By their numbers the streams, packed: dictionary and bytes.
        gathered: All other objects, by number: those in which files may differ, and the rest.
    """

    head: bytes
    trailer: bytes
    streams: Mapping[int, bytes]
    gathered: tuple[Mapping[int, bytes], ...]

    @property
    def numbers(self) -> list[int]:
        """The numbers of the streams in which objects are gathered."""
        first = 1 + len(self.streams) + sum(map(len, self.gathered))
        return [first + index for index in range(len(self.gathered))]

    def parts(self) -> dict[int, Part]:
        """All that stands in the file by itself, by number."""
        made = {number: part(number, said) for number, said in self.streams.items()}
        for number, objects in zip(self.numbers, self.gathered, strict=True):
            made[number] = part(number, gathering(objects))
        return made

    def table(self) -> bytes:
        """The table of places, but for those of what stands in the file by itself."""
        size = 2 + self.numbers[-1]
        table = bytearray(_ENTRY.size * size)
        _ENTRY.pack_into(table, 0, 0, 0, 65535)
        for holder, objects in zip(self.numbers, self.gathered, strict=True):
            for index, number in enumerate(objects):
                _ENTRY.pack_into(table, _ENTRY.size * number, 2, holder, index)
        return bytes(table)

    def written(self) -> bytes:
        """The file."""
        return written(self.head, self.trailer, self.table(), self.parts())


def written(head: bytes, trailer: bytes, table: bytes, parts: Mapping[int, Part]) -> bytes:
    """A file of its parts.

    Args:
        head: What stands before the first object.
        trailer: What the trailer says.
        table: The table of places, but for those of the parts.
        parts: What stands in the file by itself, by number.
    """
    out, at, places = [head], len(head), bytearray(table)
    name = hashlib.blake2b(head + trailer, digest_size=16)
    for number in sorted(parts):
        said, digest = parts[number]
        _ENTRY.pack_into(places, _ENTRY.size * number, 1, at, 0)
        out.append(said)
        at += len(said)
        name.update(digest)
    size = len(table) // _ENTRY.size
    _ENTRY.pack_into(places, _ENTRY.size * (size - 1), 1, at, 0)
    rows, own = zlib.compress(places, 1), name.hexdigest().encode()
    out.append(
        b"%d 0 obj\n<< /Type /XRef /Size %d /W [ 1 4 2 ] %s /ID [<%s><%s>]"
        b" /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream\nendobj\n"
        b"startxref\n%d\n%%%%EOF\n" % (size - 1, size, trailer, own, own, len(rows), rows, at)
    )
    return b"".join(out)


def part(number: int, said: bytes) -> Part:
    """What stands in a file by itself, as it is written."""
    whole = b"%d 0 obj\n%s\nendobj\n" % (number, said)
    return whole, hashlib.blake2b(whole, digest_size=16).digest()


def gathering(objects: Mapping[int, bytes]) -> bytes:
    """A packed stream of objects."""
    places, at = [], 0
    for number, said in objects.items():
        places.append(b"%d %d" % (number, at))
        at += len(said) + 1
    first = b" ".join(places) + b"\n"
    content = packed(first + b"\n".join(objects.values()))
    head = b"<< /Type /ObjStm /N %d /First %d" % (len(objects), len(first))
    return stream(head + b" /Filter /FlateDecode /Length %d >>" % len(content), content)


def stream(head: bytes, content: bytes) -> bytes:
    """A stream of its dictionary and its bytes."""
    return head + _STREAM + content + _END


def packed_stream(said: bytes) -> bytes:
    """A stream as it is written: packed, unless it is packed in another way or to be readable."""
    head, _, content = said.partition(_STREAM)
    content = content.removesuffix(_END)
    if _FLATE in head and b"/DecodeParms" not in head:
        head, content = head.replace(_FLATE, b""), zlib.decompress(content)  # one way to pack all
    if b"/Type /Metadata" in head or _FILTERS.search(head) or len(_LENGTH.findall(head)) != 1:
        return said
    content = packed(content)
    return stream(_LENGTH.sub(_FLATE + b"/Length %d" % len(content), head), content)


def content_of(said: bytes) -> bytes:
    """The bytes of a stream that is written so."""
    head, _, content = said.partition(_STREAM)
    content = content.removesuffix(_END)
    return zlib.decompress(content) if _FLATE in head else content


def gathered(plain: bytes) -> PackedFile:
    """A file, packed.

    Args:
        plain: The file with its objects one after another, as qpdf writes it.
    """
    file = taken_apart(plain)
    info = _INFO.search(file.tail)
    own, rest, streams = dict[int, bytes](), dict[int, bytes](), dict[int, bytes]()
    for number, said in file.objects.items():
        if said.endswith(_END) and _STREAM in said:
            streams[number] = packed_stream(said)
        elif _OWN.search(said) or (info and int(info[1]) == number):
            own[number] = said
        else:
            rest[number] = said
    trailer = b" ".join(_REFERENCES.findall(file.tail))
    return PackedFile(file.head, trailer, streams, tuple(filter(None, (own, rest))))


def opened(content: bytes) -> PackedFile:
    """A file that was written so, taken apart again.

    Raises:
        ValueError: If it was not.
    """
    foot = re.search(rb"\nendobj\nstartxref\n(\d+)\n%%EOF\n$", content)
    if foot is None:
        raise ValueError("it is not written so")
    end = int(foot[1])
    last = content[end : foot.start()].partition(b" 0 obj\n")[2]
    rows = [*_ENTRY.iter_unpack(content_of(last))]
    places = [(at, number) for number, (kind, at, _) in enumerate(rows) if kind == 1]
    parts = dict[int, bytes]()
    for (start, number), (stop, _) in pairwise(sorted(places)):
        parts[number] = content[start + len(b"%d 0 obj\n" % number) : stop - len(b"\nendobj\n")]
    groups = []
    for number in sorted({holder for kind, holder, _ in rows if kind == 2}):
        said = parts.pop(number)
        first = int(_FIRST.findall(said)[0])
        held = content_of(said)
        told = [*map(int, held[:first].split())]
        starts = [*told[1::2], len(held) - first + 1]
        groups.append(
            {
                one: held[first + start : first + stop - 1]
                for one, start, stop in zip(told[::2], starts, starts[1:], strict=False)
            }
        )
    trailer = b" ".join(_REFERENCES.findall(last.partition(_STREAM)[0]))
    return PackedFile(content[: min(places)[0]], trailer, parts, tuple(groups))
