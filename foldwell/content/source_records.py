"""``content/sources.yml``: when people last opened each source, and what became of it since.

A program cannot open a paper. It keeps who says that they did, and counts the days.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from pathlib import Path
from typing import Any, Self

from pydantic import model_validator

from foldwell.content.evidence import LIST_LIMIT_KB
from foldwell.content.facts import Text
from foldwell.content.reading import read_text
from foldwell.content.validation import validate
from foldwell.content.values import Day, Facts, wrong
from foldwell.content.yaml_text import read_yaml
from foldwell.errors import FoldwellError, Mistakes, did_you_mean

RECORDS = "content/sources.yml"


class SourceRecord(Facts):
    """What is known of one source."""

    opened: Day | None = None
    """The day on which somebody last opened it and found that it says what it is cited for."""
    by: Text | None = None
    """Who did."""
    retracted: Text | None = None
    """When and by whom it was taken back; a leaflet that cites it is not built."""
    superseded_by: Text | None = None
    """What stands in its place, such as the id of a later edition; no leaflet may cite it."""

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if self.opened and not self.by:
            raise wrong("nobody is named who opened it", "add 'by'", "by")
        if self.by and not self.opened:
            raise wrong("the day on which it was opened is missing", "add 'opened'", "opened")
        return self

    @property
    def gone(self) -> str:
        """Why it must not be cited any more: a clause; empty if it may."""
        if self.retracted:
            return f"was retracted ({self.retracted.rstrip('.')})"
        return f"was superseded by {self.superseded_by!s}" if self.superseded_by else ""

    @property
    def told(self) -> str:
        """What there is to say of it, to stand behind its name; empty if there is nothing."""
        opened = f", opened {self.opened} by {self.by}" if self.opened else ""
        return f"{opened}, {self.gone}" if self.gone else opened


class SourceList(Facts):
    """``content/sources.yml``."""

    sources: dict[str, SourceRecord]
    """What is known of each, by the ids of references.json."""


def read_records(
    root: Path, known: Collection[str]
) -> tuple[dict[str, SourceRecord], dict[str, tuple[FoldwellError, ...]]]:
    """The records by the id of their source, and by the file what is wrong with it.

    Args:
        root: The project.
        known: The ids of the references that there are; where there is none, any id is taken.
    """
    if not os.path.lexists(root / RECORDS):
        return {}, {}
    try:
        source = read_yaml(read_text(root, RECORDS), RECORDS, limit_kb=LIST_LIMIT_KB)
        records = validate(SourceList, source).sources
    except Mistakes as mistakes:
        return {}, {RECORDS: mistakes.errors}
    except FoldwellError as error:
        return {}, {RECORDS: (error,)}
    # A retraction under a name with a slip would stop nothing.
    strange = tuple(
        FoldwellError(f"There is no reference '{name}'.", source.place(_at(name)),
                      did_you_mean(name, known))
        for name in records
        if known and name not in known
    )  # fmt: skip
    return records, {RECORDS: strange} if strange else {}


def _at(name: str) -> tuple[Any, ...]:
    return "sources", name
