"""Content streams in inks: every operator that sets a colour, and pictures in the stream.

Only operators that set colours change; text, paths and the rest pass by untouched. A stream
that sets no colour prints in the black that a page starts with, which is black ink alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from pikepdf import (
    ContentStreamInlineImage,
    ContentStreamInstruction,
    Name,
    Object,
    Operator,
    Pdf,
    PdfInlineImage,
)

from foldwell.pdf.colour_space import (
    CMYK,
    COLOUR_OPERATORS,
    DEVICE_OPERATORS,
    GRAY,
    PATTERN,
    SPACE_OPERATORS,
    Space,
    Values,
)
from foldwell.pdf.content_stream import INLINE_IMAGE, Instruction, rewrite
from foldwell.press.conversion import convert, convertible_space
from foldwell.press.shadings import number
from foldwell.press.targets import Target, refused

KeepPicture = Callable[[PdfInlineImage], Name]
"""Makes a picture of its own from one in a stream, and gives the name to draw it by."""

_HANDLED = DEVICE_OPERATORS.keys() | SPACE_OPERATORS | COLOUR_OPERATORS | {"q", "Q", "Do"}
_HANDLED |= {INLINE_IMAGE}


def separate_content(
    pdf: Pdf,
    content: Object,
    target: Target,
    resources: Object,
    keep_picture: KeepPicture,
    starts_black: bool,
) -> set[str]:
    """Turn a content stream into inks, in place.

    Args:
        pdf: The file that it is part of.
        content: A page, or the stream of a form, a pattern or a glyph.
        target: What its colours become.
        resources: Where its names are looked up.
        keep_picture: What to do with a picture that stands in the stream.
        starts_black: Whether it starts with its own colour, not with that of what draws it.

    Returns:
        The names of the forms and pictures that it draws.

    Raises:
        FoldwellError: If a colour cannot be turned into inks.
    """
    separator = _Separator(target, resources, keep_picture, GRAY if starts_black else None)
    rewrite(pdf, content, _HANDLED, separator.one)
    return separator.drawn


class _Separator:
    """The colour part of the graphics state, and what becomes of the operators that set it."""

    def __init__(
        self, target: Target, resources: Object, keep_picture: KeepPicture, start: Space | None
    ) -> None:
        self.drawn: set[str] = set()
        self._target = target
        self._resources = resources
        self._keep_picture = keep_picture
        # The spaces of fill and stroke; None is a space that was set before this stream.
        self._spaces: list[Space | None] = [start, start]
        self._saved: list[list[Space | None]] = []
        # Holding the spaces keeps their ids, which stand for them among what was made.
        self._read: dict[str, Space] = {}
        self._made: dict[tuple[bool, int, Values], Instruction] = {}

    def one(self, operator: str, instruction: Instruction) -> Instruction:
        """What an operator of ``_HANDLED`` becomes."""
        if operator == "q":
            self._saved.append(list(self._spaces))
            return instruction
        if operator == "Q":
            if self._saved:
                self._spaces = self._saved.pop()
            return instruction
        if isinstance(instruction, ContentStreamInlineImage):
            return self._picture(instruction)
        if operator == "Do":
            self.drawn.add(str(instruction.operands[0]))
            return instruction
        strokes = operator.isupper()
        if operator in DEVICE_OPERATORS:
            space = DEVICE_OPERATORS[operator]
            self._spaces[strokes] = space
            if space is CMYK and not self._target.masks:
                return instruction
            return self._set(strokes, space, _values(instruction.operands))
        if operator in SPACE_OPERATORS:
            return self._select(strokes, instruction)
        return self._use(strokes, instruction)

    def _set(self, strokes: bool, space: Space, values: Values) -> Instruction:
        key = (strokes, id(space), values)
        if key in self._made:
            return self._made[key]
        if len(values) != space.components:
            raise refused(f"A colour of {len(values)} parts in a space of {space.components}")
        colour = convert(space, values, self._target)
        operator = self._target.stroke if strokes else self._target.fill
        self._made[key] = _instruction([number(v) for v in colour], operator)
        return self._made[key]

    def _select(self, strokes: bool, instruction: Instruction) -> Instruction:
        name = instruction.operands[0]
        if str(name) not in self._read:
            self._read[str(name)] = convertible_space(name, self._resources)
        space = self._read[str(name)]
        self._spaces[strokes] = space
        if space.plain or space.family == "indexed":
            return self._set(strokes, space, space.initial)
        if self._target.masks and space != PATTERN:
            raise refused("A spot colour in a soft mask")
        return instruction

    def _use(self, strokes: bool, instruction: Instruction) -> Instruction:
        space = self._spaces[strokes]
        operands = list(instruction.operands)
        if space is None:
            raise refused("A colour whose space is set outside of its drawing")
        if space.family == "spot" or space == PATTERN:
            return instruction
        if space.family == "pattern" and space.base is not None:
            values, name = _values(operands[:-1]), operands[-1]
            if not isinstance(name, Name) or len(values) != space.base.components:
                raise refused("A pattern whose colour does not fit its space")
            colour = convert(space.base, values, self._target)
            return _instruction([*(number(v) for v in colour), name], "SCN" if strokes else "scn")
        return self._set(strokes, space, _values(operands))

    def _picture(self, instruction: ContentStreamInlineImage) -> Instruction:
        if instruction.iimage.obj.get("/ImageMask", False):
            return instruction
        return _instruction([self._keep_picture(instruction.iimage)], "Do")


def _instruction(operands: list[Any], operator: str) -> ContentStreamInstruction:
    return ContentStreamInstruction(operands, Operator(operator))


def _values(operands: Iterable[Any]) -> Values:
    try:
        return tuple(float(value) for value in operands)
    except TypeError:
        raise refused("A colour that is no number") from None
