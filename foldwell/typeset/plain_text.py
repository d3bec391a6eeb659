"""The leaflet as plain text, for readers' own software and for Braille translators.

Lines of at most 72 characters (a longer address stays whole), and no marks but those that people
write by hand: underlined headings, ``-`` and ``1.`` for lists, ``[ ]`` to tick, ``[1]`` for a
source, ``Warning: …`` for a block, ``Answer: …`` for a cell under its head. What is written beside
the words of the page is told apart from them, so that they can be compared: all, and in order.
"""

from __future__ import annotations

import re
import textwrap
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from foldwell.content.edition import Edition
from foldwell.typeset.compose import check_characters
from foldwell.typeset.edition_words import read_edition
from foldwell.typeset.lists import counted
from foldwell.typeset.template_values import fill_template, list_all_sources, values_of
from foldwell.typeset.timeline import Timeline

WIDTH = 72
FILL_LINE = "_" * 30
"""A line to write on."""

_BLOCKS = frozenset(
    ["blockquote", "body", "dd", "div", "dl", "dt", "figcaption", "figure", "h1", "h2", "h3", "h4",
     "h5", "hr", "li", "main", "ol", "p", "section", "table", "ul"]
)  # fmt: skip
_UNDERLINES = {"h1": "=", "h2": "-"}


@dataclass(frozen=True)
class Piece:
    """Some words of a text.

    Attributes:
        text: The words.
        added: Whether they stand beside those of the page: a marker, the name of a block.
        strand: Always 0, as the words of a text are in one order.
    """

    text: str
    added: bool = False
    strand: int = 0


@dataclass(frozen=True)
class PlainText:
    """A leaflet as plain text.

    Attributes:
        page: The HTML that it was written from.
        pieces: All that it says, in order.
        text: The same, in lines.
    """

    page: str
    pieces: tuple[Piece, ...]
    text: str


def compose_text(edition: Edition) -> PlainText:
    """The plain text of an edition.

    Raises:
        Mistakes: With everything that is wrong in the words for this edition.
    """
    words = read_edition(edition, "text", "text", frozenset(["back"]))
    values = values_of(edition, words, "text", "text")
    for token, timeline in words.timelines.items():
        words.tokens.fill(token, _undrawn(timeline))
    list_all_sources(edition, words, values)
    page = fill_template("text.html", edition, words, values)
    check_characters(page, edition)
    return text_of_page(page, values["t"])


def _undrawn(timeline: Timeline) -> str:
    """A timeline as the table that it was written as."""
    rows = "".join(
        f"<tr><th>{escape(row.label)}</th>"
        + "".join(f"<td>{escape(span.words)}</td>" for span in (row.starts, row.worst, row.over))
        + "</tr>"
        for row in timeline.rows
    )
    heads = "".join(f"<th>{escape(head)}</th>" for head in timeline.heads)
    return f"<table><tr>{heads}</tr>{rows}</table>"


def text_of_page(page: str, strings: Mapping[str, Any]) -> PlainText:
    """A page as plain text.

    Args:
        page: Its HTML.
        strings: The words of the language, which name the blocks.
    """
    import tinyhtml5  # the parser that typesetting uses; nobody else has to wait for it

    body = tinyhtml5.parse(page, namespace_html_elements=False).find(".//body")
    writer = _Writer(strings)
    if body is not None:
        writer.write(body, "")
    lines: list[str] = []
    for paragraph in writer.paragraphs:
        lines += [""] * (bool(lines) and not paragraph.tight) + paragraph.lines()
    pieces = tuple(piece for paragraph in writer.paragraphs for piece in paragraph.pieces)
    return PlainText(page, pieces, "".join(f"{line}\n" for line in lines))


@dataclass
class _Paragraph:
    """Words in one flow of lines.

    Attributes:
        pieces: What it says; a line feed starts a line.
        indent: What stands before each line but the first.
        hangs: How much of the indent its marker takes the place of.
        tight: Whether no empty line parts it from what is before.
        underline: What underlines it.
    """

    pieces: list[Piece] = field(default_factory=list)
    indent: str = ""
    hangs: int = 0
    tight: bool = False
    underline: str = ""

    def lines(self) -> list[str]:
        first = self.indent[: len(self.indent) - self.hangs]
        lines: list[str] = []
        for part in "".join(piece.text for piece in self.pieces).split("\n"):
            lines += textwrap.wrap(
                part,
                WIDTH,
                initial_indent=self.indent if lines else first,
                subsequent_indent=self.indent,
                break_long_words=False,
                break_on_hyphens=False,
            )
        if self.underline:
            lines.append(self.underline * max(map(len, lines), default=0))
        return [line.replace("\u00a0", " ") for line in lines]


