"""What a file says of itself: part 2, level A, in metadata of the right form (6.6)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from foldwell.check.archived import Archived, Breach
from foldwell.check.xmp import PDFA, PDFUA

_HEAD = re.compile(rb"<\?xpacket[^>]*\b(?:bytes|encoding)\s*=")
_PREFIX = re.compile(rb"xmlns:([\w.-]+)\s*=\s*[\"']" + re.escape(PDFA.encode()) + rb"[\"']")
_SCHEMA = re.compile(rb":namespaceURI[^<]*>\s*" + re.escape(PDFUA.encode()))


def breaches(file: Archived) -> Iterator[Breach]:
    """Who does not say that it is PDF/A-2a, or not as it is said."""
    raw, told = file.xmp.raw, file.xmp.properties
    if not file.xmp.there:
        yield Breach("6.6.2.1", "There are no metadata (XMP) that can be read.")
        return
    if _HEAD.search(raw):
        yield Breach("6.6.2.1", "The head of the metadata names bytes or an encoding.")
    if told.get(f"{{{PDFA}}}part") != "2":
        yield Breach("6.6.4", "The metadata do not say that the file is PDF/A-2 (pdfaid:part).")
    elif told.get(f"{{{PDFA}}}conformance") != "A":
        yield Breach("6.6.4", "The metadata do not say level A (pdfaid:conformance).")
    for prefix in {match[1] for match in _PREFIX.finditer(raw)} - {b"pdfaid"}:
        if re.search(rb"[<\s]" + re.escape(prefix) + rb":(part|conformance|amd)\b", raw):
            yield Breach("6.6.4", f"PDF/A is named with the prefix '{prefix.decode()}'.")
    if f"{{{PDFUA}}}part" in told and not _SCHEMA.search(raw):
        message = "No extension schema says what 'pdfuaid:part' is."
        yield Breach("6.6.2.3", message)
