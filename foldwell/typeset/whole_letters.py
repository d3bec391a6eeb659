"""Letters that a font puts together from parts, each drawn as one glyph that says that letter.

In Nastaliq a letter is a body and dots of their own, and each stands as high as the rest of its
word asks. A viewer that meets the parts one by one, up and down, cannot tell which letters they
are, nor where a line or a word ends. So the file brings the letters of such a font as they were
put together: one glyph for each, in the order and on the base line of any other script, which says
one letter and has all of its ink. What is searched, copied, heard and checked is then no other
than in the letters of Arabic.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from weasyprint.pdf import fonts as engine
from weasyprint.text.ffi import FROM_UNITS, ffi, pango

from foldwell.fonts import FONTS

FAMILIES = frozenset(font.family for font in FONTS if font.in_parts)
"""The families whose letters are made of parts."""
_JOINERS = "\u200c\u200d"
_EMPTY = int(pango.PANGO_GLYPH_EMPTY)
_UNKNOWN = int(pango.PANGO_GLYPH_UNKNOWN_FLAG)

Part = tuple[int, int, int]
"""A glyph of the font, and how far to the right and up it stands, in units of the font."""
Letter = tuple[str, tuple[Part, ...], int]
"""What is said, the parts, and the width in units of the font."""

_clean = engine.Font.clean


def _letters_of(stream: Any, font: Any) -> dict[Letter, int]:
    """The letters of a font that a file has used so far, and the number of the glyph of each."""
    if not hasattr(font, "letters"):
        alike = (one for one in stream._fonts.values() if one.hash == font.hash)
        font.letters = next((one.letters for one in alike if hasattr(one, "letters")), {})
    letters: dict[Letter, int] = font.letters
    return letters


@contextmanager
def put_together(stream: Any, layout: Any) -> Iterator[None]:
    """Let a line be drawn with whole letters, where its fonts make them of parts.

    Args:
        stream: The page.
        layout: The line, which is left as it was.
    """
    pango.pango_layout_set_single_paragraph_mode(layout.layout, True)
    changed: list[tuple[Any, tuple[int, int, int, int]]] = []
    encoded = layout.text.encode()
    run = layout.get_first_line()[0].runs[0]
    while run != ffi.NULL:
        font, size = stream.add_font(run.data.item.analysis.font)
        if font.family in FAMILIES:
            for info, values in _changes(stream, font, size, run.data, encoded):
                geometry = info.geometry
                before = (info.glyph, geometry.width, geometry.x_offset, geometry.y_offset)
                changed.append((info, before))
                _set(info, values)
        run = run.next
    try:
        yield
    finally:
        for info, before in changed:
            _set(info, before)


def _set(info: Any, values: tuple[int, int, int, int]) -> None:
    info.glyph, info.geometry.width, info.geometry.x_offset, info.geometry.y_offset = values


def _changes(
    stream: Any, font: Any, size: float, item: Any, encoded: bytes
) -> list[tuple[Any, tuple[int, int, int, int]]]:
    """What becomes of each glyph of a run: its number, width and offsets."""
    count, start, length = item.glyphs.num_glyphs, item.item.offset, item.item.length
    infos = item.glyphs.glyphs[0:count]
    begins = [item.glyphs.log_clusters[index] for index in range(count)]
    ends = dict(zip(sorted({*begins}), [*sorted({*begins})[1:], length], strict=True))
    leftwards = item.item.analysis.level % 2
    numbers = _letters_of(stream, font)
    unit = font.upem * FROM_UNITS / size
    changes: list[tuple[Any, tuple[int, int, int, int]]] = []
    index = 0
    while index < count:
        stop = next((n for n in range(index, count) if begins[n] != begins[index]), count)
        cluster = infos[index:stop]
        first = start + begins[index]
        text = encoded[first : start + ends[begins[index]]].decode()
        said = [sign for sign in text if sign not in _JOINERS] or [text]
        if len(said) > len(cluster):
            said = ["".join(said)]
        index = stop
        if any(info.glyph & _UNKNOWN for info in cluster):
            continue
        parts, at, wide = [], 0, 0
        for info in cluster:
            place = info.geometry
            if info.glyph != _EMPTY:
                right, up = round((at + place.x_offset) * unit), round(-place.y_offset * unit)
                parts.append((info.glyph, right, up))
                wide += _width(stream, item.item.analysis.font, info.glyph, unit)
            at += place.width
        if not parts:
            continue
        if not text.isspace():  # which alone lines stretch
            # A gap between letters that stand under one another would be taken for one of words.
            wide = round(at * unit)
        # The marks of a letter have no ink of their own; they are said behind it.
        letters: list[Letter] = [
            (said[0], tuple(parts), wide),
            *((mark, (), 0) for mark in said[1:]),
        ]
        drawn = []
        for letter in letters:
            number = numbers.setdefault(letter, len(numbers) + 1)
            font.to_unicode[number] = letter[0]
            font.widths[number] = round(letter[2] * 1000 / font.upem)
            drawn.append((number, at if letter is letters[0] else 0, 0, 0))
        drawn += [(_EMPTY, 0, 0, 0)] * (len(cluster) - len(drawn))
        changes += zip(cluster, drawn[::-1] if leftwards else drawn, strict=True)
    return changes


def _width(stream: Any, pango_font: Any, glyph: int, unit: float) -> int:
    """How wide a glyph is, in units of the font."""
    pango.pango_font_get_glyph_extents(pango_font, glyph, stream.ink_rect, stream.logical_rect)
    width: float = stream.logical_rect.width * unit
    return round(width)


def _whole(font: Any, to_unicode: dict[int, str], hinting: bool) -> None:
    """Make the font that a file brings: of whole letters, where they were put together."""
    if not hasattr(font, "letters"):
        _clean(font, to_unicode, hinting)
        return
    from fontTools.pens.transformPen import TransformPen
    from fontTools.pens.ttGlyphPen import TTGlyphPen
    from fontTools.ttLib import TTFont

    with TTFont(
        io.BytesIO(font.file_content), fontNumber=font.index, recalcTimestamp=False
    ) as file:
        order, glyphs = file.getGlyphOrder(), file.getGlyphSet()
        made, metrics = {".notdef": file["glyf"][".notdef"]}, {".notdef": file["hmtx"][".notdef"]}
        for (_, parts, width), number in font.letters.items():
            pen = TTGlyphPen(None)
            for glyph, right, up in parts:
                glyphs[order[glyph]].draw(TransformPen(pen, (1, 0, 0, 1, right, up)))
            name = f"letter{number}"
            made[name] = pen.glyph()
            made[name].recalcBounds(None)
            metrics[name] = (width, getattr(made[name], "xMin", 0))
        for table in {*file.keys()} - {"GlyphOrder", *KEPT}:
            del file[table]
        file.setGlyphOrder([*made])
        file["glyf"].glyphs, file["glyf"].glyphOrder = made, [*made]
        file["hmtx"].metrics = metrics
        out = io.BytesIO()
        file.save(out)
    font.file_content = out.getvalue()


KEPT = ("head", "hhea", "maxp", "hmtx", "loca", "glyf")
"""The tables that a TrueType font of a PDF needs (ISO 32000-1, 9.9)."""


def install() -> None:
    """Let the engine bring such fonts."""
    engine.Font.clean = _whole
