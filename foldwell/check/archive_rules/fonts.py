"""Fonts: they travel in the file, and each of their codes is a character (ISO 14289-1, 7.21)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary, Name, Stream

from foldwell.check.archived import Archived, Breach
from foldwell.check.code_maps import PREDEFINED, code_width, read_code_map
from foldwell.check.font_programs import Program, program_of
from foldwell.pdf.content_stream import plain_value
from foldwell.pdf.opening import BROKEN

_KNOWN_ENCODINGS = ("/MacRomanEncoding", "/MacExpertEncoding", "/WinAnsiEncoding")
_COLLECTIONS = ("Japan1", "GB1", "CNS1", "Korea1")
"""Character collections of Adobe's whose characters are known (ISO 32000-1, 9.10.2)."""
_NO_CHARACTER = ("\0", "\ufeff", "\ufffe")
_SYMBOLIC, _NONSYMBOLIC = 4, 32


def breaches(file: Archived) -> Iterator[Breach]:
    """What is wrong with the fonts that text is set in."""
    used: dict[tuple[int, int], tuple[Any, set[bytes], bool, int]] = {}
    for item in file.shown:
        if isinstance(item.font, Dictionary):
            key = item.font.objgen
            _, codes, seen, page = used.get(key, (None, set[bytes](), False, item.page))
            width = code_width(item.font)
            codes |= {item.codes[at : at + width] for at in range(0, len(item.codes), width)}
            used[key] = item.font, codes, seen or item.visible, page
    for font, codes, seen, page in used.values():
        try:
            found = dict.fromkeys(_of_font(font, codes, seen))
        except BROKEN as error:
            found = {("7.21.4.1", f"cannot be read ({type(error).__name__})"): None}
        name = str(font.get("/BaseFont", "/unnamed"))[1:]
        yield from (Breach(clause, f"The font '{name}' {what}.", page) for clause, what in found)


def holds(font: Any, codes: set[bytes]) -> bool:
    """Whether a font keeps all clauses for some of its codes."""
    try:
        return not any(_of_font(font, codes, True))
    except BROKEN:
        return False


def _of_font(font: Any, codes: set[bytes], seen: bool) -> Iterator[tuple[str, str]]:
    kind = str(font.get("/Subtype", ""))
    inner = _inner(font)
    descriptor = inner.get("/FontDescriptor")
    descriptor = descriptor if isinstance(descriptor, Dictionary) else Dictionary()
    program = program_of(descriptor)
    if kind != "/Type3" and seen and program is None:
        yield "7.21.4.1", "is not embedded"
    if kind == "/Type0":
        yield from _composite(font, inner, program)
    if kind == "/TrueType":
        yield from _true_type(font, descriptor, program)
    if program is not None:
        yield from _listed(descriptor, program, kind)
        yield from _glyphs(font, inner, codes, program)
    yield from _characters(font, inner, descriptor, codes)


def _inner(font: Any) -> Any:
    held = font.get("/DescendantFonts")
    return held[0] if isinstance(held, Array) and len(held) else font


def _composite(font: Any, inner: Any, program: Program | None) -> Iterator[tuple[str, str]]:
    if str(inner.get("/Subtype", "")) == "/CIDFontType2" and program is not None:
        lead = inner.get("/CIDToGIDMap")
        if not isinstance(lead, Stream) and lead != Name.Identity:
            yield "7.21.3.2", "does not say which glyph each code is (CIDToGIDMap)"
    encoding = font.get("/Encoding")
    if isinstance(encoding, Name) and str(encoding)[1:] not in PREDEFINED:
        yield "7.21.3.3", f"uses the map of codes '{str(encoding)[1:]}', which is not known"
    if isinstance(encoding, Stream):
        base = encoding.get("/UseCMap")
        name = base.get("/CMapName") if isinstance(base, Stream) else base
        if name is not None and str(name)[1:] not in PREDEFINED:
            yield "7.21.3.3", f"builds on the map of codes '{str(name)[1:]}', which is not known"
        said = read_code_map(encoding).writing_mode
        if said is not None and said != int(encoding.get("/WMode", 0)):
            yield "7.21.3.3", "has a map of codes that writes in two directions (WMode)"
    yield from _collections(encoding, inner)


