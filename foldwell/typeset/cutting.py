"""Cutting: what stands from a place on is taken out of an element, into one of the same kind.

Lists go on with their numbers, tables with their head, and an item that is torn has no second
mark. Every word stays, once (the head of a table aside), in the same order.
"""

from __future__ import annotations

import copy
import xml.etree.ElementTree as ET

from foldwell.typeset.measures import letters_of

PIECE, GOES_ON = "data-piece", "data-goes-on"
"""Mark what was cut, and what goes on with it: both say the same."""
AGAIN = "data-again"
"""Marks the head of a table where it is said once more."""


def cut(element: ET.Element, path: tuple[int, ...], letters: int, mark: str = "") -> ET.Element:
    """Take what stands from a place on out of an element.

    Args:
        element: What is cut; it keeps what stands before the place.
        path: The child of the child … before which it is cut.
        letters: How many characters, spaces not counted, of that child stay before the cut.
        mark: What no other cut of the page is called.

    Returns:
        The rest.
    """
    if not path:
        return _cut_words(element, letters, mark)[0]
    rest = _like(element, mark)
    index = path[0]
    children = list(element)
    if element.tag == "table":
        heads = [copy.deepcopy(child) for child in children if child.tag == "thead"]
        for head in heads:
            head.set(AGAIN, "")
        rest.extend(heads)
    if element.tag == "ol":
        _count_on(element, rest, children[:index], whole=len(path) == 1 and not letters)
    inner_path = path[1:]
    if not inner_path and not letters:
        moved = children[index:]
    else:
        inner = cut(children[index], inner_path, letters, f"{mark}." if mark else "")
        inner.tail, children[index].tail = children[index].tail, None
        rest.append(inner)
        moved = children[index + 1 :]
    for child in moved:
        element.remove(child)
        rest.append(child)
    return rest


def _like(element: ET.Element, mark: str = "") -> ET.Element:
    """An empty element of the same kind; what is named stays where it begins."""
    kept = {k: v for k, v in element.attrib.items() if k not in ("id", PIECE)}
    rest = ET.Element(element.tag, kept)
    if mark:
        element.set(PIECE, element.get(PIECE, mark))
        rest.set(GOES_ON, element.get(PIECE, mark))
    if element.tag == "li":
        add_style(rest, "list-style: none")
    return rest


def _count_on(
    element: ET.Element, rest: ET.Element, before: list[ET.Element], *, whole: bool
) -> None:
    """Let a numbered list go on with its next number."""
    start = int(element.get("start", "1")) - 1
    done = start + sum(item.tag == "li" for item in before) + (0 if whole else 1)
    rest.attrib.pop("style", None)
    rest.set("start", str(done + 1))
    rest.set("style", f"counter-reset: list-item {done} step {done}")


def add_style(element: ET.Element, style: str) -> None:
    """Add to the style that an element itself gives."""
    own = element.get("style")
    element.set("style", f"{own}; {style}" if own else style)


def _cut_words(element: ET.Element, letters: int, mark: str = "") -> tuple[ET.Element, int]:
    """Take the words behind so many letters out of an element."""
    rest = _like(element, mark)
    head, tail = _parted(element.text, letters)
    if tail is not None:
        element.text, rest.text = head, tail
        _move(element, rest, 0)
        return rest, 0
    letters -= _count(element.text)
    for index, child in enumerate(list(element)):
        inside = letters_of(child)
        if letters < inside:
            inner, _ = _cut_words(child, letters)
            inner.tail, child.tail = child.tail, None
            rest.append(inner)
            _move(element, rest, index + 1)
            return rest, 0
        letters -= inside
        head, tail = _parted(child.tail, letters)
        if tail is not None:
            child.tail, rest.text = head, tail
            _move(element, rest, index + 1)
            return rest, 0
        letters -= _count(child.tail)
    return rest, letters


def _move(element: ET.Element, rest: ET.Element, first: int) -> None:
    for child in list(element)[first:]:
        element.remove(child)
        rest.append(child)


def _count(text: str | None) -> int:
    return len("".join((text or "").split()))


def _parted(text: str | None, letters: int) -> tuple[str, str | None]:
    """A text before and behind so many letters; nothing behind when it has no more of them."""
    text = text or ""
    if letters >= _count(text):
        return text, None
    seen = 0
    for index, character in enumerate(text):
        if not character.isspace():
            if seen == letters:
                return text[:index].rstrip(), text[index:]
            seen += 1
    return text, None
