"""Finishing: what a PDF needs after typesetting, so that it passes PDF/UA-1 and PDF/A-2a.

WeasyPrint's PDF/UA-1 is sound; PDF/A-2a asks for more: its own identification with the
schema that explains PDF/UA's, an output intent, printable annotations, and images that a
viewer does not smooth (ISO 19005-2, 6.2.3, 6.2.8, 6.3.2, 6.6.4).
"""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from foldwell.pdf.opening import in_memory
from foldwell.pdf.packed_file import gathered
from foldwell.pdf.piece_info import PieceInfo, write_piece_info
from foldwell.press.tagging import mend_tags

OBJECT_STREAMS = "1.5"
"""The version of PDF that first had them."""
PRINT_FLAG = 4
"""Bit 3 of an annotation's flags: it is printed (ISO 32000-1, table 165)."""

_XMP_END = b"</rdf:RDF>"
_XMP = b"""<rdf:Description xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"
 rdf:about="" pdfaid:part="2" pdfaid:conformance="A">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>The part of ISO 14289 that the file conforms to</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


def finish_screen(
    content: bytes,
    srgb_profile: bytes,
    format_name: str = "",
    body_pt: float = 0,
    *,
    right_to_left: bool = False,
) -> bytes:
    """A PDF/UA-1 file made to pass PDF/A-2a as well.

    Args:
        content: The typeset PDF.
        srgb_profile: An ICC profile of the sRGB colour space.
        format_name: The format that its pages shall name, for later checks; empty for none.
        body_pt: The size of its body text.
        right_to_left: Whether its pages are turned from left to right.
    """
    with in_memory(content) as pdf:
        for page in pdf.pages:
            for annotation in page.get("/Annots", ()):
                annotation.F = int(annotation.get("/F", 0)) | PRINT_FLAG
        if format_name:
            _describe(pdf, format_name, body_pt)
        if right_to_left:
            read_from_right(pdf)
        _plain_images(pdf)
        mend_tags(pdf)
        if "/AcroForm" in pdf.Root and "/NeedAppearances" in pdf.Root.AcroForm:
            del pdf.Root.AcroForm.NeedAppearances
        profile = pdf.make_stream(srgb_profile, N=3)
        intent = Dictionary(
            Type=Name.OutputIntent,
            S=Name.GTS_PDFA1,
            OutputConditionIdentifier=String("sRGB IEC61966-2.1"),
            Info=String("sRGB IEC61966-2.1"),
            RegistryName=String("http://www.color.org"),
            DestOutputProfile=profile,
        )
        pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])
        xmp = pdf.Root.Metadata.read_bytes().replace(_XMP_END, _XMP + _XMP_END, 1)
        metadata = pdf.make_stream(xmp, Type=Name.Metadata, Subtype=Name.XML)
        pdf.Root.Metadata = metadata
        return save(pdf)


def read_from_right(pdf: Pdf) -> None:
    """Let viewers show facing pages and turn them as for a book that is bound on its right."""
    preferences = pdf.Root.get("/ViewerPreferences", Dictionary())
    preferences.Direction = Name.R2L
    pdf.Root.ViewerPreferences = preferences


def _describe(pdf: Pdf, format_name: str, body_pt: float) -> None:
    modified = str(pdf.docinfo.get("/ModDate", "D:20000101000000Z"))
    for page in pdf.pages:
        left, lower, right, upper = (float(value) for value in page.mediabox)
        whole = ((left, lower, right, upper),)
        info = PieceInfo(format_name, "screen", "", body_pt, (), whole, whole)
        write_piece_info(page, info, modified)


def _plain_images(pdf: Pdf) -> None:
    for item in pdf.objects:
        if (
            isinstance(item, pikepdf.Stream)
            and item.get("/Subtype") == Name.Image
            and "/Interpolate" in item
        ):
            del item.Interpolate


def name_subsets_apart(pdf: Pdf) -> None:
    """Give each subset of a font a mark of its own, in place (ISO 32000-1, 9.6.4).

    Files that were typeset apart mark the subsets of one font alike, and a print shop's program
    may take one for the other when they are joined.
    """
    used: dict[str, tuple[int, int]] = {}
    for font in pdf.objects:
        if not isinstance(font, Dictionary) or font.get("/Type") != Name.Font:
            continue
        if "CIDFont" in str(font.get("/Subtype", "")):
            continue  # it is renamed with the font that it belongs to
        inner = font.get("/DescendantFonts", Array([font]))[0]
        descriptor, name = inner.get("/FontDescriptor"), str(inner.get("/BaseFont", ""))
        if descriptor is None or name[7:8] != "+":
            continue
        owner = used.setdefault(name, descriptor.objgen)
        count = 0
        while owner != descriptor.objgen:
            count += 1
            mark = hashlib.sha256(f"{name} {count}".encode()).digest()[:6]
            name = f"/{''.join(chr(65 + value % 26) for value in mark)}{name[7:]}"
            owner = used.setdefault(name, descriptor.objgen)
        if count:
            descriptor.FontName = inner.BaseFont = font.BaseFont = Name(name)


def save(pdf: Pdf, version: str = "") -> bytes:
    """The file's bytes: the same for the same content, whenever and wherever it is written.

    Args:
        pdf: The file.
        version: The PDF version that a standard asks for.
    """
    name_subsets_apart(pdf)
    return written(pdf, version)


def written(pdf: Pdf, version: str = "") -> bytes:
    """The same of a file whose fonts are named already."""
    out = io.BytesIO()
    pdf.save(
        out,
        min_version="" if version else OBJECT_STREAMS,
        force_version=version,
        fix_metadata_version=False,
        static_id=True,
        object_stream_mode=pikepdf.ObjectStreamMode.disable,
        compress_streams=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
    )
    return gathered(out.getvalue()).written()


def read_srgb_profile(templates: Path) -> bytes:
    """The shipped sRGB profile."""
    return (templates / "icc" / "sRGB2014.icc").read_bytes()
