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
from typing import Any

from pydantic import BaseModel

from foldwell.content.brand import ROLES
from foldwell.content.brand_kit import BrandKit
from foldwell.content.brand_roles import roles
from foldwell.content.clinic import Clinic
from foldwell.content.leaflet import Leaflet
from foldwell.content.references import Reference, cited_by
from foldwell.content.region import Region, RegionText
from foldwell.shipped import templates_folder

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no letter that is taken for a digit (https://www.crockford.com/base32.html)."""
GROUPS, GROUP = 5, 4
"""Five groups of four letters: 100 bits."""
SHORT_GROUPS = 2
"""So many of them are the edition id that pages show."""

_ONLY = re.compile(r" {0,3}(/{3,}) *only *\|(.*)")
_NAMES = re.compile(r"\{\{(.*?)\}\}")
_SHOWN = re.compile(r"!\[[^\]]*\]\(\s*<?([^)\s>]+)")
_CONTACT = re.compile(r"(?m)^ {0,3}/{3,} *contact\b")
_ALWAYS = (
    "clinic.name clinic.phone clinic.feedback clinic.other_formats clinic.cover clinic.map"
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


def words_hash(
    leaflet: Leaflet,
    clinic: Clinic,
    region: Region,
    brand: BrandKit,
    references: Mapping[str, Reference],
    overrides: Mapping[str, str],
    variables: Mapping[str, str],
) -> str:
    """A hash of all that an edition prints of its parts, in groups such as ``7K3M-Q9TD-…``."""
    total = hashlib.sha256()
    for part in (
        *_words(leaflet, clinic, region, brand, references, overrides, variables),
        *_look_once(brand),
    ):
        content = _content(part)
        total.update(len(content).to_bytes(8, "big") + content)
    return grouped(total.digest())


def _content(part: object) -> bytes:
    return part if isinstance(part, bytes) else repr(part).encode(errors="surrogateescape")


def grouped(digest: bytes) -> str:
    """The first 100 bits of a SHA-256 digest, in groups of letters that people can read aloud."""
    number = int.from_bytes(digest, "big")
    letters = [ALPHABET[number >> 256 - 5 * (n + 1) & 31] for n in range(GROUPS * GROUP)]
    return "-".join("".join(letters[n : n + GROUP]) for n in range(0, len(letters), GROUP))


def short(whole: str) -> str:
    """The start of a hash that pages show."""
    return whole[: SHORT_GROUPS * (GROUP + 1) - 1]


def _words(
    leaflet: Leaflet,
    clinic: Clinic,
    region: Region,
    brand: BrandKit,
    references: Mapping[str, Reference],
    overrides: Mapping[str, str],
    variables: Mapping[str, str],
) -> Iterable[object]:
    used = _used(leaflet.text, clinic.region, frozenset(clinic.tags))
    names = {*used.names, *_ALWAYS, *(_IN_THE_PANEL if used.contact else ())}
    if used.contact:  # only what there is, so that older pages keep their ids
        names |= {f"clinic.{name}" for name in _MORE if getattr(clinic, name)}
    names |= _named(tuple(t for name, t in overrides.items() if name.endswith(".html")))
    yield leaflet.language
    yield leaflet.facts.model_dump_json(
        exclude={
            "clinical_reviewers": {"__all__": {"date", "registration", "words"}},
            "owner": True,
            "waivers": True,
            "for_the_reviewer": True,
            "variables": True,
        }
    )
    yield used.text
    values = {**variables, "clinic": clinic, "region": region, "brand": brand.brand}
    if variables and overrides:  # templates may print any of them
        yield sorted(variables.items())
    yield [(name, _value(values, name)) for name in sorted(names)]
    dated = [fact for fact in region.used_in(used.text).values() if isinstance(fact, RegionText)]
    yield [(fact.text, str(fact.reviewed or f"written {fact.written}")) for fact in dated]
    sources = [name for fact in dated for name in fact.sources]
    yield [
        sorted((key, value) for key, value in references[name].items()
               if key not in _UNPRINTED)
        for name in dict.fromkeys([*used.sources, *sources]) if name in references
    ]  # fmt: skip
    for name in used.pictures:
        if name in leaflet.images:
            yield _digest(leaflet.images[name].content)
    if used.contact:
        yield [(line.name, line.phone, line.note) for line in region.lines.values()]
    yield _catalogue(leaflet.language)


@lru_cache(maxsize=1024)
def _used(text: str, region: str, tags: frozenset[str]) -> _Used:
    kept = _kept(text, {"region": frozenset([region]), "tag": tags})
    return _Used(
        kept,
        tuple(dict.fromkeys(re.sub(r"\s", "", name) for name in _NAMES.findall(kept))),
        tuple(dict.fromkeys(cited_by(kept, region))),
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


_LOOKS: dict[int, tuple[BrandKit, tuple[bytes, ...]]] = {}
"""What was found of brands; the brand too, so that nothing else can have its identity."""
_MOST_LOOKS = 64


def _look_once(kit: BrandKit) -> tuple[bytes, ...]:
    """The look of a brand, which is the same for all editions of it."""
    known, look = _LOOKS.get(id(kit), (None, ()))
    if known is not kit:
        if len(_LOOKS) >= _MOST_LOOKS:
            _LOOKS.clear()
        look = tuple(map(_content, _look(kit)))
        _LOOKS[id(kit)] = kit, look
    return look


def _look(kit: BrandKit) -> Iterable[object]:
    brand, foldwell = kit.brand, kit.brand.defaults.foldwell
    colours = {role: brand.color.role(role) for role in sorted(_roles())}
    yield sorted(colours.items())
    yield roles(brand)
    named = {brand.color.palette.get(name, name): inks for name, inks in foldwell.cmyk.items()}
    seen = {*colours, *colours.values()}
    yield sorted((colour, inks) for colour, inks in named.items() if colour in seen)
    yield [brand.typography.base, brand.typography.headings, foldwell.cover_shape, foldwell.cover]
    yield [brand.typography.link, foldwell.contrast]
    yield [(cut.family, cut.weight, _digest(cut.content)) for cut in kit.cuts]
    for size in ("small", "medium"):
        if shades := brand.logo.of_size(size):
            yield brand.logo.images[shades.light].alt or brand.name
            for name in (shades.light, shades.dark or shades.light):
                yield _digest(kit.images[name].content)
        else:  # its name stands for a logo
            yield brand.name


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
