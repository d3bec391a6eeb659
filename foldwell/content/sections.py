"""The sections of a leaflet: what a translation is pinned to, and compared with, one by one.

A section begins at a heading or at a block; what only says for whom or on which panel the next one
stands (``only``, ``panel``) belongs to that one. The first section holds the words of the front
matter.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from foldwell.content.html_words import BREAK, NOTE
from foldwell.content.leaflet import Leaflet
from foldwell.content.words_groups import grouped, short

FACTS = ("title", "subtitle", "action", "main_message", "audience", "objective")
"""The words of the front matter that a translation has in its own language."""
FIRST = "title and facts"
_STARTS = re.compile(
    r" {0,3}(?:(?P<mark>#{1,6}) +(?P<heading>.*)|/{3,} *(?P<block>[a-z][\w-]*)(?P<rest>.*))"
)
_WRAPPERS = ("only", "panel")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Section:
    """A section of a leaflet.

    Attributes:
        kind: ``facts``, ``#`` to ``######`` for a heading, or the name of a block.
        label: What people call it: its heading, or its block and title.
        text: Its lines, with those that say for whom it is.
        line: The line of the file on which it starts.
    """

    kind: str
    label: str
    text: str
    line: int

    @property
    def hash(self) -> str:
        """The short hash of its words; how lines are broken does not count."""
        words = _SPACES.sub(" ", self.text).strip()
        return short(grouped(hashlib.sha256(words.encode(errors="surrogateescape")).digest()))

    @property
    def pin(self) -> str:
        """What a translation writes down of it."""
        return f"{self.hash} {self.label}"


def sections(leaflet: Leaflet) -> tuple[Section, ...]:
    """All sections of a leaflet, in their order."""
    facts = {name: getattr(leaflet.facts, name) for name in FACTS}
    facts |= {f"variables.{k}": v for k, v in leaflet.facts.variables.items()}
    told = json.dumps({k: v for k, v in facts.items() if v}, ensure_ascii=False, indent=0)
    return (Section("facts", FIRST, told, 1), *_of_text(leaflet.text, leaflet.first_line))


def _of_text(text: str, first_line: int) -> Iterator[Section]:
    kind, label, start = "", "", first_line
    lines: list[str] = []
    for number, marked in enumerate(text.split("\n"), first_line):
        line = marked.replace(BREAK, " ").replace(NOTE, "")
        match = _STARTS.match(line)
        wraps = match is not None and match["block"] in _WRAPPERS
        begins = match is not None and not (kind == "wrapper" and not wraps)
        if begins and not (kind == "wrapper" and wraps):
            if any(line.strip() for line in lines):
                yield Section(kind or "text", label or "text", "\n".join(lines), start)
            lines, start, kind, label = [], number, "", ""
        if wraps:
            kind = "wrapper"
        elif match is not None:
            kind = match["mark"] or match["block"]
            title = match["heading"] or match["rest"].strip(" |")
            label = title if match["mark"] else f"{kind} | {title}" if title else kind
        elif kind == "wrapper" and line.strip():
            kind = label = "text"
        lines.append(line)
    if any(line.strip() for line in lines):
        yield Section(kind or "text", label or "text", "\n".join(lines), start)


@dataclass(frozen=True)
class Stale:
    """A section that is not as it was when a translation was made from it.

    Attributes:
        label: The section.
        what: ``changed``, ``new`` or ``gone``.
        position: Which section of the present source it is, or would follow; from 0.
    """

    label: str
    what: str
    position: int


def kept(pins: Sequence[str], source: Sequence[Section]) -> dict[int, tuple[int, bool]]:
    """For the position of each section that had a pin: where it was, and whether it is as it was.

    A section that is new in the source is not there.
    """
    return {
        c + n: (a + n, kind == "equal")
        for kind, a, b, c, d in _steps(pins, source)
        for n in range(min(b - a, d - c))
    }


def stale(pins: Sequence[str], source: Sequence[Section]) -> tuple[Stale, ...]:
    """What has changed in a source since a translation was pinned to it."""
    found = []
    for kind, a, b, c, d in _steps(pins, source):
        if kind == "equal":
            continue
        both = min(b - a, d - c)
        found += [Stale(source[c + n].label, "changed", c + n) for n in range(both)]
        found += [Stale(pin.partition(" ")[2], "gone", c + both) for pin in pins[a + both : b]]
        found += [Stale(source[n].label, "new", n) for n in range(c + both, d)]
    return tuple(found)


def _steps(
    pins: Sequence[str], source: Sequence[Section]
) -> Sequence[tuple[str, int, int, int, int]]:
    was, now = [pin.split(" ")[0] for pin in pins], [section.hash for section in source]
    return SequenceMatcher(None, was, now, autojunk=False).get_opcodes()
