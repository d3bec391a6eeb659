"""The structure of Python-Markdown's texts as CommonMark has it: lists, quotations, lines.

Lists are read by ``foldwell.content.lists``.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from markdown import Markdown
from markdown.blockparser import BlockParser
from markdown.blockprocessors import BlockProcessor, SetextHeaderProcessor

from foldwell.content.html_words import NOTE
from foldwell.content.lists import (
    EMPTY,
    RULE,
    ItemList,
    carries_on,
    find_list,
    joined,
    marker_of,
    read_list,
)

STYLES = {"1": "decimal", "a": "lower-alpha", "A": "upper-alpha", "i": "lower-roman",
          "I": "upper-roman"}  # fmt: skip
"""What numbers the items, by the first character of a list's kind."""
_TENS, _ONES = ("", "x", "xx", "xxx"), ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_QUOTED = re.compile(r"(?m)^ {0,3}> ?")


def counted(element: ET.Element, number: int) -> str:
    """The number of an item as its list shows it: 3, c or iii."""
    style = element.get("style", "")
    if "alpha" in style and 1 <= number <= 26:
        text = chr(ord("a") + number - 1)
    elif "roman" in style and 1 <= number < 40:
        text = _TENS[number // 10] + _ONES[number % 10]
    else:
        text = str(number)
    return text.upper() if "upper-" in style else text


class _Parser(BlockParser):
    """A parser that cuts a text at empty lines, but never a list in two."""

    def parseChunk(self, parent: ET.Element, text: str) -> None:  # noqa: N802
        """Called by Python-Markdown."""
        self.parseBlocks(parent, joined(text).split("\n\n"))


class _Lists(BlockProcessor):
    """Takes lists out of a block of text."""

    def test(self, parent: ET.Element, block: str) -> bool:
        return find_list(block.split("\n")) is not None

    def run(self, parent: ET.Element, blocks: list[str]) -> None:
        lines = blocks.pop(0).replace(EMPTY, "").split("\n")
        start = find_list(lines)
        assert start is not None
        found = read_list(lines, start)
        if start:
            self.parser.parseBlocks(parent, ["\n".join(lines[:start])])
        after = "\n".join(lines[found.end :]).strip("\n")
        if after:
            blocks.insert(0, joined(after))
        self._build(parent, found)

    def _build(self, parent: ET.Element, found: ItemList) -> None:
        style = STYLES.get(found.kind[0], "")
        element = ET.SubElement(parent, "ol" if style else "ul")
        first = found.numbers[0]
        if style and first != 1:
            element.set("start", str(first))
        if style and style != "decimal":
            element.set("style", f"list-style-type: {style}")
        expected = first
        for item, number in zip(found.items, found.numbers, strict=True):
            li = ET.SubElement(element, "li")
            if style and number != expected:
                li.set("value", str(number))
                # As a step from the item before, because engines set and count in other orders.
                step = number - expected + 1
                li.set("style", f"counter-increment: list-item {step} step {step}")
            expected = number + 1
            self.parser.state.set("looselist" if found.loose else "list")
            self.parser.parseChunk(li, "\n".join(item.lines))
            self.parser.state.reset()


class _Quotations(BlockProcessor):
    """Takes quotations out of a block of text; an empty line between two parts them."""

    def test(self, parent: ET.Element, block: str) -> bool:
        return _QUOTED.search(block) is not None

    def run(self, parent: ET.Element, blocks: list[str]) -> None:
        lines = blocks.pop(0).split("\n")
        start = next(n for n, line in enumerate(lines) if _QUOTED.match(line))
        own: list[str] = []
        for line in lines[start:]:
            if _QUOTED.match(line):
                own.append(_QUOTED.sub("", line, count=1))
            elif own and carries_on(own[-1], line):
                own.append(line)
            else:
                break
        if start:
            self.parser.parseBlocks(parent, ["\n".join(lines[:start])])
        after = "\n".join(lines[start + len(own) :]).strip("\n")
        if after:
            blocks.insert(0, after)
        quote = ET.SubElement(parent, "blockquote")
        self.parser.state.set("blockquote")
        self.parser.parseChunk(quote, "\n".join(own))
        self.parser.state.reset()


class _Underlined(SetextHeaderProcessor):
    """Headings with a line below them, if what stands above it is words."""

    def test(self, parent: ET.Element, block: str) -> bool:
        first = block.partition("\n")[0]
        words = not (marker_of(first) or RULE.match(first) or _QUOTED.match(first))
        return words and super().test(parent, block)


class _Rules(BlockProcessor):
    """A line of ``***``, ``---`` or ``___`` across the text, with any spaces between."""

    def test(self, parent: ET.Element, block: str) -> bool:
        return any(RULE.match(line) for line in block.split("\n"))

    def run(self, parent: ET.Element, blocks: list[str]) -> None:
        lines = blocks.pop(0).split("\n")
        at = next(n for n, line in enumerate(lines) if RULE.match(line))
        if at:
            self.parser.parseBlocks(parent, ["\n".join(lines[:at])])
        ET.SubElement(parent, "hr")
        if after := "\n".join(lines[at + 1 :]).strip("\n"):
            blocks.insert(0, after)


class _Notes(BlockProcessor):
    """Drops the lines where an author's note stood."""

    def test(self, parent: ET.Element, block: str) -> bool:
        return NOTE in block

    def run(self, parent: ET.Element, blocks: list[str]) -> None:
        before, _, after = blocks.pop(0).partition(NOTE)
        if before.strip():
            self.parser.parseBlocks(parent, [before.strip("\n ")])
        if after.strip():
            blocks.insert(0, after.strip("\n"))


def install(md: Markdown) -> None:
    """Put CommonMark's blocks in the place of Python-Markdown's own."""
    for name in ("indent", "olist", "ulist", "setextheader", "hr", "quote"):
        md.parser.blockprocessors.deregister(name)
    # Other processors hold this very parser, so it cannot be replaced.
    md.parser.__class__ = _Parser
    for processor, name, priority in (
        (_Lists(md.parser), "lists", 65),
        (_Notes(md.parser), "notes", 64),
        (_Underlined(md.parser), "setextheader", 60),
        (_Rules(md.parser), "hr", 50),
        (_Quotations(md.parser), "quote", 20),
    ):
        md.parser.blockprocessors.register(processor, name, priority)
