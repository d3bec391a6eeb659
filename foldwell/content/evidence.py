"""What sources are known to say, what no leaflet may say, and what each must: lists of patterns.

The three files are optional; a project without them is checked for what does not need them. They
are read with the rest of the content, because no build may go past them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator

from foldwell.carried import Carried, is_true
from foldwell.content.facts import Text
from foldwell.content.reading import read_text
from foldwell.content.validation import Model, validate
from foldwell.content.values import Facts, Slug, wrong
from foldwell.content.yaml_text import read_yaml
from foldwell.errors import FoldwellError, Mistakes

EVIDENCE = "content/evidence.yml"
LIST_LIMIT_KB = 128
"""How large a list may be: they grow with every leaflet, and facts do not."""
NEVER_PRINT, MUST_SAY = "content/never-print.yml", "content/must-say.yml"
LISTS = frozenset([EVIDENCE, NEVER_PRINT, MUST_SAY])
"""The files; where one cannot be read, nobody knows what must not go out."""


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of the lists; capitals or not are the same.

    Raises:
        re.error: If it is none.
    """
    return re.compile(pattern, re.IGNORECASE)


_COMPILE = Carried[bool]("patterns", is_true)
_TABLES = 16
"""Into so many tables patterns are divided, by their length: lists have hundreds."""


def _compiles(text: str) -> str:
    table, plain = str(len(text) % _TABLES), str(text)  # no class of ours stands in a table
    if plain not in _COMPILE.answers(table):
        try:
            compiled(text)
        except re.error as error:
            raise wrong(f"it is no pattern ({error})", "correct it") from None
        _COMPILE.keep(table, plain, True)
    return text


Pattern = Annotated[Text, AfterValidator(_compiles)]


class Evidence(Facts):
    """What one source may be cited for."""

    says: tuple[Pattern, ...]
    """A text that cites it holds at least one of these."""
    never: tuple[Pattern, ...] = ()
    """A text that holds one of these does not cite it."""
    region: Slug | None = None
    """The only region whose leaflets cite it, such as a source on what is done there."""


class Forbidden(Facts):
    """Something that is never printed."""

    pattern: Pattern
    """A regular expression; capitals or not are the same."""
    why: Text
    """Why, as a finding says it."""
    region: Slug | None = None
    """The only region for which it is forbidden."""


class NeverPrint(Facts):
    """The lists of ``content/never-print.yml``."""

    all: tuple[Forbidden, ...]
    """What no leaflet may say."""
    only: dict[Slug, tuple[Forbidden, ...]] = {}
    """What one leaflet may not say, by its name."""

    def for_leaflet(self, slug: str, region: str) -> tuple[Forbidden, ...]:
        """What holds for a leaflet in a region."""
        both = (*self.all, *self.only.get(slug, ()))
        return tuple(item for item in both if item.region in (None, region))


class MustSay(Facts):
    """The lists of ``content/must-say.yml``."""

    short: tuple[Slug, ...] = ()
    """Formats that carry only a few words of a leaflet, such as ``poster``; every other has all."""
    all: dict[Slug, tuple[Pattern, ...]] = {}
    """What every leaflet has to say, by region, format or ``both`` (which is: everywhere)."""
    but: tuple[Slug, ...] = ()
    """Leaflets that ``all`` does not hold for."""
    leaflets: dict[Slug, dict[Slug, tuple[Pattern, ...]]] = {}
    """The same by leaflet."""

    def for_leaflet(self, slug: str, region: str, format_name: str) -> tuple[str, ...]:
        """The patterns for a leaflet in a region and a format."""
        if format_name in self.short:
            return ()
        lists = (*(() if slug in self.but else (self.all,)), self.leaflets.get(slug, {}))
        keys = ("both", region, format_name)
        return tuple(pattern for by in lists for key in keys for pattern in by.get(key, ()))


@dataclass(frozen=True)
class Words:
    """The three lists that the words of leaflets are held to; each may be empty."""

    evidence: Mapping[str, Evidence] = field(default_factory=dict)
    never: NeverPrint = field(default_factory=lambda: NeverPrint(all=()))
    must: MustSay = field(default_factory=MustSay)


class EvidenceList(Facts):
    """``content/evidence.yml``."""

    sources: dict[str, Evidence]
    """What each may be cited for, by the ids of references.json."""


def read_words(root: Path) -> tuple[Words, dict[str, tuple[FoldwellError, ...]]]:
    """The lists of a project, and the mistakes of each file that cannot be read.

    A file that is not there is an empty list.
    """
    broken: dict[str, tuple[FoldwellError, ...]] = {}

    def read(model: type[Model], path: str, otherwise: Model) -> Model:
        if not os.path.lexists(root / path):
            return otherwise
        try:
            listed: Model = _list(model, read_text(root, path), path)
            return listed
        except Mistakes as mistakes:
            broken[path] = tuple(mistakes.errors)
        except FoldwellError as error:
            broken[path] = (error,)
        return otherwise

    words = Words(
        read(EvidenceList, EVIDENCE, EvidenceList(sources={})).sources,
        read(NeverPrint, NEVER_PRINT, NeverPrint(all=())),
        read(MustSay, MUST_SAY, MustSay()),
    )
    return words, broken


@lru_cache(maxsize=8)  # a process that watches reads them again and again
def _list(model: type[Model], text: str, path: str) -> Model:
    return validate(model, read_yaml(text, path, limit_kb=LIST_LIMIT_KB))
