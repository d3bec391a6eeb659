"""The text of a leaflet that is kept for a clinic, a format and a medium, and what it names.

It is found from the source, line by line, without reading the Markdown: a plan of thousands of
files asks it of each.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from foldwell.content.references import cited_by

Conditions = Mapping[str, frozenset[str]]
"""For region, tag, format and medium the names that hold; a key that is left out may hold any."""

_ONLY = re.compile(r" {0,3}(/{3,}) *only *\|(.*)")
_NAMES = re.compile(r"\{\{(.*?)\}\}")
_SHOWN = re.compile(r"!\[[^\]]*\]\(\s*<?([^)\s>]+)")
_CONTACT = re.compile(r"(?m)^ {0,3}/{3,} *contact\b")
_TAGS = re.compile(r"(?m)^ {0,3}/{3,} *only *\|.*\btag *:")


@dataclass(frozen=True)
class Used:
    """What a text prints.

    Attributes:
        text: The Markdown that is kept.
        names: Dotted names of facts.
        sources: Ids of references.
        pictures: Names of figures.
        contact: Whether it has a contact panel.
    """

    text: str
    names: tuple[str, ...]
    sources: tuple[str, ...]
    pictures: tuple[str, ...]
    contact: bool


@lru_cache(maxsize=1024)
def used_by(text: str, region: str, tags: frozenset[str]) -> Used:
    """What a leaflet prints for a clinic in any format."""
    kept = "\n".join(
        line for _, line in kept_lines(text, {"region": frozenset([region]), "tag": tags})
    )
    return Used(
        kept,
        tuple(dict.fromkeys(re.sub(r"\s", "", name) for name in _NAMES.findall(kept))),
        tuple(dict.fromkeys(cited_by(kept, region))),
        tuple(dict.fromkeys(_SHOWN.findall(kept))),
        _CONTACT.search(kept) is not None,
    )


@lru_cache(maxsize=8192)
def facts_by_line(
    text: str, region: str, tags: frozenset[str], format_name: str, medium: str
) -> tuple[tuple[str, int], ...]:
    """The dotted names that a leaflet prints in one format and medium, each with its first line.

    Lines are counted from 1 at the start of the text.
    """
    conditions = {
        "region": frozenset([region]),
        "tag": tags,
        "format": frozenset([format_name]),
        "medium": frozenset([medium]),
    }
    found: dict[str, int] = {}
    for number, line in kept_lines(text, conditions):
        for name in _NAMES.findall(line) if "{{" in line else ():
            found.setdefault(re.sub(r"\s", "", name), number)
    return tuple(found.items())


def asks_for_tags(text: str) -> bool:
    """Whether some of a text depends on the tags of a clinic."""
    return _TAGS.search(text) is not None


def kept_lines(text: str, conditions: Conditions) -> list[tuple[int, str]]:
    """The lines without the ``only`` blocks that cannot be shown, with their numbers from 1."""
    lines = list(enumerate(text.split("\n"), 1))
    kept = []
    until = ""
    for number, line in lines:
        if until:
            until = "" if line.strip() == until else until
            continue
        match = _ONLY.match(line) if "///" in line else None
        if match and not _may_hold(match.group(2), conditions):
            until = match.group(1)
            continue
        kept.append((number, line))
    return lines if until else kept


def _may_hold(words: str, conditions: Conditions) -> bool:
    """Whether a condition can hold."""
    for clause in words.split(";"):
        key, _, names = (part.strip() for part in clause.partition(":"))
        if key in conditions:
            wanted = {name.strip() for name in names.removeprefix("not ").split(",")}
            if bool(wanted & conditions[key]) == names.startswith("not "):
                return False
    return True
