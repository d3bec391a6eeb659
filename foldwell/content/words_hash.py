"""The hash of what an edition prints: the one name of its exact words and look.

It is made from the sources and not from finished pages, so that a plan of thousands of files needs
no page composed. What counts is what may be printed in any format: the text that is kept for the
clinic, the facts, sources and pictures that it names, what templates print of clinic, region and
front matter, the words of the language's catalogue, and the brand's look. What the edition does
not print (a picture nobody shows, a tag, a law nobody cites) does not count; nor do the day, which
decides whether it is marked as a draft or out of date, and the layout of one format or another: of
a project's own templates the facts that they name count, of its style sheets nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from foldwell.content.brand import ROLES
from foldwell.shipped import templates_folder

if TYPE_CHECKING:
    from foldwell.content.edition import Edition

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter that is taken for a digit (https://www.crockford.com/base32.html)."""
GROUPS, GROUP = 5, 4
"""Five groups of four letters: 100 bits."""
SHORT_GROUPS = 2
"""So many of them are the edition id that pages show."""

_ONLY = re.compile(r" {0,3}(/{3,}) *only *\|(.*)")
_NAMES = re.compile(r"\{\{(.*?)\}\}")
_CITED = re.compile(r"\[(@[^\]\[]*)\]")
_SHOWN = re.compile(r"!\[[^\]]*\]\(\s*<?([^)\s>]+)")
_CONTACT = re.compile(r"(?m)^ {0,3}/{3,} *contact\b")
_ALWAYS = (
    "clinic.name clinic.phone clinic.feedback clinic.other_formats"
    " region.emergency_number region.date_format"
).split()
_IN_THE_PANEL = (
    "clinic.address clinic.out_of_hours clinic.email clinic.website clinic.hours"
).split()
"""Facts that templates print everywhere, and in a contact panel."""
_MORE = ("phones", "text_number", "fax", "facts")
"""Further facts of the contact panel."""
_FACTS = re.compile(r"\b(?:clinic|region|brand)(?:\.\w+)+")
_UNPRINTED = frozenset(["abstract", "keyword", "note"])
"""What no style prints of a source."""
_STYLED = frozenset(["primary", "background", "foreground", "danger", "warning"])
"""The roles that other colours are mixed from."""


@dataclass(frozen=True)
class _Used:
    """What a text prints.

    Attributes:
        text: The Markdown that is kept for a clinic.
        names: Dotted names of facts.
        sources: Ids of references.
        pictures: Names of figures.
        contact: Whether it has a contact panel.
    """

    text: str
    names: tuple[str, ...]
    sources: tuple[str, ...]
    pictures: tuple[str, ...]
    contact: bool


def words_hash(edition: Edition) -> str:
    """A hash of all that an edition prints, in groups such as ``7K3M-Q9TD-…``."""
    total = hashlib.sha256()
    for part in _printed(edition):
        content = part if isinstance(part, bytes) else repr(part).encode(errors="surrogateescape")
        total.update(len(content).to_bytes(8, "big") + content)
    number = int.from_bytes(total.digest(), "big")
    letters = [ALPHABET[number >> 256 - 5 * (n + 1) & 31] for n in range(GROUPS * GROUP)]
    return "-".join("".join(letters[n : n + GROUP]) for n in range(0, len(letters), GROUP))


def short(whole: str) -> str:
    """The start of a hash that pages show."""
    return whole[: SHORT_GROUPS * (GROUP + 1) - 1]


def _printed(edition: Edition) -> Iterable[object]:
    leaflet, clinic, region = edition.leaflet, edition.clinic, edition.region
    used = _used(leaflet.text, clinic.region, frozenset(clinic.tags))
    names = {*used.names, *_ALWAYS, *(_IN_THE_PANEL if used.contact else ())}
    if used.contact:  # only what there is, so that older pages keep their ids
        names |= {f"clinic.{name}" for name in _MORE if getattr(clinic, name)}
    names |= _named(tuple(t for name, t in edition.overrides.items() if name.endswith(".html")))
    yield leaflet.language
    yield leaflet.facts.model_dump_json(
        exclude={"clinical_reviewers": {"__all__": {"date"}}, "variables": True}
    )
    yield used.text
    values = {
        **edition.variables, "clinic": clinic, "region": region, "brand": edition.brand.brand,
    }  # fmt: skip
    if edition.variables and edition.overrides:  # templates may print any of them
        yield sorted(edition.variables.items())
    yield [(name, _value(values, name)) for name in sorted(names)]
    yield [
        sorted((key, value) for key, value in edition.references[name].items()
               if key not in _UNPRINTED)
        for name in used.sources if name in edition.references
    ]  # fmt: skip
    for name in used.pictures:
        if name in leaflet.images:
            yield _digest(leaflet.images[name].content)
    if used.contact:
        yield [(line.name, line.phone, line.note) for line in region.lines.values()]
    yield _catalogue(leaflet.language)
    yield from _look(edition)


