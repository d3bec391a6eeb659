"""The blocks of a leaflet, as pymdown-extensions blocks: ``/// name | title … ///``.

Each becomes a section with a class; how it looks is the style sheet's business.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from typing import Any, cast

from markdown import Extension, Markdown
from pymdownx.blocks import BlocksExtension
from pymdownx.blocks.block import Block
from typing_extensions import override

from foldwell.content.blocks import BLOCKS
from foldwell.errors import FoldwellError
from foldwell.typeset.parser import LeafletParser
from foldwell.typeset.reading import Reading
from foldwell.typeset.timeline import Row, Timeline, check_order, read_span
from foldwell.typeset.tokens import TOKEN

LINE_MARK = re.compile("\ue002([0-9]+)\ue003")
"""The source line that is carried inside a block's argument."""

_FIRST_ITEM = {"ol": "1. ", "ul": "- "}


NO_TITLE = "-"
"""What a writer gives for a title to a block that needs none, such as steps that fill a poster."""

_MARKS = re.compile(r"[*_\[\]]|(?<!\w):[a-z]")


class _FoldwellBlock(Block):  # type: ignore[misc]
    """A block that knows its source line and the reading it belongs to."""

    ARGUMENT = None

    @override
    def on_init(self) -> None:
        self.line = 0
        self.text = ""

    @override
    def on_validate(self, parent: ET.Element) -> bool:
        argument = self.argument or ""
        if match := LINE_MARK.search(argument):
            self.line = int(match.group(1))
        self.text = LINE_MARK.sub("", argument).strip()
        return True

    @property
    def reading(self) -> Reading:
        """What is being read; the parser carries it."""
        return cast("LeafletParser", self.md).reading


class _Titled(_FoldwellBlock):
    """A section with a title, an icon beside it, and a body."""

    @override
    def on_create(self, parent: ET.Element) -> ET.Element:
        section = ET.SubElement(parent, "section", {"class": f"block block-{self.NAME}"})
        title = ET.SubElement(section, "p", {"class": "block-title"})
        words = self.text or self.reading.strings.get(self.NAME.replace("-", "_"), "")
        if not words:
            hint = f"Write one: '/// {self.NAME} | …'."
            self.reading.wrong(f"The block '{self.NAME}' has no title.", self.line, hint)
        if self.text == NO_TITLE:
            title.set("class", "no-title")
        elif icon := BLOCKS[self.NAME].icon:
            ET.SubElement(title, "span", {"class": f"icon icon-{icon}"}).tail = words
        else:
            title.text = words
        ET.SubElement(section, "div", {"class": "block-body"})
        return section

    @override
    def on_add(self, block: ET.Element) -> ET.Element:
        return block[1]

    @override
    def on_end(self, block: ET.Element) -> None:
        needed = BLOCKS[self.NAME].list_tag
        if needed == "ol" and any(e.get("style") for e in block[1].iter("ol")):
            hint = "Start its items with '1. ', '2. '."
            self.reading.wrong(f"The block '{self.NAME}' counts with numbers.", self.line, hint)
        if needed and next(block[1].iter(needed), None) is None:
            hint = f"Start its lines with '{_FIRST_ITEM[needed]}'."
            self.reading.wrong(f"The block '{self.NAME}' holds no list.", self.line, hint)


class Contact(_Titled):
    """The clinic's contact panel; a token stands for it until the template is filled."""

    NAME = "contact"

    @override
    def on_end(self, block: ET.Element) -> None:
        panel = ET.Element("div", {"class": "contact-panel"})
        panel.text = self.reading.contact_token()
        block[1].insert(0, panel)


class Compare(_Titled):
    """What to do and what not to do, side by side: a line and a list, twice."""

    NAME = "compare"

    @override
    def on_end(self, block: ET.Element) -> None:
        parts = list(block[1])
        if [part.tag for part in parts] != ["p", "ul", "p", "ul"]:
            self.reading.wrong(
                "The block 'compare' needs two lists with a line above each.",
                self.line,
                "Write what to do first, 'Do:' and its list, then 'Do not:' and its list.",
            )
            return
        for kind, icon, (line, items) in (
            ("do", "yes", parts[:2]),
            ("not", "no", parts[2:]),
        ):
            half = ET.SubElement(block[1], "div", {"class": f"compare-half compare-{kind}"})
            for part in (line, items):
                block[1].remove(part)
                half.append(part)
            line.set("class", "compare-head")
            mark = ET.Element("span", {"class": f"icon icon-{icon}"})
            mark.tail, line.text = line.text, None
            line.insert(0, mark)


