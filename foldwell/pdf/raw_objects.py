"""The objects of a file as the engine writes it: one after another, with a plain table of places.

Only files that were just written here are taken apart so; anybody else's is read with pikepdf.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_PLACE = re.compile(rb"(\d{10}) 00000 n ")


@dataclass(frozen=True)
class RawFile:
    """A file taken apart.

    Attributes:
        head: What stands before the first object.
        objects: What each object says, by number.
        tail: The trailer, without the place of the table.
    """

    head: bytes
    objects: Mapping[int, bytes]
    tail: bytes

    def written(self, others: Mapping[int, bytes]) -> bytes:
        """The file again, with other objects in the place of some."""
        out, places = [self.head], dict[int, int]()
        at = len(self.head)
        for number, said in self.objects.items():
            places[number] = at
            out.append(b"%d 0 obj\n%s\nendobj\n" % (number, others.get(number, said)))
            at += len(out[-1])
        out.append(b"xref\n0 %d\n0000000000 65535 f \n" % (max(places) + 1))
        out += [b"%010d 00000 n \n" % places[number] for number in sorted(places)]
        out += [self.tail, b"startxref\n%d\n%%%%EOF\n" % at]
        return b"".join(out)


def taken_apart(content: bytes) -> RawFile:
    """A file of the engine's, object by object.

    Raises:
        ValueError: If it is not written so.
    """
    table = content.rindex(b"\nxref\n") + 1
    tail = content.index(b"trailer", table)
    places = [int(place) for place in _PLACE.findall(content, table, tail)]
    ends = [*places[1:], table]
    objects = {}
    for number, (start, end) in enumerate(zip(places, ends, strict=True), 1):
        head, foot = b"%d 0 obj\n" % number, b"\nendobj\n"
        said = content[start:end]
        if not said.startswith(head) or not said.endswith(foot):
            raise ValueError("its objects do not stand one after another")
        objects[number] = said[len(head) : -len(foot)]
    return RawFile(content[: places[0]], objects, content[tail : content.rindex(b"startxref\n")])
