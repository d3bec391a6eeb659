"""A tree of any writer's brought into one shape: what means the same is written the same."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator

from foldwell.importing.bold_lines import read_bold_lines
from foldwell.importing.brought import BLOCKS, Brought, words_of

_RENAMED = {
    "b": "strong", "i": "em", "article": "div", "section": "div", "main": "div", "header": "div",
    "footer": "div", "aside": "div", "center": "div", "address": "p", "button": "p",
    "summary": "h6", "details": "div", "pre": "p",
}  # fmt: skip
_PLAIN = frozenset("abbr cite code dd_ ins kbd mark q samp small span time tt var label".split())
_INLINE = frozenset("span a strong em sup sub p".split())
_HOLDS = BLOCKS - {"img", "note", "footnote"}
_GONE = frozenset(["del", "s", "strike"])
_BULLET = re.compile(r"\s*([•·●◦‣▪■►➢○–—]|[-*o](?=\s))\s*")
_NUMBER = re.compile(r"\s*(\d{1,3})[.)]\s+")
_BY_HAND_LIMIT = 2
"""So many paragraphs behind one another that start with a bullet or the next number are a list."""


def shape(brought: Brought) -> None:
    """Bring what was read into the shape that is written."""
    _main_part(brought)
    for parent in list(brought.body.iter()):
        _children(parent, brought)
    for element in reversed(list(brought.body.iter())):
        if element.tag in _INLINE and any(child.tag in _HOLDS for child in element):
            element.tag = "div"  # words round headings and lists are no emphasis and no link
    for parent in list(brought.body.iter()):
        _frames(parent)
    for parent in list(brought.body.iter()):
        if parent.tag in ("body", "div", "blockquote", "dd"):
            _lists_by_hand(parent, brought)
            _captions(parent)
    read_bold_lines(brought)
    _take_title(brought)


def _main_part(brought: Brought) -> None:
    """Only the main part of a page that says which it is."""
    main = brought.body.find(".//main")
    if main is None:
        articles = brought.body.findall(".//article")
        main = articles[0] if len(articles) == 1 else None
    if main is not None and words_of(main):
        rest = words_of(brought.body).replace(words_of(main), " ").strip()
        if rest:
            brought.leave(f"What stood around the page's main part was left out: '{rest[:120]}…'.")
        body = ET.Element("body")
        body.append(main)
        main.tail = None
        brought.body = body
    for parent in list(brought.body.iter()):
        for child in parent.findall("nav"):
            brought.leave(f"A menu was left out: '{words_of(child)[:80]}'.")
            _remove(parent, child)


def _children(parent: ET.Element, brought: Brought) -> None:
    for child in list(parent):
        if child.tag in _GONE:
            brought.leave(f"Words that are struck through were left out: '{words_of(child)[:80]}'.")
            _remove(parent, child)
            continue
        if child.tag == "u" and words_of(child):
            brought.leave("Underlining was left out; readers take it for a link.")
        if child.tag == "pre":
            _keep_lines(child)
        if child.tag == "figure":
            _caption_of(child)
        child.tag = _RENAMED.get(
            child.tag, "span" if child.tag in _PLAIN or child.tag == "u" else child.tag
        )


def _keep_lines(pre: ET.Element) -> None:
    for element in list(pre.iter()):
        for text, put in ((element.text, "text"), (element.tail, "tail")):
            if not text or "\n" not in text or (put == "tail" and element is pre):
                continue
            first, *rest = text.strip("\n").split("\n")
            breaks = []
            for line in rest:
                breaks.append(ET.Element("br"))
                breaks[-1].tail = line
            setattr(element, put, first)
            if put == "text":
                element[0:0] = breaks


def _caption_of(figure: ET.Element) -> None:
    caption = next(iter(figure.iter("figcaption")), None)
    picture = next(iter(figure.iter("img")), None)
    figure.tag = "div"
    if caption is None:
        return
    if picture is not None:
        picture.set("caption", words_of(caption))
        for parent in list(figure.iter()):
            if caption in list(parent):
                _remove(parent, caption)
    else:
        caption.tag = "p"


def _frames(parent: ET.Element) -> None:
    """Items that hold nothing but a list lend their place to it."""
    if parent.tag not in ("ul", "ol"):
        return
    for item in list(parent):
        inner = list(item)
        only = item.tag == "li" and len(inner) == 1 and inner[0].tag in ("ul", "ol")
        if only and not (item.text or "").strip() and not (inner[0].tail or "").strip():
            at = list(parent).index(item)
            before = parent[at - 1] if at else None
            if before is not None and before.tag == "li":
                before.append(inner[0])
                parent.remove(item)
            else:
                parent[at : at + 1] = list(inner[0])


def _lists_by_hand(parent: ET.Element, brought: Brought) -> None:
    """Paragraphs that start with bullets, or with numbers that count on, are lists."""
    runs: list[tuple[str, list[tuple[ET.Element, int]]]] = []
    for child in parent:
        kind, number = _mark_of(child)
        last = runs[-1] if runs else ("", [])
        goes_on = kind and last[0] == kind and (kind == "ul" or number == last[1][-1][1] + 1)
        if goes_on:
            last[1].append((child, number))
        else:
            runs.append((kind, [(child, number)]))
    for kind, run in runs:
        if not kind or len(run) < _BY_HAND_LIMIT:
            continue
        made = ET.Element(kind, {"start": str(run[0][1])} if kind == "ol" else {})
        for child, _ in run:
            child.tag = "li"
            holder = _first_holder(child)
            pattern = _BULLET if kind == "ul" else _NUMBER
            holder.text = pattern.sub("", holder.text or "", count=1)
            child.tail = None
        at = list(parent).index(run[0][0])
        for child, _ in run:
            parent.remove(child)
            made.append(child)
        parent.insert(at, made)
        what = "bullets" if kind == "ul" else "numbers"
        brought.leave(f"Paragraphs that started with typed {what} were read as a list.")


def _first_holder(element: ET.Element) -> ET.Element:
    while not (element.text or "").strip() and len(element):
        element = element[0]
    return element


def _mark_of(element: ET.Element) -> tuple[str, int]:
    if element.tag != "p" or any(child.tag in BLOCKS for child in element):
        return "", 0
    text = _first_holder(element).text or ""
    if (match := _NUMBER.match(text)) and words_of(element) != text[: match.end()].strip():
        return "ol", int(match[1])
    bullet = _BULLET.match(text)
    return ("ul", 0) if bullet and len(words_of(element)) > 1 else ("", 0)


def _captions(parent: ET.Element) -> None:
    """The paragraph of a caption below a picture becomes the picture's."""
    before: ET.Element | None = None
    for child in list(parent):
        pictures = list(before.iter("img")) if before is not None else []
        if child.get("class") == "caption" and len(pictures) == 1 and before is not None:
            pictures[0].set("caption", words_of(child))
            _remove(parent, child)
            continue
        before = child


