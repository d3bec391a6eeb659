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
from foldwell.content.lists import LETTERED, marker_of
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
_UNCERTAIN = re.compile(
    f"(?<=[\\d.,])[{''.join(UNSEEN)}]+(?=[\\d.,])|(?<=[\\d,])[{''.join(_BREAKS)}]+(?=\\d)"
    "|(?<=\\S)\x0c+(?=\\S)"
)
"""What stands in a number, which may be two, or parts words that would be joined: it is refused."""
_SPACES = "[ \u00a0\u2002\u2003\u2009\t]"
_NEEDLESS = re.compile("\u00a0(?=[ \u00a0]|$)|(?<=[ \u00a0])\u00a0|(?<=[.!?])\u00a0")
"""No-break spaces that hold nothing together: beside another space, or behind a sentence."""
_UNNAMED = "\uf0b7\uf0a7\uf0d8\uf076\uf071"
"""Bullets of fonts that hold nothing but signs, as word processors paste them."""
_BULLETS = f"•·●◦‣⁃∙▪■▶►➢➤○{_UNNAMED}"
_BULLET = re.compile(rf"^(\s*)([{_BULLETS}]){_SPACES}*(?=\S)")
_MAYBE = re.compile(rf"^(\s*)([o–—§]){_SPACES}+(?=\S)")
"""What is a bullet only beside others."""
_TICKS = {"\uf0fc": "✓", "\uf0fb": "✗", "\uf0a8": "☐", "\uf06f": "☐", "\uf0fe": "☑"}
"""Marks of such fonts that mean something."""
_TICK = re.compile(rf"^(\s*)([✓✔✗✘☐☑☒{''.join(_TICKS)}]){_SPACES}*(?=\S)")
_WIDE_O = re.compile(r"^(\s*)(o)(?:\t|\u00a0|  )[ \t\u00a0]*(?=\S)")
_NUMBER = re.compile(rf"^(\s*)(\d{{1,9}}[.)])(?:\t|{_SPACES}*\t){_SPACES}*(?=\S)")
_LETTER = re.compile(rf"^( *)(\(?)([a-zA-Z]|[ivxIVX]{{1,5}})([.)]){_SPACES}+(?=\S)")
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
    return "\n".join(lines)


def _tabs(lines: list[str], first_line: int, tidyings: Tidyings) -> list[str]:
    mended: list[str] = []
    for number, line in enumerate(lines, first_line):
        if "\t" in line:
            if not (_BULLET.match(line) or _NUMBER.match(line) or _WIDE_O.match(line)):
                tidyings.note("D2", "A tab was read as spaces.", number, "\t")
            bare = line.lstrip("\t ")
            indent = line[: len(line) - len(bare)].expandtabs(4)
            line = indent + re.sub(r" *\t[ \t]*", " ", bare)
        mended.append(line)
    return mended


def _spaces(lines: list[str], first_line: int, tidyings: Tidyings) -> list[str]:
    return [_NEEDLESS.sub(" ", line) if "\u00a0" in line else line for line in lines]


def _ticks(lines: list[str], first_line: int, tidyings: Tidyings) -> list[str]:
    """Lines below one another that each begin with a tick or a box, which are items and keep it."""
    found = [_TICK.match(line) for line in lines]
    mended = list(lines)
    for index, match in enumerate(found):
        near = [*found[max(index - 1, 0) : index], *found[index + 1 : index + 2]]
        if match is None or not any(near):
            continue
        sign = _TICKS.get(match[2], match[2])
        message = f"'{sign}' was read as the mark of an item of a list."
        tidyings.note("D3", message, first_line + index, match[2])
        mended[index] = f"{match[1]}- {sign} {lines[index][match.end() :]}"
    return mended


def _bullets(lines: list[str], first_line: int, tidyings: Tidyings) -> list[str]:
    mended = list(lines)
    mark, last = "-", ""
    for index, line in enumerate(lines):
        match = _BULLET.match(line) or _WIDE_O.match(line)
        beside = index > 0 and mended[index - 1] != lines[index - 1]
        if match is None and beside:
            match = _MAYBE.match(line)
        if match is None and _MAYBE.match(line):
            after = lines[index + 1] if index + 1 < len(lines) else ""
            dashes = line.lstrip()[0] in "–—" and _MAYBE.match(after)
            if dashes or _BULLET.match(after):
                match = _MAYBE.match(line)
        if match is None:
            continue
        indent, bullet = match[1], match[2]
        if not beside and last and bullet != last and not indent:
            mark = {"-": "*", "*": "-"}[mark]  # another bullet, another list
        last = last if beside else bullet
        shown = "•" if bullet in _UNNAMED else bullet
        tidyings.note("D3", f"'{shown}' was read as an item of a list.", first_line + index, bullet)
        mended[index] = f"{indent}{mark} {line[match.end() :]}"
    return mended


def _numbers(lines: list[str], first_line: int, tidyings: Tidyings) -> list[str]:
    return [_NUMBER.sub(r"\1\2 ", line) for line in lines]


def _letters(lines: list[str], first_line: int, tidyings: Tidyings) -> list[str]:
    """Items that start with (a), b. or iv), where at least two of a level follow one another."""
    mended = list(lines)
    runs: dict[int, list[tuple[int, re.Match[str]]]] = {}

    def end(least: int) -> None:
        for indent in [known for known in runs if known >= least]:
            if len(run := runs.pop(indent)) > 1:
                _mark_letters(run, mended, first_line, tidyings)

    for index, line in enumerate(lines):
        if not line.strip():
            continue
        indent = len(line) - len(line.lstrip(" "))
        match = _LETTER.match(line)
        if match and _follows(runs.get(indent, []), match):
            end(indent + 1)
            runs[indent].append((index, match))
            continue
        end(indent)
        if match and match[3] in ("a", "A", "i", "I"):
            runs[indent] = [(index, match)]
    end(0)
    return mended


def _mark_letters(
    run: list[tuple[int, re.Match[str]]], mended: list[str], first_line: int, tidyings: Tidyings
) -> None:
    for at, item in run:
        mended[at] = f"{item[1]}{LETTERED}{item[3]}) {mended[at][item.end() :]}"
    at, item = run[0]
    mark = f"{item[2]}{item[3]}{item[4]}"
    message = f"'{mark}' and what follows was read as a lettered list."
    tidyings.note("D3", message, first_line + at, mark)


def _follows(run: list[tuple[int, re.Match[str]]], match: re.Match[str]) -> bool:
    if not run:
        return False
    first, last = run[0][1], run[-1][1]
    if (last[2], last[4]) != (match[2], match[4]) or first[3].isupper() != match[3].isupper():
        return False
    if first[3] in "iI":
        one, two = (marker_of(f"{LETTERED}{m[3]}) x") for m in (last, match))
        same = one is not None and two is not None and one.kind == two.kind
        count = len(run) + 1
        return same and match[3].lower() == _ROMAN[count - 1] if count <= len(_ROMAN) else False
    return len(match[3]) == 1 and ord(match[3]) == ord(last[3]) + 1


_ROMAN = "i ii iii iv v vi vii viii ix x xi xii xiii xiv xv xvi xvii xviii xix xx".split()


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
    _ticks, _bullets, _numbers, _tabs, _spaces, _letters, tidy_links, tidy_anchors, _html,
    _attributes,
)  # fmt: skip
"""What is done with the lines of a leaflet, in this order."""
