"""Painting in the order of the tags: text is drawn as it is read, above all grounds.

Bullets, numbers in circles and all that is placed by itself is painted at the end of a page, so
what reads a page by its painting gets the words in another order than what reads its tags. Each
piece of marked content is taken out with the state that it is drawn in, and drawn behind the rest
in the order of the tags. Nothing on our pages is meant to cover text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from pikepdf import (
    ContentStreamInlineImage,
    ContentStreamInstruction,
    Dictionary,
    Operator,
    Pdf,
    parse_content_stream,
)
from pikepdf import unparse_content_stream as unparsed

from foldwell.press.tag_tree import reading_order

_FILL = ("cs", "sc", "scn", "g", "rg", "k")
_STROKE = ("CS", "SC", "SCN", "G", "RG", "K")
_LATEST = ("w", "J", "j", "M", "d", "ri", "i", "Tc", "Tw", "Tz", "TL", "Tf", "Tr", "Ts")
_PATH = ("m", "l", "c", "v", "y", "h", "re")
_CLIP = ("W", "W*")
_NUMBER = "/MCID"

Instruction = ContentStreamInstruction | ContentStreamInlineImage
Change = Callable[[Instruction], Instruction]


@dataclass
class _State:
    """The graphics state, as the operations that lead to it (ISO 32000-1, 8.4)."""

    space: list[Instruction] = field(default_factory=list)
    """Transformations and clipping, whose order matters."""
    fill: list[Instruction] = field(default_factory=list)
    stroke: list[Instruction] = field(default_factory=list)
    named: dict[str, Instruction] = field(default_factory=dict)
    """States by name (``gs``), the latest last."""
    latest: dict[str, Instruction] = field(default_factory=dict)

    def copy(self) -> _State:
        return _State([*self.space], [*self.fill], [*self.stroke], {**self.named}, {**self.latest})

    def note(self, instruction: Instruction, name: str) -> None:
        if name == "cm":
            self.space.append(instruction)
        elif name == "gs":
            key = str(instruction.operands[0])
            self.named.pop(key, None)
            self.named[key] = instruction
        elif name in _FILL:
            self.fill = [*self.fill, instruction] if name in ("sc", "scn") else [instruction]
        elif name in _STROKE:
            self.stroke = [*self.stroke, instruction] if name in ("SC", "SCN") else [instruction]
        elif name in _LATEST:
            self.latest[name] = instruction

    def operations(self) -> list[Instruction]:
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

    rest: list[Instruction] = field(default_factory=list)
    pieces: dict[int, list[Instruction]] = field(default_factory=dict)
    order: list[int] = field(default_factory=list)
    sound: bool = True


def paint_as_read(pdf: Pdf, changes: Mapping[tuple[int, int], Change]) -> None:
    """Paint the pages of a tagged file in the order of its tags, in place.

    Args:
        pdf: The file.
        changes: For pages by their objects, what is made of each instruction before.
    """
    wanted = reading_order(pdf)
    for page in pdf.pages:
        key = page.obj.objgen
        found = parse_content_stream(page)
        change = changes.get(key)
        painted = [change(instruction) for instruction in found] if change else found
        apart = _taken_apart(painted)
        known = [number for number in wanted.get(key, []) if number in apart.pieces]
        if apart.sound and known != apart.order and sorted(known) == sorted(apart.order):
            painted = [_operation("q"), *apart.rest, _operation("Q")]
            for number in known:
                painted += [_operation("q"), *apart.pieces[number], _operation("Q")]
        if painted is not found:
            page.Contents = pdf.make_stream(unparsed(painted))


def _operation(name: str) -> Instruction:
    return ContentStreamInstruction([], Operator(name))


def _taken_apart(instructions: Sequence[Instruction]) -> _Page:
    """Part a page's content into tagged pieces and the rest."""
    page, state, saved = _Page(), _State(), list[_State]()
    path: list[Instruction] = []
    number, depth, nested = -1, 0, 0
    for instruction in instructions:
        name = str(instruction.operator)
        inside = number >= 0
        if name in ("BDC", "BMC"):
            mark = _mark_of(instruction)
            if inside:
                depth += 1
            elif mark >= 0:
                number, depth, nested = mark, 1, len(saved)
                page.sound = page.sound and mark not in page.pieces
                page.pieces[mark] = [*state.operations(), instruction]
                page.order.append(mark)
                continue
        if inside:
            page.pieces[number].append(instruction)
        if inside and name == "EMC":
            depth -= 1
            if depth == 0:
                page.sound = page.sound and len(saved) == nested
                number = -1
            continue
        # The state goes on behind a piece that is taken out, so it stays; what is drawn does not.
        stays = _follow(instruction, name, state, saved, path, page)
        if name == "q":
            saved.append(state.copy())
        elif name == "Q" and saved:
            state = saved.pop()
        if not inside or stays:
            page.rest.append(instruction)
    page.sound = page.sound and number < 0 and not saved
    return page


def _follow(
    instruction: Instruction,
    name: str,
    state: _State,
    saved: list[_State],
    path: list[Instruction],
    page: _Page,
) -> bool:
    """Note what an operation does to the state; whether it sets the state and draws nothing."""
    if name in _PATH:
        path.append(instruction)
        return False
    if name in _CLIP:
        path.append(instruction)
        return False
    if path:
        if any(str(step.operator) in _CLIP for step in path):
            state.space += [*path, instruction]
            page.sound = page.sound and name == "n"
        path.clear()
        return False
    state.note(instruction, name)
    return name in ("q", "Q", "cm", "gs", *_FILL, *_STROKE, *_LATEST)


def _mark_of(instruction: Instruction) -> int:
    """The number of marked content; -1 for an artifact."""
    if str(instruction.operator) == "BDC" and isinstance(instruction.operands[1], Dictionary):
        return int(instruction.operands[1].get(_NUMBER, -1))
    return -1
