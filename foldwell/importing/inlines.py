"""Running words as Markdown: nothing in them is taken for a mark, and emphasis keeps to words.

Words are first taken apart into runs, each with what it is (bold, a link …); then spaces move
out of emphasis, and emphasis inside a word, which a leaflet cannot have, is given up.
"""

from __future__ import annotations

import re
import unicodedata
import xml.etree.ElementTree as ET
from dataclasses import dataclass, replace
from itertools import groupby

from foldwell.content.characters import named_character
from foldwell.content.html_words import SUB, SUP
from foldwell.content.tidy import READ_AS_SYMBOLS, UNSEEN
from foldwell.fonts import printable_characters
from foldwell.importing.brought import Brought

_ENTITY = re.compile(r"&(?=#?\w+;)")
_MARKS = re.compile(r"[\\*\[\]]|_(?!\w)|(?<!\w)_|\{(?=[:.#])")
WORDS_SHOWN = 30
"""So many characters of what is told stand in a note."""
_BRACES = re.compile(r"\{(?=[{%#])")
_ICON = re.compile(r":(?=[a-z][a-z0-9-]*:)")
_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_START = re.compile(r"(\s*)(?:([#>+|=-]|:(?=\s))|(\d{1,9})([.)])(?=\s|$))")
_SLASHES = re.compile(r"^(\s*)//")
_DIRECTIONS = frozenset("\u200e\u200f\u061c")
"""Marks of direction that change nothing beside letters."""


@dataclass(frozen=True)
class Run:
    """Words of one kind.

    Attributes:
        text: The words; a newline ends a line.
        bold: Whether they are strong.
        italic: Whether they are stressed.
        raised: ``sup``, ``sub`` or nothing.
        href: Where they lead.
        raw: Whether the text is Markdown already.
    """

    text: str
    bold: bool = False
    italic: bool = False
    raised: str = ""
    href: str = ""
    raw: bool = False


class Inlines:
    """Makes Markdown of running words.

    Args:
        brought: Notes what could not be kept.
        plain: Whether emphasis is left out, as in headings.
    """

    def __init__(self, brought: Brought, *, plain: bool = False) -> None:
        self._brought, self._plain = brought, plain

    def markdown(self, element: ET.Element | list[ET.Element]) -> str:
        """The words of an element, or of several, as Markdown without spaces at its ends."""
        runs: list[Run] = []
        for one in element if isinstance(element, list) else [element]:
            _gather(one, Run(""), runs)
        runs = [self._sound(run) for run in runs]
        if self._plain:
            runs = [replace(run, bold=False, italic=False) for run in runs]
        runs = self._emphasised(_merged(runs))
        linked = [(href, list(own)) for href, own in groupby(runs, key=lambda run: run.href)]
        text = "".join(self._linked(href, own) for href, own in linked)
        text = re.sub(r"[ \t]*\n[ \t]*", "\n", re.sub(r"[ \t\r\f\v]+", " ", text))
        return text.strip(" \n\t")

    def _sound(self, run: Run) -> Run:
        """A run without raised words and characters that leaflets do not have."""
        if run.raw:
            return run
        text = run.text
        if run.raised and text.strip():
            table = SUP if run.raised == "sup" else SUB
            if set(text) <= set(table):
                text = "".join(table[c] for c in text)
            elif not re.fullmatch(r"[a-z]{1,3}|TM|®|©|™", text.strip()):
                self._brought.leave(f"'{text.strip()}' was raised or lowered; now it is not.")
        text = self._printable(text)
        for marks, meaning in ((_BRACES, "a variable"), (_ICON, "an icon")):
            if found := marks.search(text):
                seen = text[found.start() : found.start() + WORDS_SHOWN].split("\n")[0].strip()
                self._brought.leave(f"'{seen}' got a space: it would be read as {meaning}.")
        return replace(run, text=text, raised="")

    def _printable(self, text: str) -> str:
        """A text without signs that no font has; letters stay, and are told of by the door."""
        if text.isascii():
            return text.replace("`", self._quote()) if "`" in text else text
        known = printable_characters()
        kept = []
        for index, c in enumerate(text):
            inside = text[max(index - 1, 0) : index + 2].strip(c)
            in_number = len(inside) > 1 and inside.isdigit()
            if (c in UNSEEN or c in _DIRECTIONS) and not in_number:
                self._brought.leave(f"{named_character(c)[4:-1]} was left out; nobody sees it.")
            elif c in known or c in READ_AS_SYMBOLS or c.isspace():
                kept.append(c)
            elif unicodedata.category(c) in ("So", "Sk", "Co", "Cn"):
                self._brought.leave(f"The sign {named_character(c)} is in no font; left out.")
            else:
                kept.append(c)
        text = "".join(kept)
        return text.replace("`", self._quote()) if "`" in text else text

    def _quote(self) -> str:
        self._brought.leave("A backtick was read as a quotation mark.")
        return "‘"

    def _emphasised(self, runs: list[Run]) -> list[Run]:
        """Runs whose emphasis neither begins nor ends with a space, nor stands inside a word."""
        parted: list[Run] = []
        for run in runs:
            bare = run.text.strip()
            if not (run.bold or run.italic) or run.raw:
                parted.append(run)
                continue
            if not bare:
                parted.append(replace(run, bold=False, italic=False))
                continue
            before, _, after = run.text.partition(bare)
            parted += [
                replace(run, text=before, bold=False, italic=False),
                replace(run, text=bare),
                replace(run, text=after, bold=False, italic=False),
            ]
        parted = [run for run in parted if run.text]
        for index, run in enumerate(parted):
            if not (run.bold or run.italic):
                continue
            left = parted[index - 1].text[-1:] if index else ""
            right = parted[index + 1].text[:1] if index + 1 < len(parted) else ""
            marked = index and (parted[index - 1].bold or parted[index - 1].italic) and left
            joined = (_is_word(left) and _is_word(run.text[0])) or (
                _is_word(right) and _is_word(run.text[-1])
            )
            flanked = (_is_word(left) and not _is_word(run.text[0])) or (
                _is_word(right) and not _is_word(run.text[-1])
            )
            number = run.text[-1] in ".,0123456789" and right in tuple("0123456789.,") and right
            if marked or joined or flanked or (number and right.isdigit()):
                if joined:
                    self._brought.leave(
                        f"'{run.text}' was bold or slanted inside a word; now it is plain."
                    )
                parted[index] = replace(run, bold=False, italic=False)
        return _merged(parted)

    def _linked(self, href: str, runs: list[Run]) -> str:
        words = "".join(self._marked(run) for run in runs)
        if not href or not words.strip():
            return words
        bare = words.strip()
        before, _, after = words.partition(bare)
        plain = "".join(run.text for run in runs).strip()
        if "\n" in bare:
            bare = bare.replace("\n", " ")
        if plain == href and re.match(r"https?://[^\s<>]+$", href):
            return f"{before}<{href}>{after}"
        return f"{before}[{bare}]({href}){after}"

    def _marked(self, run: Run) -> str:
        if run.raw:
            return run.text
        marks = "**" * run.bold + "*" * run.italic
        return "\n".join(
            f"{marks}{escaped(line.strip(' ') if marks else line)}{marks[::-1]}"
            if line.strip() else line
            for line in run.text.split("\n")
        )  # fmt: skip


