"""The facts of a clinic that templates of a project print without asking if they are there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

LAYOUTS = ("sheet", "panels", "booklet", "card", "poster", "bilingual", "languages")
"""Layouts that have a template of their name in ``parts/``; others are set as sheets."""


def printed_by_templates(
    overrides: Mapping[str, str], layout: str, medium: str, *, contact: bool
) -> Iterator[tuple[str, str, int]]:
    """(fact, template, line) of each fact that is printed unasked in one file.

    Args:
        overrides: Templates of the project's own, by name.
        layout: The layout of the format; empty where there is none.
        medium: The medium.
        contact: Whether the leaflet has a contact panel.
    """
    part = layout if layout in LAYOUTS else "sheet"
    for name, text in overrides.items():
        if not name.endswith(".html"):
            continue
        stem = name.removeprefix("parts/").removesuffix(".html")
        if stem == "contact":
            taken = contact
        elif stem in ("web", "text"):
            taken = medium == stem
        else:
            taken = bool(layout) and (stem not in LAYOUTS or stem == part)
        for fact, line in _unasked(text) if taken else ():
            yield fact, name, line


@lru_cache(maxsize=64)
def _unasked(template: str) -> tuple[tuple[str, int], ...]:
    """(fact, line) of each ``clinic.…`` that stands behind no ``if`` about it."""
    from jinja2 import Environment, TemplateError, nodes

    try:
        tree = Environment(autoescape=True).parse(template)
    except (TemplateError, RecursionError):  # told when the page is composed
        return ()

    def dotted(node: nodes.Node) -> str:
        if isinstance(node, nodes.Name):
            return node.name
        if isinstance(node, nodes.Getattr):
            before = dotted(node.node)
            return f"{before}.{node.attr}" if before else ""
        return ""

    def facts(node: nodes.Node) -> Iterator[tuple[str, int]]:
        name = dotted(node)
        if name.startswith("clinic."):
            yield name.split(".")[1], node.lineno
            return
        for child in node.iter_child_nodes():
            yield from facts(child)

    def walk(node: nodes.Node, asked: frozenset[str]) -> Iterator[tuple[str, int]]:
        if isinstance(node, nodes.If):
            inside = asked | {fact for fact, _ in facts(node.test)}
            for child in node.body:
                yield from walk(child, inside)
            for child in (*node.elif_, *node.else_):
                yield from walk(child, asked)
        elif isinstance(node, nodes.CondExpr):
            yield from walk(node.expr1, asked | {fact for fact, _ in facts(node.test)})
            if node.expr2 is not None:
                yield from walk(node.expr2, asked)
        elif isinstance(node, nodes.For):
            for child in node.body:
                yield from walk(child, asked)
        elif dotted(node).startswith("clinic."):
            yield from ((fact, line) for fact, line in facts(node) if fact not in asked)
        else:
            for child in node.iter_child_nodes():
                yield from walk(child, asked)

    try:
        return tuple(dict.fromkeys(walk(tree, frozenset())))
    except RecursionError:
        return ()
