"""Claims: what stands behind them, and what a leaflet must and must never say."""

from __future__ import annotations

from collections.abc import Iterator

from foldwell.check import sources
from foldwell.check.wording.entry import rule
from foldwell.check.wording.reading import Reading
from foldwell.finding import Finding


@rule("C1")
def sourced(reading: Reading) -> Iterator[Finding]:
    """A source behind each statement."""
    if not _is_translation(reading):
        yield from sources.unsourced(reading.said, reading.edition)


@rule("C2")
def fitting(reading: Reading) -> Iterator[Finding]:
    """Sources behind what they are known for, by the project's list of what each says."""
    if not _is_translation(reading):
        yield from sources.misfits(reading.said, reading.edition)


@rule("C3")
def never_printed(reading: Reading) -> Iterator[Finding]:
    """Words of the project's list of what is never printed."""
    yield from sources.never(reading.said, reading.passages, reading.edition)


@rule("C4")
def in_time(reading: Reading) -> Iterator[Finding]:
    """Facts of the region, checked again by their day."""
    yield from sources.stale(reading.edition)


@rule("C5")
def said(reading: Reading) -> Iterator[Finding]:
    """What the project's list asks for, in every format that carries the text."""
    if not _is_translation(reading):
        yield from sources.missing(reading.passages, reading.edition)


def _is_translation(reading: Reading) -> bool:
    """Whether it is held to its source instead, claim by claim, when it is read.

    Claims and what must be said are told by words of the source's language.
    """
    return reading.edition.leaflet.facts.translation is not None
