"""Rule L7 for web pages: whether text can be read in the light, in the dark and when printed.

A finished page is read as a browser reads it, as far as its colours go: its own style sheet, the
cascade (CSS Cascade 4), custom properties, what is inherited. Every text is held against the
nearest ground behind it. Pages of ours paint their grounds on elements, never with pictures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import cssselect2
import tinycss2
import tinyhtml5

from foldwell.content.colours import (
    TEXT_CONTRAST,
    contrast,
    css_colour,
    nearest_passing,
)
from foldwell.finding import Finding
from foldwell.rules import Severity

RULE = "L7"
LIGHT, DARK, PRINT = "in the light", "in the dark", "printed"
SHOWN = 40
_DATA = re.compile(r'url\("data:[^"]*"\)')
_STYLE = re.compile(r"(?s)<style>(.*?)</style>")
_UNSEEN = frozenset(["head", "style", "script", "title", "svg", "meta"])
_DEPTH = 16
"""How often custom properties may name one another."""


@dataclass
class _Look:
    """What reaches an element from its ancestors."""

    colour: str
    ground: str
    custom: Mapping[str, str]


def check_web_contrast(page: str) -> list[Finding]:
    """Texts of a web page that cannot be read, each pair of colours once for each way to see it."""
    style = _DATA.sub("none", "\n".join(_STYLE.findall(page)))
    root = tinyhtml5.parse(_DATA.sub("", _STYLE.sub("", page)), namespace_html_elements=False)
    wrapper = cssselect2.ElementWrapper.from_html_root(root)
    found: dict[tuple[str, str, str], str] = {}
    for mode, matcher in _matchers(style):
        for words, colour, ground in _texts(wrapper, matcher, _Look("#000000", "#ffffff", {})):
            if contrast(colour, ground) < TEXT_CONTRAST:
                found.setdefault((mode, colour, ground), words)
    return [
        Finding(
            RULE,
            Severity.ERROR,
            f"On the web page, {mode}, '{words}' is {colour} on {ground}: a contrast of"
            f" {contrast(colour, ground):.1f}:1, and {TEXT_CONTRAST}:1 is needed.",
            f"The nearest shade that passes is {nearest_passing(colour, ground)}.",
        )
        for (mode, colour, ground), words in found.items()
    ]


@lru_cache(maxsize=16)  # pages of one brand and language have the same
def _matchers(style: str) -> tuple[tuple[str, Any], ...]:
    """For each way to see a page, what finds the declarations for an element."""
    rules = tinycss2.parse_stylesheet(style, True, True)
    return tuple((mode, _matcher(rules, mode)) for mode in (LIGHT, DARK, PRINT))


def _matcher(rules: list[Any], mode: str) -> Any:
    matcher = cssselect2.Matcher()
    for rule in _of_mode(rules, mode):
        declared = [
            (one.lower_name if not one.name.startswith("--") else one.name,
             tinycss2.serialize(one.value).strip())
            for one in tinycss2.parse_blocks_contents(rule.content, True, True)
            if one.type == "declaration"
            and (one.name.startswith("--") or one.lower_name in ("color", "background",
                                                                 "background-color"))
        ]  # fmt: skip
        if not declared:
            continue
        try:
            selectors = cssselect2.compile_selector_list(rule.prelude)
        except cssselect2.SelectorError:
            continue
        for selector in selectors:
            if selector.pseudo_element in (None, "before"):
                matcher.add_selector(selector, declared)
    return matcher


def _of_mode(rules: list[Any], mode: str) -> Iterator[Any]:
    """The rules that hold in a way to see a page."""
    for rule in rules:
        if rule.type == "qualified-rule":
            yield rule
        elif rule.type == "at-rule" and rule.lower_at_keyword == "media":
            asked = tinycss2.serialize(rule.prelude).strip().lower()
            holds = "print" in asked if mode == PRINT else "print" not in asked
            if "prefers-color-scheme" in asked:
                holds = mode == DARK and "dark" in asked
            if holds and "reduced-motion" not in asked:
                inner = tinycss2.parse_rule_list(rule.content, True, True)
                yield from _of_mode(inner, mode)


def _texts(element: Any, matcher: Any, look: _Look) -> Iterator[tuple[str, str, str]]:
    """The texts of an element and all in it: words, colour, and what is behind them."""
    if element.local_name in _UNSEEN or element.local_name is None:
        return
    own, before = _declared(element, matcher)
    here = _looked(own, look)
    if before:
        marked = _looked(before, here)
        yield f"the mark of {_shown(element)}", marked.colour, marked.ground
    if words := _shown(element):
        yield words, here.colour, here.ground
    for child in element.iter_children():
        yield from _texts(child, matcher, here)


def _shown(element: Any) -> str:
    """The words of an element that stand in no element inside it."""
    tree = element.etree_element
    words = [tree.text or "", *(child.tail or "" for child in tree)]
    return " ".join(" ".join(words).split())[:SHOWN]


def _declared(element: Any, matcher: Any) -> tuple[dict[str, str], dict[str, str]]:
    """What holds for an element, and for the mark before it."""
    own: dict[str, str] = {}
    before: dict[str, str] = {}
    for _, _, pseudo, declared in matcher.match(element):
        for name, value in declared:
            (before if pseudo == "before" else own)[name] = value
            if name == "background":
                (before if pseudo == "before" else own).pop("background-color", None)
    return own, before


def _looked(declared: Mapping[str, str], above: _Look) -> _Look:
    """What an element looks like, given what stands above it."""
    custom = {**above.custom, **{n: v for n, v in declared.items() if n.startswith("--")}}
    colour, ground = above.colour, above.ground
    if value := declared.get("color"):
        named = _resolved(value, custom)
        colour = css_colour(named) or colour
    for name in ("background", "background-color"):
        for part in _resolved(declared.get(name, ""), custom).split():
            if part.lower() == "currentcolor":
                ground = colour
            elif seen := css_colour(part):
                ground = seen
    return _Look(colour, ground, custom)


_VAR = re.compile(r"var\(\s*(--[\w-]+)\s*(?:,([^()]*))?\)")


def _resolved(value: str, custom: Mapping[str, str]) -> str:
    """A value with its custom properties put in."""
    for _ in range(_DEPTH):
        made = _VAR.sub(lambda match: custom.get(match[1], match[2] or ""), value)
        if made == value:
            break
        value = made
    return value
