"""Word documents (.docx): as Word, LibreOffice, Google Docs and others write them.

The document is made plain first, then read by mammoth, in memory; only its own parts are handed
over, so that nothing outside it is looked at.
"""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET
import zipfile
from typing import Any

from foldwell.importing.archive import Archive
from foldwell.importing.brought import Brought, note
from foldwell.importing.html_tree import read_tree
from foldwell.importing.word_numbers import Numbers, W, fill_levels
from foldwell.importing.word_words import NOTE, NUMBER, Words

DOCUMENT = "word/document.xml"
_READ = ("word/footnotes.xml", "word/endnotes.xml")
_HANDED_OVER = re.compile(
    r"\[Content_Types\]\.xml|_rels/\.rels|word/(document|styles|numbering|footnotes|endnotes)\.xml"
    r"|word/_rels/(document|footnotes|endnotes)\.xml\.rels|word/media/[^/]+"
)
_RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STYLES = """
p[style-name='Title'] => p.title:fresh
p[style-name='Subtitle'] => p.subtitle:fresh
p[style-name='caption'] => p.caption:fresh
p[style-name='Caption'] => p.caption:fresh
p[style-name='Quote'] => blockquote > p:fresh
p[style-name='Intense Quote'] => blockquote > p:fresh
p[style-name='Quotations'] => blockquote > p:fresh
"""
_PROGRAMS_WORDS = re.compile(r"\s*(Description automatically generated.*|AI-generated.*)$", re.S)
_KINDS = {"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/bmp": "bmp",
          "image/tiff": "tif", "image/webp": "webp", "image/svg+xml": "svg"}  # fmt: skip


def read_word(content: bytes, path: str) -> Brought:
    """Read a Word document.

    Raises:
        FoldwellError: If it is none, is locked, damaged or too large.
    """
    archive = Archive(content, path, DOCUMENT)
    parts = {name: archive.xml(name) for name in archive.names
             if _HANDED_OVER.fullmatch(name) and name.endswith((".xml", ".rels"))}  # fmt: skip
    brought = Brought(ET.Element("body"))
    numbers = Numbers(parts.get("word/numbering.xml"), parts.get("word/styles.xml"))
    words = Words(brought, numbers)
    for name in (DOCUMENT, *_READ):
        if name in parts:
            words.plain(parts[name])
    for name, part in parts.items():
        if name.endswith(".rels"):
            _cut_off(part)
        elif name == "word/numbering.xml":
            fill_levels(part)
    brought.language = _language(parts.get("word/styles.xml"))
    html = _converted(_packed(archive, parts), brought)
    brought.body = read_tree(html, brought)
    _put_notes(brought.body, words.notes)
    _put_numbers(brought.body)
    _put_footnotes(brought.body)
    _tell_the_rest(archive, brought)
    return brought


def _cut_off(relationships: ET.Element) -> None:
    """Leave what stands outside, but for links."""
    for one in relationships.findall(_RELATIONSHIP):
        external = one.get("TargetMode") == "External"
        if external and not one.get("Type", "").endswith("/hyperlink"):
            relationships.remove(one)


def _packed(archive: Archive, parts: dict[str, ET.Element]) -> io.BytesIO:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as packed:
        for name in archive.names:
            if name in parts:
                packed.writestr(name, ET.tostring(parts[name], encoding="utf-8"))
            elif _HANDED_OVER.fullmatch(name):
                packed.writestr(name, archive.read(name))
    file.seek(0)
    return file


def _converted(file: io.BytesIO, brought: Brought) -> str:
    import mammoth

    def picture(image: Any) -> dict[str, str]:
        kind = _KINDS.get(image.content_type, "")
        with image.open() as source:
            content = source.read()
        known = next((n for n, other in brought.pictures.items() if other == content), "")
        name = known or f"picture-{len(brought.pictures) + 1}.{kind or 'unknown'}"
        words = image.alt_text or ""
        by_program = _PROGRAMS_WORDS.search(words) is not None
        facts = {"src": name, "alt": _PROGRAMS_WORDS.sub("", words)}
        if not kind:
            brought.leave(
                f"A picture of the kind {image.content_type} was left behind; save it as PNG."
            )
            return {"src": "", "alt": words}
        brought.pictures[name] = content
        return facts | ({"class": "by-program"} if by_program else {})

    try:
        result = mammoth.convert_to_html(
            file,
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(picture),
            include_embedded_style_map=False,
        )
    except (KeyError, ValueError, IndexError, AttributeError, OSError) as error:
        from foldwell.errors import FoldwellError

        raise FoldwellError(
            "This document is not built as Word builds them.",
            None,
            "Open it in a word processor, save it as .docx again, and import that.",
        ) from error
    for message in result.messages:
        if "style" not in message.message:
            brought.leave(f"{message.message}.")
    return str(result.value)


