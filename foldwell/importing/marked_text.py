"""Markdown as other programs write it, and plain text."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from foldwell.content.encoding import decoded
from foldwell.content.tidyings import Tidyings
from foldwell.errors import FoldwellError, Place
from foldwell.importing.brought import DEPTH_LIMIT, Brought
from foldwell.importing.html_tree import language_of, read_tree, title_of

_FRONT = re.compile(r"\A\ufeff?(---|\+\+\+)[ ]*\n(.*?\n)?\1[ ]*(?:\n|\Z)", re.DOTALL)
_FACT = re.compile(r"""(?mi)^(title|language|lang)\s*[:=]\s*(?:"(.*)"|'(.*)'|(.*?))\s*$""")
_ATTRIBUTES = re.compile(r"[ ]*\{:?[ ]*(?:[.#][\w-]+|[\w-]+=(?:\"[^\"]*\"|'[^']*'|[^\s}]+))+[ ]*\}")
_HEADING_ID = re.compile(r"(?m)^(#{1,6} .*?)[ ]*\{:?[ ]*#([\w-]+)[^}]*\}[ ]*$")
_SHORT_CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
_OURS = re.compile(r"(?m)^/{3,} *[a-z][a-z-]*(?: *\|.*)?$")
_TITLE_LIMIT = 90
_UNDER = re.compile(r"(=+|-+|~+)\s*")


def text_of(content: bytes, path: str) -> str:
    """A text in any encoding that editors write.

    Raises:
        FoldwellError: If none fits.
    """
    text = decoded(content, Tidyings(path))
    if text is None or "\0" in text:
        raise FoldwellError(
            "This file is no text.", Place(path), "Save it as text, with the encoding UTF-8."
        )
    return text.replace("\r", "\n")


def is_ours(text: str) -> bool:
    """Whether a Markdown file is written for leaflets already."""
    return _FRONT.match(text) is not None and _OURS.search(text) is not None


def read_markdown(text: str) -> Brought:
    """Read Markdown with the extensions that sites have: tables, footnotes, definitions, HTML."""
    from markdown_it import MarkdownIt
    from mdit_py_plugins.deflist import deflist_plugin
    from mdit_py_plugins.footnote import footnote_plugin

    brought = Brought(ET.Element("body"))
    if match := _FRONT.match(text):
        for line in (match[2] or "").splitlines():
            fact = _FACT.match(line)
            if fact and fact[1].lower() == "title":
                brought.title = next((g for g in fact.groups()[1:] if g is not None), "")
            elif fact:
                brought.language = next((g for g in fact.groups()[1:] if g is not None), "")
            elif line.strip():
                brought.facts.append(line.rstrip())
        text = text[match.end() :]
    for code in _SHORT_CODE.findall(text):
        brought.leave(f"The code '{' '.join(code.split())[:80]}' of a site was left behind.")
    text = _SHORT_CODE.sub("", text)
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    text = _HEADING_ID.sub(r'\1 <a id="\2"></a>', text)
    for mark in _ATTRIBUTES.findall(text):
        brought.leave(f"The attributes '{mark.strip()}' were left out.")
    text = _ATTRIBUTES.sub("", text)
    reader = MarkdownIt("commonmark", {"html": True, "maxNesting": DEPTH_LIMIT * 2}).enable(
        ["table", "strikethrough"]
    )
    reader.use(footnote_plugin).use(deflist_plugin)
    html = reader.render(text)
    html = re.sub(r'<sup class="footnote-ref"><a href="#fn(\d+)"[^>]*>.*?</a></sup>',
                  r'<span class="call">\1</span>', html)  # fmt: skip
    html = re.sub(r'\s*<a href="#fnref[^"]*" class="footnote-backref">.*?</a>', "", html)
    brought.body = read_tree(html, brought)
    _footnotes(brought.body)
    _ids(brought.body)
    return brought


def _footnotes(body: ET.Element) -> None:
    for parent in list(body.iter()):
        for child in list(parent):
            if child.tag == "span" and child.get("class") == "call":
                child.tag, child.attrib, child.text = "call", {"name": child.text or "1"}, None
            elif child.get("class") == "footnotes" or child.get("class") == "footnotes-list":
                child.tag = "div"
                for item in child.iter("li"):
                    if item.get("id", "").startswith("fn"):
                        item.tag, item.attrib = "footnote", {"name": item.get("id", "")[2:]}
            elif child.get("class") == "footnotes-sep":
                parent.remove(child)


def _ids(body: ET.Element) -> None:
    """The ids that sites make of the words of headings."""
    for heading in body.iter():
        if re.fullmatch("h[1-6]", heading.tag) and not heading.get("id"):
            words = "".join(heading.itertext()).strip().lower()
            heading.set("id", re.sub(r"[^\w\- ]", "", words).replace(" ", "-"))


def read_page(text: str) -> Brought:
    """Read a web page, or what a word processor saved as one."""
    brought = Brought(ET.Element("body"), title_of(text), language_of(text))
    bold = set(re.findall(r"\.([\w-]+)\s*\{[^}]*font-weight:\s*(?:bold|[6-9]00)", text))
    text = re.sub(r"(?is)<!--.*?-->", "", text)
    text = re.sub(r"(?is)<(/?)[ovwmx]:\w+[^>]*>", "", text)
    text = re.sub(
        r'(?is)<span([^>]*\bstyle="[^"]*font-weight:\s*(?:bold|[6-9]00)[^"]*"[^>]*)>(.*?)</span>',
        r"<b>\2</b>",
        text,
    )
    brought.body = read_tree(text, brought)
    for element in brought.body.iter("span"):
        if bold & set(element.get("class", "").split()):
            element.tag = "strong"
    for element in brought.body.iter("p"):
        if "title" in element.get("class", "").lower().split():
            element.set("class", "title")
    _ids(brought.body)
    return brought


def read_plain(text: str) -> Brought:
    """Read plain text: paragraphs, typed bullets and numbers, headings with a line below them."""
    brought = Brought(ET.Element("body"))
    blocks = [block.strip("\n") for block in re.split(r"\n[ \t]*\n", text.strip("\n \t\f"))]
    blocks = [block.expandtabs(4) for block in blocks if block.strip()]
    first = blocks[0].strip() if blocks else ""
    lines = first.split("\n")
    if len(lines) == 2 and _UNDER.fullmatch(lines[1]):
        lines = lines[:1]
    if (
        len(blocks) > 1
        and len(lines) == 1
        and len(lines[0]) <= _TITLE_LIMIT
        and first[-1] not in ".;:,"
    ):
        brought.title = " ".join(lines[0].split())
        blocks = blocks[1:]
    for block in blocks:
        _plain_block(block, brought)
    return brought


_ITEM = re.compile(r"\s*(?:[•·●◦‣▪■►➢○–—]|[-*o](?=\s)|\d{1,3}[.)](?=\s))")


def _plain_block(block: str, brought: Brought) -> None:
    lines = block.split("\n")
    if len(lines) >= 2 and _UNDER.fullmatch(lines[1]) and len(lines[1].strip()) >= 3:
        heading = ET.SubElement(brought.body, "h3" if lines[1].startswith("-") else "h2")
        heading.text = lines[0].strip()
        lines = lines[2:]
    paragraph: list[str] = []

    def flush() -> None:
        if paragraph:
            _paragraph(paragraph, brought.body)
        paragraph.clear()

    for line in lines:
        if _ITEM.match(line):
            flush()
        paragraph.append(line.strip())
    flush()


def _paragraph(lines: list[str], body: ET.Element) -> None:
    """Long lines were wrapped and run on; short ones, as of an address, keep their ends."""
    element = ET.SubElement(body, "p")
    wrapped = _ITEM.match(lines[0]) or all(len(line) > 55 for line in lines[:-1])
    element.text = lines[0]
    for line in lines[1:]:
        if wrapped:
            last = element
            last.text = f"{last.text} {line}"
        else:
            ET.SubElement(element, "br").tail = line
