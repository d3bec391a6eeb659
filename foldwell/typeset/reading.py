"""Reading a text: for which edition, what was met on the way, and the words that come of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from foldwell.content.leaflet import Leaflet
from foldwell.errors import FoldwellError, Place, did_you_mean
from foldwell.typeset.citations import Markers
from foldwell.typeset.timeline import Timeline
from foldwell.typeset.tokens import Tokens


@dataclass(frozen=True)
class Setting:
    """Which edition, format and medium the words are read for.

    Attributes:
        conditions: What ``only`` blocks ask for: region, tag, format, medium; each a set of
            the names that hold here.
        known: For the same four, every name that there is.
        take: The panels whose text is taken out of the flow, for a place of its own.
        markers: How many numbers of sources stand in the text.
        links_back: Whether notes link back to the text (on the web, not in print).
    """

    conditions: Mapping[str, frozenset[str]]
    known: Mapping[str, frozenset[str]]
    take: frozenset[str]
    links_back: bool
    markers: Markers = "all"


@dataclass(frozen=True)
class Words:
    """The words of an edition as clean HTML, tokens not yet replaced.

    Attributes:
        parts: ``lead`` (before the first heading), ``main`` (the rest), and each panel
            that was taken out of the flow.
        citations: Ids of references, in the order of their numbers.
        icons: Names of the icons used.
        drawings: Names of the icons that are shown large, as pictures.
        images: Names of the figures used.
        headings: (id, HTML) of each second-level heading of the writer's.
        timelines: What the tokens of drawings stand for.
        contacts: Tokens that stand for the contact panel.
        tokens: The values of all tokens.
        pieces: The same as ``parts``, block by block.
    """

    parts: dict[str, str]
    citations: tuple[str, ...]
    icons: tuple[str, ...]
    drawings: tuple[str, ...]
    images: tuple[str, ...]
    headings: tuple[tuple[str, str], ...]
    timelines: dict[str, Timeline]
    contacts: tuple[str, ...]
    tokens: Tokens
    pieces: dict[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass
class Reading:
    """The state of reading one text: what was met on the way, and what was wrong."""

    leaflet: Leaflet
    setting: Setting
    strings: Mapping[str, Any]
    references: Mapping[str, Any]
    known_icons: frozenset[str]
    tokens: Tokens = field(default_factory=Tokens)
    errors: list[FoldwellError] = field(default_factory=list)
    citations: list[str] = field(default_factory=list)
    icons: set[str] = field(default_factory=lambda: {"phone"})  # which every page shows
    drawings: set[str] = field(default_factory=set)
    images: set[str] = field(default_factory=set)
    headings: list[tuple[str, str]] = field(default_factory=list)
    timelines: dict[str, Timeline] = field(default_factory=dict)
    contacts: list[str] = field(default_factory=list)
    parts: dict[str, str] = field(default_factory=dict)
    pieces: dict[str, tuple[str, ...]] = field(default_factory=dict)
    held: dict[str, bool] = field(default_factory=dict)
    """The conditions that were asked for, and whether each held."""

    def wrong(self, message: str, line: int | None, hint: str) -> None:
        """Note a mistake."""
        self.errors.append(FoldwellError(message, Place(self.leaflet.path, line), hint))

    def line_of(self, fragment: str | re.Pattern[str], after: int = 0) -> int | None:
        """The first line of the file, past a line, that holds some text."""
        for number, line in enumerate(self.leaflet.text.split("\n"), self.leaflet.first_line):
            found = fragment in line if isinstance(fragment, str) else fragment.search(line)
            if found and number > after:
                return number
        return None

    def timeline_token(self, timeline: Timeline) -> str:
        """A token for a drawing that is made when the width of the column is known."""
        token = self.tokens.add("")
        self.timelines[token] = timeline
        return token

    def contact_token(self) -> str:
        """A token for the contact panel."""
        token = self.tokens.add("")
        self.contacts.append(token)
        return token

    def holds(self, text: str, line: int) -> bool:
        """Whether the conditions of an ``only`` block hold here.

        Written ``region: uk; format: a4, letter``: all of the keys must hold, each by one of
        its names. ``not`` before the names turns a key round.
        """
        keep = True
        for clause in text.split(";"):
            key, colon, names = clause.partition(":")
            key = key.strip()
            if not colon or key not in self.setting.known:
                self.wrong(
                    f"'{clause.strip()}' is no condition.",
                    line,
                    did_you_mean(key, self.setting.known) + " Write it like 'region: uk'.",
                )
                continue
            names = names.strip()
            negative = names.startswith("not ")
            wanted = [name.strip() for name in names.removeprefix("not ").split(",")]
            for name in wanted:
                if name not in self.setting.known[key]:
                    hint = did_you_mean(name, self.setting.known[key])
                    self.wrong(f"There is no {key} '{name}'.", line, hint)
            held = any(name in self.setting.conditions[key] for name in wanted)
            keep = keep and held != negative
        self.held[text] = keep
        return keep
