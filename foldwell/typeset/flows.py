"""Flows: the parts of a page whose blocks are set one after another on panels and pages.

A template marks a flow with the class ``flow``. Its blocks are its children; those of ``main``
and of what has one of the classes in ``THROUGH`` count as its own.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from foldwell.typeset.measures import classes_of

THROUGH = frozenset(["through", "panel", "text", "closing"])
"""Classes of what only holds blocks; it has no border, padding or margin of its own."""

Place = Literal["full", "column", "side"]


@dataclass(frozen=True)
class FlowBlock:
    """A block of a flow, not yet measured.

    Attributes:
        element: Its element.
        path: Which child of which child of the flow it is.
        place: Whether it is as wide as the page, stands in a column, or beside the text.
    """

    element: ET.Element
    path: tuple[int, ...]
    place: Place


@dataclass(frozen=True)
class Flow:
    """A flow.

    Attributes:
        element: Its element.
        part: What its panels are called; empty where the pages have no names.
        blocks: Its blocks, in reading order.
    """

    element: ET.Element
    part: str
    blocks: tuple[FlowBlock, ...]


def flows_of(body: ET.Element, parts: frozenset[str]) -> tuple[Flow, ...]:
    """The flows of a page, in reading order.

    Args:
        body: The body of the page.
        parts: The names that parts may have.
    """
    found = []
    for element in body:
        classes = classes_of(element)
        if "flow" in classes:
            part = next(iter(sorted(classes & parts)), "")
            found.append(Flow(element, part, tuple(_blocks(element))))
    return tuple(found)


def _blocks(flow: ET.Element) -> Iterator[FlowBlock]:
    for path, element, inside in _walk(flow, (), frozenset()):
        yield FlowBlock(element, path, _place(element, inside))


def _walk(
    parent: ET.Element, path: tuple[int, ...], inside: frozenset[str]
) -> Iterator[tuple[tuple[int, ...], ET.Element, frozenset[str]]]:
    children = list(parent)
    for index, child in enumerate(children):
        if not isinstance(child.tag, str):
            continue  # a comment
        classes = classes_of(child)
        if child.tag == "main" or classes & THROUGH:
            more = inside | classes | ({"main"} if child.tag == "main" else set())
            yield from _walk(child, (*path, index), more)
        else:
            follower = children[index + 1] if index + 1 < len(children) else None
            wide = child.tag == "h2" and follower is not None and _is_wide(follower)
            # A note to what is as wide as the page stands under it, as wide.
            wide |= child.tag == "p" and index > 0 and _is_wide(children[index - 1])
            yield (*path, index), child, inside | ({"by-wide"} if wide else set())


def _is_wide(element: ET.Element) -> bool:
    """Whether a block is as wide as the page where the text stands in columns."""
    return bool(classes_of(element) & {"table", "block-timeline", "block-contact", "wide"})


def _place(element: ET.Element, inside: frozenset[str]) -> Place:
    if {"lead-part", "panel"} <= inside:
        return "side"
    if "main" not in inside or "by-wide" in inside or _is_wide(element):
        return "full"
    return "column"
