"""Press files: PDF/X-4 (ISO 15930-7) for a print shop, from typeset panel pages.

One page a sheet side, CMYK, exact boxes, marks outside the bleed. Nothing here looks at what
the words say; whether a leaflet may go to press is decided before.
"""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Sequence
from xml.sax.saxutils import escape

from pikepdf import Array, Dictionary, Name, Pdf, String

from foldwell.paper.conditions import Condition
from foldwell.paper.sheets import SLUG_MM, Box, Side
from foldwell.pdf.opening import in_memory
from foldwell.pdf.piece_info import write_piece_info
from foldwell.pdf.plane import PT_PER_MM
from foldwell.press.colour import Inks
from foldwell.press.finishing import read_from_right, save
from foldwell.press.imposition import impose, overlay, piece_info
from foldwell.press.imprint import Imprint
from foldwell.press.marks import REGISTRATION, press_marks, registration_space, slug_place
from foldwell.press.office import Piece
from foldwell.press.overprint import overprint_black
from foldwell.press.separation import separate
from foldwell.press.slug_line import slug_line

SIDE, SIDES = "\ue012", "\ue013"
"""What stands in a slug line for the number of the side, and of all sides."""

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>
<xmp:MetadataDate>{date}</xmp:MetadataDate><xmp:CreatorTool>Foldwell</xmp:CreatorTool>
<pdf:Producer>{producer}</pdf:Producer><pdf:Trapped>False</pdf:Trapped>
<xmpMM:DocumentID>uuid:{document}</xmpMM:DocumentID>
<xmpMM:VersionID>1</xmpMM:VersionID><xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""


def press_file(
    panels: bytes,
    sides: Sequence[Side],
    piece: Piece,
    *,
    condition: Condition,
    profile: bytes,
    inks: Inks,
    bleed_mm: float,
) -> bytes:
    """The file for a print shop: PDF/X-4.

    Args:
        panels: A PDF with one page a panel, each with its bleed.
        sides: What stands where, trimmed or on a press sheet.
        piece: What the file says of itself.
        condition: The printing condition that the colours are made for.
        profile: Its ICC profile.
        inks: The inks of every colour.
        bleed_mm: The bleed.

    Raises:
        FoldwellError: If a colour cannot be turned into inks.
    """
    with in_memory(panels) as source:
        around = _around_mm(sides)
        sheets = impose(source, sides, around_mm=around)
        separate(sheets, inks)
        overprint_black(sheets)
        info = {key: str(value) for key, value in source.docinfo.items()}
        date = _pdf_date(info.get("/CreationDate", ""))
        space = sheets.make_indirect(registration_space())
        slugs = _slug_lines(sides, piece.slug, bleed_mm)
        for side, page, slug in zip(sides, sheets.pages, slugs, strict=True):
            overlay(sheets, page, press_marks(side, around, bleed_mm).written())
            overlay(sheets, page, slug)
            page.Resources.ColorSpace = Dictionary({str(REGISTRATION): space})
            trim = side.trim.moved(around, around)
            page.obj.TrimBox = _box(trim, 0)
            page.obj.BleedBox = _box(trim, bleed_mm)
            facts = piece_info(
                side, around, format_name=piece.format, medium="press",
                condition=condition.identifier, body_pt=piece.body_pt,
            )  # fmt: skip
            write_piece_info(page, facts, date)
        _identify(sheets, piece, condition, profile, info, date)
        return save(sheets, version="1.6")


def readdress(imprint: Imprint, sides: Sequence[Side], piece: Piece, bleed_mm: float) -> None:
    """Let a finished file say of itself what another one with the same sheets says, in place.

    Args:
        imprint: What it says.
        sides: What stands where on its pages.
        piece: What it shall say.
        bleed_mm: The bleed.
    """
    imprint.slugs = _slug_lines(sides, piece.slug, bleed_mm)
    imprint.title = piece.title
    told = (imprint.told[key] for key in ("/Author", "/Producer", "/CreationDate"))
    imprint.xmp = _xmp(piece, *told).encode()


def _around_mm(sides: Sequence[Side]) -> float:
    """How wide the zone of marks is; they stand on the sheet where it carries several."""
    on_sheet = sides[0].width_mm - sides[0].trim.width_mm > 1
    return 0.0 if on_sheet else SLUG_MM


def _slug_lines(sides: Sequence[Side], slug: str, bleed_mm: float) -> list[bytes]:
    """What draws the slug line of each side."""
    around, count = _around_mm(sides), str(len(sides))
    return [
        slug_line(
            slug.replace(SIDE, str(number)).replace(SIDES, count),
            *slug_place(side, around, bleed_mm), REGISTRATION,
        )
        for number, side in enumerate(sides, 1)
    ]  # fmt: skip


def _box(box: Box, over_mm: float) -> Array:
    return Array(
        [
            round(value * PT_PER_MM, 4)
            for value in (
                box.x_mm - over_mm,
                box.y_mm - over_mm,
                box.right_mm + over_mm,
                box.top_mm + over_mm,
            )
        ]
    )


def _identify(
    sheets: Pdf,
    piece: Piece,
    condition: Condition,
    profile: bytes,
    info: dict[str, str],
    date: str,
) -> None:
    """Output intent, document information and XMP, which must agree (ISO 15930-7, 6.2, 6.14)."""
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=String(condition.identifier),
        OutputCondition=String(condition.info),
        Info=String(condition.info),
        RegistryName=String(condition.registry_name),
        DestOutputProfile=sheets.make_stream(profile, N=4),
    )
    sheets.Root.OutputIntents = Array([sheets.make_indirect(intent)])
    sheets.Root.Lang = piece.language
    if piece.right_to_left:
        read_from_right(sheets)
    producer = info.get("/Producer", "Foldwell")
    author = info.get("/Author", "")
    for key, value in (
        ("/Title", piece.title),
        ("/Author", author),
        ("/Creator", "Foldwell"),
        ("/Producer", producer),
        ("/CreationDate", date),
        ("/ModDate", date),
    ):
        sheets.docinfo[key] = value
    sheets.docinfo["/Trapped"] = Name("/False")
    xmp = _xmp(piece, author, producer, date)
    sheets.Root.Metadata = sheets.make_stream(xmp.encode(), Type=Name.Metadata, Subtype=Name.XML)


def _xmp(piece: Piece, author: str, producer: str, date: str) -> str:
    """The metadata of a file."""
    digest = hashlib.sha256(repr((piece, date)).encode())
    return _XMP.format(
        title=escape(piece.title),
        author=escape(author),
        date=_xmp_date(date),
        producer=escape(producer),
        document=uuid.UUID(bytes=digest.digest()[:16], version=5),
    )


def _pdf_date(text: str) -> str:
    """A PDF date with all its parts; the day of the leaflet, at midnight."""
    digits = re.sub(r"\D", "", text)[:8].ljust(8, "0")
    day = digits if re.fullmatch(r"[12]\d{3}(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])", digits) else ""
    return f"D:{day or '20000101'}000000+00'00'"


def _xmp_date(date: str) -> str:
    return f"{date[2:6]}-{date[6:8]}-{date[8:10]}T00:00:00+00:00"
