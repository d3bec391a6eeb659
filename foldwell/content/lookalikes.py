"""Letters and signs that look like others: a reader sees '10', a screen reader says another word.

Whole words of any script are sound. What is refused is a word of two scripts, a letter of another
script that stands alone or beside digits where its look is all that tells, and signs that look
like the point or comma of a number. See Unicode Technical Standard 39, "Unicode Security
Mechanisms", whose table of confusable characters these are taken from.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from foldwell.errors import FoldwellError, Place

_SCRIPTS = frozenset(["LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "COPTIC", "CHEROKEE", "LISU"])
"""Scripts with letters that look alike, as the names of their letters start."""
_DIGITS = {
    "О": "0", "о": "0", "З": "3", "з": "3", "Ӡ": "3", "ӡ": "3", "б": "6", "І": "1", "Ӏ": "1",
    "ӏ": "1", "Ο": "0", "ο": "0", "Ι": "1", "Օ": "0", "օ": "0",
}  # fmt: skip
"""Letters that look like digits, and these."""
_LETTERS = _DIGITS | dict(
    zip(
        "АВЕЅІЈКМНОРСТУХЬаеѕіјорсухҮүһԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧνορυϲͿϳ",
        "ABESIJKMHOPCTYXbaesijopcyxYyhdqwABEZHIKMNOPTYXvopucJj",
        strict=True,
    )
)
"""Letters that look like Latin ones, and these. Greek letters that are known as symbols for
themselves, such as α, β, κ, μ and Ω, are none of them."""
_POINTS = {"․": ".", "‧": ".", "∙": ".", "⋅": ".", "•": ".", "‚": ","}
"""Signs that look like the point or comma of a number."""
_IN_NUMBERS = re.compile(r"(?<=\d)[․‧‚]|․(?=\d)|(?<=\d)[∙⋅•](?=\d)")
_ANY = re.compile(f"[\u0370-\u058f\u13a0-\u13ff\u2c80-\u2cff\ua4d0-\ua4ff{''.join(_POINTS)}]")
_WORD = re.compile(r"[^\W_]+(?:(?<=\d)[.,][^\W_]+|[.,](?=\d)[^\W_]+)*")
"""Letters and digits, with the points and commas of numbers between them."""
_ORDINAL = re.compile(r"\d+[οбз]")
"""A number and one letter, as in the Greek for 'first', or the number of a house in Cyrillic."""
_SEPARATORS = "\u066b\u066c"
"""The decimal point of Arabic script, and its sign between thousands."""
_OF_DIGITS = {"ARABIC-INDIC": "ARABIC", "EXTENDED": "ARABIC"}
"""Scripts of digits that are named otherwise."""
_HEBREW_0 = re.compile(r"(?<=\d)\u05e1|\u05e1(?=\d)")
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_COMMENT = re.compile(r"(?m)^[ \t]*#.*$")


@dataclass(frozen=True)
class _Word:
    """A word, and the scripts of its letters; a symbol such as β is of no script."""

    text: str
    at: int
    scripts: frozenset[str]

    @property
    def tells(self) -> str:
        """The script that it speaks for, beside words that look like others; empty for none."""
        letters = {c for c in self.text if c.isalpha()}
        alone = len(letters) == 1 and letters <= set(_LETTERS)
        sure = len(self.scripts) == 1 and not alone and not letters <= set(_DIGITS)
        return next(iter(self.scripts)) if sure else ""


def lookalike_errors(text: str, path: str, first_line: int = 1) -> list[FoldwellError]:
    """An error for each line with a word or number that is not what it looks like.

    Args:
        text: The text.
        path: The file, for messages.
        first_line: The line of the file that it starts on.
    """
    if path.endswith(".yml") and not text.isascii():
        text = _COMMENT.sub("", text)
    return [
        FoldwellError(f"{message}.", Place(path, first_line + text.count("\n", 0, at)), f"{hint}.")
        for at, message, hint in lookalikes(text)
    ]


def lookalikes(text: str) -> list[tuple[int, str, str]]:
    """The words and numbers of a text that are not what they look like.

    Returns:
        For each where it stands, counted from 0, what is wrong and what to do, without full stops.
    """
    if text.isascii():
        return []
    found = [*_foreign_digits(text)]
    if not _ANY.search(text):
        return found
    for match in _IN_NUMBERS.finditer(text):
        sign, twin = match.group(), _POINTS[match.group()]
        message = f"{_named(sign)} in a number looks like '{twin}', and is read as something else"
        found.append((match.start(), message, f"Type '{twin}' itself"))
    words = [_Word(match[0], match.start(), _scripts(match[0])) for match in _WORD.finditer(text)]
    for index, word in enumerate(words):
        if word.scripts - {"LATIN"}:
            beside = {w.tells for w in words[max(index - 1, 0) : index + 2] if w is not word}
            if problem := _problem(word, beside):
                found.append((word.at, *problem))
    return sorted(found)


def _foreign_digits(text: str) -> Iterator[tuple[int, str, str]]:
    """Digits of other scripts on lines without a letter of theirs; one of Bengali looks like 8.

    Also a Hebrew letter within a number, where it looks like 0.
    """
    hint = "Type the number again with the digits 0 to 9"
    for match in _HEBREW_0.finditer(text):
        yield match.start(), f"{_named(match[0])} in a number looks like the digit 0", hint
    for found in _NOT_ASCII.finditer(text):
        at, character = found.start(), found[0]
        if not (character.isdecimal() or character in _SEPARATORS):
            continue
        script = _OF_DIGITS.get(first := _first(character), first)
        start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
        line = text[start : end if end >= 0 else None]
        if not any(char.isalpha() and _first(char) == script for char in line):
            yield at, f"{_named(character)} is a digit or sign of another script", hint


def _first(character: str) -> str:
    return unicodedata.name(character, "").partition(" ")[0]


def _problem(word: _Word, beside: set[str]) -> tuple[str, str] | None:
    """What is wrong with a word of another script than Latin, beside words that tell theirs."""
    text, letters = word.text, [c for c in word.text if c.isalpha()]
    if len(word.scripts) > 1:
        scripts = [_script(letter) for letter in letters]
        strange = min(letters, key=lambda letter: scripts.count(_script(letter)))
        names = " and ".join(sorted(name.title() for name in word.scripts))
        return (
            f"'{text}' mixes {names} letters, such as {_named(strange)}",
            "Type the word again with one keyboard",
        )
    known = word.scripts <= beside
    digit = next((c for c in letters if c in _DIGITS), "")
    numbered = any(c.isdigit() for c in text)
    if digit and re.search(rf"\d[.,]?{digit}|{digit}[.,]?\d", text):
        if known and _ORDINAL.fullmatch(text):
            return None
        return (
            f"{_named(digit)} in '{text}' looks like the digit {_DIGITS[digit]}, and is read as a"
            " letter",
            f"Type the digit {_DIGITS[digit]}, or put a space between number and word",
        )
    if known or not set(letters) <= set(_LETTERS):
        return None
    if len(letters) == 1 or numbered or set(letters) <= set(_DIGITS):
        twin = _LETTERS[letters[0]]
        return (
            f"{_named(letters[0])} in '{text}' looks like '{twin}', and is read as something else",
            f"Type '{twin}' itself",
        )
    return None


def _named(character: str) -> str:
    name = unicodedata.name(character, "").lower()
    return f"'{character}' (U+{ord(character):04X}, {name})"


def _scripts(word: str) -> frozenset[str]:
    scripts = [(_script(c), c) for c in word if c.isalpha()]
    greek = [c for script, c in scripts if script == "GREEK"]
    symbols = not any(c in _LETTERS for c in greek)
    others = {script for script, _ in scripts if script in _SCRIPTS}
    return frozenset(others - {"GREEK"} if symbols and len(others) > 1 else others)


def _script(character: str) -> str:
    return unicodedata.name(character, "").partition(" ")[0]
