"""Cleaning HTML with nh3: nothing is left but the tags and attributes that leaflets have."""

from __future__ import annotations

import nh3

_TAGS = {
    "a", "abbr", "br", "blockquote", "dd", "div", "dl", "dt", "em", "figcaption", "figure", "h2",
    "h3", "h4", "hr", "img", "li", "ol", "p", "section", "span", "strong", "sup", "table", "tbody",
    "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES: dict[str, set[str]] = {
    "*": {"class", "id"},
    "a": {"href"},
    "abbr": {"title"},
    "img": {"src", "alt"},
    "li": {"value", "style"},
    "ol": {"start", "style"},
    "td": {"style"},
    "th": {"style", "scope"},
}
_STYLES = {"text-align", "counter-reset", "counter-increment", "list-style-type"}
_SCHEMES = {"http", "https", "mailto", "tel", "asset"}


_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    attributes=_ATTRIBUTES,
    url_schemes=_SCHEMES,
    link_rel=None,
    filter_style_properties=_STYLES,
)
"""One for all texts: to make it takes longer than to clean most of them."""


def clean(text: str) -> str:
    """The text with nothing else in it; what is clean stays as it is."""
    return _CLEANER.clean(text)
