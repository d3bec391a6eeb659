"""Mends: words of a file that can be replaced by others without asking what was meant.

A finding is about the words that a reader meets. They can be mended only where just those letters
stand in the file: not over the end of a line, not with marks among them, and never those of an
address, a fact, a source, or an icon.
"""

from __future__ import annotations

import re

from foldwell.check.passages import CITATION, ICON

_NO_WORDS = (
    CITATION,
    ICON,
    re.compile(r"\{\{.*?\}\}"),
    re.compile(r"(?<=\])(?:\([^()]*(?:\([^()]*\)[^()]*)*\)|\[[^\]]*\])"),
    re.compile(r"(?<=\])(?::.*)"),
    re.compile(r"\{[:.#][^{}]*\}"),
    re.compile(r"<[^<>]*>"),
    re.compile(r"`[^`]*`"),
    re.compile(r"(?:https?://|www\.)\S+"),
    re.compile(r"\S+@\S+"),
    re.compile(r"^ {0,3}/{3,} *[a-z][\w-]*(?: *\|)?"),
)
"""Parts of a line that are no words of its text."""


def column_of(line: str, said: str) -> int | None:
    """Where words stand in a line of a leaflet's file, in so many letters; counted from 1.

    Args:
        line: The line.
        said: The words.
    """
    text = line
    for pattern in _NO_WORDS:
        text = pattern.sub(lambda match: "\0" * len(match[0]), text)
    found = re.search(rf"(?<!\w){re.escape(said)}(?!\w)", text)
    return None if found is None or not said.strip() else found.start() + 1


def written_like(said: str, instead: str) -> str:
    """Words in the place of others: with a capital where those have one."""
    capital = said[:1].isupper() and (len(said) == 1 or not said[1:2].isupper())
    return instead[:1].upper() + instead[1:] if capital else instead
