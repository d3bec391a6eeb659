"""OpenDocument texts (.odt), as LibreOffice and others write them (ISO/IEC 26300)."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace

from foldwell.errors import FoldwellError, Place
from foldwell.importing.archive import Archive
from foldwell.importing.brought import Brought, note, words_of
from foldwell.importing.open_styles import (
    DC,
    DRAW,
    INDEXES,
    OFFICE,
    PASSED,
    STYLE,
    SVG,
    TABLE,
    TEXT,
    UNSEEN,
    XLINK,
    Look,
    Styles,
)

CONTENT, STYLES = "content.xml", "styles.xml"
_COLUMNS_LIMIT = 200


def read_open_document(content: bytes, path: str) -> Brought:
    """Read an OpenDocument text.

    Raises:
        FoldwellError: If it is none, is locked, damaged or too large.
    """
    archive = Archive(content, path, CONTENT)
    manifest = "META-INF/manifest.xml"
    if manifest in archive.names and b"encryption-data" in archive.read(manifest):
        raise FoldwellError(
            "This file is locked with a password.", Place(path), "Save it without one."
        )
    root = archive.xml(CONTENT)
    styles = archive.xml(STYLES) if STYLES in archive.names else ET.Element("none")
    body = root.find(f"{OFFICE}body/{OFFICE}text")
    if body is None:
        raise FoldwellError(
            "This OpenDocument file is no text.", Place(path), "Copy its words into one."
        )
    reader = _Reader(archive, Styles([styles, root]))
    reader.blocks(body, reader.brought.body)
    reader.brought.body.extend(reader.footnotes)
    reader.tell_the_rest(body, styles)
    return reader.brought


class _Reader:
    def __init__(self, archive: Archive, styles: Styles) -> None:
        self._archive, self._styles = archive, styles
        self.brought = Brought(ET.Element("body"))
        self.footnotes: list[ET.Element] = []
        self._counts: dict[str, int] = {}

    def blocks(self, source: ET.Element, into: ET.Element) -> None:
        for child in source:
            tag = child.tag
            if tag in (f"{TEXT}p", f"{TEXT}h"):
                self._paragraph(child, into)
            elif tag == f"{TEXT}list":
                self._list(child, into, 1, child.get(f"{TEXT}style-name", ""))
            elif tag == f"{TABLE}table":
                self._table(child, into)
            elif tag in INDEXES:
                self.brought.leave("The table of contents was left out.")
            elif tag in PASSED:
                if child.get(f"{TEXT}display") != "none":
                    self.blocks(child, into)
                else:
                    self.brought.leave("A hidden section was left out.")
            elif tag.startswith(DRAW):
                self._frame(child, into)

    def _paragraph(self, source: ET.Element, into: ET.Element) -> None:
        look = self._styles.look("paragraph", source.get(f"{TEXT}style-name"))
        level = source.get(f"{TEXT}outline-level", "1")
        if source.tag == f"{TEXT}h":
            made = ET.SubElement(into, f"h{min(int(level), 6) if level.isdecimal() else 1}")
        elif look.quoted:
            made = ET.SubElement(ET.SubElement(into, "blockquote"), "p")
        else:
            made = ET.SubElement(into, "p")
        if look.title:
            made.set("class", "title")
        elif look.caption:
            made.set("class", "caption")
        if look.hidden:
            self.brought.leave(f"Hidden words were left out: '{words_of(source)[:80]}'.")
            return
        plain = made.tag != "p" or look.title
        self._inline(source, made, Look() if plain else replace(look, raised=""))

    def _inline(self, source: ET.Element, into: ET.Element, look: Look) -> None:
        self._words(source.text, into, look)
        for child in source:
            self._piece(child, into, look)
            self._words(child.tail, into, look)

    def _piece(self, child: ET.Element, into: ET.Element, look: Look) -> None:
        tag = child.tag
        if tag == f"{TEXT}span":
            own = self._styles.look("text", child.get(f"{TEXT}style-name"))
            style = self._merged(look, own)
            if own.hidden or own.struck:
                kind = "Hidden words" if own.hidden else "Words that are struck through"
                self.brought.leave(f"{kind} were left out: '{words_of(child)[:80]}'.")
                return
            self._inline(child, into, style)
        elif tag == f"{TEXT}a":
            link = ET.SubElement(into, "a", {"href": child.get(f"{XLINK}href", "")})
            self._inline(child, link, look)
        elif tag == f"{TEXT}s":
            count = child.get(f"{TEXT}c", "1")
            self._words(" " * min(int(count) if count.isdecimal() else 1, 8), into, look)
        elif tag == f"{TEXT}tab":
            self._words(" ", into, look)
        elif tag == f"{TEXT}line-break":
            ET.SubElement(into, "br")
        elif tag in (f"{TEXT}bookmark-start", f"{TEXT}bookmark"):
            ET.SubElement(into, "span", {"id": child.get(f"{TEXT}name", "")})
        elif tag == f"{TEXT}note":
            self._footnote(child, into)
        elif tag == f"{OFFICE}annotation":
            self._comment(child)
        elif tag.startswith(DRAW):
            self._frame(child, into)
        elif tag in (f"{TEXT}hidden-text", f"{TEXT}hidden-paragraph"):
            self.brought.leave(f"Hidden words were left out: '{words_of(child)[:80]}'.")
        elif tag not in UNSEEN:  # fields show their words
            self._inline(child, into, look)

    @staticmethod
    def _merged(look: Look, own: Look) -> Look:
        return replace(
            own, bold=own.bold or look.bold, italic=own.italic or look.italic,
            raised=own.raised or look.raised,
        )  # fmt: skip

    def _words(self, text: str | None, into: ET.Element, look: Look) -> None:
        if not text:
            return
        holder = into
        for tag, is_on in (("strong", look.bold), ("em", look.italic), (look.raised, look.raised)):
            if is_on and tag:
                holder = ET.SubElement(holder, str(tag))
        if holder is not into:
            holder.text = text
        elif len(into):
            into[-1].tail = (into[-1].tail or "") + text
        else:
            into.text = (into.text or "") + text

    def _list(self, source: ET.Element, into: ET.Element, level: int, style: str) -> None:
        kind, start, label = self._styles.kind_of_list(style, level)
        key = f"{style}:{level}"
        goes_on = source.get(f"{TEXT}continue-numbering") == "true" or source.get(
            f"{TEXT}continue-list"
        )
        number = self._counts.get(key, start - 1) if goes_on else start - 1
        made = ET.SubElement(into, "ul" if kind == "bullet" else "ol")
        if kind in ("a", "A", "i", "I"):
            made.set("type", kind)
        for item in source:
            header = item.tag == f"{TEXT}list-header"
            if item.tag != f"{TEXT}list-item" and not header:
                continue
            inner = ET.SubElement(made, "li")
            given = item.get(f"{TEXT}start-value", "")
            empty = header or (len(item) > 0 and item[0].tag == f"{TEXT}list")
            if not empty:
                number = int(given) if given.isdecimal() else number + 1
            if made.tag == "ol":
                inner.set("value", str(number))
            for child in item:
                if child.tag == f"{TEXT}list":
                    self._list(child, inner, level + 1, child.get(f"{TEXT}style-name", style))
                else:
                    holder = ET.Element("holder")
                    holder.append(child)
                    self.blocks(holder, inner)
        self._counts[key] = number
        first = next((i.get("value") for i in made if i.get("value")), None)
        if first:
            made.set("start", first)
        if label:
            self.brought.leave(f"Numbers such as '{label}' were read as plain numbers.")
        if list(made) and all(
            len(i) and i[0].tag.startswith("h") and i[0].tag[1:].isdigit() for i in made
        ):  # numbered headings are headings, not a list
            into.remove(made)
            for item in made:
                into.extend(list(item))

    def _table(self, source: ET.Element, into: ET.Element) -> None:
        table = ET.SubElement(into, "table")
        for row, head in self._rows(source, head=False):
            made = ET.SubElement(table, "tr")
            for cell in row:
                if cell.tag != f"{TABLE}table-cell":
                    continue
                times = cell.get(f"{TABLE}number-columns-repeated", "1")
                many = min(int(times) if times.isdecimal() else 1, _COLUMNS_LIMIT)
                for _ in range(many if words_of(cell) or many < 20 else 1):
                    inner = ET.SubElement(made, "th" if head else "td")
                    for key, name in (("columns", "colspan"), ("rows", "rowspan")):
                        if span := cell.get(f"{TABLE}number-{key}-spanned"):
                            inner.set(name, span)
                    self.blocks(cell, inner)

    def _rows(self, source: ET.Element, *, head: bool) -> Iterator[tuple[ET.Element, bool]]:
        for child in source:
            if child.tag == f"{TABLE}table-row":
                yield child, head
            elif child.tag == f"{TABLE}table-header-rows":
                yield from self._rows(child, head=True)
            elif child.tag in (f"{TABLE}table-rows", f"{TABLE}table-row-group"):
                yield from self._rows(child, head=head)

    def _frame(self, source: ET.Element, into: ET.Element) -> None:
        box = source.find(f".//{DRAW}text-box")
        picture = source.find(f".//{DRAW}image")
        inside = box.find(f".//{DRAW}image") if box is not None else None
        if inside is not None and box is not None:  # a picture and its caption, in a frame
            self.blocks(box, into if into.tag != "p" else ET.SubElement(into, "div"))
        elif box is not None:
            self._leave("a text box", words_of(box), into)
        elif picture is not None:
            self._picture(source, picture, into)
        else:
            self._leave("a drawing", words_of(source), into)

    def _picture(self, frame: ET.Element, picture: ET.Element, into: ET.Element) -> None:
        name = picture.get(f"{XLINK}href", "").removeprefix("./")
        words = " ".join(
            "".join(found.itertext())
            for key in ("desc", "title")
            if (found := frame.find(f"{SVG}{key}")) is not None
        )
        suffix = name.rpartition(".")[2].lower()
        if name not in self._archive.names or suffix not in (
            "png", "jpg", "jpeg", "gif", "svg", "webp", "bmp", "tif", "tiff"
        ):  # fmt: skip
            self._leave(
                f"a picture ('{name[:80]}') that stands elsewhere or is of another kind", "", into
            )
            return
        content = self._archive.read(name)
        known = next((n for n, other in self.brought.pictures.items() if other == content), "")
        own = known or f"picture-{len(self.brought.pictures) + 1}.{suffix}"
        self.brought.pictures[own] = content
        ET.SubElement(into, "img", {"src": own, "alt": words})

    def _footnote(self, source: ET.Element, into: ET.Element) -> None:
        kind = "e" if source.get(f"{TEXT}note-class") == "endnote" else ""
        name = f"{kind}{len(self.footnotes) + 1}"
        ET.SubElement(into, "call", {"name": name})
        footnote = ET.Element("footnote", {"name": name})
        self.footnotes.append(footnote)
        words = source.find(f"{TEXT}note-body")
        if words is not None:
            self.blocks(words, footnote)

    def _comment(self, source: ET.Element) -> None:
        author = source.findtext(f"{DC}creator", "somebody")
        words = " ".join(words_of(p) for p in source.iter(f"{TEXT}p"))
        self.brought.leave(f"A comment of {author}: '{words}' was left out.")

    def _leave(self, what: str, words: str, into: ET.Element) -> None:
        told = f"{what}: '{words}'" if words else what
        self.brought.leave(f"{told[:200]} was left behind.")
        into.append(note(f"Left behind: {told}"))

    def tell_the_rest(self, body: ET.Element, styles: ET.Element) -> None:
        """Tracked changes, headers and footers."""
        changes = body.findall(f"{TEXT}tracked-changes/{TEXT}changed-region")
        if changes:
            self.brought.left[
                "A tracked change was accepted: what was put in stays, what was struck out is gone."
            ] += len(changes)
        for page in styles.iter(f"{STYLE}master-page"):
            for kind in ("header", "footer"):
                part = page.find(f"{STYLE}{kind}")
                words = words_of(part) if part is not None else ""
                if len(words) > 3:
                    self.brought.leave(f"The {kind} '{words[:500]}' was left out.")