def escaped(text: str) -> str:
    """A text in which nothing is taken for a mark inside a line."""
    text = _MARKS.sub(r"\\\g<0>", text)
    text = _BRACES.sub("{ ", text)
    text = _ICON.sub(": ", text)
    text = _ENTITY.sub("&amp;", text)
    return _TAG.sub("&lt;", text)


def line_start(line: str) -> str:
    """A line of words that is not taken for a heading, a list, a quotation or a block."""
    line = _SLASHES.sub(r"\1/ /", line)
    return _START.sub(
        lambda m: (
            f"{m[1]}{m[3]}\\{m[4]}" if m[3] else f"{m[1]}{'' if m[2] in ':=|' else chr(92)}{m[2]}"
        ),
        line,
        count=1,
    ) if _START.match(line) else line  # fmt: skip


def _gather(element: ET.Element, kind: Run, runs: list[Run]) -> None:
    """The runs of an element and what is in it, but not of what stands behind it."""
    if element.tag in ("note", "img", "ul", "ol", "table"):
        return
    if element.tag == "br":
        runs.append(replace(kind, text="\n"))
        return
    if element.tag == "call":
        runs.append(replace(kind, text=f"[^{element.get('name')}]", raw=True, href=""))
        return
    if element.tag in ("strong", "b"):
        kind = replace(kind, bold=True)
    elif element.tag in ("em", "i"):
        kind = replace(kind, italic=True)
    elif element.tag in ("sup", "sub"):
        kind = replace(kind, raised=element.tag)
    elif element.tag == "a":
        kind = replace(kind, href=element.get("href", ""))
    if element.text:
        runs.append(replace(kind, text=re.sub(r"[ \t\r\n\f]+", " ", element.text)))
    for child in element:
        _gather(child, kind, runs)
        if child.tail:
            runs.append(replace(kind, text=re.sub(r"[ \t\r\n\f]+", " ", child.tail)))


def _merged(runs: list[Run]) -> list[Run]:
    merged: list[Run] = []
    for run in runs:
        if not run.text:
            continue
        last = merged[-1] if merged else None
        if (
            last
            and not last.raw
            and not run.raw
            and replace(last, text="") == replace(run, text="")
        ):
            merged[-1] = replace(last, text=last.text + run.text)
        else:
            merged.append(run)
    return merged


def _is_word(character: str) -> bool:
    return bool(character) and character.isalnum()
