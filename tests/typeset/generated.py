"""Leaflets made by chance, of numbered words such as ``w12x``, each of them once.

The same seed makes the same leaflet; every block that a writer may use comes up.
"""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(frozen=True)
class Generated:
    """A made up leaflet.

    Attributes:
        body: Its Markdown.
        lists: The words of the items of each list of six items or fewer.
        words: How many words it has.
    """

    body: str
    lists: tuple[tuple[tuple[str, ...], ...], ...]
    words: int


class _Writer:
    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.count = 0
        self.lists: list[tuple[tuple[str, ...], ...]] = []

    def words(self, least: int, most: int) -> str:
        size = self.chance.randint(least, most)
        self.count += size
        return " ".join(f"w{n}x" for n in range(self.count - size, self.count))

    def items(self, least: int, most: int, mark: str = "- ", longest: int = 14) -> str:
        items = [self.words(1, longest) for _ in range(self.chance.randint(least, most))]
        if len(items) <= 6:
            self.lists.append(tuple(tuple(item.split()) for item in items))
        return "".join(f"{mark}{item}.\n" for item in items)

    def block(self) -> str:
        kind = self.chance.choice(
            ["text"] * 5 + ["list"] * 3 + ["long list", "warning", "tip", "steps", "table", "h3"]
        )
        if kind == "list":
            return f"{self.words(2, 9)}:\n\n{self.items(2, 6)}"
        if kind == "long list":
            # Markdown makes one list of two that follow each other.
            return f"{self.words(2, 9)}.\n\n{self.items(7, 9)}"
        if kind == "h3":
            return f"### {self.words(1, 4)}\n\n{self.words(4, 30)}.\n"
        if kind in ("warning", "tip"):
            return (
                f"/// {kind} | {self.words(1, 3)}\n{self.words(4, 25)}.\n\n{self.items(2, 4)}///\n"
            )
        if kind == "steps":
            return f"/// steps | {self.words(1, 3)}\n{self.items(2, 6, '1. ')}///\n"
        if kind == "table":
            rows = "".join(
                f"| {self.words(1, 2)} | {self.words(2, 8)} |\n"
                for _ in range(self.chance.randint(2, 9))
            )
            return f"| Question | Answer |\n|---|---|\n{rows}"
        return f"{self.words(5, 55)}.\n"


def leaflet(seed: int, most: int) -> Generated:
    """A leaflet of at most so many words, or a few more."""
    writer = _Writer(seed)
    size = writer.chance.randint(most // 3, most)
    parts = [f"/// key-message | {writer.words(1, 2)}\n{writer.words(6, 20)}.\n///\n"]
    parts.append(
        f"//// panel | flap\n/// emergency | {writer.words(1, 3)}\n{writer.words(2, 5)}:\n\n"
        f"{writer.items(3, 6, longest=4)}///\n////\n"
    )
    while writer.count < size:
        parts.append(f"## {writer.words(1, 5)}\n")
        parts += [writer.block() for _ in range(writer.chance.randint(1, 4))]
    parts.append("//// panel | back\n/// contact | Talk to us\n///\n////\n")
    return Generated("\n".join(parts), tuple(writer.lists), writer.count)
