"""Markdown to clean HTML for one edition in one format and medium.

Python-Markdown and pymdown-extensions parse; a last tree step checks what they made, turns
lists into lines and boxes, and takes the panels apart; nh3 cleans the result. Every mistake
is collected with its line, and all are raised together.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from foldwell.content.leaflet import Leaflet
from foldwell.errors import Mistakes
from foldwell.typeset.read_again import read_again
from foldwell.typeset.reading import Reading, Setting, Words
from foldwell.typeset.tokens import Tokens
from foldwell.typeset.variables import Facts, insert_tokens


def read_words(
    leaflet: Leaflet,
    facts: Facts,
    setting: Setting,
    strings: Mapping[str, Any],
    references: Mapping[str, Any],
    known_icons: frozenset[str],
    numbered: Sequence[str] = (),
) -> Words:
    """The words of one edition.

    Args:
        leaflet: Its text.
        facts: What names in it stand for.
        setting: What it is read for.
        strings: The interface words of its language.
        references: What may be cited.
        known_icons: The names of icons.
        numbered: Sources that have their numbers already, in their order.

    Raises:
        Mistakes: With every unknown name, bad link, misplaced mark and missing fact.
    """
    reading = Reading(leaflet, setting, strings, references, known_icons)
    reading.citations += numbered
    text, errors = insert_tokens(
        leaflet.text, facts, reading.tokens, leaflet.path, leaflet.first_line
    )
    reading.errors += errors
    if not errors:
        read_again(_with_lines(text, leaflet.first_line, reading.tokens), reading, _parse)
        for part in reading.parts.values():
            reading.errors += reading.tokens.missing(part)
    if reading.errors:
        raise Mistakes(reading.errors)
    return Words(
        reading.parts,
        tuple(reading.citations),
        tuple(sorted(reading.icons)),
        tuple(sorted(reading.drawings)),
        tuple(sorted(reading.images)),
        tuple(reading.headings),
        reading.timelines,
        tuple(reading.contacts),
        reading.tokens,
        reading.pieces,
    )


_BLOCK_LINE = re.compile(r"( {0,3}/{3,} *[A-Za-z][\w-]*) *(?:\|(.*))?$")


def _with_lines(text: str, first_line: int, tokens: Tokens) -> str:
    """Let each block's first line carry its number, for messages."""
    # As tokens, because a plain '<' or '>' would be a mark of Markdown's.
    plain = _numbered(text, first_line)
    if "&" in plain:
        plain = re.sub("&(?:amp|lt|gt);", lambda match: tokens.add(match.group()), plain)
    return plain.replace("&nbsp;", "\u00a0")


@lru_cache(maxsize=64)
def _numbered(text: str, first_line: int) -> str:
    """A text whose blocks carry the numbers of their first lines."""
    lines = text.split("\n")
    for index, line in enumerate(lines):
        if match := _BLOCK_LINE.match(line):
            argument = (match.group(2) or "").strip()
            lines[index] = f"{match.group(1)} | {argument}\ue002{first_line + index}\ue003"
    return "\n".join(lines)


def _parse(text: str, reading: Reading) -> None:
    from foldwell.typeset.parsing import parse  # most words were read for another build

    parse(text, reading)
