"""The metadata of a PDF (XMP, ISO 16684-1), as far as archive rules ask for it."""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

PDFUA = "http://www.aiim.org/pdfua/ns/id/"
PDFA = "http://www.aiim.org/pdfa/ns/id/"
_DC = "{http://purl.org/dc/elements/1.1/}"
_LI = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}li"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True)
class Xmp:
    """What the metadata says.

    Attributes:
        raw: The bytes.
        there: Whether there is any that can be read.
        properties: Simple properties, by namespace and name: ``{namespace}name``.
        titles: The titles, by language.
    """

    raw: bytes
    there: bool
    properties: dict[str, str]
    titles: dict[str, str]


def read_xmp(content: bytes) -> Xmp:
    """Read metadata; what is no XML says nothing."""
    try:
        # The head of the packet may name an encoding that is none of the XML's.
        start = content.find(b"<x:xmpmeta")
        end = content.rfind(b"</x:xmpmeta>") + len(b"</x:xmpmeta>")
        inner = content[start:end] if 0 <= start < end else content
        root: Element = fromstring(inner.decode("utf-8", "replace"), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError):
        return Xmp(content, False, {}, {})
    properties: dict[str, str] = {}
    titles: dict[str, str] = {}
    for element in root.iter():
        properties.update(element.attrib)
        if len(element) == 0:
            properties.setdefault(element.tag, (element.text or "").strip())
        if element.tag == f"{_DC}title":
            for item in element.iter(_LI):
                titles[item.get(_LANG, "")] = (item.text or "").strip()
    return Xmp(content, True, properties, titles)
