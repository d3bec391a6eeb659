"""The rules of wording, gathered from the modules of this folder."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module

from foldwell.check.wording.entry import CHECKS, ENGLISH
from foldwell.check.wording.reading import Check, Reading
from foldwell.finding import Finding
from foldwell.rules import RULES, Severity


@cache
def checks() -> dict[str, Check]:
    """Every rule of wording that there is, by id."""
    package = __name__.rpartition(".")[0]
    for module in pkgutil.iter_modules(import_module(package).__path__):
        import_module(f"{package}.{module.name}")
    ids = list(RULES)
    return dict(sorted(CHECKS.items(), key=lambda item: ids.index(item[0])))


def check_wording(reading: Reading, only: Iterable[str] = ()) -> list[Finding]:
    """What is found in the words of an edition, in the order of its lines.

    Args:
        reading: The edition.
        only: The ids of some rules; by default all that hold for its region.
    """
    found: list[Finding] = []
    for name in dict.fromkeys(only) or checks():
        if name in reading.profile.without or (name in ENGLISH and reading.language != "en"):
            continue
        found += checks()[name](reading)
    return sorted(_waived(found, reading), key=lambda one: one.place.line or 0)


def _waived(found: Iterable[Finding], reading: Reading) -> Iterator[Finding]:
    waivers = [w for w in reading.edition.leaflet.facts.waivers if w.expires >= reading.today]
    for finding in found:
        said = " ".join(finding.said.casefold().split())
        if not any(
            str(waiver.rule) == finding.rule
            and (waiver.words is None or str(waiver.words).casefold() == said)
            for waiver in waivers
        ):
            yield finding


def unassessed(reading: Reading) -> tuple[str, ...]:
    """The rules that know English only, where the text is in another language."""
    return () if reading.language == "en" else tuple(n for n in checks() if n in ENGLISH)


ERRORS_OF_A_BUILD = ("T6", "T7", "T18", "T19", "C8")
"""What no file goes out with; emphasis inside words is seen when the text is composed."""


def check_before_print(reading: Reading) -> list[Finding]:
    """The errors among what is found, which stop a build.

    A draft may still hold a short form of microgram: it is marked on every page, and never goes to
    a print shop.
    """
    draft = reading.edition.status == "draft"
    found = check_wording(reading, [n for n in ERRORS_OF_A_BUILD if not (draft and n == "T7")])
    return [finding for finding in found if finding.severity is Severity.ERROR]
