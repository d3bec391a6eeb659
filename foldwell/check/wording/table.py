"""The rules of wording, gathered from the modules of this folder."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from foldwell.check.waivers import not_waived
from foldwell.check.wording.entry import CHECKS, ENGLISH
from foldwell.check.wording.reading import Check, Reading, reading_of
from foldwell.content.edition import Edition
from foldwell.finding import Finding
from foldwell.rules import RULES, Severity

CLAIMS = ("C1", "C2", "C3", "C4", "C5")
"""Rules about what stands behind the words, and what they must and must never say."""


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
    left = not_waived(found, reading.edition.leaflet, reading.today)
    return sorted(left, key=lambda one: one.place.line or 0)


def check_claims(edition: Edition) -> list[Finding]:
    """What is wrong with the claims of an edition, in the order of its lines."""
    return check_wording(reading_of(edition), CLAIMS)


def unassessed(reading: Reading) -> tuple[str, ...]:
    """The rules that know English only, where the text is in another language."""
    return () if reading.language == "en" else tuple(n for n in checks() if n in ENGLISH)


OF_ANY_FILE = frozenset(["T6", "T18", "T19", "C3", "C8"])
"""What no file goes out with, not even a draft that says so on every page."""
SAID_ON_EVERY_PAGE = frozenset(["F2", "C4"])
"""What stops the press alone: the pages of all other files say EXPIRED."""
OF_THE_CLINIC = frozenset(["F8"])
"""What a clinic lacks and no leaflet can mend: ``check`` asks for it, and a leaflet without it is
better than none."""


@dataclass(frozen=True)
class Errors:
    """What keeps an edition from being printed.

    Attributes:
        stop: What no file of it is made with.
        press: What stands between a draft and the press besides.
    """

    stop: tuple[Finding, ...] = ()
    press: tuple[Finding, ...] = ()


def errors_of(edition: Edition) -> Errors:
    """What ``check`` calls an error for an edition, before anything is composed for it.

    A leaflet that says when it was reviewed is held to all of it that its author can mend, whoever
    wrote that there.
    """
    can_be = [name for name in checks() if RULES[name].severity is Severity.ERROR]
    names = [name for name in can_be if name not in SAID_ON_EVERY_PAGE | OF_THE_CLINIC]
    found = [
        finding
        for finding in check_wording(reading_of(edition), names)
        if finding.severity is Severity.ERROR
    ]
    if edition.leaflet.facts.reviewed is not None:
        return Errors(tuple(found))
    stop = tuple(one for one in found if one.rule in OF_ANY_FILE)
    return Errors(stop, tuple(one for one in found if one.rule not in OF_ANY_FILE))
