"""What a file says of itself: name, title, tags, protection (ISO 14289-1, 5, 7.1 and 7.16)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pikepdf import Array, Dictionary, Stream

from foldwell.check.archived import Archived, Breach
from foldwell.check.xmp import PDFUA

_PREFIX = re.compile(rb"xmlns:([\w.-]+)\s*=\s*[\"']" + re.escape(PDFUA.encode()) + rb"[\"']")
_ACCESS_BIT = 1 << 9
"""Bit 10 of the permissions: screen readers may read the text (ISO 32000-1, table 22)."""


def breaches(file: Archived) -> Iterator[Breach]:
    """What the catalogue, the metadata and the protection of a file break."""
    for clause, message in (*_identified(file), *_catalogue(file), *_layers(file), *_more(file)):
        yield Breach(clause, message)


def _identified(file: Archived) -> Iterator[tuple[str, str]]:
    properties, raw = file.xmp.properties, file.xmp.raw
    if properties.get(f"{{{PDFUA}}}part") != "1":
        yield "5", "The metadata do not say that the file is PDF/UA-1."
    for prefix in {match[1] for match in _PREFIX.finditer(raw)} - {b"pdfuaid"}:
        if re.search(rb"[<\s]" + re.escape(prefix) + rb":(part|amd|corr)\b", raw):
            yield "5", f"PDF/UA is named with the prefix '{prefix.decode()}', not 'pdfuaid'."


def _catalogue(file: Archived) -> Iterator[tuple[str, str]]:
    root = file.pdf.Root
    marks = root.get("/MarkInfo")
    marks = marks if isinstance(marks, Dictionary) else Dictionary()
    if file.tree is None:
        yield "7.1", "There is no tag tree (StructTreeRoot): nothing tells how the file is read."
    elif not file.tree.tags:
        yield "7.1", "The tag tree is empty: nothing tells how the file is read."
    if not bool(marks.get("/Marked", False)):
        yield "7.1", "The file does not say that it is tagged (Marked)."
    if bool(marks.get("/Suspects", False)):
        yield "7.1", "The file says that its tags may be wrong (Suspects)."
    if not file.xmp.there:
        yield "7.1", "There are no metadata (XMP) that can be read."
    elif not any(file.xmp.titles.values()):
        yield "7.1", "The metadata hold no title (dc:title)."
    preferences = root.get("/ViewerPreferences")
    shows = isinstance(preferences, Dictionary) and bool(preferences.get("/DisplayDocTitle", False))
    if not shows:
        yield "7.1", "Viewers are not told to show the title (DisplayDocTitle)."
    if file.pdf.is_encrypted and not int(file.pdf.encryption.P) & _ACCESS_BIT:
        yield "7.16", "The protection keeps screen readers out."


def _layers(file: Archived) -> Iterator[tuple[str, str]]:
    layers = file.pdf.Root.get("/OCProperties")
    if not isinstance(layers, Dictionary):
        return
    others = layers.get("/Configs")
    for one in [layers.get("/D"), *(others if isinstance(others, Array) else ())]:
        if isinstance(one, Dictionary):
            if not str(one.get("/Name", "")):
                yield "7.10", "A set of layers has no name."
            if "/AS" in one:
                yield "7.10", "A set of layers changes by itself (AS)."


def _more(file: Archived) -> Iterator[tuple[str, str]]:
    root = file.pdf.Root
    for item in _file_specifications(file):
        if not str(item.get("/F", "")) or not str(item.get("/UF", "")):
            yield "7.11", "An embedded file lacks one of its names (F and UF)."
    form = root.get("/AcroForm")
    xfa = form.get("/XFA") if isinstance(form, Dictionary) else None
    parts = [*xfa] if isinstance(xfa, Array) else [xfa]
    read = b"".join(part.read_bytes() for part in parts if isinstance(part, Stream))
    if re.search(rb"<dynamicRender>\s*required", read):
        yield "7.15", "A form is drawn while it is filled in (dynamic XFA)."
    if any(_key_of_reference(item) for item in file.pdf.objects):
        yield "7.20", "A form shows a page of another file (Ref)."


def _file_specifications(file: Archived) -> Iterator[Any]:
    for item in file.pdf.objects:
        if isinstance(item, Dictionary) and "/EF" in item and isinstance(item.EF, Dictionary):
            yield item


def _key_of_reference(item: Any) -> bool:
    return isinstance(item, Stream) and str(item.get("/Subtype", "")) == "/Form" and "/Ref" in item
