"""Laws that a leaflet cites and that its reader's region has no text for: they are left out.

Nobody may guess what the law says somewhere. What stood for it goes, with a heading or a label that
would then stand alone; the lines of the rest keep their numbers, and a finding says what is
missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from foldwell.content.kept_text import kept_lines
from foldwell.content.library import Library
from foldwell.content.region import Region
from foldwell.errors import Place
from foldwell.finding import Finding
from foldwell.rules import Severity

_LAW = re.compile(r"[ \t]*\{\{\s*region\.laws\.([\w-]+)\.text\s*\}\}")
_HEADING = re.compile(r"(#{1,6})\s")
_LABEL = re.compile(r"\s*(?:[-*+]|\d+[.)])?\s*(?:\*\*[^*]*:\*\*|\*\*[^*]*\*\*:)?\s*")
"""What may be left of a paragraph: a bullet, and words in bold that say what comes."""
_FENCE = re.compile(r"/{3,}")


@dataclass(frozen=True)
class MissingLaw:
    """A law without a text.

    Attributes:
        name: Its key in ``laws:`` of the region's file.
        line: Where the leaflet cites it, counted from the start of its text.
    """

    name: str
    line: int


def missing_laws(text: str, region: Region) -> tuple[MissingLaw, ...]:
    """The laws that a leaflet cites and the region does not have; not those that are misspelt."""
    if "region.laws." not in text:
        return ()
    return tuple(
        MissingLaw(found[1], number)
        for number, line in enumerate(text.split("\n"), 1)
        if "region.laws." in line
        for found in _LAW.finditer(line)
        if _is_missing(found[1], region)
    )


def without_missing(text: str, region: Region) -> str:
    """The text of a leaflet without what cites them, line by line where it was."""
    missing = missing_laws(text, region)
    if not missing:
        return text
    lines = text.split("\n")
    for law in missing:
        at = law.line - 1
        lines[at] = _LAW.sub(lambda m: "" if _is_missing(m[1], region) else m[0], lines[at])
    for law in missing:
        _drop_leftovers(lines, law.line - 1)
    return "\n".join(lines)


def law_findings(library: Library, printed: Iterable[tuple[str, str]]) -> list[Finding]:
    """What there is to say of the laws that are left out.

    Args:
        library: What there is.
        printed: The path of each leaflet that is made, and the clinic for which it is.
    """
    regions: dict[tuple[str, str, int], dict[str, None]] = {}
    for path, clinic in dict.fromkeys(printed):
        slug, file = path.split("/")[2:]
        leaflet = library.leaflets[slug][file.removesuffix(".md")]
        home = library.clinics[clinic]
        missing = missing_laws(leaflet.text, home.region_here(library.regions))
        conditions = {"region": frozenset([home.region]), "tag": frozenset(home.tags)}
        shown = {number for number, _ in kept_lines(leaflet.text, conditions)} if missing else ()
        for law in missing:
            if law.line not in shown:  # it stands in a block for others
                continue
            key = path, law.name, leaflet.first_line + law.line - 1
            regions.setdefault(key, {})[home.region] = None
    return [
        Finding(
            "C6",
            Severity.WARNING,
            f"There is no text for the law '{name}' in {', '.join(where)}: it is left out there.",
            f"Add '{name}' under 'laws' of the region's file, with 'reviewed' and 'sources'.",
            Place(path, line),
        )
        for (path, name, line), where in regions.items()
    ]


def _is_missing(name: str, region: Region) -> bool:
    return name not in region.laws and not get_close_matches(name, region.laws, 1, 0.8)


def _drop_leftovers(lines: list[str], at: int) -> None:
    """Empty a paragraph that holds no more than a label, and the headings that nothing follows."""
    first = last = at
    while first > 0 and lines[first - 1].strip() and not _edge(lines[first - 1]):
        first -= 1
    while last + 1 < len(lines) and lines[last + 1].strip() and not _edge(lines[last + 1]):
        last += 1
    if _LABEL.fullmatch(" ".join(lines[first : last + 1])):
        lines[first : last + 1] = [""] * (last + 1 - first)
    elif _LABEL.fullmatch(lines[at]):
        lines[at] = ""
    before = next((n for n in range(at, -1, -1) if lines[n].strip()), None)
    after = next((n for n in range(at, len(lines)) if lines[n].strip()), None)
    heading = _HEADING.match(lines[before]) if before is not None else None
    if before is None or heading is None:
        return
    below = _HEADING.match(lines[after]) if after is not None else None
    ends = after is None or _FENCE.fullmatch(lines[after].strip())
    if ends or (below and len(below[1]) <= len(heading[1])):
        lines[before] = ""
        _drop_leftovers(lines, before)


def _edge(line: str) -> bool:
    """Whether a paragraph ends at a line: a heading or a fence of a block."""
    return bool(_HEADING.match(line) or _FENCE.match(line))
