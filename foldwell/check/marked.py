"""What a page shows, with the marks that stand around it and the font it is set in.

Only what archive rules ask for is read: who marked it, in what language, with which font and
codes. Nothing is judged here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pikepdf import Dictionary, Pdf, Stream

from foldwell.check.tagged import Key
from foldwell.pdf.boxes import inherited
from foldwell.pdf.colour_space import resource
from foldwell.pdf.content_stream import Streams

_PAINT = frozenset("f F f* S s B B* b b* sh".split())
_SHOW = frozenset(["Tj", "TJ", "'", '"'])
OPERATORS = " ".join(
    ["BMC", "BDC", "EMC", "q", "Q", "Tr", "Tf", "Do", "BI", "ID", "EI", *sorted(_PAINT | _SHOW)]
)
"""All that is asked for here; the rest of a page need not be read for it."""
_ASKED = frozenset([*OPERATORS.split(), "INLINE IMAGE"])
_DEEPEST = 28
INVISIBLE = 3.0


@dataclass(frozen=True, slots=True)
class Mark:
    """One ``BMC`` or ``BDC`` with what stands around it.

    Attributes:
        name: Its tag, such as ``Artifact``.
        properties: Its property list, if it has one.
        id: Its marked content id, if it has one.
        holder: The page or form that it stands in.
        around: The mark around it.
        artifact: Whether it is an artifact, or stands in one.
        numbered: Whether it has an id, or stands in a mark that has one.
    """

    name: str
    properties: Any
    id: int | None
    holder: Key
    around: Mark | None
    artifact: bool = field(init=False)
    numbered: bool = field(init=False)

    def __post_init__(self) -> None:
        around = self.around
        artifact = self.name == "Artifact" or (around is not None and around.artifact)
        numbered = self.id is not None or (around is not None and around.numbered)
        object.__setattr__(self, "artifact", artifact)
        object.__setattr__(self, "numbered", numbered)

    def chain(self) -> Iterator[Mark]:
        """It, and the marks around it."""
        mark: Mark | None = self
        while mark is not None:
            yield mark
            mark = mark.around


@dataclass(frozen=True, slots=True)
class Shown:
    """Something that a page shows.

    Attributes:
        page: Which page, counted from 1.
        page_key: The object of that page.
        mark: The innermost mark around it.
        font: The font dictionary of text; None for what is no text.
        codes: The bytes of text.
        visible: Whether text leaves ink.
        form: The form that is drawn here, where it is one.
    """

    page: int
    page_key: Key
    mark: Mark | None
    font: Any = None
    codes: bytes = b""
    visible: bool = True
    form: Key | None = None


def read_shown(pdf: Pdf, streams: Streams) -> Iterator[Shown | Mark]:
    """All that the pages of a file show, in order, and each mark where it begins."""
    for number, page in enumerate(pdf.pages, 1):
        reader = _Reader(streams, number, page.obj.objgen)
        yield from reader.read(page.obj, inherited(page.obj, "/Resources"), None, 0)


class _Reader:
    def __init__(self, streams: Streams, page: int, key: Key) -> None:
        self._streams, self._page, self._key = streams, page, key

    def read(
        self, holder: Any, resources: Any, mark: Mark | None, depth: int
    ) -> Iterator[Shown | Mark]:
        """What one page or form shows."""
        where: Key = holder.objgen
        font: Any = None
        mode, saved, opened = 0.0, [], list[Mark | None]()
        for operator, operands in self._streams.operations(holder):
            if operator not in _ASKED:
                continue
            if operator in ("BMC", "BDC"):
                opened.append(mark)
                mark = _mark(operands, resources, where, mark)
                yield mark
            elif operator == "EMC" and opened:
                mark = opened.pop()
            elif operator == "q":
                saved.append((font, mode))
            elif operator == "Q" and saved:
                font, mode = saved.pop()
            elif operator == "Tr" and operands:
                mode = operands[0]
            elif operator == "Tf" and operands:
                font = resource(resources, "/Font", operands[0])
            elif operator in _SHOW and operands:
                codes = _codes(operands[-1])
                if codes:
                    seen = mode != INVISIBLE
                    yield Shown(self._page, self._key, mark, font, codes, seen)
            elif operator == "Do" and operands:
                drawn = resource(resources, "/XObject", operands[-1])
                if isinstance(drawn, Stream) and str(drawn.get("/Subtype")) == "/Form":
                    yield Shown(self._page, self._key, mark, form=drawn.objgen)
                    if depth < _DEEPEST:
                        own = drawn.get("/Resources", resources)
                        yield from self.read(drawn, own, mark, depth + 1)
                else:
                    yield Shown(self._page, self._key, mark)
            elif operator in _PAINT or operator == "INLINE IMAGE":
                yield Shown(self._page, self._key, mark)


def _mark(operands: list[Any], resources: Any, holder: Key, around: Mark | None) -> Mark:
    name = str(operands[0])[1:] if operands else ""
    properties = operands[1] if len(operands) > 1 else None
    if isinstance(properties, str):
        properties = resource(resources, "/Properties", properties)
    if not isinstance(properties, Dictionary):
        return Mark(name, None, None, holder, around)
    number = properties.get("/MCID")
    return Mark(name, properties, None if number is None else int(number), holder, around)


def _codes(operand: Any) -> bytes:
    if isinstance(operand, list):
        return b"".join([part for part in operand if type(part) is bytes])
    return operand if isinstance(operand, bytes) else b""
