"""Paragraphs that are bold from end to end: headings of a writer who does not use the styles.

They are read as headings where nothing else can be meant: the text has no headings of its own, and
two or more short bold lines stand before words that are not bold. Else the lines stay as they are,
and it is said.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import pairwise

from foldwell.importing.brought import Brought, words_of

MOST_WORDS, MOST_LETTERS = 10, 70
"""A heading is no longer."""
FEWEST = 2
"""A single bold line may be meant to stand out and no more."""
_SENTENCE = re.compile(r"[.!:;,…]$")
_HEADINGS = frozenset(["h2", "h3", "h4", "h5", "h6"])
_TEXT = frozenset(["p", "ul", "ol", "table", "dl"])
_HOLDERS = frozenset(["body", "div"])


def read_bold_lines(brought: Brought) -> None:
    """Make headings of bold lines where that is certain, and say what was done or left."""
    found = list(_bold_lines(brought.body))
    if not found:
        return
    own = any(element.tag in _HEADINGS for element in brought.body.iter())
    if own or len(found) < FEWEST:
        for line in found:
            brought.leave(
                f"'{words_of(line)}' is bold from end to end and may be a heading; it was left as"
                " it is. Put '## ' before it, and take the '**' away, if it is one."
            )
        return
    for line in found:
        line.tag = "h2"
        _unbolded(line)
        brought.leave(f"The bold line '{words_of(line)}' was read as a heading.")


def _bold_lines(body: ET.Element) -> Iterator[ET.Element]:
    """Short lines that are wholly bold, each right before words that are not."""
    for parent in body.iter():
        if parent.tag not in _HOLDERS:
            continue
        blocks = [child for child in parent if child.tag != "note"]
        for line, after in pairwise(blocks):
            if _is_line(line) and after.tag in _TEXT and not _is_bold(after) and words_of(after):
                yield line


def _is_line(element: ET.Element) -> bool:
    words = words_of(element)
    short = len(words.split()) <= MOST_WORDS and len(words) <= MOST_LETTERS
    titled = element.get("class") in ("title", "caption", "label")
    plain = not any(inner.tag in ("br", "img", "call", "a", "note") for inner in element.iter())
    bold = element.tag == "p" and not titled and _is_bold(element)
    return bold and short and plain and not _SENTENCE.search(words)


def _is_bold(element: ET.Element) -> bool:
    """Whether all of its words are bold."""
    if element.tag != "p" or (element.text or "").strip():
        return False
    inner = [child for child in element if words_of(child)]
    return bool(inner) and all(
        child.tag == "strong" and not (child.tail or "").strip() for child in inner
    )


def _unbolded(line: ET.Element) -> None:
    """A heading is bold by itself; what is raised or slanted in it stays so."""
    for child in line.findall("strong"):
        child.tag = "span"
