"""Small Word and OpenDocument files, as Word, LibreOffice and Google Docs write them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_NAMES = (
    f'xmlns:w="{_W}" xmlns:r="{_R}"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
    ' xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"

STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>{more}</w:style>'
    for key, name, more in (
        ("Title", "Title", ""),
        ("Heading1", "heading 1", ""),
        ("Heading2", "heading 2", ""),
        ("berschrift3", "heading 3", ""),
        ("TOC1", "toc 1", ""),
        ("Quote", "Quote", ""),
        ("Caption", "caption", ""),
        ("ListNumber", "List Number",
         '<w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>'),
    )
)  # fmt: skip


def level(number: int, form: str, text: str, start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{number}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    f"{level(0, 'bullet', '•')}{level(1, 'bullet', 'o')}</w:abstractNum>"
    f'<w:abstractNum w:abstractNumId="1">{level(0, "decimal", "%1.")}'
    f"{level(1, 'lowerLetter', '%2)')}</w:abstractNum>"
    f'<w:abstractNum w:abstractNumId="2">{level(0, "decimal", "%1.", 8)}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="3">{level(0, "decimal", "%1.")}'
    f"{level(1, 'decimal', '%1.%2')}</w:abstractNum>"
    f'<w:abstractNum w:abstractNumId="4">{level(0, "lowerRoman", "%1.")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="9">{level(0, "bullet", "•")}</w:abstractNum>'
    + "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n - 1}"/></w:num>' for n in range(1, 6)
    )
    + '<w:num w:numId="6"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0">'
    '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    '<w:num w:numId="7"><w:abstractNumId w:val="9"/></w:num>'
)


def p(words: str, style: str = "", number: tuple[int, int] | None = None) -> str:
    """A paragraph; words that start with '<' are runs."""
    look = f'<w:pStyle w:val="{style}"/>' if style else ""
    if number:
        look += f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>'
    return f"<w:p><w:pPr>{look}</w:pPr>{words if words.startswith('<') else r(words)}</w:p>"


def r(words: str, look: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def table(*rows: list[str], head: bool = False) -> str:
    marks = ["<w:trPr><w:tblHeader/></w:trPr>" if head and not n else "" for n in range(len(rows))]
    return "<w:tbl>" + "".join(
        f"<w:tr>{mark}{''.join(f'<w:tc>{cell}</w:tc>' for cell in row)}</w:tr>"
        for mark, row in zip(marks, rows, strict=True)
    ) + "</w:tbl>"  # fmt: skip


def picture(key: str, words: str = "") -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="x" descr="{words}"/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
        f"<pic:blipFill><a:blip {key}/></pic:blipFill></pic:pic></a:graphicData></a:graphic>"
        "</wp:inline></w:drawing></w:r>"
    )


def png(width: int = 300, height: int = 200) -> bytes:
    """A picture of one colour."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + check

    rows = (b"\0" + b"\x20\x60\x80" * width) * height
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def relationships(*rows: tuple[str, str, str, bool]) -> str:
    """Rows of id, kind, target and whether it stands outside."""
    return f'<Relationships xmlns="{_RELATIONSHIPS}">' + "".join(
        f'<Relationship Id="{key}" Type="{_R}/{kind}" Target="{target}"'
        f'{" TargetMode=" + chr(34) + "External" + chr(34) if outside else ""}/>'
        for key, kind, target, outside in rows
    ) + "</Relationships>"  # fmt: skip


def docx(
    body: str, *links: tuple[str, str, str, bool], styles: str = "", **parts: str | bytes
) -> bytes:
    """A Word document; parts by name, such as ``footnotes``, or a whole path with ``/``."""
    rows = [("rS", "styles", "styles.xml", False), ("rN", "numbering", "numbering.xml", False)]
    rows += [(f"r_{name}", name, f"{name}.xml", False) for name in parts if "/" not in name]
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{_TYPES}"><Default Extension="png"'
        ' ContentType="image/png"/><Default Extension="emf" ContentType="image/x-emf"/></Types>',
        "_rels/.rels": relationships(("r1", "officeDocument", "word/document.xml", False)),
        "word/document.xml": f"<w:document {_NAMES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": relationships(*rows, *links),
        "word/styles.xml": f"<w:styles {_NAMES}><w:docDefaults><w:rPrDefault><w:rPr>"
        f'<w:lang w:val="en-GB"/></w:rPr></w:rPrDefault></w:docDefaults>'
        f"{STYLES}{styles}</w:styles>",
        "word/numbering.xml": f"<w:numbering {_NAMES}>{NUMBERING}</w:numbering>",
    }
    for name, content in parts.items():
        if "/" in name:
            files[name] = content
        else:
            assert isinstance(content, str)
            tag = {"comments": "comments"}.get(name, name.rstrip("0123456789"))
            tag = {"header": "hdr", "footer": "ftr"}.get(tag, tag)
            files[f"word/{name}.xml"] = f"<w:{tag} {_NAMES}>{content}</w:{tag}>"
    return zipped(files)


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return made.getvalue()


_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_ODF = " ".join(
    f'xmlns:{name}="{_OASIS}:{value}:1.0"'
    for name, value in (
        ("office", "office"), ("text", "text"), ("style", "style"), ("table", "table"),
        ("draw", "drawing"), ("fo", "xsl-fo-compatible"), ("svg", "svg-compatible"),
    )
)  # fmt: skip
_ODF += ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'


def odt(body: str, styles: str = "", master: str = "", **files: bytes) -> bytes:
    """An OpenDocument text."""
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {_ODF}><office:automatic-styles>{styles}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text>"
            "</office:body></office:document-content>",
            "styles.xml": f"<office:document-styles {_ODF}><office:master-styles>{master}"
            "</office:master-styles></office:document-styles>",
            "META-INF/manifest.xml": "<manifest/>",
            **files,
        }
    )
