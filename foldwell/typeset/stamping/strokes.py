"""Strokes: where in a file each run of text and each picture was drawn, and what fonts were told.

While a document is written with ``noting``, each run of text and each picture leaves a stroke: the
operators that drew it, and all that was set on the page before and after. ``redrawn`` draws another
box in its place, with the engine's own function and the very same state.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import weasyprint.pdf
from weasyprint import draw
from weasyprint.draw.text import draw_text
from weasyprint.formatting_structure import boxes

from foldwell.typeset.drawn_again import state_of, with_state

Told = dict[Any, tuple[dict[int, str], dict[int, float]]]
"""What fonts are told, by their keys: the words of glyphs, and their widths, in their order."""


@dataclass(frozen=True)
class Stroke:
    """One run of text or one picture, as it was drawn.

    Attributes:
        box: The box.
        stream: The engine's stream that it was drawn on.
        start: Its first operator there.
        end: The place behind its last one; the end of a text object is not its own, because the
            next run may go on with it.
        told: The engine's further arguments.
        before: What was set on the page before it.
        after: What was set behind it.
        behind_text: Whether a text object stood right before it.
        ctm: The transformations before it.
        mark: The number of its marked content; -1 where pages are not tagged.
    """

    box: Any
    stream: Any
    start: int
    end: int
    told: tuple[Any, ...]
    before: tuple[Any, ...]
    after: tuple[Any, ...]
    behind_text: bool
    ctm: Any
    mark: int


@dataclass
class Noted:
    """What was noted while a document was written.

    Attributes:
        strokes: In the order in which they were drawn.
        fonts: The engine's fonts.
        options: The engine's options for fonts.
    """

    strokes: list[Stroke] = field(default_factory=list)
    fonts: Any = None
    options: Any = None


_PATH = frozenset([b"m", b"l", b"c", b"v", b"y", b"h", b"re"])
_FREE = frozenset([b"Tm", b"TJ", b"Tj"])
"""Operators whose operands may differ; a run of those of paths may be of any length."""
_ACTUAL = re.compile(rb"/Span <</ActualText <[0-9a-f]*>>> BDC")
_noted: Noted | None = None
_text = draw.draw_text
_replaced = draw.draw_replacedbox
_fonts = weasyprint.pdf.build_fonts_dictionary


@contextmanager
def noting() -> Iterator[Noted]:
    """Note what is drawn meanwhile."""
    global _noted
    before, _noted = _noted, Noted()
    try:
        yield _noted
    finally:
        _noted = before


def _draw_text(stream: Any, box: Any, *told: Any) -> None:
    if _noted is None:
        _text(stream, box, *told)
    else:
        _note(_text, stream, box, told)


def _draw_replaced(stream: Any, box: Any) -> None:
    if _noted is None:
        _replaced(stream, box)
    else:
        _note(_replaced, stream, box, ())


def _note(drawing: Any, stream: Any, box: Any, told: tuple[Any, ...]) -> None:
    content, noted = stream.stream, _noted
    start, before, ctm = len(content), state_of(stream), stream.ctm
    behind_text = content[-1:] == [b"ET"]
    drawing(stream, box, *told)
    joined = behind_text and content[start - 1] != b"ET"
    end = len(content)
    mark = -1 if stream._tags is None else len(stream._tags) - 1
    assert noted is not None
    noted.strokes.append(
        Stroke(box, stream, start - joined, end - (end > start and content[-1] == b"ET"), told,
               before, state_of(stream), behind_text, ctm, mark)
    )  # fmt: skip


def _build_fonts(pdf: Any, fonts: Any, compress: Any, subset: Any, options: Any) -> Any:
    if _noted is not None:
        _noted.fonts, _noted.options = dict(fonts), dict(options)
    return _fonts(pdf, fonts, compress, subset, options)


def redrawn(stroke: Stroke, box: Any, fonts: dict[Any, Any]) -> tuple[list[bytes] | None, Told]:
    """What a box adds to a page in the place of another.

    Args:
        stroke: That of the other.
        box: The box.
        fonts: The engine's fonts, with what they were told before; they are told more.

    Returns:
        Its operators, or None if it leaves the page in another state, or adds more to a file than
        operators; and what the fonts were told that were not told so before.
    """
    blank: dict[str, Any] = {"ExtGState": {}, "XObject": {}, "Pattern": {}, "Shading": {}}
    blank["ColorSpace"] = None
    stream = stroke.stream.clone(fonts=fonts, resources=blank, images={}, tags=None)
    stream.stream = [b"ET" if stroke.behind_text else b""]
    stream._ctm_stack = [stroke.ctm]
    with_state(stream, stroke.before)
    known = {key: (len(font.to_unicode), len(font.widths)) for key, font in fonts.items()}
    if isinstance(box, boxes.TextBox):
        draw_text(stream, box, *stroke.told)
    else:
        _replaced(stream, box)
    made = any(blank[kind] for kind in ("XObject", "Pattern", "Shading"))
    joined = stroke.behind_text and stream.stream[0] != b"ET"
    steps = None if made or state_of(stream) != stroke.after else stream.stream[not joined :]
    if steps and steps[-1] == b"ET":
        del steps[-1]
    told: Told = {}
    for key, font in fonts.items():
        words, widths = known.get(key, (0, 0))
        if (
            hasattr(font, "letters")
            or font.missing
            or font.svg
            or font.png
            or font.colr
            or font.bitmap
        ):
            steps = None  # pictures of letters, or letters that no font has
        new = dict([*font.to_unicode.items()][words:]), dict([*font.widths.items()][widths:])
        if new[0] or new[1]:
            told[key] = new
    return steps, told


def parted(steps: list[bytes]) -> list[tuple[bytes | None, bytes]]:
    """Operators, those whose operands may differ with None before them; paths as one."""
    out: list[tuple[bytes | None, bytes]] = []
    path: list[bytes] = []
    for step in [*steps, b""]:
        name = step.rpartition(b" ")[2]
        if name in _PATH:
            path.append(step)
            continue
        if path:
            out.append((None, b"\n".join(path)))
            path = []
        free = name in _FREE or _ACTUAL.fullmatch(step)
        out.append((None if free else step, step))
    return out[:-1]


def install() -> None:
    """Let the engine note what it draws while that is asked for, whatever else it was taught."""
    global _text
    _text = draw.draw_text
    draw.draw_text = _draw_text
    draw.draw_replacedbox = _draw_replaced
    weasyprint.pdf.build_fonts_dictionary = _build_fonts
