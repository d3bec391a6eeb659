"""The text of an edition as passages: paragraphs, items, headings, titles of boxes and cells.

Lines are those of the leaflet's file, so that what is said of a passage is said of a line there.
Blocks for other regions are passed by; formats are all taken, or one of them.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property, lru_cache

from foldwell.content.blocks import BLOCKS
from foldwell.content.edition import Edition
from foldwell.content.html_words import BREAK, NOTE
from foldwell.content.lists import LETTERED

_BLOCK = re.compile(r" {0,3}(/{3,}) *([a-z][\w-]*)? *(?:\| *(.*))?$")
_NAME = re.compile(r"\{\{\s*([\w.-]+)\s*\}\}")
_ITEM = re.compile(rf"(?:[-*+]|\d{{1,9}}[.)]|{LETTERED}[a-zA-Z]+[.)])(?: +|$)")
_HEADING = re.compile(r" {0,3}(#{1,6}) +(.*?)[ #]*$")
_ASIDE = re.compile(r" {0,3}(?:\*?\[[^\]]+\]: |\|?[ :|-]*---[ :|-]*$)")
"""What a reader never meets: addresses of links, long forms of acronyms, rules of tables."""
_LONG_FORM = re.compile(r"(?m)^ {0,3}\*\[([^\]]+)\]: *(.+)$")

CITATION = re.compile(r"\s*\[@[^\]]*\]")
ICON = re.compile(r"(?<![\w:]):[a-z][a-z0-9-]*:(?![\w:])\s*")
_LINK = re.compile(r"\[([^\[\]]*)\](?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\[\]]*\])")
_ATTRIBUTES = re.compile(r"\{[:.#][^{}]*\}")
_STRONG = re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1")
_EMPHASIS = re.compile(r"(?<![\w*\\])([*_])(?=[^\s*_])(.+?)(?<=[^\s\\])\1(?![\w*])")
_DIGIT = re.compile(r"\d")
_ANGLED = re.compile(r"<((?:https?://|mailto:)?[^<>\s]+)>")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_END = re.compile(
    r"(?<=[.!?])(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bDr\.)[”\"’')]{0,2}\s+(?=[A-Z0-9“\"(])"
)


class Sort(StrEnum):
    """What a passage is."""

    PARAGRAPH = "paragraph"
    ITEM = "item"
    HEADING = "heading"
    TITLE = "title of a box"
    CELL = "cell"


@dataclass(frozen=True)
class Passage:
    """One piece of text that is read in one go.

    Attributes:
        sort: What it is.
        raw: Its Markdown on one line, without the mark of its list, with facts put in.
        lines: Its lines as (line of the file, Markdown with facts put in).
        blocks: The blocks it stands in, from outside, as (name, title).
        level: Of a heading 1 to 6; of an item how far it is indented; else 0.
        group: Items of one list, cells of one table and what stands in one block share it.
        only: What the ``only`` blocks around it ask for.
    """

    sort: Sort
    raw: str
    lines: tuple[tuple[int, str], ...]
    blocks: tuple[tuple[str, str], ...]
    level: int
    group: int
    only: tuple[str, ...] = ()

    @property
    def line(self) -> int:
        """The line of the file that it starts on."""
        return self.lines[0][0]

    @cached_property
    def text(self) -> str:
        """Its words as a reader meets them."""
        return plain(self.raw)

    @cached_property
    def has_digits(self) -> bool:
        """Whether any digit stands in it: most rules on numbers pass by what has none."""
        return _DIGIT.search(self.text) is not None

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """Its sentences; the last may have no full stop."""
        return _sentences(self.text)

    def line_of(self, fragment: str) -> int:
        """The line of the file on which some of its words stand; its first where none does."""
        start = fragment.split("\n")[0]
        while start:
            for number, line in self.lines:
                if start in line or start in plain(line):
                    return number
            start = start.rpartition(" ")[0]
        return self.line


@lru_cache(maxsize=4096)  # regions have most of their passages in common, findings all lines
def plain(raw: str) -> str:
    """Markdown without its marks."""
    text = ICON.sub("", raw) if ":" in raw else raw
    if "[" in text:
        text = CITATION.sub("", text)
    if "{" in text:
        text = _ATTRIBUTES.sub("", text)
    if "[" in text:
        text = _LINK.sub(r"\1", text)
    if "*" in text or "_" in text:
        text = _EMPHASIS.sub(r"\2", _STRONG.sub(r"\2", text))
    if "<" in text:
        text = _ANGLED.sub(r"\1", text)
    text = html.unescape(_ESCAPED.sub(r"\1", text)).replace(BREAK, " ")
    return " ".join(text.split())


@lru_cache(maxsize=4096)
def _sentences(text: str) -> tuple[str, ...]:
    return tuple(part for part in _END.split(text) if re.search(r"\w", part))


def long_forms(edition: Edition) -> dict[str, str]:
    """The acronyms that the leaflet spells out on lines of their own."""
    return dict(_LONG_FORM.findall(edition.leaflet.text))


def passages(edition: Edition, format_name: str = "") -> list[Passage]:
    """All passages of an edition, in the order of its file: of one format, else of all at once."""
    read = list(_Reader(edition).read())
    return in_format(read, edition.clinic.region, format_name) if format_name else read


def in_format(read: Iterable[Passage], region: str, format_name: str) -> list[Passage]:
    """Those of some passages that one format has."""
    return [
        passage
        for passage in read
        if all(holds(argument, region, format_name) for argument in passage.only)
    ]


def conditions(edition: Edition) -> list[str]:
    """What the ``only`` blocks of a leaflet ask for."""
    blocks = (_BLOCK.match(line) for line in edition.leaflet.text.split("\n"))
    return [block[3] or "" for block in blocks if block and block[2] == "only"]


class _Reader:
    """Reads line by line; a passage ends where another one or something else starts."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._stack: list[tuple[str, str, bool]] = []
        self._only: list[str] = []
        self._open: list[tuple[int, str]] = []
        self._sort, self._level, self._group, self._in_list = Sort.PARAGRAPH, 0, 0, False

    def read(self) -> Iterator[Passage]:
        leaflet = self._edition.leaflet
        for number, raw in enumerate([*leaflet.text.split("\n"), ""], leaflet.first_line):
            line = raw.replace(NOTE, "")
            block, heading = _BLOCK.match(line), _HEADING.match(line)
            new = _ITEM.match(line.lstrip())
            cells = line.lstrip().startswith("|")
            aside = _ASIDE.match(line) is not None
            if block or heading or new or cells or aside or not line.strip():
                yield from self._close()
            if block:
                yield from self._block(number, block)
            elif aside or not line.strip() or not all(held for *_, held in self._stack):
                continue
            elif heading:
                self._end_list()
                yield self._passage(Sort.HEADING, [(number, heading[2])], len(heading[1]))
            elif cells:
                self._in_list = False
                for cell in line.strip().strip("|").split(" | "):
                    yield self._passage(Sort.CELL, [(number, cell.strip())])
            else:
                self._words(number, line, new)

    def _words(self, number: int, line: str, new: re.Match[str] | None) -> None:
        indent = len(line) - len(line.lstrip())
        if new:
            if not self._in_list:
                self._group += 1
            self._in_list, self._sort, self._level = True, Sort.ITEM, indent
            line = line.lstrip()[new.end() :]
        elif not self._open:
            if not indent:
                self._end_list()
            self._sort, self._level = Sort.PARAGRAPH, 0
        self._open.append((number, line.strip()))

    def _end_list(self) -> None:
        self._group += self._in_list
        self._in_list = False

    def _block(self, number: int, match: re.Match[str]) -> Iterator[Passage]:
        self._in_list = False
        self._group += 1
        name, argument = match[2], (match[3] or "").strip()
        if name is None:
            if self._stack and self._stack.pop()[0] == "only":
                self._only.pop()
            return
        region = self._edition.clinic.region
        held = name != "only" or holds(argument, region, "")
        if name == "only":
            self._only.append(argument)
        titled = name in BLOCKS and BLOCKS[name].titled and argument not in ("", "-")
        self._stack.append((name, argument if titled else "", held))
        if titled and all(held for *_, held in self._stack):
            yield self._passage(Sort.TITLE, [(number, argument)])

    def _close(self) -> Iterator[Passage]:
        if self._open:
            yield self._passage(self._sort, self._open, self._level)
            self._open = []

    def _passage(self, sort: Sort, lines: list[tuple[int, str]], level: int = 0) -> Passage:
        told = tuple((number, filled(line, self._edition)) for number, line in lines)
        raw = " ".join(line for _, line in told)
        blocks = tuple((name, title) for name, title, _ in self._stack)
        return Passage(sort, raw, told, blocks, level, self._group, tuple(self._only))


