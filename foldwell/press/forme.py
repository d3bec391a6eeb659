"""Formes: finished files that are kept standing, with holes in which other words are locked up.

A file is finished once with marks in its holes. Where the marks come out, there goes what stands in
the holes of any other file that has the same pages but for them: finishing moves and joins the
operators of a page, and never asks for what they show. A forme is sound if it makes the file that
it was made from again, to the last byte; whoever makes one asks for that.

What differs in no file is held packed, as it stands in each. All of it is plain values, so that a
forme can be put away, and taken up again in another process.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pikepdf import Pdf, String

from foldwell.pdf.dictionaries import dictionary, entries_of, normal
from foldwell.pdf.lines import as_written
from foldwell.pdf.packed_file import (
    Part,
    gathering,
    opened,
    packed_stream,
    part,
    stream,
    written,
)
from foldwell.pdf.raw_objects import RawFile
from foldwell.press.font_places import fonts_of
from foldwell.press.holes import Place, Unsound, holed_streams, mark
from foldwell.press.imprint import Imprint, imprint_places

__all__ = ["Forme", "Unsound"]

MARK = b"/FoldwellForme"
_LENGTH = re.compile(rb"/Length \d+>>$")
_MARKED = re.compile(rb" /FoldwellForme (\d+)")


@dataclass
class Changes:
    """What of a file is another's: entries of objects, and whole parts."""

    objects: dict[int, dict[bytes, bytes]]
    parts: dict[int, Part]


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
        marks = [mark(number, kind) for number, kind in enumerate(kinds)]
        others = {}
        for number, body in bodies.items():
            lines = [marks[line] if isinstance(line, int) else line for line in body]
            content = b"\n".join(lines)
            head = raw.objects[number].partition(b"\nstream\n")[0]
            head = _LENGTH.sub(b"/Length %d>>" % len(content), head)
            others[number] = stream(head, content)
        for number in marked:
            others[number] = raw.objects[number][:-2] + MARK + b" %d>>" % number
        content = finish(raw.written(others))
        file = opened(content)
        self._head, self._trailer, self._table = file.head, file.trailer, file.table()
        self._groups = [*zip(file.numbers, map(dict, file.gathered), strict=True)]
        self._marked = _unmarked([objects for _, objects in self._groups])
        self._holed = holed_streams(file, marks)
        self._fonts = fonts_of({n: said for _, held in self._groups for n, said in held.items()})
        self._places = imprint_places(content)
        anew = {self._places.xmp, *self._places.slugs}
        anew.update(n for font in self._fonts.values() for n in (font.program, font.to_unicode))
        self._heads = {n: file.streams[n].partition(b"\nstream\n")[0] for n in anew if n}
        self._parts = {n: part(n, said) for n, said in file.streams.items() if n not in self._holed}
        for number, objects in self._groups:
            self._parts[number] = part(number, gathering(objects))
        self._take_up()

    def _take_up(self) -> None:
        """Work out what is not put away."""
        self._objects = {n: said for _, held in self._groups for n, said in held.items()}
        self._linked = any(b"/Subtype /Link" in said for said in self._objects.values())
        self._asked = [place for one in self._holed.values() for place in one.places]
        self._entries: dict[int, dict[bytes, bytes]] = {}
        self._actions: dict[bytes, dict[bytes, bytes]] = {}
        self._told: dict[str, tuple[Any, Changes]] = {}
        self._last = b""
        self._read: Pdf | None = None

    def __getstate__(self) -> dict[str, Any]:
        """What is put away."""
        return {key: value for key, value in vars(self).items() if key not in _WORKED_OUT}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Take it up again."""
        vars(self).update(state)
        self._take_up()

    def filled(
        self,
        steps: Sequence[Sequence[bytes]],
        said: Mapping[int, Mapping[str, bytes]],
        fonts: Mapping[str, Any],
        dress: Callable[[Imprint], None] | None = None,
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
        texts = self._texts([b"\n".join(lines) for lines in steps])
        changes = Changes({}, {n: part(n, one.filled(texts)) for n, one in self._holed.items()})
        for number, values in said.items():
            self._say(number, values, changes)
        for name, words in fonts.items():
            self._tell(name, words, changes)
        if dress:
            self._dress(dress, changes)
        parts = {**self._parts, **changes.parts}
        for number, objects in self._groups:
            if not changes.objects.keys().isdisjoint(objects):
                others = {
                    n: dictionary(changes.objects[n]) for n in objects if n in changes.objects
                }
                parts[number] = part(number, gathering({**objects, **others}))
        self._last, self._read = written(self._head, self._trailer, self._table, parts), None
        return self._last

    def font(self, name: str) -> Any:
        """A font of the file that was made last, by the mark of its subset."""
        if self._read is None:
            self._read = Pdf.open(io.BytesIO(self._last))
        return self._read.get_object(self._fonts[name].font, 0)

    def _texts(self, holes: list[bytes]) -> dict[Place, bytes]:
        """What goes into each hole, in the ways in which it is asked for."""
        texts = dict[Place, bytes]()
        if len(holes) != len(self._asked):
            raise Unsound
        for number, again in self._asked:
            text = as_written(holes[number]) if again else holes[number]
            if text is None:
                raise Unsound
            texts[number, again] = text
        return texts

    def _entries_of(self, number: int, changes: Changes) -> dict[bytes, bytes]:
        """The entries of an object, to be changed."""
        if number not in changes.objects:
            if number not in self._entries:
                self._entries[number] = entries_of(self._objects[number])
            changes.objects[number] = self._entries[number].copy()
        return changes.objects[number]

    def _say(self, number: int, values: Mapping[str, bytes], changes: Changes) -> None:
        if number not in self._marked:
            if "/Rect" in values and not self._linked:
                return  # paper has no links
            raise Unsound
        item = self._entries_of(self._marked[number], changes)
        for name, value in values.items():
            key = name.encode()
            if key == b"/URI":
                said = item[b"/A"]
                if said not in self._actions:
                    self._actions[said] = entries_of(said)
                action = self._actions[said].copy()
                _put(action, key, normal(value))
                item[b"/A"] = dictionary(action)
            else:
                _put(item, key, normal(value))

    def _tell(self, name: str, words: Any, changes: Changes) -> None:
        """Let a font say what is said of it."""
        before, told = self._told.get(name, (None, None))
        if told is None or words != before:
            place = self._fonts.get(name)
            if place is None or place.plain != words.plain:
                raise Unsound
            length = {b"/Length1": b"%d" % len(words.program)} if words.plain else {}
            told = Changes(
                {
                    place.inner: {b"/W": normal(words.widths)},
                    place.descriptor: {
                        b"/FontBBox": normal(words.box),
                        b"/Flags": b"%d" % words.flags,
                    },
                },
                {
                    place.program: self._stream(place.program, words.program, length),
                    place.to_unicode: self._stream(place.to_unicode, words.to_unicode),
                },
            )
            self._told[name] = words, told
        changes.parts.update(told.parts)
        for number, values in told.objects.items():
            item = self._entries_of(number, changes)
            for key, value in values.items():
                _put(item, key, value)

    def _dress(self, dress: Callable[[Imprint], None], changes: Changes) -> None:
        """Let the file say of itself what it shall."""
        imprint, places = Imprint(self._places.told), self._places
        dress(imprint)
        if imprint.title is not None:
            title = bytes(String(imprint.title).unparse())
            _put(self._entries_of(places.info, changes), b"/Title", title)
        for number, content in zip(places.slugs, imprint.slugs, strict=bool(imprint.slugs)):
            changes.parts[number] = self._stream(number, content)
        if imprint.xmp:
            changes.parts[places.xmp] = self._stream(places.xmp, imprint.xmp)

    def _stream(self, number: int, content: bytes, more: Mapping[bytes, bytes] = {}) -> Part:
        """A stream with another content."""
        entries = {**entries_of(self._heads[number]), **more, b"/Length": b"%d" % len(content)}
        entries.pop(b"/Filter", None)
        return part(number, packed_stream(stream(dictionary(entries), content)))


_WORKED_OUT = frozenset(
    ["_objects", "_linked", "_asked", "_entries", "_actions", "_told", "_last", "_read"]
)


def _put(entries: dict[bytes, bytes], key: bytes, value: bytes) -> None:
    if key not in entries:
        raise Unsound
    entries[key] = value


def _unmarked(groups: list[dict[int, bytes]]) -> dict[int, int]:
    """The numbers of marked objects, by those that they had; the marks are taken off."""
    found: dict[int, int] = {}
    for objects in groups:
        for number, said in objects.items():
            if match := _MARKED.search(said):
                found[int(match[1])] = number
                objects[number] = said.replace(match[0], b"")
    return found
