"""Which facts of a clinic an edition prints: found from the leaflet's source and the templates.

One answer serves three: the edition id, which counts what is printed; the gate, which keeps a
leaflet from a clinic that lacks a fact (rule F10); and ``clinics impact``, which tells what a
change touches.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, lru_cache
from typing import Any

from foldwell.content.clinic import Clinic
from foldwell.content.kept_text import Used, facts_by_line, used_by
from foldwell.content.leaflet import Leaflet
from foldwell.content.template_facts import printed_by_templates
from foldwell.content.variables import TAKEN
from foldwell.errors import Place
from foldwell.finding import Finding
from foldwell.rules import RULES
from foldwell.shipped import templates_folder

PANEL = "parts/contact.html"
"""The template of the contact panel, which only leaflets with such a block have."""
BY_CODE = ("cover", "email", "website")
"""Facts that no template names: the look of covers, the contact on a job ticket, and what a QR code
leads to where web pages are published nowhere that is known."""
IF_GIVEN = frozenset(["phones", "text_number", "fax", "facts"])
"""Facts of the contact panel that count only where there are some, as in older editions."""
_FACTS = re.compile(r"\b(?:clinic|region|brand)(?:\.\w+)+")
_ALWAYS = frozenset(["region.emergency_number", "region.date_format"])


def printed_facts(leaflet: Leaflet, clinic: Clinic, overrides: Mapping[str, str]) -> set[str]:
    """The dotted names of all facts that an edition prints in some format, those lacking too.

    Args:
        leaflet: The words.
        clinic: The clinic; its region and tags decide which of the words are kept.
        overrides: Templates of the project's own, by name.
    """
    used = used_by(leaflet.text, clinic.region, frozenset(clinic.tags))
    return {*used.names, *named_by_templates(used, overrides)}


def named_by_templates(used: Used, overrides: Mapping[str, str]) -> set[str]:
    """The facts that the templates print around the words of a leaflet."""
    own = tuple(text for name, text in sorted(overrides.items()) if name.endswith(".html"))
    names = {*_ALWAYS, *_shipped(panel=False), *(f"clinic.{key}" for key in BY_CODE)}
    if used.contact:
        names |= _shipped(panel=True)
    return names | _named(own)


@cache
def _shipped(*, panel: bool) -> frozenset[str]:
    """The clinic's facts, by their first words, in the contact panel or in all other templates."""
    folder = templates_folder()
    texts = [
        path.read_text(encoding="utf-8")
        for path in sorted(folder.rglob("*.html"))
        if (path.relative_to(folder).as_posix() == PANEL) == panel
    ]
    named = {name for text in texts for name in _FACTS.findall(text)}
    return frozenset(".".join(n.split(".")[:2]) for n in named if n.startswith("clinic."))


@lru_cache(maxsize=64)
def _named(own_templates: tuple[str, ...]) -> frozenset[str]:
    """The facts that templates of the project's own name."""
    return frozenset(name for text in own_templates for name in _FACTS.findall(text))


def prints(names: Iterable[str], fact: str) -> bool:
    """Whether some of the names stand for a fact, for a part of it, or for what it is a part of."""
    whole = f"clinic.{fact}"
    return any(
        name == whole or name.startswith(f"{whole}.") or whole.startswith(f"{name}.")
        for name in names
    )


def missing_facts(
    leaflet: Leaflet,
    clinic_slug: str,
    clinic: Clinic,
    format_: tuple[str, str],
    medium: str,
    variables: frozenset[str],
    overrides: Mapping[str, str],
    where: Callable[[], str],
) -> Iterator[Finding]:
    """A finding for each fact that a file would print and that its clinic does not give (F10).

    Args:
        leaflet: The words.
        clinic_slug: The clinic's name.
        clinic: Its facts.
        format_: The format, as ``only`` blocks name it, and its layout; empty where there is none.
        medium: The medium.
        variables: Names of texts that other clinics give and this edition lacks.
        overrides: Templates of the project's own, by name.
        where: Says where the clinic's facts stand, for the hint.
    """
    tags = frozenset(clinic.tags)
    format_name, layout = format_
    contact = used_by(leaflet.text, clinic.region, tags).contact
    for fact, name, line in printed_by_templates(overrides, layout, medium, contact=contact):
        if not _given(clinic, [fact]):
            place = Place(f"content/templates/{name}", line)
            yield _lacks(f"The template of '{leaflet.slug}'", f"clinic.{fact}", clinic_slug,
                         f"Add '{fact}' to {where()}, or print it with '{{% if clinic.{fact} %}}'.",
                         place)  # fmt: skip
    for name, line in facts_by_line(leaflet.text, clinic.region, tags, format_name, medium):
        first, _, rest = name.partition(".")
        if first == "clinic" and rest:
            if _given(clinic, rest.split(".")):
                continue
            fact = rest
        elif first in variables and first not in TAKEN:
            fact = f"variables.{name}"
        else:
            continue
        yield _lacks(
            "The leaflet", name, clinic_slug,
            f"Add '{fact}' to {where()}, or keep the words for other clinics with an 'only' block.",
            Place(leaflet.path, leaflet.first_line + line - 1),
        )  # fmt: skip


def _lacks(what: str, name: str, clinic: str, hint: str, place: Place) -> Finding:
    message = f"{what} prints '{name}', which the clinic '{clinic}' does not give."
    return Finding("F10", RULES["F10"].severity, message, hint, place)


def _given(clinic: Clinic, words: list[str]) -> bool:
    """Whether a clinic gives a fact; what no clinic can give is told when the page is composed."""
    value: Any = clinic
    for word in words:
        if isinstance(value, Mapping):
            if word not in value:
                return False
            value = value[word]
        else:
            if word.startswith("_") or word not in getattr(type(value), "model_fields", ()):
                return True
            value = getattr(value, word)
        if value is None or value == ():
            return False
    return True