class SpotPicture(_FoldwellBlock):
    """A picture that says at arm's length what the text beside it is about."""

    NAME = "spot"

    @override
    def on_create(self, parent: ET.Element) -> ET.Element:
        name = self.text.strip(": ")
        if name not in self.reading.known_icons:
            hint = "'python3 build.py list --icons' lists them."
            self.reading.wrong(f"There is no icon '{name}' for a spot picture.", self.line, hint)
        spot = ET.SubElement(parent, "div", {"class": "spot"})
        ET.SubElement(spot, "span", {"class": f"spot-picture drawing-{name}"})
        return spot


class TimelineBlock(_Titled):
    """A table of spans, drawn."""

    NAME = "timeline"

    @override
    def on_end(self, block: ET.Element) -> None:
        body = block[1]
        table = body.find("table")
        cells = [
            [(cell.text or "").strip() for cell in row]
            for row in (table.iter("tr") if table is not None else ())
        ]
        if len(cells) < 2 or any(len(row) != 4 for row in cells) or not any(map(any, cells[1:])):
            self.reading.wrong(
                "The block 'timeline' needs a table of four columns: what, starts, worst, over.",
                self.line,
                "Write a head line and one line for each band.",
            )
            return
        rows = []
        for label, *words in cells[1:]:
            line = self.reading.line_of(label.split("\ue000")[0] or words[0], after=self.line)
            if errors := self.reading.tokens.missing(" ".join([label, *words])):
                self.reading.errors += errors
                return
            if TOKEN.search(" ".join([label, *words])):
                self.reading.wrong(
                    "A variable stands in a timeline.", line, "Write the words themselves."
                )
                return
            if _MARKS.search(" ".join([label, *words])):
                self.reading.wrong(
                    "Marks such as ** and [@…] are not read in a timeline.",
                    line,
                    "Write plain words; cite below the table.",
                )
                return
            try:
                row = Row(label, *(read_span(w, self.reading.strings) for w in words))
                check_order(row)
            except FoldwellError as error:
                self.reading.wrong(error.message, line, error.hint)
                return
            rows.append(row)
        heads = (cells[0][0], cells[0][1], cells[0][2], cells[0][3])
        holder = ET.Element("div", {"class": "timeline"})
        holder.text = self.reading.timeline_token(Timeline(heads, tuple(rows)))
        if table is not None:
            body.insert(list(body).index(table), holder)
            body.remove(table)


class Figure(_FoldwellBlock):
    """A picture with its caption; the tree step checks what it holds."""

    NAME = "figure"

    @override
    def on_create(self, parent: ET.Element) -> ET.Element:
        return ET.SubElement(parent, "figure", {"class": "figure", "data-line": str(self.line)})


class _EmergencyPart(_FoldwellBlock):
    """One group of signs in an emergency box; see ``emergency``."""

    @override
    def on_create(self, parent: ET.Element) -> ET.Element:
        name = f"emergency-part emergency-{self.NAME}"
        return ET.SubElement(parent, "div", {"class": name})


class Only(_FoldwellBlock):
    """Text for some editions; it is dropped before anything inside it is looked at."""

    NAME = "only"

    @override
    def on_create(self, parent: ET.Element) -> ET.Element:
        keep = self.reading.holds(self.text, self.line)
        return ET.SubElement(parent, "div", {"class": "only", "data-keep": "yes" if keep else "no"})


class Panel(_FoldwellBlock):
    """What belongs on one panel of a folded format."""

    NAME = "panel"

    @override
    def on_create(self, parent: ET.Element) -> ET.Element:
        if parent.tag != "div" or parent.get("class"):
            self.reading.wrong(
                "The block 'panel' stands inside another block.",
                self.line,
                "Move it out: a panel is the outermost block.",
            )
        return ET.SubElement(
            parent, "div", {"class": f"panel panel-{self.text}", "data-panel": self.text}
        )


class Side(_FoldwellBlock):
    """What stands beside the text where there is room."""

    NAME = "side"

    @override
    def on_create(self, parent: ET.Element) -> ET.Element:
        return ET.SubElement(parent, "div", {"class": "side"})


_OWN: dict[str, type[_FoldwellBlock]] = {
    block.NAME: block
    for block in (Contact, Compare, SpotPicture, TimelineBlock, Figure, Only, Panel, Side)
}
"""The blocks that are more than a section with a title."""


def _block_named(name: str) -> type[_FoldwellBlock]:
    if name in _OWN:
        return _OWN[name]
    if BLOCKS[name].inside:
        return type(f"Block_{name}", (_EmergencyPart,), {"NAME": name})
    if not BLOCKS[name].titled:
        raise TypeError(f"nothing says what becomes of the block '{name}'")
    return type(f"Block_{name}", (_Titled,), {"NAME": name})


class LeafletBlocks(BlocksExtension):  # type: ignore[misc]
    """Registers every block of the table."""

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: Any) -> None:  # noqa: N802
        """Called by pymdown-extensions."""
        for name in BLOCKS:
            block_mgr.register(_block_named(name), self.getConfigs())


def extension() -> Extension:
    """The extension for a Markdown instance."""
    return LeafletBlocks()
