"""Words of fonts: what a file says of the fonts that it is set in, as the engine says it."""

from __future__ import annotations

import copy
from collections import OrderedDict
from collections.abc import Mapping
from typing import Any

import pydyf
from weasyprint.pdf.fonts import build_fonts_dictionary

from foldwell.typeset.stamping.font_record import FontWords
from foldwell.typeset.stamping.shapes import Unlike

SUBSETS_KEPT = 64


def said_of(fonts: Mapping[Any, Any], options: Any) -> dict[str, FontWords]:
    """What the engine says in a file of fonts with all that they were told.

    Args:
        fonts: The fonts, by their keys, with their whole programs.
        options: The engine's options for fonts.

    Returns:
        What it says, by the marks of their subsets.
    """
    pdf, copies = pydyf.PDF(), {}
    start = len(pdf.objects)
    for key, font in fonts.items():
        one = copies[key] = copy.copy(font)
        one.clean = _Clean(one)
    build_fonts_dictionary(pdf, copies, False, True, options)
    made = {f"{one.number} 0 R".encode(): one for one in pdf.objects[start:]}
    found = {}
    for one in made.values():
        if isinstance(one, pydyf.Stream) or one.get("Subtype") != "/Type0":
            continue
        inner = made[one["DescendantFonts"][0]]
        descriptor = made[inner["FontDescriptor"]]
        plain = "FontFile2" in descriptor
        program = made[descriptor["FontFile2" if plain else "FontFile3"]]
        name = descriptor["FontName"].decode()[1:7]
        found[name] = FontWords(
            program.stream[0], plain, b"\n".join(made[one["ToUnicode"]].stream),
            inner["W"].data, descriptor["FontBBox"].data, descriptor["Flags"],
        )  # fmt: skip
    return found


def tell(fonts: Mapping[Any, Any], told: Any) -> None:
    """Let a font know what unchanged words tell it."""
    _, key, words, widths = told
    font = fonts[key]
    for glyph, text in words.items():
        font.to_unicode.setdefault(glyph, text)
    for glyph, width in widths.items():
        if font.widths.setdefault(glyph, width) != width:
            raise Unlike


class _Clean:
    """Makes the subset of a font, or remembers it."""

    def __init__(self, font: Any) -> None:
        self._font = font

    def __call__(self, to_unicode: Any, hinting: Any) -> None:
        font = self._font
        key = font.hash, font.index, len(font.file_content), frozenset(to_unicode), hinting
        if key not in _subsets:
            type(font).clean(font, to_unicode, hinting)
            _subsets[key] = font.file_content
            if len(_subsets) > SUBSETS_KEPT:
                _subsets.popitem(last=False)
        font.file_content = _subsets[key]
        _subsets.move_to_end(key)


_subsets: OrderedDict[Any, bytes] = OrderedDict()
_contents: OrderedDict[int, bytes] = OrderedDict()
"""Programs of fonts, so that each is held once."""


def interned(content: bytes) -> bytes:
    """The program of a font, held once however often it is read."""
    found = _contents.setdefault(hash(content), content)
    return found if found == content else content
