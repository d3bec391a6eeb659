"""One content stream being carried out: its graphics state, and what stands around it.

Which operator does what is handed in as a table, so that operators may know of runs and runs
need not know of operators.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import dataclass, field
from typing import Any

from pikepdf import Dictionary, Stream

from foldwell.errors import FoldwellError
from foldwell.pdf.boxes import upright
from foldwell.pdf.colour_space import resource
from foldwell.pdf.content_stream import Operation, Streams, numbers, plain_value
from foldwell.pdf.font import Font, Fonts
from foldwell.pdf.graphics_state import Path, State
from foldwell.pdf.painted_colour import Colour
from foldwell.pdf.painting import Painted
from foldwell.pdf.plane import IDENTITY, Box, Matrix, common, multiply, placed

DEEPEST = 28
"""How deep forms and patterns may paint one another."""


@dataclass
class Shared:
    """What all streams of one page share while they are read.

    Attributes:
        operators: What each operator does.
        streams: The content streams of the file.
        fonts: Its fonts.
        painted: What the page paints.
        masks: The soft masks that were read, each with the matrix it was met under.
    """

    operators: Mapping[str, Operator]
    streams: Streams
    fonts: Fonts
    painted: Painted = field(default_factory=Painted)
    masks: set[tuple[tuple[int, int], Matrix]] = field(default_factory=set)


class Run:
    """One content stream being read, with its graphics state.

    Args:
        page: What the whole page shares.
        resources: Where the stream's names are looked up.
        state: The state to start from.
        depth: How many streams stand around it.
        listed: Whether a viewer finds its text on the page (not in patterns and masks).
        masked: Whether it paints a soft mask, which leaves no ink of its own.
        tiled: Whether it is a tile of a pattern, which is repeated all over what the pattern
            fills, so that nothing of it has a place of its own.
    """

    def __init__(
        self,
        page: Shared,
        resources: Any,
        state: State,
        *,
        depth: int = 0,
        listed: bool = True,
        masked: bool = False,
        tiled: bool = False,
    ) -> None:
        if depth > DEEPEST:
            raise FoldwellError(
                "The page is nested too deep, or a form paints itself.",
                None,
                "Save the file again with the program that made it.",
            )
        self.page, self.painted = page, page.painted
        self.resources, self.state = resources, state
        self.depth, self.listed, self.masked, self.tiled = depth, listed, masked, tiled
        self.base = state.ctm  # patterns start from here, whatever the stream changes later
        self.path, self.clips = Path(), False
        self.text_matrix: Matrix = IDENTITY
        self._saved: list[State] = []

    def carry_out(self, operations: Iterable[Operation]) -> None:
        """Carry out all operators; unknown ones are passed by."""
        known = self.page.operators
        for operator, operands in operations:
            do = known.get(operator)
            if do is not None:
                do(self, operands)

    def save(self, _: list[Any]) -> None:
        """Operator q."""
        self._saved.append(copy(self.state))

    def restore(self, _: list[Any]) -> None:
        """Operator Q; one too many is passed by."""
        if self._saved:
            self.state = self._saved.pop()

    def transform(self, operands: list[Any]) -> None:
        """Operator cm."""
        if matrix := numbers(operands, 6):
            self.state.ctm = multiply(matrix, self.state.ctm)

    def graphics(self, operands: list[Any]) -> None:
        """Operator gs: a set of parameters (ISO 32000-1, table 58)."""
        values = resource(self.resources, "/ExtGState", operands[-1] if operands else "")
        if not isinstance(values, Dictionary):
            return
        state = self.state
        for key, item in values.items():
            value = plain_value(item)
            match key:
                case "/LW" if type(value) is float:
                    state.line_width = value
                case "/ca" if type(value) is float:
                    state.fill_opacity = value
                case "/CA" if type(value) is float:
                    state.stroke_opacity = value
                case "/BM":
                    modes = value if isinstance(value, list) else [value]
                    self.painted.blends |= {str(mode)[1:] for mode in modes[:1]}
                case "/OP":
                    state.stroke_overprint = value == 1
                    if "/op" not in values:  # ISO 32000-1, table 58
                        state.fill_overprint = value == 1
                case "/op":
                    state.fill_overprint = value == 1
                case "/OPM" if type(value) is float:
                    state.overprint_mode = int(value)
                case "/Font" if isinstance(value, list) and len(value) == 2:
                    state.font = self.page.fonts.read(value[0])
                    state.font_size = value[1]
                case "/SMask" if isinstance(item, Dictionary):
                    self._soft_mask(item)

    def _soft_mask(self, mask: Dictionary) -> None:
        group = mask.get("/G")
        key = (group.objgen, self.state.ctm) if isinstance(group, Stream) else None
        if key is None or key in self.page.masks:
            return
        self.page.masks.add(key)
        self.form(group, masked=True)

    def form(self, form: Any, masked: bool = False) -> None:
        """Read a form in a state of its own, cut to its box."""
        state = copy(self.state)
        matrix = numbers(plain_value(form.get("/Matrix")) or [], 6)
        if matrix:
            state.ctm = multiply(matrix, state.ctm)
        box = upright(form.get("/BBox"))
        if box is not None:
            self._cut(state, placed(state.ctm, box))
        if masked:
            state.fill_opacity = state.stroke_opacity = 1.0
        self._inner(form, state, masked=masked)

    def tile(self, pattern: Any, colour: Colour, box: Box | None) -> None:
        """Read one tile of a pattern where it fills a box (ISO 32000-1, 8.7.3)."""
        matrix = numbers(plain_value(pattern.get("/Matrix")) or [], 6)
        ctm = multiply(matrix, self.base) if matrix else self.base
        state = State(ctm, box)
        if pattern.get("/PaintType") == 2:
            state.fill = state.stroke = colour
        state.fill_opacity = state.stroke_opacity = self.state.fill_opacity
        self._inner(pattern, state, tiled=True)

    def _inner(
        self, stream: Any, state: State, *, masked: bool = False, tiled: bool = False
    ) -> None:
        inner = Run(
            self.page,
            stream.get("/Resources", self.resources),
            state,
            depth=self.depth + 1,
            listed=self.listed and not masked and not tiled,
            masked=self.masked or masked,
            tiled=self.tiled or tiled,
        )
        inner.carry_out(self.page.streams.operations(stream))

    def cut(self, box: Box | None) -> None:
        """Cut all that follows to a box; to nothing where there is none."""
        self._cut(self.state, box)

    def _cut(self, state: State, box: Box | None) -> None:
        if not self.tiled:
            state.clip = common(state.clip, box)

    def seen(self, box: Box) -> Box | None:
        """What can be seen of a box."""
        return self.state.clip if self.tiled else common(self.state.clip, box)

    def font_used(self, font: Font) -> None:
        """Note a font of text that no viewer finds."""
        if font not in self.painted.hidden_fonts:
            self.painted.hidden_fonts.append(font)


Operator = Callable[[Run, list[Any]], None]
"""What an operator does, given its operands."""