def _collections(encoding: Any, inner: Any) -> Iterator[tuple[str, str]]:
    mine = inner.get("/CIDSystemInfo", Dictionary())
    if isinstance(encoding, Stream):
        theirs = encoding.get("/CIDSystemInfo", Dictionary())
        wanted = (str(theirs.get("/Registry", "")), str(theirs.get("/Ordering", "")))
    else:
        wanted = ("Adobe", PREDEFINED.get(str(encoding)[1:], ""))
    have = (str(mine.get("/Registry", "")), str(mine.get("/Ordering", "")))
    if wanted[1] not in ("", "Identity") and wanted != have:
        yield "7.21.3.1", "is of another set of characters than its map of codes"


def _true_type(
    font: Any, descriptor: Any, program: Program | None
) -> Iterator[tuple[str, str]]:  # fmt: skip
    symbolic = bool(int(descriptor.get("/Flags", 0)) & _SYMBOLIC)
    encoding = font.get("/Encoding")
    named = encoding.get("/BaseEncoding") if isinstance(encoding, Dictionary) else encoding
    if symbolic:
        if encoding is not None:
            yield "7.21.6", "is symbolic and names an encoding"
        if program and program.tables is not None and len(program.tables) != 1 and (
            (3, 0) not in program.tables
        ):  # fmt: skip
            yield "7.21.6", "is symbolic and has several tables of characters"
        return
    if str(named) not in ("/MacRomanEncoding", "/WinAnsiEncoding"):
        yield "7.21.6", "is not symbolic and does not name its encoding"
    if program and program.tables is not None and not set(program.tables) - {(3, 0)}:
        yield "7.21.6", "is not symbolic and has no table of characters"
    differences = encoding.get("/Differences") if isinstance(encoding, Dictionary) else None
    if isinstance(differences, Array):
        from fontTools.agl import AGL2UV

        names = [str(item)[1:] for item in differences if isinstance(item, Name)]
        unicode_table = bool(program and program.tables and (3, 1) in program.tables)
        if any(name not in AGL2UV for name in names) or not unicode_table:
            yield "7.21.6", "renames its glyphs in a way that nobody can follow (Differences)"


def _listed(descriptor: Any, program: Program, kind: str) -> Iterator[tuple[str, str]]:
    listed = descriptor.get("/CharSet")
    if listed is not None and program.names is not None and kind in ("/Type1", "/MMType1"):
        said = {name for name in str(listed).split("/") if name} - {".notdef"}
        if said != program.names - {".notdef"}:
            yield "7.21.4.2", "does not list its glyphs rightly (CharSet)"
    bits = descriptor.get("/CIDSet")
    if isinstance(bits, Stream) and program.ids is not None and kind == "/Type0":
        content = bits.read_bytes()
        said_ids = {n for n in range(len(content) * 8) if content[n >> 3] >> (7 - (n & 7)) & 1}
        if (program.ids | {0}) - (said_ids | {0}):
            yield "7.21.4.2", "does not list its glyphs rightly (CIDSet)"


def _glyphs(
    font: Any, inner: Any, codes: set[bytes], program: Program
) -> Iterator[tuple[str, str]]:  # fmt: skip
    if str(font.get("/Subtype", "")) != "/Type0":
        yield from _simple_glyphs(font, codes)
        return
    if str(font.get("/Encoding", "")) not in ("/Identity-H", "/Identity-V"):
        return
    lead = inner.get("/CIDToGIDMap")
    mapped = lead.read_bytes() if isinstance(lead, Stream) else None
    widths, usual = _widths(inner), float(inner.get("/DW", 1000))
    for code in sorted(codes):
        cid = int.from_bytes(code, "big")
        glyph = cid
        if mapped is not None:
            glyph = int.from_bytes(mapped[2 * cid : 2 * cid + 2], "big")
        if glyph == 0:
            yield "7.21.8", "shows a character that it does not have (.notdef)"
        elif program.widths is not None and glyph >= len(program.widths):
            yield "7.21.4.1", "lacks a glyph that is shown"
        elif program.widths and abs(program.widths[glyph] - widths.get(cid, usual)) > 1:
            yield "7.21.5", "has glyphs of another width than the file says"