@lru_cache(maxsize=4096)
def holds(argument: str, region: str, format_name: str) -> bool:
    """Whether an ``only`` block is for a region and a format; no format stands for all of them."""
    for clause in argument.split(";"):
        key, _, names = clause.partition(":")
        here = {"region": region, "format": format_name}.get(key.strip())
        names = names.strip()
        wanted = {name.strip() for name in names.removeprefix("not ").split(",")}
        if here and (here in wanted) == names.startswith("not "):
            return False
    return True


def filled(text: str, edition: Edition) -> str:
    """A text with the facts in it, and the sources of a region's dated texts behind them."""
    if "{{" not in text:
        return text

    def value(match: re.Match[str]) -> str:
        first, *rest = match[1].split(".")
        if not rest:
            return str(edition.variables.get(first, match[0]))
        fact: object = {"region": edition.region, "clinic": edition.clinic}.get(first)
        for word in rest:
            fact = fact.get(word) if isinstance(fact, dict) else getattr(fact, word, None)
            if rest[-1] == "text" and (sources := getattr(fact, "sources", None)):
                cites = "; ".join(f"@{name}" for name in sources)
                # The marker goes before the full stop, as writers put theirs.
                return re.sub(r"[.]?$", f" [{cites}].", str(getattr(fact, "text", "")), count=1)
        return str(fact)

    return _NAME.sub(value, text)
