"""Web addresses in the words of a leaflet: links on a screen, short and readable on paper."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

from markdown.util import AtomicString

from foldwell.content.links import short, without_tracking
from foldwell.typeset.reading import Reading

_BARE = re.compile(
    r"(?<![\w/=@])https?://[^\s<>()\[\]\ue000\ue001]*[^\s<>()\[\]\ue000\ue001.,;:!?'\"*_]"
)
_WHOLE = re.compile(r"https?://\S+")
_KEPT = frozenset(["a", "code", "pre", "style", "script"])


def link_addresses(root: ET.Element) -> None:
    """Make a link of each address that stands in the text alone."""
    for element in [*root.iter()]:
        if element.tag in _KEPT:
            continue
        for index, child in reversed([*enumerate(element)]):
            child.tail, links = _parted(child.tail)
            for place, link in enumerate(links, index + 1):
                element.insert(place, link)
        element.text, links = _parted(element.text)
        for place, link in enumerate(links):
            element.insert(place, link)


def _parted(text: str | None) -> tuple[str | None, list[ET.Element]]:
    """What stands before the first address of a text, and a link for each with what follows it."""
    found = [*_BARE.finditer(text)] if text and "://" in text else []
    if text is None or not found:
        return text, []
    ends = [match.start() for match in found[1:]] + [len(text)]
    links = []
    for match, end in zip(found, ends, strict=True):
        link = ET.Element("a", {"href": match[0]})
        link.text = AtomicString(match[0])
        link.tail = text[match.end() : end]
        links.append(link)
    return text[: found[0].start()], links


def show_address(link: ET.Element, words: str, title: str, reading: Reading) -> None:
    """Print a link's address without its scheme; on paper, behind words that do not say it.

    Args:
        link: The link.
        words: All its words.
        title: What it has to say beside them.
        reading: For which medium it is read.
    """
    href = link.get("href", "")
    if len(link) == 0 and _WHOLE.fullmatch(words):
        link.text = words = short(words)
    said = [title]
    if _WHOLE.match(href) and not reading.setting.links_back:
        said.append(short(without_tracking(href)))
    if said := [more for more in said if more and more.casefold() not in words.casefold()]:
        link.tail = f" ({', '.join(said)}){link.tail or ''}"
