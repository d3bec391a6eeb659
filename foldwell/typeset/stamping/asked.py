"""What is asked of the engine: pages to be laid out, and what a master must share with them."""

from __future__ import annotations

import functools
import hashlib
import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from foldwell.typeset.page_source import PageSource
from foldwell.typeset.stamping.feet import without_feet
from foldwell.typeset.stamping.skeleton import (
    asked_of_values,
    digests_of,
    pictures_in_styles,
    skeleton_of,
)

_REPEATED = re.compile(r"\b(?:string-set|target-text)\b")


@dataclass(frozen=True)
class Asked:
    """Pages that are to be laid out.

    Attributes:
        source: What they are made from.
        root: The tree of the page, blocks in their places.
        css: The style sheet of the fit.
        styled: What the page source says of variables in elements themselves.
        html: The engine's document of the page source.
        fetcher: Gives the bytes of its pictures.
        options: The engine's options.
    """

    source: PageSource
    root: ET.Element
    css: str
    styled: str
    html: Any
    fetcher: Any
    options: Mapping[str, Any]

    @functools.cached_property
    def digests(self) -> dict[str, str]:
        """A hash of each picture."""
        return digests_of(self.source.assets)

    @functools.cached_property
    def repeats(self) -> bool:
        """Whether style sheets have words of a block stand in other places too."""
        return any(_REPEATED.search(text) for text in (*self.source.css, self.css))

    @functools.cached_property
    def key(self) -> str:
        """A hash of all that a master must share with it."""
        source = self.source
        css = (*source.css, self.css)
        body = next(self.root.iter("body"))
        fonts = [(f.family, f.weight, hashlib.sha256(f.content).hexdigest()) for f in source.fonts]
        parts = (
            without_feet(css), self.styled, pictures_in_styles(css, self.digests), fonts,
            source.leading, sorted(self.root.attrib.items()),
            skeleton_of(body, asked_of_values(css)),
        )  # fmt: skip
        return hashlib.sha256(repr(parts).encode()).hexdigest()