@lru_cache(maxsize=1024)
def _used(text: str, region: str, tags: frozenset[str]) -> _Used:
    kept = _kept(text, {"region": frozenset([region]), "tag": tags})
    cited = (item for group in _CITED.findall(kept) for item in group.split(";"))
    return _Used(
        kept,
        tuple(dict.fromkeys(re.sub(r"\s", "", name) for name in _NAMES.findall(kept))),
        tuple(dict.fromkeys(item.strip().removeprefix("@") for item in cited)),
        tuple(dict.fromkeys(_SHOWN.findall(kept))),
        _CONTACT.search(kept) is not None,
    )


def _kept(text: str, conditions: Mapping[str, frozenset[str]]) -> str:
    """The text without the ``only`` blocks that no format of this clinic can show."""
    lines = []
    until = ""
    for line in text.split("\n"):
        if until:
            until = "" if line.strip() == until else until
            continue
        match = _ONLY.match(line)
        if match and not _may_hold(match.group(2), conditions):
            until = match.group(1)
            continue
        lines.append(line)
    return text if until else "\n".join(lines)


def _may_hold(words: str, conditions: Mapping[str, frozenset[str]]) -> bool:
    """Whether a condition can hold; one of format or medium can."""
    for clause in words.split(";"):
        key, _, names = (part.strip() for part in clause.partition(":"))
        if key in conditions:
            wanted = {name.strip() for name in names.removeprefix("not ").split(",")}
            if bool(wanted & conditions[key]) == names.startswith("not "):
                return False
    return True


def _value(values: Mapping[str, Any], name: str) -> object:
    """What a dotted name stands for; None where it stands for nothing, which is told elsewhere."""
    value: Any = values
    for word in name.split("."):
        if isinstance(value, BaseModel):
            value = getattr(value, word, None) if not word.startswith("_") else None
        else:
            value = value.get(word) if isinstance(value, Mapping) else None
    return value if isinstance(value, str) else repr(value)


def _look(edition: Edition) -> Iterable[object]:
    kit = edition.brand
    brand, foldwell = kit.brand, kit.brand.defaults.foldwell
    colours = {role: brand.color.role(role) for role in sorted(_roles())}
    yield sorted(colours.items())
    named = {brand.color.palette.get(name, name): inks for name, inks in foldwell.cmyk.items()}
    seen = {*colours, *colours.values()}
    yield sorted((colour, inks) for colour, inks in named.items() if colour in seen)
    yield [brand.typography.base, brand.typography.headings, foldwell.cover_shape]
    for size in (brand.logo.small or brand.logo.medium, brand.logo.medium):
        yield brand.logo.images[size.light].alt
        for name in (size.light, size.dark or size.light):
            yield _digest(kit.images[name].content)


@lru_cache(maxsize=64)
def _named(own_templates: tuple[str, ...]) -> frozenset[str]:
    """The facts that templates of the project's own name."""
    return frozenset(name for text in own_templates for name in _FACTS.findall(text))


@cache
def _roles() -> frozenset[str]:
    """The roles whose colour a style sheet shows."""
    sheets = "".join(_texts("css/*.css"))
    return _STYLED | {role for role in ROLES if f"var(--{role})" in sheets}


@cache
def _texts(pattern: str) -> tuple[str, ...]:
    paths = sorted(templates_folder().glob(pattern))
    return tuple(path.read_text(encoding="utf-8") for path in paths)


@cache
def _catalogue(language: str) -> bytes:
    return _digest("".join(_texts(f"strings/{language}.yml")).encode())


@lru_cache(maxsize=1024)
def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()
