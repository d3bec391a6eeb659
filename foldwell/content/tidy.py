"""The tidying of a text: what word processors and web pages leave in it, as Markdown means it.

Every step keeps the lines of the text, so that what is said of a line is said of the file's own.
Only what is certain is converted, and each time a finding says so; the checks behind this refuse
what is left.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from foldwell.content.blocks import CLASSES
from foldwell.content.headings import tidy_anchors
from foldwell.content.html_words import without_html, without_notes
from foldwell.content.links import tidy_links
from foldwell.content.other_marks import note_parted_words, tidy_other_marks
from foldwell.content.pasted_lists import (
    begins_item,
    tidy_bullets,
    tidy_letters,
    tidy_numbers,
    tidy_ticks,
)
from foldwell.content.tidyings import Tidyings

UNSEEN = {
    "\u00ad": "a soft hyphen",
    "\u200b": "a zero-width space",
    "\u2060": "a word joiner",
    "\ufeff": "a byte order mark",
    "\ufe0e": "a variation selector",
    "\ufe0f": "a variation selector",
    "\x0c": "a page break",
}
"""What nobody sees and nobody would miss."""
READ_AS_SYMBOLS = {
    "📞": "☎", "📱": "☎", "✅": "✔", "❌": "✘", "❎": "✘", "⛔": "✘", "🚫": "✘",
    "📧": "✉", "📩": "✉", "⭐": "★", "🌟": "★", "❤": "♥", "💙": "♥", "💚": "♥",
    "➡": "→", "⬅": "←", "⬆": "↑", "⬇": "↓", "👉": "→", "❗": "!", "❓": "?", "➕": "+", "➖": "−",
}  # fmt: skip
"""Signs that are also symbols of a font, which are printed in black and read aloud by name. None
of them means anything by its colour."""
_BREAKS = {"\u2028": "a line separator", "\u2029": "a paragraph separator", "\x0b": "a line break",
           "\x85": "a line break"}  # fmt: skip
"""What ends a line inside a paragraph."""
_SPECIAL = re.compile(f"[{''.join(UNSEEN)}{''.join(_BREAKS)}{''.join(READ_AS_SYMBOLS)}]")
_KEY = re.compile("(?m)^([ \t]*)([1-9])(\ufe0f?\u20e3)(?=\\s)")
"""A digit on a key of a telephone, with which people number steps; elsewhere it is refused."""
_UNCERTAIN = re.compile(
    f"(?<=[\\d.,])[{''.join(UNSEEN)}]+(?=[\\d.,])|(?<=[\\d,])[{''.join(_BREAKS)}]+(?=\\d)"
    "|(?<=\\S)\x0c+(?=\\S)"
)
"""What stands in a number, which may be two, or parts words that would be joined: it is refused."""
_NEEDLESS = re.compile("\u00a0(?=[ \u00a0]|$)|(?<=[ \u00a0])\u00a0|(?<=[.!?])\u00a0")
"""No-break spaces that hold nothing together: beside another space, or behind a sentence."""
_ATTRIBUTES = re.compile(r"(?<![{\\])\{:?[ ]*([^{}\n]*)\}(?!\})")
_WORD = re.compile(r"""[.#][\w-]+|[\w-]+=(?:"[^"]*"|'[^']*'|\S+)""")
_ID = re.compile(r"#[a-z][a-z0-9-]*")

Step = Callable[[list[str], int, Tidyings], list[str]]


def tidy_characters(text: str, tidyings: Tidyings, breaks: str = " ") -> str:
    """A text without what nobody sees.

    Args:
        text: What was read.
        tidyings: What was converted is noted here.
        breaks: What a line separator becomes.
    """
    tidyings.original = text.split("\n")
    if not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
        tidyings.note("D2", "Letters and the accents typed behind them were put together.", 1)
    text = _KEY.sub(lambda match: _ring(match, tidyings), text)
    if not _SPECIAL.search(text):
        return text

    kept = {at for match in _UNCERTAIN.finditer(text) for at in range(*match.span())}

    def mended(match: re.Match[str]) -> str:
        character = match.group()
        if match.start() in kept:
            return character
        line = text.count("\n", 0, match.start()) + 1
        if symbol := READ_AS_SYMBOLS.get(character):
            tidyings.note("D2", f"'{character}' was read as '{symbol}'.", line, character)
            return symbol
        if name := UNSEEN.get(character):
            message = f"{name[0].upper()}{name[1:]} (U+{ord(character):04X}) was left out."
            tidyings.note("D2", message, line, character)
            return ""
        name = _BREAKS[character]
        tidyings.note(
            "D2", f"{name[0].upper()}{name[1:]} was read as a line's end.", line, character
        )
        return breaks

    return _SPECIAL.sub(mended, text)


def _ring(key: re.Match[str], tidyings: Tidyings) -> str:
    ring = chr(ord("①") + int(key[2]) - 1)
    line = key.string.count("\n", 0, key.start()) + 1
    told = key[2] + key[3]
    tidyings.note("D2", f"'{told}' was read as '{ring}'.", line, told)
    return key[1] + ring


def tidy_words(text: str, first_line: int, tidyings: Tidyings) -> str:
    """The Markdown of a leaflet, as it is meant.

    Args:
        text: What stands below the front matter.
        first_line: The line of the file that it starts on.
        tidyings: What was converted is noted here.
    """
    text = without_notes(text, first_line, tidyings)
    lines = text.split("\n")
    for step in STEPS:
        lines = step(lines, first_line, tidyings)
    note_parted_words(lines, first_line, tidyings)
    return "\n".join(lines)


def _tabs(lines: list[str], first_line: int, tidyings: Tidyings) -> list[str]:
    mended: list[str] = []
    for number, line in enumerate(lines, first_line):
        if "\t" in line:
            if not (begins_item(line)):
                tidyings.note("D2", "A tab was read as spaces.", number, "\t")
            bare = line.lstrip("\t ")
            indent = line[: len(line) - len(bare)].expandtabs(4)
            line = indent + re.sub(r" *\t[ \t]*", " ", bare)
        mended.append(line)
    return mended


def _spaces(lines: list[str], first_line: int, tidyings: Tidyings) -> list[str]:
    return [_NEEDLESS.sub(" ", line) if "\u00a0" in line else line for line in lines]


def _attributes(lines: list[str], first_line: int, tidyings: Tidyings) -> list[str]:
    """Attribute lists without what leaflets do not have."""
    mended: list[str] = []
    for number, line in enumerate(lines, first_line):

        def kept(match: re.Match[str], number: int = number, line: str = line) -> str:
            words = _WORD.findall(match[1])
            if _WORD.sub("", match[1]).strip() or not words:
                return match[0]
            table = (
                match[0] == line.strip() and bool(mended) and mended[-1].lstrip().startswith("|")
            )
            if table:  # the parser takes none for tables
                words = [word for word in words if not _named_above(word, mended)]
            good = [
                word for word in words
                if not table and ((word[0] == "." and word[1:] in CLASSES) or _ID.fullmatch(word))
            ]  # fmt: skip
            if len(good) == len(words) and not table:
                return match[0]
            for word in words:
                if word not in good:
                    tidyings.note(
                        "D5", f"'{word}' in an attribute list was left out.", number, word
                    )
            return f"{{: {' '.join(good)} }}" if good else ""

        new = _ATTRIBUTES.sub(kept, line) if "{" in line else line
        mended.append(new.rstrip() if new != line else line)
    return mended


def _named_above(word: str, mended: list[str]) -> bool:
    """Give the id of a table to the heading above it, if that has none; whether it was done."""
    for index in range(len(mended) - 1, -1, -1):
        if re.match(r"#{1,6} ", mended[index]):
            if not _ID.fullmatch(word) or "{" in mended[index]:
                return False
            mended[index] = f"{mended[index].rstrip()} {{{word}}}"
            return True
    return False


def _html(lines: list[str], first_line: int, tidyings: Tidyings) -> list[str]:
    return [
        without_html(line, number, tidyings) if "<" in line or "&" in line else line
        for number, line in enumerate(lines, first_line)
    ]


STEPS: tuple[Step, ...] = (
    tidy_ticks, tidy_bullets, tidy_numbers, _tabs, _spaces, tidy_letters, tidy_links, tidy_anchors,
    _html, tidy_other_marks, _attributes,
)  # fmt: skip
"""What is done with the lines of a leaflet, in this order."""
