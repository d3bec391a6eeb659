"""What becomes of a job on its way: a composition, a finished file, or the file that was there.

This module imports little, because the process that the user started loads it first of all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from foldwell.errors import FoldwellError


@dataclass(frozen=True)
class Composed:
    """A composition that stays sealed on its way from a composer to a typesetter.

    Attributes:
        key: Its hash.
        layout_key: The hash of what its pages look like.
        sealed: The composition.
    """

    key: str
    layout_key: str
    sealed: bytes


@dataclass(frozen=True)
class Made:
    """A finished job.

    Attributes:
        content: The bytes of the file.
        pages: How many pages or sheet sides it has; 1 for what has none.
        beside: (what the file's name ends in, bytes) of files that go with it.
        notes: What a person should know: how the words were fitted, which colours were converted.
        findings: What preflight has to say that does not stop the file.
        key: The hash of all that it was made from, as far as its maker knows it.
        seconds: How long composing and typesetting took.
    """

    content: bytes
    pages: int
    beside: tuple[tuple[str, bytes], ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    findings: tuple[str, ...] = ()
    key: str = ""
    seconds: float = 0.0

    def files(self, path: str) -> Iterator[tuple[str, bytes]]:
        """The paths and contents of its own file and of those beside it."""
        yield path, self.content
        for ending, content in self.beside:
            yield path.removesuffix(".pdf") + ending, content


@dataclass(frozen=True)
class Same:
    """A job whose file was made from just the same before.

    Attributes:
        key: The hash of all that it is made from.
    """

    key: str


Outcome = Made | Same | tuple[FoldwellError, ...]
"""How a job ends: a finished file, the one that was there already, or what is wrong."""