class _Writer:
    """Goes through a page and writes its paragraphs down."""

    def __init__(self, strings: Mapping[str, Any]) -> None:
        self.paragraphs: list[_Paragraph] = []
        self._strings = strings
        self._marker = ""
        self._tight = False

    def write(self, element: ET.Element, indent: str, underline: str = "") -> None:
        """Write an element that holds words, blocks, or both."""
        run: list[Piece] = []
        _say(run, element.text)
        for child in element:
            if child.tag in _BLOCKS:
                self._end(run, indent, underline)
                self._block(child, indent)
            else:
                self._inline(child, run)
            _say(run, child.tail)
        self._end(run, indent, underline)

    def _end(self, run: list[Piece], indent: str, underline: str = "") -> None:
        """End a paragraph, if it says anything."""
        if not any(piece.text.strip() for piece in run):
            run.clear()
            return
        marker = [Piece(self._marker, added=True)] if self._marker else []
        self.paragraphs.append(
            _Paragraph([*marker, *run], indent, len(self._marker), self._tight, underline)
        )
        self._marker, self._tight = "", False
        run.clear()

    def _block(self, element: ET.Element, indent: str) -> None:
        tag = str(element.tag)
        if tag in ("ul", "ol"):
            self._list(element, indent)
        elif tag == "table":
            self._table(element, indent)
        elif tag == "dl":
            self._pairs(element, indent)
        elif tag == "blockquote":
            self.write(element, indent + "  ")
        elif tag == "section":
            name = element.get("class", "").removeprefix("block block-").replace("-", "_")
            known = str(self._strings.get(name, "")) if name else ""
            title = next((child for child in element if child.get("class") == "block-title"), None)
            if known and title is not None and "".join(title.itertext()).strip() != known:
                self._name(title, known, indent)
                element.remove(title)
            self.write(element, indent)
        else:
            self.write(element, indent, _UNDERLINES.get(tag, ""))

    def _name(self, title: ET.Element, name: str, indent: str) -> None:
        """A title of a block, behind the block's name."""
        run = [Piece(f"{name}: ", added=True)]
        _say(run, title.text)
        for child in title:
            self._inline(child, run)
            _say(run, child.tail)
        self._end(run, indent, _UNDERLINES.get(str(title.tag), ""))

    def _list(self, element: ET.Element, indent: str) -> None:
        number = int(element.get("start", 1))
        for index, item in enumerate(element):
            number = int(item.get("value", number))
            marker = "- " if element.tag == "ul" else f"{counted(element, number)}. "
            number += 1
            self._marker, self._tight = marker, index > 0
            self.write(item, indent + " " * len(marker))
            self._marker, self._tight = "", False

    def _pairs(self, element: ET.Element, indent: str) -> None:
        run: list[Piece] = []
        for index, child in enumerate(element):
            self._tight = index > 1
            if child.tag == "dt":
                self._run(child, run)
                run.append(Piece(": ", added=True))
            else:
                self._run(child, run)
                self._end(run, indent + "  ")
                self.paragraphs[-1].hangs = 2
        self._tight = False

    def _table(self, table: ET.Element, indent: str) -> None:
        """Rows as paragraphs; each cell but the first stands behind the words of its head."""
        heads: list[str] = []
        for caption in table.iter("caption"):
            self.write(caption, indent)
        for row in table.iter("tr"):
            cells = list(row)
            run: list[Piece] = []
            between = ": " if cells[-1].tag == "td" else ", "
            for index, cell in enumerate(cells):
                words = "".join(cell.itertext()).strip()
                if index:
                    head = heads[index] if index < len(heads) else ""
                    before = f"\n{head}: " if head and words else between
                    run.append(Piece(before, added=True))
                self._run(cell, run)
            if all(cell.tag == "th" for cell in cells) and not heads:
                heads = ["".join(cell.itertext()).strip() for cell in cells]
            self._end(run, indent + "  ")
            self.paragraphs[-1].hangs = 2

    def _run(self, element: ET.Element, run: list[Piece]) -> None:
        """The words of an element and of all in it, as part of a paragraph."""
        _say(run, element.text)
        for child in element:
            self._inline(child, run)
            _say(run, child.tail)

    def _inline(self, element: ET.Element, run: list[Piece]) -> None:
        """A part of a line, with what stands for its look."""
        kind = element.get("class", "")
        if element.tag == "br":
            run.append(Piece("\n", added=True))
        elif element.tag == "img":
            run.append(Piece(f"[{element.get('alt', '')}]", added=True))
        elif kind == "tick-box":
            run.append(Piece("[ ] ", added=True))
        elif kind in ("fill-line", "fill-box"):
            run.append(Piece(f"\n{FILL_LINE}", added=True))
        elif element.tag == "sup" and kind != "cite":  # which has brackets of its own
            run.append(Piece("[", added=True))
            self._run(element, run)
            run.append(Piece("]", added=True))
        elif element.tag == "a":
            words: list[Piece] = []
            self._run(element, words)
            text, target = "".join(piece.text for piece in words), element.get("href", "")
            # What is dialled or typed is not broken at the end of a line.
            whole = target.startswith(("tel:", "mailto:"))
            run += [
                Piece(p.text.replace(" ", "\u00a0") if whole else p.text, p.added) for p in words
            ]
            if target.startswith("http") and target.split("://")[1].rstrip("/") not in text:
                run.append(Piece(f" ({target})", added=True))
        else:
            self._run(element, run)


def _say(run: list[Piece], words: str | None) -> None:
    """Add words of the page; its line feeds are spaces."""
    if words:
        run.append(Piece(re.sub(r"[ \t\r\n]+", " ", words)))
