"""The feet of stamped pages: what stands in the margins is laid out anew, in other words."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import tinycss2
from weasyprint.formatting_structure import boxes
from weasyprint.layout.page import make_margin_boxes

_FOOT = re.compile(r"@(?:top|bottom)-[a-z-]+ \{[^{}]*\}")


def without_feet(css: tuple[str, ...]) -> tuple[str, ...]:
    """Style sheets without the words that stand in the margins of pages."""
    return tuple(_FOOT.sub(lambda foot: _parted(foot.group())[0], text) for text in css)


def other_words(css: tuple[str, ...], other: tuple[str, ...]) -> dict[str, str] | None:
    """What stands in the margins of other pages in the place of each of the words of some.

    Args:
        css: Style sheets of the pages.
        other: Those of the others; the same but for the words.

    Returns:
        Other words by words; None if the same words have two in their place.
    """
    found: dict[str, str] = {}
    for one, two in zip(css, other, strict=True):
        for foot, same in zip(_FOOT.findall(one), _FOOT.findall(two), strict=True):
            for words, others in zip(_parted(foot)[1], _parted(same)[1], strict=True):
                if found.setdefault(words, others) != others:
                    return None
    return found


def _parted(foot: str) -> tuple[str, list[str]]:
    """A rule without its words, and its words."""
    words = list[str]()
    out = "".join(_blank(token, words) for token in tinycss2.parse_component_value_list(foot))
    return out, words


def _blank(token: Any, words: list[str]) -> str:
    if token.type == "string":
        words.append(token.value)
        return '""'
    if token.type == "{} block":
        return "{" + "".join(_blank(one, words) for one in token.content) + "}"
    return str(token.serialize())


def replace_feet(context: Any, page: Any, number: int, words: Mapping[str, str]) -> None:
    """Lay out what stands in the margins of a page anew.

    Args:
        context: The engine's context of the page.
        page: The page's box, which is changed.
        number: The number of the page.
        words: Other words by those that stood there.
    """
    if all(one == two for one, two in words.items()):
        return
    styles = context.style_for

    def other_styles(element: Any, pseudo_type: Any = None) -> Any:
        style = styles(element, pseudo_type)
        if style is None or element is not page.page_type or pseudo_type is None:
            return style
        content = style["content"]
        if content in ("normal", "inhibit", "none"):
            return style
        style = style.copy()
        style["content"] = tuple(
            ("string", words.get(value, value)) if kind == "string" else (kind, value)
            for kind, value in content
        )
        return style

    before = context.current_page
    context.style_for, context.current_page = other_styles, number
    try:
        feet = list(make_margin_boxes(context, page, context.page_maker[number][3]))
    finally:
        context.style_for, context.current_page = styles, before
    rest = [child for child in page.children if not isinstance(child, boxes.MarginBox)]
    page.children = (*rest, *feet)
