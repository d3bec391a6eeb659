"""Pages that are parsed again: one with the tags of a page before it has its tree, in other words.

The pages of one leaflet have the same elements for every clinic. A tree is kept that was parsed
with signs in the place of words and of what links, pictures and their words say; where the signs
came out, there go the words of another page. Whatever is not surely read so is parsed.
"""

from __future__ import annotations

import copy
import hashlib
import html
import re
import xml.etree.ElementTree as ET
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from cssselect2 import ElementWrapper
from weasyprint import HTML

from foldwell.typeset.fetching import BASE_URL
from foldwell.typeset.page_words import Word, numbered, taken_apart
from foldwell.typeset.stamping import is_on

KEPT = 32
_UNSURE = re.compile(
    r"[\0\r\ue100\ue101]|<[!?](?!doctype html>)|"
    r"<(?:script|style|textarea|plaintext|xmp|pre|base)\b|&(?!(?:amp|lt|gt|quot|#\d+|#x[0-9a-f]+);)",
    re.IGNORECASE,
)
"""What is read in ways of its own: comments, raw text, rare references."""
_SIGN = re.compile(r"(\s*)\ue100(\d+)\ue101(\s*)")
Place = tuple[int, str]
"""The number of an element in its tree, and which of its parts: text, tail, or an attribute."""


@dataclass(frozen=True)
class _Kept:
    """A page that was parsed with signs.

    Attributes:
        page: The engine's document of it; it is never laid out.
        places: For each sign where it came out, with the spaces around it.
    """

    page: Any
    places: tuple[tuple[Place, str, str], ...]

    def filled(self, words: list[str], fetcher: Any) -> Any:
        """The engine's document of a page with other words."""
        page = copy.copy(self.page)
        root = copy.deepcopy(self.page.etree_element)
        elements = [*root.iter()]
        pairs = zip(self.places, words, strict=True)
        for which, (((number, part), before, after), text) in enumerate(pairs):
            said = Word(before + html.unescape(text) + after, which)
            if part in ("text", "tail"):
                setattr(elements[number], part, said)
            else:
                elements[number].set(part, said)
        page.url_fetcher, page.etree_element = fetcher, root
        page.wrapper_element = ElementWrapper.from_html_root(root, content_language=None)
        return page


_kept: OrderedDict[bytes, _Kept | None] = OrderedDict()


def parsed(text: str, fetcher: Any) -> Any:
    """The engine's document of a page.

    Args:
        text: The page as HTML.
        fetcher: Gives the engine its pictures.
    """
    if not is_on() or _UNSURE.search(text):
        return HTML(string=text, base_url=BASE_URL, url_fetcher=fetcher)
    shape, words = taken_apart(text)
    key = hashlib.sha256(shape.encode()).digest()
    if found := _kept.get(key):
        _kept.move_to_end(key)
        return found.filled(words, fetcher)
    page = HTML(string=text, base_url=BASE_URL, url_fetcher=fetcher)
    if key not in _kept:
        _kept[key] = _learned(shape, words, page)
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
        if learned := _kept[key]:
            return learned.filled(words, fetcher)
    return page


def _learned(shape: str, words: list[str], page: Any) -> _Kept | None:
    """A page that was parsed with signs; None if that does not give what the words give."""
    signed = HTML(string=numbered(shape), base_url=BASE_URL)
    places = dict[int, tuple[Place, str, str]]()
    for place, text in _said(signed.etree_element):
        if "\ue100" in text:
            found = _SIGN.fullmatch(text)
            if found is None or int(found[2]) in places:
                return None
            places[int(found[2])] = place, found[1], found[3]
    if len(places) != len(words):
        return None
    kept = _Kept(signed, tuple(places[number] for number in range(len(words))))
    again = kept.filled(words, None).etree_element
    return kept if ET.tostring(again) == ET.tostring(page.etree_element) else None


def _said(root: ET.Element) -> Iterator[tuple[Place, str]]:
    """All texts of a tree."""
    for number, element in enumerate(root.iter()):
        for part in ("text", "tail"):
            if text := getattr(element, part):
                yield (number, part), text
        for name, value in element.attrib.items():
            yield (number, name), value
