"""What the sources are known to say, and what no leaflet may say: two files of patterns.

``content/evidence.yml`` and ``content/never-print.yml`` are both optional; a project without them
is checked for what does not need them.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator

from foldwell.content.reading import read_text, validate
from foldwell.content.values import Facts, Slug, Text
from foldwell.content.yaml_text import read_yaml

EVIDENCE, NEVER_PRINT = "content/evidence.yml", "content/never-print.yml"


def _compiles(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"it is no pattern ({error})|correct it") from None
    return text


Pattern = Annotated[Text, AfterValidator(_compiles)]


class Evidence(Facts):
    """What one source may be cited for."""

    says: tuple[Pattern, ...]
    """A text that cites it holds at least one of these."""
    never: tuple[Pattern, ...] = ()
    """A text that holds one of these does not cite it."""


class Forbidden(Facts):
    """Something that is never printed."""

    pattern: Pattern
    why: Text
    region: Slug | None = None
    """The only region for which it is forbidden."""


class NeverPrint(Facts):
    """The lists of ``content/never-print.yml``."""

    all: tuple[Forbidden, ...]
    only: dict[Slug, tuple[Forbidden, ...]] = {}

    def for_leaflet(self, slug: str, region: str) -> tuple[Forbidden, ...]:
        """What holds for a leaflet in a region."""
        both = (*self.all, *self.only.get(slug, ()))
        return tuple(item for item in both if item.region in (None, region))


class _Sources(Facts):
    sources: dict[str, Evidence]


def read_evidence(root: Path) -> dict[str, Evidence]:
    """What each source is known to say; empty if the project does not tell.

    Raises:
        Mistakes: With everything that is wrong in the file.
    """
    if not os.path.exists(root / EVIDENCE):
        return {}
    return validate(_Sources, read_yaml(read_text(root, EVIDENCE, printed=False), EVIDENCE)).sources


def read_never_print(root: Path) -> NeverPrint:
    """What no leaflet of the project may say.

    Raises:
        Mistakes: With everything that is wrong in the file.
    """
    if not os.path.exists(root / NEVER_PRINT):
        return NeverPrint(all=())
    return validate(NeverPrint, read_yaml(read_text(root, NEVER_PRINT, printed=False), NEVER_PRINT))
