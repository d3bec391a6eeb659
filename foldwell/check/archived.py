"""A file as archive rules see it: metadata, tags and what is shown, read when asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pikepdf import Array, Dictionary, Pdf, Stream

from foldwell.check.marked import Mark, Shown, read_shown
from foldwell.check.tagged import Tag, Tree, read_tree
from foldwell.check.xmp import Xmp, read_xmp
from foldwell.errors import FoldwellError
from foldwell.pdf.content_stream import Streams

MOST_OBJECTS = 1_000_000
LONG_BYTES = 30_000
"""What is written longer than this is looked at, whatever it holds."""
_HOLDERS = (Array, Dictionary, Stream)


@dataclass(frozen=True)
class Breach:
    """A clause that a file breaks.

    Attributes:
        clause: The clause of ISO 14289-1 (PDF/UA-1) or 19005-2 (PDF/A-2), such as ``7.2``.
        message: What is wrong: one sentence.
        page: On which page, counted from 1, where it is one.
    """

    clause: str
    message: str
    page: int | None = None


def named(names: str) -> re.Pattern[bytes]:
    """What finds any of some names, apart by spaces, in an object as it is written."""
    return re.compile(rf"/(?:{'|'.join(names.split())})(?=[\s/<>\[\]()]|$)".encode())


@dataclass(frozen=True)
class Archived:
    """A file as the archive rules see it.

    Attributes:
        pdf: As pikepdf has it.
        streams: Its content streams.
    """

    pdf: Pdf
    streams: Streams

    @cached_property
    def xmp(self) -> Xmp:
        """Its metadata."""
        stream = self.pdf.Root.get("/Metadata")
        return read_xmp(stream.read_bytes() if isinstance(stream, Stream) else b"")

    @cached_property
    def tree(self) -> Tree | None:
        """Its tag tree."""
        return read_tree(self.pdf)

    @property
    def tags(self) -> list[Tag]:
        """The elements of that tree; none without one."""
        return self.tree.tags if self.tree else []

    @cached_property
    def _read(self) -> list[Shown | Mark]:
        return [*read_shown(self.pdf, self.streams)]

    @property
    def shown(self) -> list[Shown]:
        """All that its pages show."""
        return [item for item in self._read if isinstance(item, Shown)]

    @property
    def marks(self) -> list[Mark]:
        """All marks in its content."""
        return [item for item in self._read if isinstance(item, Mark)]

    @property
    def language(self) -> str:
        """The language of the file as a whole; empty without one."""
        return str(self.pdf.Root.get("/Lang", ""))

    def tag_of(self, mark: Mark | None, page: tuple[int, int]) -> Tag | None:
        """The element that marked content belongs to, by the innermost mark with an id."""
        for one in mark.chain() if mark else ():
            if one.id is not None and self.tree:
                marked = self.tree.marked
                if found := marked.get((one.holder, one.id)) or marked.get((page, one.id)):
                    return found
        return None

    def page_of(self, tag: Tag) -> int | None:
        """On which page an element stands, counted from 1, if it says so."""
        return self._numbers.get(tag.page)

    @cached_property
    def _written(self) -> list[tuple[Any, bytes]]:
        """Every object of the file, and how it is written, without the content of streams."""
        return [
            (item, (item.stream_dict if isinstance(item, Stream) else item).unparse(resolved=True))
            for item in self.pdf.objects
            if isinstance(item, _HOLDERS)
        ]

    def naming(self, asked: re.Pattern[bytes]) -> list[Any]:
        """Every dictionary, stream and array in objects that are long or hold what is asked.

        Most objects of a tagged file hold nothing that a rule asks for, and need not be opened.

        Args:
            asked: A part of how they are written, such as a name.

        Raises:
            FoldwellError: If there are more than can be checked.
        """
        found: list[Any] = []
        left = [
            item for item, text in self._written if len(text) > LONG_BYTES or asked.search(text)
        ]
        while left:
            item = left.pop()
            found.append(item)
            if len(found) > MOST_OBJECTS:
                raise FoldwellError("The file has more parts than can be checked.")
            inner = item if isinstance(item, Array) else (value for _, value in item.items())
            # What has a number of its own is in the list of the file already.
            left += [one for one in inner if isinstance(one, _HOLDERS) and not one.is_indirect]
        return found

    @cached_property
    def _numbers(self) -> dict[tuple[int, int], int]:
        return {page.obj.objgen: number for number, page in enumerate(self.pdf.pages, 1)}

    def annotations(self) -> Iterator[tuple[int, Any]]:
        """Every annotation that can be seen, with the number of its page."""
        for number, page in enumerate(self.pdf.pages, 1):
            for item in page.obj.get("/Annots", ()):
                if isinstance(item, Dictionary) and not int(item.get("/F", 0)) & 2:
                    yield number, item
