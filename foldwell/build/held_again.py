"""Rules of words that are asked once for all editions of which they would ask the same.

Most of what the rules say hangs on the leaflet and its region, and little on the clinic. Which of
its facts they ask for is noted: where those are the same, so is the answer. That they had nothing
to say is carried to later builds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

from typing_extensions import override

from foldwell.carried import Carried, is_true
from foldwell.check.wording.table import Errors
from foldwell.content.clinic import Clinic
from foldwell.content.edition import Edition
from foldwell.remembered import Remembered

KEPT, KEPT_EACH = 128, 16
"""Of how many leaflets and regions answers are kept, and how many of each."""
_FACTS = frozenset(Clinic.model_fields)
_NAMES = frozenset(["clinic_slug", "words_hash"])
"""What an edition says of its clinic beside its facts, and what follows from all of them."""
_OWN = frozenset(["clinic", "clinic_slug", "beside"])
Name = tuple[str, ...]


@dataclass(frozen=True)
class _Answer:
    """What the rules say.

    Attributes:
        asked: What they asked for of a clinic, by its way from the edition.
        errors: What they said.
    """

    asked: dict[Name, object]
    errors: Errors

    def suits(self, edition: Edition) -> bool:
        """Whether an edition would be told the same."""
        return all(_value(edition, name) == value for name, value in self.asked.items())


_ANSWERS: Remembered[list[_Answer]] = Remembered(KEPT)
_NOTHING_SAID = Carried[bool]("nothing is said of", is_true)
_MAY_BE_ASKED = frozenset([*_NAMES, *(f"clinic.{fact}" for fact in _FACTS)])


def held_again(edition: Edition, hold: Callable[[Edition], Errors], rest: str = "") -> Errors:
    """What rules say of an edition, or said of another of which they asked the same.

    Args:
        edition: The edition.
        hold: Asks the rules.
        rest: A hash of all that it depends on beside its clinic and the day; empty where nothing
            shall be carried.
    """
    sides = [edition, edition.beside] if edition.beside else [edition]
    shared = [
        getattr(side, known.name)
        for side in sides
        for known in fields(side)
        if known.name not in _OWN
    ]
    known = _ANSWERS.get(tuple(shared), (), list)
    if before := next((one for one in known if one.suits(edition)), None):
        return before.errors
    table = _table(edition, rest) if rest else ""
    asked = _carried(edition, table) if table else None
    errors = Errors()
    if asked is None:
        asked = {}
        errors = hold(_noting(edition, asked, ()))
        if table and errors == Errors():
            names = sorted(map(".".join, asked))
            _NOTHING_SAID.keep(table, " ".join([*names, _digest(edition, names)]), True)
    known.append(_Answer(asked, errors))
    del known[:-KEPT_EACH]
    return errors


def _table(edition: Edition, rest: str) -> str:
    """The name of the table of all editions of which rules ask the same, but for the clinic."""
    opened = [(name, edition.records.get(name)) for name in edition.cited]
    return hashlib.sha256(repr((rest, str(edition.today), opened)).encode()).hexdigest()


def _carried(edition: Edition, table: str) -> dict[Name, object] | None:
    """What rules asked for of a clinic with the same facts, and had nothing to say; or None."""
    for question in _NOTHING_SAID.answers(table):
        *names, digest = question.split(" ")
        if set(names) <= _MAY_BE_ASKED and digest == _digest(edition, names):
            return {(way := tuple(name.split("."))): _value(edition, way) for name in names}
    return None


def _digest(edition: Edition, names: list[str]) -> str:
    """A hash of what an edition says under some names."""
    values = [_value(edition, tuple(name.split("."))) for name in names]
    return hashlib.sha256(repr(values).encode()).hexdigest()


def _value(edition: Edition, name: Name) -> object:
    value: Any = edition
    for word in name:
        value = getattr(value, word)
    return value


def _noting(edition: Edition, asked: dict[Name, object], way: Name) -> Edition:
    """The same edition, which notes what is asked for of its clinic."""
    noting = _NotingEdition(**{one.name: getattr(edition, one.name) for one in fields(edition)})
    clinic = edition.clinic.model_copy()
    vars(clinic)[_NOTES] = asked, (*way, "clinic")
    object.__setattr__(clinic, "__class__", _NotingClinic)
    beside = edition.beside and _noting(edition.beside, asked, (*way, "beside"))
    # It is frozen for all others.
    vars(noting).update(clinic=clinic, beside=beside, words_hash=edition.words_hash)
    vars(noting)[_NOTES] = asked, way
    return noting


_NOTES = "_notes"


def _note(one: Any, *names: str) -> None:
    known = object.__getattribute__(one, "__dict__")
    if _NOTES in known:
        asked, way = known[_NOTES]
        asked.update({(*way, name): object.__getattribute__(one, name) for name in names})


class _NotingEdition(Edition):
    """Notes that the name of its clinic was asked for, or the hash of all that it prints."""

    @override
    def __getattribute__(self, name: str) -> Any:
        if name in _NAMES:
            _note(self, name)
        return super().__getattribute__(name)


class _NotingClinic(Clinic):
    """Notes which of its facts were asked for: all, if it is asked for anything else."""

    @override
    def __getattribute__(self, name: str) -> Any:
        if name in _FACTS:
            _note(self, name)
        elif name != "__class__":
            _note(self, *_FACTS)
        return super().__getattribute__(name)
