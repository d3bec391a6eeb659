"""The page source: everything that typesetting needs, as one frozen value.

It is complete: it holds the HTML, the style sheets and the bytes of every picture by name, so
typesetting opens no file and no network address, and its hash says whether the work was done.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property, lru_cache


@dataclass(frozen=True)
class OwnFont:
    """A font that a page source brings: one of the brand's own, or one of a script.

    Attributes:
        family: As style sheets call it.
        weight: 1 to 1000.
        content: TrueType or OpenType.
    """

    family: str
    weight: int
    content: bytes


@dataclass(frozen=True)
class PageSource:
    """What one output is typeset from.

    Attributes:
        html: A whole HTML document; pictures are named ``asset:<name>``.
        css: Style sheets, in the order of the cascade.
        assets: (name, bytes, media type) of every picture that HTML or CSS names.
        tagged: Whether the PDF is tagged for screen readers (PDF/UA-1).
        fonts: The fonts that it brings.
        leading: How much further apart lines stand than its style sheets say, for the script.
    """

    html: str
    css: tuple[str, ...]
    assets: tuple[tuple[str, bytes, str], ...]
    tagged: bool
    fonts: tuple[OwnFont, ...] = ()
    leading: float = 1.0

    @property
    def key(self) -> str:
        """A SHA-256 of all of it, in hexadecimal digits."""
        return hashlib.sha256(f"{self.layout_key} {self.tagged}".encode()).hexdigest()

    @cached_property
    def layout_key(self) -> str:
        """A SHA-256 of what its pages look like: of all but whether they are tagged."""
        css = [_digest(sheet) for sheet in self.css]
        assets = [(name, _digest(content), kind) for name, content, kind in self.assets]
        fonts = [(font.family, font.weight, _digest(font.content)) for font in self.fonts]
        others = repr((css, assets, fonts, self.leading)).encode()
        return hashlib.sha256(hashlib.sha256(others).digest() + self.html.encode()).hexdigest()


@lru_cache(maxsize=512)  # most style sheets and pictures are those of other files
def _digest(part: str | bytes) -> str:
    return hashlib.sha256(part.encode() if isinstance(part, str) else part).hexdigest()


Ink = tuple[float, float, float, float]


@dataclass(frozen=True)
class Composition:
    """What one printed file is made from: its pages, and what goes with them.

    Attributes:
        pages: The leaflet itself.
        instructions: A page that says how to print and fold it; None unless asked for.
        ticket: The job ticket's page, with tokens for what is known only in the end.
        facts: The job ticket's facts, in their order; None without a ticket.
        own_inks: (colour as ``#rrggbb``, inks) that the brand gives or that follow from those.
        colours: (role, colour) of the brand's colours, for the report.
        marks: The colours of the pale word of a draft, which goes when the leaflet is reviewed.
        said: What says in words that it may not be handed out, one of which stands on every page;
            none where it may.
        notes: (kind, line) of what a person should know of its words, beside what they become.
    """

    pages: PageSource
    instructions: PageSource | None = None
    ticket: PageSource | None = None
    facts: tuple[tuple[str, object], ...] | None = None
    own_inks: tuple[tuple[str, Ink], ...] = ()
    colours: tuple[tuple[str, str], ...] = ()
    marks: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> str:
        """A SHA-256 of all of it, in hexadecimal digits."""
        sources = [source.key for source in (self.pages, self.instructions, self.ticket) if source]
        own = (self.facts, self.own_inks, self.colours, self.said, self.notes)
        text = repr((sources, *own))
        return hashlib.sha256(text.encode()).hexdigest()