def _put_notes(body: ET.Element, notes: list[str]) -> None:
    """Put notes where their marks stand."""
    for parent in list(body.iter()):
        if parent.text and NOTE.search(parent.text):
            first, *rest = NOTE.split(parent.text)
            parent.text = first
            for at in range(len(rest) // 2):
                one = note(notes[int(rest[2 * at])])
                one.tail = rest[2 * at + 1]
                parent.insert(at, one)
        for index, child in reversed(list(enumerate(parent))):
            if child.tail and NOTE.search(child.tail):
                first, *rest = NOTE.split(child.tail)
                child.tail = first
                for at in range(len(rest) // 2):
                    one = note(notes[int(rest[2 * at])])
                    one.tail = rest[2 * at + 1]
                    parent.insert(index + 1 + at, one)


def _put_numbers(body: ET.Element) -> None:
    """Give items the numbers that were written into their words; parted lists are parted."""
    for item in body.iter("li"):
        holder = item
        while holder is not None and not (holder.text or "").strip() and len(holder):
            holder = holder[0]
        if match := NUMBER.match(holder.text or ""):
            holder.text = (holder.text or "")[match.end() :]
            item.set("value", match[2])
            item.set("kind", match[1])
            item.set("list", match[3])
    for parent in list(body.iter()):
        for index, child in reversed(list(enumerate(parent))):
            if child.tag == "ol":
                parent[index : index + 1] = _runs_of(child)


def _runs_of(ordered: ET.Element) -> list[ET.Element]:
    """A list, parted where its numbers start again or are of another kind."""
    runs: list[ET.Element] = []
    last, kind, before = 0, "", ""
    for item in ordered:
        value = int(item.get("value", str(last + 1)))
        own = item.attrib.pop("kind", kind or "1")
        list_id = item.attrib.pop("list", before)
        other = list_id != before and value != last + 1
        if not runs or value <= last or own != kind or other:
            runs.append(ET.Element("ol", {"start": str(value), "type": "" if own == "1" else own}))
        runs[-1].append(item)
        last, kind, before = value, own, list_id
    if runs:
        runs[-1].tail = ordered.tail
    return runs


def _put_footnotes(body: ET.Element) -> None:
    """Marks and words of footnotes, as mammoth writes them, as our own."""
    for parent in list(body.iter()):
        for index, child in enumerate(parent):
            link = child.find("a") if child.tag == "sup" else None
            match = (
                re.fullmatch(r"#(?:foot|end)note-(\S+)", link.get("href", ""))
                if link is not None
                else None
            )
            if link is not None and match:
                kind = "e" if "#endnote" in link.get("href", "") else ""
                call = ET.Element("call", {"name": f"{kind}{match[1]}"})
                call.tail = child.tail
                parent[index] = call
    for parent in list(body.iter()):
        for child in list(parent):
            first = child.find("li") if child.tag == "ol" else None
            if first is None or not re.match(r"(?:foot|end)note-", first.get("id", "")):
                continue
            at = list(parent).index(child)
            parent.remove(child)
            for item in reversed(list(child)):
                kind, _, name = item.get("id", "").partition("-")
                item.tag = "footnote"
                item.attrib = {"name": f"{'e' if kind == 'endnote' else ''}{name}"}
                for inner in item.iter():
                    for link in inner.findall("a"):
                        if re.match(r"#(?:foot|end)note-ref-", link.get("href", "")):
                            inner.remove(link)
                parent.insert(at, item)


def _language(styles: ET.Element | None) -> str:
    if styles is None:
        return ""
    found = styles.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang")
    return "" if found is None else found.get(f"{W}val", "")


def _tell_the_rest(archive: Archive, brought: Brought) -> None:
    """What stands in other parts: comments, headers and footers."""
    for name in sorted(archive.names):
        if re.fullmatch(r"word/(header|footer)\d*\.xml", name):
            words = _words(archive.xml(name))
            kind = "header" if "header" in name else "footer"
            if len(words) > 3:
                brought.leave(f"The {kind} '{words}' was left out.")
        elif name == "word/comments.xml":
            for comment in archive.xml(name).iter(f"{W}comment"):
                author = comment.get(f"{W}author", "somebody")
                brought.leave(f"A comment of {author}: '{_words(comment)}' was left out.")


def _words(part: ET.Element) -> str:
    paragraphs = ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in part.iter(f"{W}p")]
    return " ".join(" ".join(paragraphs).split())[:500]
