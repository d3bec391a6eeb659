"""Painting in the order of the tags: text is drawn as it is read, above all grounds.

Bullets, numbers in circles and all that is placed by itself is painted at the end of a page, so
what reads a page by its painting gets the words in another order than what reads its tags. Each
piece of marked content is taken out with the state that it is drawn in, and drawn behind the rest
in the order of the tags. Nothing on our pages is meant to cover text.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from pikepdf import (
    Array,
    ContentStreamInstruction,
    Dictionary,
    Name,
    Operator,
    Pdf,
    parse_content_stream,
)

from foldwell.pdf.lines import Line, line_of, lines_of
from foldwell.press.tag_tree import Key

_FILL = ("cs", "sc", "scn", "g", "rg", "k")
_STROKE = ("CS", "SC", "SCN", "G", "RG", "K")
_LATEST = ("w", "J", "j", "M", "d", "ri", "i", "Tc", "Tw", "Tz", "TL", "Tf", "Tr", "Ts")
_PATH = ("m", "l", "c", "v", "y", "h", "re")
_CLIP = ("W", "W*")
_STATE = frozenset(("q", "Q", "cm", "gs", *_FILL, *_STROKE, *_LATEST))
_PATH_OR_CLIP = frozenset((*_PATH, *_CLIP))
_PAGINATION = Dictionary(Type=Name.Pagination, Subtype=Name.Footer, Attached=Array([Name.Bottom]))
_FOOT = line_of(ContentStreamInstruction([Name.Artifact, _PAGINATION], Operator("BDC")))
_SAVE, _RESTORE = (line_of(ContentStreamInstruction([], Operator(name))) for name in "qQ")


@dataclass
class _State:
    """The graphics state, as the operations that lead to it (ISO 32000-1, 8.4)."""

    space: list[Line] = field(default_factory=list)
    """Transformations and clipping, whose order matters."""
    fill: list[Line] = field(default_factory=list)
    stroke: list[Line] = field(default_factory=list)
    named: dict[bytes, Line] = field(default_factory=dict)
    """States as they are written (``gs``), the latest last."""
    latest: dict[str, Line] = field(default_factory=dict)

    def copy(self) -> _State:
        return _State([*self.space], [*self.fill], [*self.stroke], {**self.named}, {**self.latest})

    def note(self, line: Line) -> None:
        name = line.operator
        if name == "cm":
            self.space.append(line)
        elif name == "gs":
            self.named.pop(line.written, None)
            self.named[line.written] = line
        elif name in _FILL:
            self.fill = [*self.fill, line] if name in ("sc", "scn") else [line]
        elif name in _STROKE:
            self.stroke = [*self.stroke, line] if name in ("SC", "SCN") else [line]
        elif name in _LATEST:
            self.latest[name] = line

    def operations(self) -> list[Line]:
        return [
            *self.space,
            *self.named.values(),
            *self.latest.values(),
            *self.fill,
            *self.stroke,
        ]


@dataclass
class _Page:
    """A page taken apart: what is not tagged, and each tagged piece with its state."""

    rest: list[Line] = field(default_factory=list)
    pieces: dict[int, list[Line]] = field(default_factory=dict)
    order: list[int] = field(default_factory=list)
    sound: bool = True


def paint_as_read(
    pdf: Pdf, wanted: Mapping[Key, Sequence[int]], feet: Mapping[Key, Collection[int]]
) -> None:
    """Paint the pages of a tagged file in the order of its tags, in place.

    Args:
        pdf: The file.
        wanted: For pages by their objects, their pieces in the order of the tags.
        feet: For pages by their objects, the pieces that are running feet, and no tag's.
    """
    for page in pdf.pages:
        key = page.obj.objgen
        found = lines_of(page.obj) or [*map(line_of, parse_content_stream(page))]
        lost = feet.get(key)
        painted = [_FOOT if line.mark in lost else line for line in found] if lost else found
        apart = _taken_apart(painted)
        known = [number for number in wanted.get(key, []) if number in apart.pieces]
        if apart.sound and known != apart.order and sorted(known) == sorted(apart.order):
            painted = [_SAVE, *apart.rest, _RESTORE]
            for number in known:
                painted += [_SAVE, *apart.pieces[number], _RESTORE]
        if painted is not found:
            page.Contents = pdf.make_stream(b"\n".join(line.written for line in painted))


def _taken_apart(lines: Sequence[Line]) -> _Page:
    """Part a page's content into tagged pieces and the rest."""
    page, state, saved = _Page(), _State(), list[_State]()
    path: list[Line] = []
    number, depth, nested = -1, 0, 0
    for line in lines:
        name = line.operator
        inside = number >= 0
        if name in ("BDC", "BMC"):
            if inside:
                depth += 1
            elif line.mark >= 0:
                number, depth, nested = line.mark, 1, len(saved)
                page.sound = page.sound and number not in page.pieces
                page.pieces[number] = [*state.operations(), line]
                page.order.append(number)
                continue
        if inside:
            page.pieces[number].append(line)
        if inside and name == "EMC":
            depth -= 1
            if depth == 0:
                page.sound = page.sound and len(saved) == nested
                number = -1
            continue
        # The state goes on behind a piece that is taken out, so it stays; what is drawn does not.
        stays = _follow(line, state, path, page)
        if name == "q":
            saved.append(state.copy())
        elif name == "Q" and saved:
            state = saved.pop()
        if not inside or stays:
            page.rest.append(line)
    page.sound = page.sound and number < 0 and not saved
    return page


def _follow(line: Line, state: _State, path: list[Line], page: _Page) -> bool:
    """Note what an operation does to the state; whether it sets the state and draws nothing."""
    name = line.operator
    if name in _PATH_OR_CLIP:
        path.append(line)
        return False
    if path:
        if any(step.operator in _CLIP for step in path):
            state.space += [*path, line]
            page.sound = page.sound and name == "n"
        path.clear()
        return False
    if name not in _STATE:
        return False
    state.note(line)
    return True
