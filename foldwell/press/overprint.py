"""Overprint: small black text and thin black lines print over what lies under them.

A plate that is a hair off then leaves no pale rim round a letter on a tint. Only black ink alone,
in full, overprints (``OP`` and ``op`` true, ``OPM`` 1; ISO 32000-1, 8.6.7), up to a size: large
black areas would show what is under them. Everything else knocks out, white and pale above all,
which would vanish from the plate.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import pikepdf
from pikepdf import ContentStreamInstruction, Dictionary, Name, Object, Operator, Pdf, Stream

from foldwell.pdf.content_stream import numbers, plain_value
from foldwell.pdf.plane import IDENTITY, Matrix, height_of, multiply, thinnest

TEXT_PT = 24.0
"""Text of this size and more knocks out."""
LINE_PT = 2.0
"""Lines thicker than this knock out."""
_LINE_SHAPE = 8
"""A filled rectangle so many times as long as it is thick is a line."""
_OVER, _KNOCK = Name("/FoldwellOverprint"), Name("/FoldwellKnockOut")
_FULL = (0.0, 0.0, 0.0, 1.0)
_SHOWS = frozenset(["Tj", "TJ", "'", '"'])
_STROKES, _FILLS = frozenset(["S", "s"]), frozenset(["f", "F", "f*"])
_OTHERS = frozenset(["B", "B*", "b", "b*", "sh", "Do", "INLINE IMAGE"])
_COLOURS = {"k": 0, "K": 1, "g": 0, "G": 1, "rg": 0, "RG": 1, "cs": 0, "CS": 1}
_COLOURS |= {"sc": 0, "scn": 0, "SC": 1, "SCN": 1}


def overprint_black(pdf: Pdf) -> None:
    """Let small black text and thin black lines of a separated file overprint, in place.

    Forms are followed; one that is drawn in several sizes is judged by the first.
    """
    seen: set[tuple[int, int]] = set()
    waiting: list[tuple[Object, Object, Matrix]] = [
        (page.obj, page.resources, IDENTITY) for page in pdf.pages
    ]
    while waiting:
        holder, resources, ctm = waiting.pop(0)
        drawn = _Stream(resources, ctm)
        instructions = drawn.rewritten(pikepdf.parse_content_stream(holder))
        if drawn.changed:
            content = pikepdf.unparse_content_stream(instructions)
            if isinstance(holder, Stream):
                holder.write(content)
            else:
                holder.Contents = pdf.make_stream(content)
            _name_states(resources)
        for form, matrix in drawn.forms:
            if form.objgen not in seen:
                seen.add(form.objgen)
                waiting.append((form, form.get("/Resources", resources), matrix))


def _name_states(resources: Object) -> None:
    if "/ExtGState" not in resources:
        resources.ExtGState = Dictionary()
    for name, on in ((_OVER, True), (_KNOCK, False)):
        resources.ExtGState[name] = Dictionary(
            Type=Name.ExtGState, OP=on, op=on, OPM=1 if on else 0
        )


@dataclass(frozen=True)
class _State:
    """What q saves and Q brings back, as far as it matters here.

    Attributes:
        ctm: From the stream to the page.
        black: Whether fill and stroke are black ink alone, in full.
        width: The width of lines.
        font_size: The size of text.
        mode: The text rendering mode.
        over: Whether overprint is on; None where it is not known.
    """

    ctm: Matrix
    black: tuple[bool, bool] = (False, False)
    width: float = 1.0
    font_size: float = 0.0
    mode: int = 0
    over: bool | None = False


class _Stream:
    """One content stream, and the switches that it needs."""

    def __init__(self, resources: Object, ctm: Matrix) -> None:
        self.changed = False
        self.forms: list[tuple[Object, Matrix]] = []
        self._resources = resources
        self._state = _State(ctm)
        self._saved: list[_State] = []
        self._text: Matrix = IDENTITY
        self._path: list[tuple[float, float]] = []
        self._rectangles = self._pieces = 0

    def rewritten(self, instructions: Sequence[Any]) -> list[Any]:
        """The same operators, with switches before those that paint."""
        made: list[Any] = []
        for instruction in instructions:
            operator = str(instruction.operator)
            wanted = self._follow(operator, instruction)
            if wanted is not None and wanted != self._state.over:
                made.append(self._switch(wanted))
            made.append(instruction)
        if self._state.over:
            made.append(self._switch(False))  # marks that are drawn over a page knock out
        return made

    def _switch(self, over: bool) -> ContentStreamInstruction:
        self.changed = True
        self._state = replace(self._state, over=over)
        return ContentStreamInstruction([_OVER if over else _KNOCK], Operator("gs"))

    def _follow(self, operator: str, instruction: Any) -> bool | None:
        """Whether what an operator paints is to overprint; None if it paints nothing."""
        state = self._state
        if operator in _SHOWS:
            return self._is_small_text()
        if operator in _OTHERS:
            if operator == "Do":
                self._draw(instruction.operands[0])
            self._path_ends()
            return False
        if operator in _STROKES:
            self._path_ends()
            return state.black[1] and state.width * thinnest(state.ctm) <= LINE_PT
        if operator in _FILLS:
            line = state.black[0] and self._is_line()
            self._path_ends()
            return line
        self._note(operator, instruction)
        return None

    def _note(self, operator: str, instruction: Any) -> None:
        state = self._state
        if operator == "q":
            self._saved.append(state)
            return
        if operator == "Q":
            self._state = self._saved.pop() if self._saved else state
            return
        operands = [plain_value(operand) for operand in instruction.operands]
        if operator in _COLOURS:
            full = operator in ("k", "K") and numbers(operands, 4) == _FULL
            black = (full, state.black[1]) if _COLOURS[operator] == 0 else (state.black[0], full)
            self._state = replace(state, black=black)
        elif operator == "cm" and (matrix := numbers(operands, 6)):
            self._state = replace(state, ctm=multiply(_matrix(matrix), state.ctm))
        elif operator == "w" and (width := numbers(operands, 1)):
            self._state = replace(state, width=width[0])
        elif operator == "Tf" and (size := numbers(operands, 1)):
            self._state = replace(state, font_size=size[0])
        elif operator == "Tr" and (mode := numbers(operands, 1)):
            self._state = replace(state, mode=int(mode[0]))
        elif operator == "BT":
            self._text = IDENTITY
        elif operator == "Tm" and (matrix := numbers(operands, 6)):
            self._text = _matrix(matrix)
        elif operator == "gs":
            named = self._resources.get("/ExtGState", Dictionary()).get(str(operands[0]))
            if isinstance(named, Dictionary) and ("/OP" in named or "/op" in named):
                self._state = replace(state, over=None)
        elif operator == "re" and (box := numbers(operands, 4)):
            x, y, across, tall = box
            self._path += [(x, y), (x + across, y + tall)]
            self._rectangles += 1
        elif operator in ("l", "c", "v", "y"):
            self._pieces += 1
        elif operator == "n":
            self._path_ends()

    def _is_small_text(self) -> bool:
        state = self._state
        size = abs(state.font_size) * height_of(multiply(self._text, state.ctm))
        paints = {0: state.black[0], 1: state.black[1], 2: all(state.black)}
        return paints.get(state.mode % 4, False) and size < TEXT_PT

    def _is_line(self) -> bool:
        """Whether the path is one rectangle, thin and long."""
        if self._rectangles != 1 or self._pieces:
            return False
        (x0, y0), (x1, y1) = self._path
        thin, long_ = sorted((abs(x1 - x0), abs(y1 - y0)))
        return thin * thinnest(self._state.ctm) <= LINE_PT and long_ >= _LINE_SHAPE * thin

    def _path_ends(self) -> None:
        self._path, self._rectangles, self._pieces = [], 0, 0

    def _draw(self, name: Any) -> None:
        form = self._resources.get("/XObject", Dictionary()).get(str(name))
        if isinstance(form, Stream) and form.get("/Subtype") == Name.Form:
            matrix = numbers(plain_value(form.get("/Matrix")) or [], 6)
            inner = multiply(_matrix(matrix), self._state.ctm) if matrix else self._state.ctm
            self.forms.append((form, inner))


def _matrix(values: tuple[float, ...]) -> Matrix:
    a, b, c, d, e, f = values
    return (a, b, c, d, e, f)