def _take_title(brought: Brought) -> None:
    """The title leaves the text: a paragraph that is styled so, or the only first-level heading."""
    blocks = [(parent, child) for parent, child in _in_order(brought.body) if words_of(child)]
    titled = [pair for pair in blocks if pair[1].get("class") == "title"]
    if titled:
        parent, found = titled[0]
    else:
        tops = [pair for pair in blocks if pair[1].tag == "h1"]
        first = next((pair for pair in blocks if pair[1].tag in _HEADINGS), None)
        if len(tops) != 1 or first is None or first[1] is not tops[0][1]:
            return
        parent, found = tops[0]
    if len(words_of(found)) > 200:
        return
    brought.title = words_of(found)
    pictures = list(found.iter("img"))
    at = list(parent).index(found)
    parent[at : at + 1] = pictures


_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])


def _in_order(element: ET.Element) -> Iterator[tuple[ET.Element, ET.Element]]:
    for child in element:
        if child.tag == "div":
            yield from _in_order(child)
        else:
            yield element, child


def _remove(parent: ET.Element, child: ET.Element) -> None:
    """Take an element out; the words behind it stay."""
    at = list(parent).index(child)
    if child.tail:
        if at:
            parent[at - 1].tail = (parent[at - 1].tail or "") + child.tail
        else:
            parent.text = (parent.text or "") + child.tail
    parent.remove(child)
