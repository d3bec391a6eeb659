"""The skeleton of a page: all that the style of its elements can depend on, without their words.

Two pages with the same skeleton and the same style sheets differ only in words, and in where links
and pictures lead to. So each element has the style of the one that stands in its place.
"""

from __future__ import annotations

import hashlib
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Mapping

FREE = ("href", "src", "alt")
"""Attributes whose values may differ, as far as no selector asks for them."""
_SELECTOR = re.compile(
    r"""\[\s*(?:href|src|alt)\s*([~|^$*]?)=\s*(?:"([^"]*)"|'([^']*)'|([^\]\s]*))"""
)
_TESTS: dict[str, Callable[[str, str], bool]] = {
    "": lambda value, wanted: value == wanted,
    "^": lambda value, wanted: value.startswith(wanted),
    "$": lambda value, wanted: value.endswith(wanted),
    "*": lambda value, wanted: wanted in value,
    "~": lambda value, wanted: wanted in value.split(),
    "|": lambda value, wanted: value == wanted or value.startswith(f"{wanted}-"),
}
_ASSET = re.compile(r"asset:([\w./-]+)")

Asked = tuple[tuple[str, str], ...]
"""What selectors ask of the values of free attributes: the sign of the test, and its word."""


def asked_of_values(css: tuple[str, ...]) -> Asked:
    """What the selectors of style sheets ask of the values of free attributes."""
    found = (match for text in css for match in _SELECTOR.finditer(text))
    return tuple(sorted({(m[1], m[2] or m[3] or m[4] or "") for m in found}))


def skeleton_of(element: ET.Element, asked: Asked) -> str:
    """A hash of an element and all inside it, without words, and values that are free.

    Whether there are words at all counts, because style sheets may ask for what is empty.
    """
    digest = hashlib.sha256()
    for part in _parts(element, asked):
        digest.update(part.encode() + b"\0")
    return digest.hexdigest()


def shell(element: ET.Element, asked: Asked) -> tuple[str, ...]:
    """What a selector may ask of an element itself: its name and its attributes."""
    parts = [str(element.tag)]
    for name, value in element.attrib.items():
        if name in FREE:
            value = "".join("01"[_TESTS[sign](value, word)] for sign, word in asked)
        parts += [name, value]
    return tuple(parts)


def _parts(element: ET.Element, asked: Asked) -> Iterator[str]:
    yield from shell(element, asked)
    yield f">{_kind(element.text)}"
    for child in element:
        yield from _parts(child, asked)
        yield _kind(child.tail)
    yield "<"


def _kind(text: str | None) -> str:
    """Whether there is text, and more than spaces."""
    return ("." if text.strip() else " ") if text else ""


def pairs(one: ET.Element, other: ET.Element) -> Iterator[tuple[ET.Element, ET.Element]]:
    """The elements of two trees of one skeleton that stand in the same place."""
    return zip(one.iter(), other.iter(), strict=True)


def digests_of(assets: tuple[tuple[str, bytes, str], ...]) -> dict[str, str]:
    """A hash of each picture, by name."""
    return {name: hashlib.sha256(kind.encode() + content).hexdigest()
            for name, content, kind in assets}  # fmt: skip


def differ(
    one: ET.Element, other: ET.Element, own: Mapping[str, str], others: Mapping[str, str]
) -> bool:
    """Whether two elements in the same place differ: in words of their own, links or pictures.

    Args:
        one: An element.
        other: That of another page.
        own: The hashes of the pictures of its page.
        others: Those of the other page.
    """
    if one.text != other.text or one.attrib != other.attrib:
        return True
    if any(a.tail != b.tail for a, b in zip(one, other, strict=True)):
        return True
    named = (name for value in one.attrib.values() for name in _ASSET.findall(value))
    return any(own.get(name) != others.get(name) for name in named)


def pictures_in_styles(css: tuple[str, ...], digests: Mapping[str, str]) -> tuple[str, ...]:
    """The hashes of the pictures that style sheets name."""
    names = sorted({name for text in css for name in _ASSET.findall(text)})
    return tuple(digests.get(name, "") for name in names)
