"""Text in the bundled font for pages of our own making, such as the legend of a proof.

The font is embedded and its characters can be searched and copied. Characters that it does not
hold are written as question marks.
"""

from __future__ import annotations

from typing import Any

from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Pdf, String

from foldwell.fonts import HOUSE

_NAME = Name(f"/{HOUSE.cuts[400]}")


class Lettering:
    """The bundled font in one PDF.

    Args:
        pdf: The file that it is embedded in.
    """

    def __init__(self, pdf: Pdf) -> None:
        path = HOUSE.path(400)
        font: Any = TTFont(path)
        self._units: int = font["head"].unitsPerEm
        self._codes: dict[int, int] = {
            code: font.getGlyphID(name) for code, name in font.getBestCmap().items()
        }
        self._widths: list[int] = [font["hmtx"][name][0] for name in font.getGlyphOrder()]
        self.font = self._embedded(pdf, font, path.read_bytes())

    def _embedded(self, pdf: Pdf, font: Any, data: bytes) -> Any:
        """A composite font whose codes are glyph numbers (ISO 32000-1, 9.7)."""
        head, line = font["head"], font["hhea"]
        descriptor = Dictionary(
            Type=Name.FontDescriptor,
            FontName=_NAME,
            Flags=4,
            FontBBox=Array([self._em(v) for v in (head.xMin, head.yMin, head.xMax, head.yMax)]),
            ItalicAngle=0,
            Ascent=self._em(line.ascent),
            Descent=self._em(line.descent),
            CapHeight=self._em(font["OS/2"].sCapHeight),
            StemV=80,
            FontFile2=pdf.make_stream(data, Length1=len(data)),
        )
        inner = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=_NAME,
            CIDSystemInfo=Dictionary(
                Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0
            ),
            FontDescriptor=pdf.make_indirect(descriptor),
            CIDToGIDMap=Name.Identity,
            W=Array([0, Array([self._em(width) for width in self._widths])]),
        )
        return pdf.make_indirect(
            Dictionary(
                Type=Name.Font,
                Subtype=Name.Type0,
                BaseFont=_NAME,
                Encoding=Name("/Identity-H"),
                DescendantFonts=Array([pdf.make_indirect(inner)]),
                ToUnicode=pdf.make_stream(self._to_unicode()),
            )
        )

    def _em(self, units: int) -> int:
        return round(units * 1000 / self._units)

    def _to_unicode(self) -> bytes:
        pairs = [
            f"<{glyph:04x}> <{chr(code).encode('utf-16-be').hex()}>"
            for code, glyph in sorted(self._codes.items(), key=lambda pair: pair[1])
        ]
        blocks = [
            f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar"
            for block in (pairs[start : start + 100] for start in range(0, len(pairs), 100))
        ]
        head = (
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap\n"
            "/CMapName /Foldwell def /CMapType 2 def\n"
            "1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        )
        return (head + "\n".join(blocks) + "\nendcmap end end\n").encode()

    def _glyphs(self, text: str) -> list[int]:
        unknown = self._codes[ord("?")]
        return [self._codes.get(ord(character), unknown) for character in text]

    def width(self, text: str, size_pt: float) -> float:
        """How long a text is, in points."""
        return sum(self._widths[glyph] for glyph in self._glyphs(text)) * size_pt / self._units

    def show(self, text: str, size_pt: float, x: float, y: float) -> str:
        """The operators that write a text; the font is the resource ``F``."""
        codes = "".join(f"{glyph:04x}" for glyph in self._glyphs(text))
        return f"BT /F {size_pt:g} Tf {x:.2f} {y:.2f} Td <{codes}> Tj ET"

    def broken(self, text: str, size_pt: float, room_pt: float) -> list[str]:
        """A text in lines that fit; a word that is too long is broken where it must be."""
        lines, line = [], ""
        for word in text.split():
            while self.width(word, size_pt) > room_pt and len(word) > 1:
                fits = next(
                    n for n in range(len(word) - 1, 0, -1)
                    if n == 1 or self.width(word[:n], size_pt) <= room_pt
                )  # fmt: skip
                lines += [line] if line else []
                lines.append(word[:fits])
                line, word = "", word[fits:]
            longer = f"{line} {word}".strip()
            if line and self.width(longer, size_pt) > room_pt:
                lines.append(line)
                longer = word
            line = longer
        return lines + ([line] if line else [])
