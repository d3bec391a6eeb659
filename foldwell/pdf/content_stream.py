"""Content streams: read as operators with plain values, each once, or rewritten in place.

A hostile file can paint one small form a million times, so every operator that is carried out
is counted; too many, and the file is refused.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Collection
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Object, ObjectType, Pdf, Stream

from foldwell.errors import FoldwellError
from foldwell.pdf.lines import Line, lines_of

MOST_OPERATIONS = 3_000_000
"""What all pages of a file may take together; a full leaflet of two pages takes 5,000."""

_NUMBERS = frozenset([int, float, bool, Decimal])

Operation = tuple[str, list[Any]]
Instruction = pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage
INLINE_IMAGE = "INLINE IMAGE"


class Streams:
    """The content streams of one file.

    Args:
        operators: Which operators are read, apart by spaces; all where there are none.

    Attributes:
        damaged: Whether one of them ended before it was complete.
    """

    def __init__(self, operators: str = "") -> None:
        self.damaged = False
        self._operators = operators
        self._parsed: dict[tuple[int, int], list[Operation]] = {}
        self._lines: dict[tuple[int, int], list[Line] | None] = {}
        self._left = MOST_OPERATIONS

    def operations(self, stream: Any) -> list[Operation]:
        """The operators of a page, a form, a pattern or a glyph, in order.

        Raises:
            FoldwellError: If there are too many in this file.
            PdfError: If the stream cannot be read.
        """
        key: tuple[int, int] = stream.objgen
        found = self._parsed.get(key)
        if found is None:
            with warnings.catch_warnings(record=True) as told:
                warnings.simplefilter("always")
                found = self._read(stream)
            self.damaged |= bool(told)
            if key != (0, 0):
                self._parsed[key] = found
        self._left -= len(found) + 1
        if self._left < 0:
            raise FoldwellError(
                "The file paints more than can be checked.",
                None,
                "Join tiny objects into pictures, or split the file.",
            )
        return found

    def lines(self, holder: Any) -> list[Line] | None:
        """What a stream holds, line by line, as ``lines_of`` gives it."""
        key: tuple[int, int] = holder.objgen
        if key == (0, 0):
            return lines_of(holder)
        if key not in self._lines:
            self._lines[key] = lines_of(holder)
        return self._lines[key]

    def _read(self, stream: Any) -> list[Operation]:
        if (lines := self.lines(stream)) is not None:
            if told := frozenset(self._operators.split()):
                lines = [line for line in lines if line.operator in told]
            return [line.plain or _noted(line) for line in lines]
        return [_plain(item) for item in pikepdf.parse_content_stream(stream, self._operators)]


def _noted(line: Line) -> Operation:
    line.plain = _plain(line.instruction)
    return line.plain


def rewrite(
    pdf: Pdf,
    holder: Any,
    operators: Collection[str],
    change: Callable[[str, Instruction], Instruction],
) -> None:
    """Change some operators of a content stream in place; where none changes, it stays as it was.

    Args:
        pdf: The file.
        holder: The dictionary of a page, or the stream of a form, a pattern or a glyph.
        operators: Which operators are looked at.
        change: Gives for one of them, and its instruction, what stands there afterwards.
    """
    made: list[Instruction] = []
    changed = False
    for instruction in pikepdf.parse_content_stream(holder):
        operator = str(instruction.operator)
        after = change(operator, instruction) if operator in operators else instruction
        changed |= after is not instruction
        made.append(after)
    if changed and isinstance(holder, Stream):
        holder.write(pikepdf.unparse_content_stream(made))
    elif changed:
        holder.Contents = pdf.make_stream(pikepdf.unparse_content_stream(made))


def _plain(instruction: Any) -> Operation:
    operator = str(instruction.operator)
    if operator == INLINE_IMAGE:
        return operator, [instruction.iimage]
    return operator, [plain_value(operand) for operand in instruction.operands]


def plain_value(value: Any) -> Any:
    """Numbers as floats, names and texts as Python has them, arrays as lists.

    Dictionaries and streams stay what they are.
    """
    if type(value) in _NUMBERS:
        return float(value)
    if not isinstance(value, Object):
        return value
    match value._type_code:  # asked once: most of the time that reading a page takes goes by here
        case ObjectType.name_:
            return str(value)
        case ObjectType.string:
            return bytes(value)
        case ObjectType.array:
            return [plain_value(item) for item in value]
    return value


def numbers(values: Any, count: int) -> tuple[float, ...] | None:
    """Exactly so many numbers from the end of some operands; None if there are not."""
    if len(values) < count:
        return None
    last = values[len(values) - count :]
    return tuple(last) if all(type(value) is float for value in last) else None
