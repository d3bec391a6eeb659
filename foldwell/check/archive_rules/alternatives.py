"""What stands for pictures, formulas and notes (ISO 14289-1, 7.3, 7.7 and 7.9)."""

from __future__ import annotations

from collections.abc import Iterator

from foldwell.check.archived import Archived, Breach


def breaches(file: Archived) -> Iterator[Breach]:
    """Pictures and formulas without words for them, notes that cannot be told apart."""
    met: set[str] = set()
    for tag in file.tags:
        page = file.page_of(tag)
        if tag.kind in ("Figure", "Formula"):
            clause = "7.3" if tag.kind == "Figure" else "7.7"
            if not tag.text("/Alt") and tag.text("/ActualText") is None:
                yield Breach(clause, f"A {tag.kind} has no alternative text (Alt).", page)
        if tag.kind == "Note":
            name = tag.text("/ID") or ""
            if not name:
                yield Breach("7.9", "A note has no ID.", page)
            elif name in met:
                yield Breach("7.9", f"Two notes have the same ID ('{name}').", page)
            met.add(name)
