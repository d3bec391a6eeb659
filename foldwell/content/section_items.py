"""What a section is made of: headings, paragraphs, list items and rows, and the facts in each."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from foldwell.content.amounts import ascii_digits, doses, numbers
from foldwell.content.sections import Section

LEAD = re.compile(r"\s*(?:\d+[.)]\s+|[-*+]\s+|#{1,6} +|/{3,} *[\w-]* *\| *)?")
"""What stands before the words of an item on its first line."""
_LIST = re.compile(r"\s*(?:(?P<number>\d+)[.)]|[-*+])\s+(?P<rest>.*)")
_FENCE = re.compile(r" {0,3}/{3,} *(?P<name>[a-z][\w-]*)? *(?:\|(?P<title>.*))?$")
_RULE = re.compile(r"\s*\|[\s|:-]+\|?\s*$")
_VARIABLE = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")
_SOURCE = re.compile(r"\[(@[^\]]*)\]")
_ICON = re.compile(r"(?<![\w:]):([a-z][a-z0-9-]*):(?![\w:])")
_ADDRESS = re.compile(r"\]\(([^)\s]*)[^)]*\)|\b((?:https?://|www\.)[^\s)\]]+)")


@dataclass(frozen=True)
class Item:
    """A heading, paragraph, list item or row of a section.

    Attributes:
        kind: What it is: ``heading``, ``title``, ``text``, ``item``, ``step 3``, ``row of 4`` or,
            of a line that says for whom the section is, that line.
        text: Its words, on one line.
        line: The line of the file.
        lines: How many lines of the file it takes.
    """

    kind: str
    text: str
    line: int
    lines: int = 1

    @property
    def facts(self) -> dict[str, Counter[str]]:
        """What has to be the same in every language, by what it is called."""
        text = ascii_digits(self.text)
        found = {
            "fact": Counter(_VARIABLE.findall(text)),
            "source": Counter(_SOURCE.findall(text)),
            "icon": Counter(_ICON.findall(text)),
            "address": Counter(a or b for a, b in _ADDRESS.findall(text)),
            "bold": Counter({"passage": text.count("**") // 2}),
        }
        for pattern in (_SOURCE, _ICON, _ADDRESS):
            text = pattern.sub(" ", text)
        plain = _VARIABLE.sub(" ", text)
        found |= {"number": numbers(plain), "dose": doses(plain)}
        return {name: +counter for name, counter in found.items()}

    @property
    def words(self) -> list[str]:
        """Its words, without facts, sources, icons and signs."""
        text = self.text
        for pattern in (_SOURCE, _ICON, _ADDRESS, _VARIABLE):
            text = pattern.sub(" ", text)
        return re.findall(r"[^\W\d_]{2,}", text)


def items(section: Section) -> list[Item]:
    """The items of a section, in their order."""
    return [*_items(section)]


def _items(section: Section) -> Iterator[Item]:
    kind, start = "", section.line
    words: list[str] = []
    for number, line in enumerate(section.text.split("\n"), section.line):
        fence, entry = _FENCE.match(line), _LIST.match(line)
        row = line.lstrip().startswith("|")
        heading = re.match(r" {0,3}(#{1,6}) +(.*)", line)
        if words and (fence or entry or row or heading or not line.strip()):
            yield Item(kind, " ".join(words), start, len(words))
            words = []
        if fence:
            name, title = fence["name"] or "", (fence["title"] or "").strip()
            if name in ("only", "panel"):
                yield Item(f"{name} | {' '.join(title.split())}", "", number)
            elif name:
                yield Item(f"title of {name}" if title else name, title, number)
        elif heading:
            yield Item(f"heading of level {len(heading[1])}", heading[2], number)
        elif row:
            if not _RULE.match(line):
                cells = line.strip().strip("|").count("|") + 1
                yield Item(f"row of {cells}", line.strip(), number)
        elif entry:
            kind = f"step {entry['number']}" if entry["number"] else "list item"
            words, start = [entry["rest"]], number
        elif line.strip():
            if not words:
                kind, start = "paragraph", number
            words.append(line.strip())
    if words:
        yield Item(kind, " ".join(words), start, len(words))
