"""Emphasis that makes words harder to read, or another word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from foldwell.check.wording.entry import rule
from foldwell.check.wording.reading import Reading
from foldwell.check.wording.syllables import is_word
from foldwell.content.characters import unspaced
from foldwell.finding import Finding
from foldwell.rules import Severity

_ITALIC = re.compile(r"(?<![\w*_\\])([*_])(?![*_\s])([^*_]+?)(?<!\s)\1(?![\w*_])")
_CAPITALS = re.compile(r"\b[A-Z][A-Z’'-]+(?:[ ,]+[A-Z][A-Z’'-]+){2,}\b|\b[A-Z]{8,}\b")
SHOUTED = frozenset("NOT NEVER ONLY MUST ALWAYS STOP ALL ANY BEFORE AFTER AND OR".split())
"""Words that people write in capitals to be heard; they are no acronyms."""
_SHORT = re.compile(rf"\b(?:{'|'.join(sorted(SHOUTED))})\b")
_INSIDE = re.compile(r"\w+(\*\*|\*)\w+\1\w*|\w*(\*\*|\*)\w+\2\w+")


@rule("T11")
def hard_emphasis(reading: Reading) -> Iterator[Finding]:
    """Italics and capitals: many readers cannot make them out."""
    for passage in reading.passages:
        for match in _ITALIC.finditer(passage.raw):
            yield reading.find(
                "T11",
                f"'{match[2]}' is set in italics.",
                "Write **words** for what is important, and quotation marks for names.",
                passage,
                match[0],
            )
        for match in (*_CAPITALS.finditer(passage.text), *_SHORT.finditer(passage.text)):
            # A word that no dictionary has is a name that is written so.
            if " " not in match[0] and reading.language == "en" and not is_word(match[0]):
                continue
            yield reading.find(
                "T11",
                f"'{match[0]}' is written in capitals.",
                "Write it in small letters; **bold** makes it stand out.",
                passage,
                match[0],
            )


@rule("T21")
def emphasis_inside_words(reading: Reading) -> Iterator[Finding]:
    """Marks inside a word or a number, which change what it says for a screen reader."""
    for passage in reading.passages:
        for match in _INSIDE.finditer(passage.raw) if "*" in passage.raw else ():
            if unspaced().search(match[0]):
                continue  # words of these scripts have nothing between them
            yield reading.find(
                "T21",
                f"Emphasis stands inside a word or number: '{match[0]}'.",
                "Put the marks around the whole of it, or write '\\*' for a plain '*'.",
                passage,
                match[0],
                Severity.ERROR,
            )
