"""The Markdown parser, which carries what it reads."""

from __future__ import annotations

from typing import Any, cast

from markdown import Markdown

from foldwell.typeset.reading import Reading


class LeafletParser(Markdown):
    """A Markdown parser that carries what it reads."""

    reading: Reading


def reading_of(md: Any) -> Reading:
    """What a parser reads, from the place where the library hands the parser over."""
    return cast(LeafletParser, md).reading