def _simple_glyphs(font: Any, codes: set[bytes]) -> Iterator[tuple[str, str]]:
    encoding = font.get("/Encoding")
    differences = encoding.get("/Differences") if isinstance(encoding, Dictionary) else None
    number, renamed = 0, dict[int, str]()
    for item in differences if isinstance(differences, Array) else ():
        if isinstance(item, Name):
            renamed[number] = str(item)[1:]
            number += 1
        else:
            number = int(item)
    if any(renamed.get(code[0]) == ".notdef" for code in codes if code):
        yield "7.21.8", "shows a character that it does not have (.notdef)"


def _widths(inner: Any) -> dict[int, float]:
    """The widths of a composite font (ISO 32000-1, 9.7.4.3)."""
    found: dict[int, float] = {}
    rows = plain_value(inner.get("/W", Array()))
    at = 0
    while at + 1 < len(rows):
        first = int(rows[at])
        if isinstance(rows[at + 1], list):
            found.update({first + n: width for n, width in enumerate(rows[at + 1])})
            at += 2
        elif at + 2 < len(rows):
            last = min(int(rows[at + 1]), 65535)
            found.update(dict.fromkeys(range(first, last + 1), rows[at + 2]))
            at += 3
        else:
            break
    return found


def _characters(
    font: Any, inner: Any, descriptor: Any, codes: set[bytes]
) -> Iterator[tuple[str, str]]:  # fmt: skip
    lead = font.get("/ToUnicode")
    if isinstance(lead, Stream):
        code_map = read_code_map(lead)
        if any(sign in text for text in code_map.texts.values() for sign in _NO_CHARACTER):
            yield "7.21.7", "gives a character that is none (ToUnicode)"
        if any(code not in code_map.texts for code in codes) and not _known(
            font, inner, descriptor
        ):
            yield "7.21.7", "has codes that are no character to a reader (ToUnicode)"
    elif lead != Name("/Identity-H") and not _known(font, inner, descriptor):
        yield "7.21.7", "does not say which characters its codes are (ToUnicode)"


def _known(font: Any, inner: Any, descriptor: Any) -> bool:
    """Whether the characters of a font are known without a map (ISO 14289-1, 7.21.7)."""
    kind, encoding = str(font.get("/Subtype", "")), font.get("/Encoding")
    if kind == "/Type0":
        order = str(inner.get("/CIDSystemInfo", Dictionary()).get("/Ordering", ""))
        identity = str(encoding) in ("/Identity-H", "/Identity-V")
        return order in _COLLECTIONS or (isinstance(encoding, Name) and not identity)
    named = encoding.get("/BaseEncoding") if isinstance(encoding, Dictionary) else encoding
    if kind == "/TrueType" and int(descriptor.get("/Flags", 0)) & _NONSYMBOLIC:
        return True
    if kind == "/TrueType":
        return str(named) in _KNOWN_ENCODINGS and not isinstance(encoding, Dictionary)
    from fontTools.agl import toUnicode

    differences = encoding.get("/Differences") if isinstance(encoding, Dictionary) else None
    names = [str(item)[1:] for item in differences or () if isinstance(item, Name)]
    based = str(named) in _KNOWN_ENCODINGS or (kind == "/Type1" and named is None)
    return (based or kind == "/Type3") and all(toUnicode(name) for name in names) and bool(
        based or names
    )  # fmt: skip
