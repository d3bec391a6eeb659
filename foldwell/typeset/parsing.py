"""Parsing: Python-Markdown with our blocks and marks, and the tree steps behind it.

It is loaded where words are really parsed: most were read for another build.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import Any

from markdown import Markdown
from markdown.extensions import Extension
from markdown.extensions.attr_list import AttrListTreeprocessor
from markdown.treeprocessors import Treeprocessor

from foldwell.content.blocks import CLASSES
from foldwell.typeset import blocks, lists
from foldwell.typeset.addresses import link_addresses
from foldwell.typeset.citations import set_markers
from foldwell.typeset.emergency import check_emergencies
from foldwell.typeset.emphasis import Emphasis
from foldwell.typeset.footnotes import finish_footnotes
from foldwell.typeset.headings import finish_headings, name_headings
from foldwell.typeset.inlines import Break, Citation, Icon, MailAddress
from foldwell.typeset.parser import LeafletParser, reading_of
from foldwell.typeset.reading import Reading
from foldwell.typeset.tree import (
    finish_figure,
    finish_lists,
    finish_tables,
    note_pictures,
    number_citations,
    take_apart,
)
from foldwell.typeset.tree_checks import (
    check_blocks,
    check_emphasis,
    check_ids,
    check_left_over_marks,
    check_link,
)


def parse(text: str, reading: Reading) -> None:
    """Read a text, and let the reading have found all that is in it."""
    markdown = LeafletParser(
        extensions=[
            "abbr",
            "def_list",
            "footnotes",
            "tables",
            blocks.extension(),
            LeafletMarkdown(),
        ],
    )
    markdown.reading = reading
    markdown.convert(text)


class LeafletMarkdown(Extension):
    """Takes out what leaflets do not have, and adds citations, icons and the tree checks."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Called by Python-Markdown."""
        for name in (
            "html",
            "entity",
            "automail",
            "backtick",
            "image_reference",
            "short_image_ref",
            "em_strong",
        ):
            md.inlinePatterns.deregister(name)
        md.preprocessors.deregister("html_block")
        md.parser.blockprocessors.deregister("code")
        lists.install(md)
        md.inlinePatterns.register(Citation(md), "citation", 175)
        md.inlinePatterns.register(Icon(md), "icon", 172)
        md.inlinePatterns.register(MailAddress(md), "mail-address", 118)
        md.inlinePatterns.register(Break(md), "line-break", 185)
        md.inlinePatterns.register(Emphasis(md), "emphasis", 60)
        md.treeprocessors.register(_DropOnly(md), "drop-only", 60)
        md.treeprocessors.register(_CheckedAttributes(md), "attr_list", 8)
        md.treeprocessors.register(_LeafletTree(md), "leaflet-tree", -10)


class _DropOnly(Treeprocessor):
    """Drops or unwraps ``only`` blocks before their inline text is read."""

    def run(self, root: ET.Element) -> None:
        _unwrap_only(root)


def _unwrap_only(parent: ET.Element) -> None:
    children = list(parent)
    for child in children:
        _unwrap_only(child)
    for child in children:
        keep = child.get("data-keep")
        if keep is None:
            continue
        index = list(parent).index(child)
        parent.remove(child)
        if keep == "yes":
            for offset, inner in enumerate(list(child)):
                parent.insert(index + offset, inner)


class _CheckedAttributes(AttrListTreeprocessor):
    """Attribute lists that may give a class of the table or an id, nothing else."""

    def assign_attrs(self, elem: ET.Element, attrs_string: str, *, strict: bool = False) -> str:
        reading = reading_of(self.md)
        for word in attrs_string.split():
            kind, name = word[:1], word[1:]
            if kind == "." and name in CLASSES:
                elem.set("class", f"{elem.get('class', '')} {name}".strip())
            elif kind == "#" and re.fullmatch(r"[a-z][a-z0-9-]*", name):
                elem.set("id", name)
            else:
                reading.wrong(
                    f"'{word}' cannot stand in an attribute list.",
                    reading.line_of(word),
                    f"Use an id such as #signs, or one of: .{', .'.join(sorted(CLASSES))}.",
                )
        return ""


class _LeafletTree(Treeprocessor):
    """Checks and finishes the tree, and writes its parts as clean HTML."""

    def run(self, root: ET.Element) -> None:
        reading = reading_of(self.md)
        finish_footnotes(root, reading)
        number_citations(root, reading)
        for item in root.iter("li"):
            _attributes_of(item, self.md)
        check_ids(root, reading)
        name_headings(root)
        link_addresses(root)
        for element in root.iter():
            check_emphasis(element, reading)
            check_left_over_marks(element, reading)
            if element.tag == "a":
                check_link(element, root, reading)
            elif element.tag == "figure":
                finish_figure(element, reading)
            elif element.tag == "ol" and element.get("start"):
                before = int(element.get("start", 1)) - 1
                _add_style(element, f"counter-reset: list-item {before} step {before}")
            elif element.tag == "th":
                element.set("scope", "col")
        check_blocks(root, reading)
        check_emergencies(root, reading)
        set_markers(root, reading.setting.markers)
        finish_lists(root)
        note_pictures(root, reading)
        finish_tables(root)
        finish_headings(root, reading)
        take_apart(root, reading)
        # Only what is still in the text may be numbered and drawn; dropped text is gone by now.
        whole = "".join(reading.parts.values())
        reading.timelines = {t: v for t, v in reading.timelines.items() if t in whole}
        reading.contacts = [token for token in reading.contacts if token in whole]
        for child in list(root):
            root.remove(child)


def _add_style(element: ET.Element, declaration: str) -> None:
    before = element.get("style")
    element.set("style", f"{before}; {declaration}" if before else declaration)


_ITEM_ATTRIBUTES = re.compile(r"\s*\{:?[ ]*([.#][^}]*)\}\s*$")


def _attributes_of(item: ET.Element, md: Any) -> None:
    """An attribute list right behind a list item's words belongs to the item."""
    last = item[-1] if len(item) else None
    text = (item.text if last is None else last.tail) or ""
    if match := _ITEM_ATTRIBUTES.search(text):
        _CheckedAttributes(md).assign_attrs(item, match.group(1))
        if last is None:
            item.text = text[: match.start()]
        else:
            last.tail = text[: match.start()]
