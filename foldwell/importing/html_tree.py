"""HTML as a tree of what a leaflet may hold: cleaned by a library, with limits on its depth."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from html import unescape
from html.parser import HTMLParser

from foldwell.errors import FoldwellError
from foldwell.importing.brought import DEPTH_LIMIT, Brought

_TAGS = frozenset(
    "a abbr address article aside b blockquote br button caption center cite code dd del "
    "details div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd "
    "label li main mark nav ol p pre q s samp section small span strike strong sub summary "
    "sup table tbody td tfoot th thead time tr tt u ul var".split()
)
"""What nh3 keeps; words inside other elements stay, but for those of scripts and styles."""
_ATTRIBUTES = {
    "*": {"id", "class", "hidden", "style"},
    "a": {"href", "title"},
    "img": {"src", "alt", "title"},
    "li": {"value"},
    "ol": {"start", "type"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_DROPPED = {
    "script": "a script", "iframe": "a frame with another page", "object": "an embedded object",
    "embed": "an embedded object", "video": "a video", "audio": "a sound", "form": "a form",
    "svg": "a drawing inside the page", "canvas": "a drawing inside the page",
    "math": "a formula", "select": "a field of a form", "textarea": "a field of a form",
}  # fmt: skip
_WITH_CONTENT = frozenset(
    ["script", "style", "iframe", "object", "video", "audio", "svg", "canvas", "math", "select",
     "textarea", "noscript", "template", "head", "title"]
)  # fmt: skip

_UNSEEN = re.compile(r"(?i)\bdisplay\s*:\s*none\b|\bvisibility\s*:\s*(?:hidden|collapse)\b")
"""A style that hides what it is given to."""


class _Look(HTMLParser):
    """How deep a page is, and what of it has no place in a leaflet."""

    def __init__(self, brought: Brought) -> None:
        super().__init__()
        self._brought = brought
        self._depth = self.deepest = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _DROPPED:
            self._brought.leave(f"The page held {_DROPPED[tag]}, which was left behind.")
        if tag not in _VOID:
            self._depth += 1
            self.deepest = max(self.deepest, self._depth)

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            self._depth = max(0, self._depth - 1)


def read_tree(html: str, brought: Brought) -> ET.Element:
    """The body of a page, cleaned.

    Args:
        html: The page, or a part of one.
        brought: What was left behind is noted here.

    Raises:
        FoldwellError: If elements stand too deep in one another.
    """
    import nh3
    import tinyhtml5

    look = _Look(brought)
    look.feed(html)
    if look.deepest > DEPTH_LIMIT * 4:  # elements that nobody closed are counted too
        raise FoldwellError(
            "What stands in this page is nested too deep.", None, "Copy its words into a text file."
        )
    clean = nh3.clean(
        html,
        tags=set(_TAGS),
        clean_content_tags=set(_WITH_CONTENT),
        attributes=_ATTRIBUTES,
        url_schemes={"http", "https", "mailto", "tel", "data", "file"},
        link_rel=None,
        strip_comments=True,
    )
    root = tinyhtml5.parse(clean, namespace_html_elements=False)
    body: ET.Element = root.find("body") if root.find("body") is not None else root
    for element in body.iter():
        element.tag = str(element.tag)
    _leave_hidden(body, brought)
    return body


def _leave_hidden(parent: ET.Element, brought: Brought) -> None:
    """Take out what no reader of the page sees; what stands behind it stays."""
    before: ET.Element | None = None
    for child in [*parent]:
        style = child.attrib.pop("style", "")
        if child.attrib.pop("hidden", None) is None and not _UNSEEN.search(style):
            _leave_hidden(child, brought)
            before = child
            continue
        if words := " ".join("".join(child.itertext()).split()):
            brought.leave(f"Hidden words were left out: '{words[:80]}'.")
        if before is None:
            parent.text = (parent.text or "") + (child.tail or "")
        else:
            before.tail = (before.tail or "") + (child.tail or "")
        parent.remove(child)


def title_of(html: str) -> str:
    """The words of ``<title>``."""
    match = re.search(r"(?is)<title[^>]*>(.*?)</title>", html[:100_000])
    return " ".join(unescape(match[1]).split()) if match else ""


def language_of(html: str) -> str:
    """What ``<html lang>`` says."""
    match = re.search(r"""(?is)<html[^>]*?\blang\s*=\s*["']?([A-Za-z-]+)""", html[:100_000])
    return match[1] if match else ""
