"""Where a finished file says what its fonts are."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

from foldwell.pdf.dictionaries import entries_of


@dataclass(frozen=True)
class FontPlaces:
    """The numbers of the objects that say what a font is.

    Attributes:
        font: The composite font.
        inner: What it is made of.
        descriptor: What is said of that.
        program: Its program.
        to_unicode: The words of its codes.
        plain: Whether the program is TrueType.
    """

    font: int
    inner: int
    descriptor: int
    program: int
    to_unicode: int
    plain: bool


def fonts_of(objects: Mapping[int, bytes]) -> dict[str, FontPlaces]:
    """The composite fonts of a file that say all that others may say, by their subsets' marks.

    Args:
        objects: All objects but streams, by number.

    Raises:
        ValueError: If two have one mark.
    """
    found: dict[str, FontPlaces] = {}
    for number, said in objects.items():
        if b"/Subtype /Type0 " not in said:
            continue
        font = entries_of(said)
        name = font[b"/BaseFont"][1:7].decode()
        with suppress(KeyError):
            inner = _number(font[b"/DescendantFonts"].strip(b"[ ]"))
            descriptor = _number(entries_of(objects[inner])[b"/FontDescriptor"])
            held = entries_of(objects[descriptor])
            plain = b"/FontFile2" in held
            program = _number(held[b"/FontFile2" if plain else b"/FontFile3"])
            if name in found:
                raise ValueError("two fonts of one mark")
            to_unicode = _number(font[b"/ToUnicode"])
            found[name] = FontPlaces(number, inner, descriptor, program, to_unicode, plain)
    return found


def _number(reference: bytes) -> int:
    return int(reference.removesuffix(b" 0 R"))
