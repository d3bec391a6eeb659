"""What sources are known to say, what no leaflet may say, and what each must: lists of patterns.

The three files are optional; a project without them is checked for what does not need them.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator

from foldwell.content.facts import Text
from foldwell.content.reading import read_text
from foldwell.content.validation import Model, validate
from foldwell.content.values import Facts, Slug, wrong
from foldwell.content.yaml_text import read_yaml

EVIDENCE = "content/evidence.yml"
LIST_LIMIT_KB = 128
"""How large a list may be: they grow with every leaflet, and facts do not."""
NEVER_PRINT, MUST_SAY = "content/never-print.yml", "content/must-say.yml"


def _compiles(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise wrong(f"it is no pattern ({error})", "correct it") from None
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

    evidence: Mapping[str, Evidence]
    never: NeverPrint
    must: MustSay


class EvidenceList(Facts):
    """``content/evidence.yml``."""

    sources: dict[str, Evidence]
    """What each may be cited for, by the ids of references.json."""


def read_words(root: Path) -> Words:
    """The lists of a project; a file that is not there is an empty list.

    Raises:
        Mistakes: With everything that is wrong in the first unsound file.
    """
    return Words(
        _read(EvidenceList, root, EVIDENCE, EvidenceList(sources={})).sources,
        _read(NeverPrint, root, NEVER_PRINT, NeverPrint(all=())),
        _read(MustSay, root, MUST_SAY, MustSay()),
    )


def _read(model: type[Model], root: Path, path: str, otherwise: Model) -> Model:
    if not os.path.exists(root / path):
        return otherwise
    return validate(model, read_yaml(read_text(root, path), path, limit_kb=LIST_LIMIT_KB))
