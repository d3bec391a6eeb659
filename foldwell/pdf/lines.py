"""Content streams that hold one operator a line, read line by line: each line once for all files.

The pages of a leaflet hold the same lines for every clinic, but for a few. A line that stands by
itself (nothing in it is left open, and it ends in its operator) means the same wherever it stands;
a stream with any other line is read as a whole.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name, PdfError, Stream, parse_content_stream, unparse_content_stream

from foldwell.pdf.dictionaries import normal

LONGEST = 4000
"""Longer lines are not kept, and neither are their streams read so."""
KEPT = 24_000
"""How many spellings of lines are kept; a leaflet of two sheets has some three thousand lines."""
_END = rb"(?=[\s/<>\[\](]|$)"
_ATOM = (
    rb"(?:[+-]?(?:\d+\.?\d*|\.\d+)" + _END + rb"|/[^\s/<>\[\](){}%]+" + _END +
    rb"|<[0-9A-Fa-f]*>|\([^()\\\r\n]*\))\s*"
)  # fmt: skip
_ARRAY = rb"\[\s*(?:" + _ATOM + rb")*\]\s*"
_ENTRY = rb"(?:/[^\s/<>\[\](){}%]+" + _END + rb"\s*(?:" + _ATOM + rb"|" + _ARRAY + rb"))"
_DICTIONARY = rb"<<\s*" + _ENTRY + rb"*>>\s*"
_OPERANDS = rb"(?:" + _ATOM + rb"|" + _ARRAY + rb"|" + _DICTIONARY + rb")*"
_ALONE = re.compile(rb"[ \t]*" + _OPERANDS + rb"([A-Za-z'\"][A-Za-z0-9*]*)[ \t\r]*", re.ASCII)
_NUMBER = rb"(?:0|-?[1-9]\d*|-?\d+\.\d+)"
_NUMBERS_ALONE = re.compile(rb"(?:(?:" + _NUMBER + rb" )*(?:Tm|re|[mlcvyh])(?:\n(?=.)|$))+")
_HEX = rb"<[0-9a-f]*>"
_WORDS_ALONE = re.compile(
    rb"(/Span )?(\[(?:" + _HEX + rb"|" + _NUMBER + rb"(?=[<\]]))*\]|" + _HEX
    + rb"|<</ActualText " + _HEX + rb">>) (TJ|Tj|BDC)"
)  # fmt: skip
_NO_OPERATORS = frozenset([b"true", b"false", b"null", b"BI", b"ID", b"EI"])


@dataclass(slots=True, eq=False)
class Line:
    """One operator with its operands.

    Attributes:
        operator: Its name.
        instruction: As pikepdf has it.
        written: As it is written.
        mark: The id of the marked content that it begins; -1 for anything else.
        plain: The operator with plain values, once they were asked for.
        named: The names among its operands, once they were asked for.
    """

    operator: str
    instruction: Any
    written: bytes
    mark: int
    plain: tuple[str, list[Any]] | None = None
    named: tuple[str, ...] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The names among its operands."""
        if self.named is None:
            operands = () if self.operator == "INLINE IMAGE" else self.instruction.operands
            self.named = tuple(str(one) for one in operands if isinstance(one, Name))
        return self.named


def line_of(instruction: Any) -> Line:
    """An operator as a line."""
    operator = str(instruction.operator)
    mark = -1
    if operator == "BDC" and isinstance(instruction.operands[1], Dictionary):
        mark = int(instruction.operands[1].get("/MCID", -1))
    return Line(operator, instruction, unparse_content_stream([instruction]), mark)


def lines_of(holder: Any) -> list[Line] | None:
    """What a content stream holds, line by line.

    Args:
        holder: The dictionary of a page, or a stream.

    Returns:
        Its lines; None if it must be read as a whole.
    """
    stream = holder if isinstance(holder, Stream) else holder.get("/Contents")
    if not isinstance(stream, Stream):
        return None
    try:
        content = stream.read_bytes()
    except PdfError:
        return None  # whoever reads it as a whole is told
    if b"(" not in content:  # the engine puts the operands of marks on lines of their own
        for start in (b"<<", b"BMC", b"BDC"):
            content = content.replace(b"\n" + start, b" " + start)
    texts = content.split(b"\n")
    new = {*texts}.difference(_kept)
    if new and not _learn(new):
        return None
    return [*filter(None, map(_kept.__getitem__, texts))]


def rewritten(texts: list[bytes]) -> list[bytes] | None:
    """Some lines as they are written after they were read; None if any must be read otherwise."""
    if not _learn({text for text in texts if text not in _kept}):
        return None
    found = [_kept[text] for text in texts]
    return [line.written for line in found if line is not None]


def as_written(text: bytes) -> bytes | None:
    """Lines as they are written after they were read; None if any must be read otherwise.

    Those of paths and places are written as they stand, words in one way only; they are not kept.
    """
    if _NUMBERS_ALONE.fullmatch(text):
        return text
    if words := _WORDS_ALONE.fullmatch(text):
        return b"%s%s %s" % (words[1] or b"", normal(words[2]), words[3])
    lines = rewritten(text.split(b"\n"))
    return None if lines is None else b"\n".join(lines)


_kept: dict[bytes, Line | None] = {b"": None}


def _learn(texts: set[bytes]) -> bool:
    """Read lines that were not met before; whether each stands by itself."""
    if len(_kept) > KEPT:
        _kept.clear()
        _kept[b""] = None
        return False
    new = [*texts]
    if any(len(text) > LONGEST or not _stands_alone(text) for text in new):
        return False
    with pikepdf.Pdf.new() as file:
        parsed = parse_content_stream(file.make_stream(b"\n".join(new)))
    if len(parsed) != len(new):
        return False
    lines = [*map(line_of, parsed)]
    _kept.update((line.written, line) for line in lines if _stands_alone(line.written))
    _kept.update(zip(new, lines, strict=True))
    return True


def _stands_alone(text: bytes) -> bool:
    whole = _ALONE.fullmatch(text)
    return whole is not None and whole[1] not in _NO_OPERATORS
