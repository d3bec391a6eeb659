"""The font programs that travel in a PDF: their glyphs, widths and tables of characters."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from pikepdf import Stream

KEPT, KEPT_BYTES = 24, 300_000
"""How many programs are known by their bytes, and how large they may be."""


@dataclass(frozen=True)
class Program:
    """What is asked of a font program; None where it is of a kind that does not say.

    Attributes:
        names: The names of its glyphs.
        ids: The numbers of its characters, in a font that has them (CID).
        widths: The width of each glyph, in thousandths of its size.
        tables: Platform and encoding of each table of characters.
    """

    names: frozenset[str] | None = None
    ids: frozenset[int] | None = None
    widths: tuple[float, ...] | None = None
    tables: tuple[tuple[int, int], ...] | None = None


def program_of(descriptor: Any) -> Program | None:
    """The font program that a descriptor embeds; None without one."""
    true_type = descriptor.get("/FontFile2")
    if isinstance(true_type, Stream):
        return _known(_sfnt, true_type.read_bytes())
    compact = descriptor.get("/FontFile3")
    if isinstance(compact, Stream):
        content = compact.read_bytes()
        if str(compact.get("/Subtype", "")) == "/OpenType":
            return _known(_sfnt, content)
        return _known(_compact, content)
    old = descriptor.get("/FontFile")
    return Program() if isinstance(old, Stream) else None


def _known(read: Any, content: bytes) -> Program:
    """What is read of a program; the files of a leaflet embed the same ones."""
    program: Program = (read if len(content) <= KEPT_BYTES else read.__wrapped__)(content)
    return program


@lru_cache(maxsize=KEPT)
def _sfnt(content: bytes) -> Program:
    from fontTools.ttLib import TTFont

    with TTFont(io.BytesIO(content), lazy=True) as font:
        tables: tuple[tuple[int, int], ...] = ()
        if "cmap" in font:
            tables = tuple((int(t.platformID), int(t.platEncID)) for t in font["cmap"].tables)
        # The numbers themselves: fontTools would tell users of odd dates that it meets in "head".
        unit = 1000 / _number(font, "head", 18)
        count, longest = _number(font, "maxp", 4), _number(font, "hhea", 34)
        metrics = font.getTableData("hmtx")
        advances = [int.from_bytes(metrics[4 * n : 4 * n + 2], "big") for n in range(longest)]
        advances += advances[-1:] * (count - longest)
        return Program(widths=tuple(unit * width for width in advances), tables=tables)


def _number(font: Any, table: str, at: int) -> int:
    """A number of two bytes in a table (OpenType 1.9)."""
    return int.from_bytes(font.getTableData(table)[at : at + 2], "big")


@lru_cache(maxsize=KEPT)
def _compact(content: bytes) -> Program:
    from fontTools.cffLib import CFFFontSet

    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(content), None)
    top = fonts[0]
    if hasattr(top, "ROS"):
        ids = [int(name[3:]) for name in top.charset if name[:3] == "cid"]
        return Program(ids=frozenset(ids))
    return Program(names=frozenset(top.charset))
