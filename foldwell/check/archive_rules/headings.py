"""Headings: none skipped, and one way to number them (ISO 14289-1, 7.4)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from foldwell.check.archived import Archived, Breach

_LEVEL = re.compile(r"H(\d+)")


def breaches(file: Archived) -> Iterator[Breach]:
    """Skipped levels, and headings with and without a level in one file."""
    before, plain, numbered = 0, False, False
    for tag in file.tags:
        plain |= tag.kind == "H"
        if not (match := _LEVEL.fullmatch(tag.kind)):
            continue
        level, numbered = int(match[1]), True
        if level > before + 1:
            after = f"after H{before}" if before else "first"
            yield Breach("7.4.2", f"A heading of level {level} comes {after}.", file.page_of(tag))
        before = level
    if plain and numbered:
        yield Breach("7.4.4", "Headings with and without a level are mixed (H and H1).")
    for tag in file.tags:
        if sum(kid.kind == "H" for kid in tag.kids) > 1:
            yield Breach("7.4.4", "An element holds more than one H.", file.page_of(tag))
