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
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from typing import Any

from pydantic import BaseModel

from foldwell.content.brand import ROLES
from foldwell.content.brand_kit import BrandKit
from foldwell.content.brand_roles import roles
from foldwell.content.clinic import Clinic
from foldwell.content.facts_used import IF_GIVEN, named_by_templates
from foldwell.content.interface_words import translated_lines
from foldwell.content.kept_text import Used, used_by
from foldwell.content.leaflet import Leaflet
from foldwell.content.references import Reference
from foldwell.content.region import Region, RegionText
from foldwell.content.words_groups import grouped
from foldwell.remembered import Remembered
from foldwell.shipped import templates_folder

_UNPRINTED = frozenset(["abstract", "keyword", "note"])
"""What no style prints of a source."""
_STYLED = frozenset(["primary", "background", "foreground", "danger", "warning"])
"""The roles that other colours are mixed from."""


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
    used = used_by(leaflet.text, clinic.region, frozenset(clinic.tags))
    shared = (leaflet, used, region, brand, references)
    total = hashlib.sha256()
    # What clinics of one region and brand have in common is put together once.
    total.update(_FRAMED.get((leaflet, used), ("words",), lambda: _framed(_words(leaflet, used))))
    own = _facts(used, clinic, region, brand, overrides, variables)
    total.update(_framed(own))
    total.update(_FRAMED.get(shared, ("look",), lambda: _framed(_around(*shared))))
    return grouped(total.digest())


def _framed(parts: Iterable[object]) -> bytes:
    """Parts one behind another, each with its length before it."""
    framed = bytearray()
    for part in parts:
        content = part if isinstance(part, bytes) else repr(part).encode(errors="surrogateescape")
        framed += len(content).to_bytes(8, "big") + content
    return bytes(framed)


_FRAMED: Remembered[bytes] = Remembered()


def _words(leaflet: Leaflet, used: Used) -> Iterable[object]:
    yield leaflet.language
    yield leaflet.facts.model_dump_json(
        exclude={
            "clinical_reviewers": {"__all__": {"date", "registration", "words"}},
            "owner": True,
            "waivers": True,
            "for_the_reviewer": True,
            "trial_questions": True,
            "variables": True,
            "for_": True,
            "translation": True,
        }
    )
    yield used.text
    if translation := leaflet.facts.translation:
        yield translation.model_dump_json(exclude={"sections"}), leaflet.older


def _facts(
    used: Used,
    clinic: Clinic,
    region: Region,
    brand: BrandKit,
    overrides: Mapping[str, str],
    variables: Mapping[str, str],
) -> Iterable[object]:
    lacking = {f"clinic.{name}" for name in IF_GIVEN if not getattr(clinic, name)}
    names = {*used.names, *(named_by_templates(used, overrides) - lacking)}
    values = {**variables, "clinic": clinic, "region": region, "brand": brand.brand}
    if variables and overrides:  # templates may print any of them
        yield sorted(variables.items())
    yield [(name, _value(values, name)) for name in sorted(names)]


def _around(
    leaflet: Leaflet,
    used: Used,
    region: Region,
    brand: BrandKit,
    references: Mapping[str, Reference],
) -> Iterable[object]:
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
    if leaflet.language == "ur" and (urdu := brand.brand.defaults.foldwell.urdu) != "naskh":
        yield urdu
    yield from _look(brand)


def _value(values: Mapping[str, Any], name: str) -> object:
    """What a dotted name stands for; None where it stands for nothing, which is told elsewhere."""
    value: Any = values
    for word in name.split("."):
        if isinstance(value, BaseModel):
            value = getattr(value, word, None) if not word.startswith("_") else None
        else:
            value = value.get(word) if isinstance(value, Mapping) else None
    return value if isinstance(value, str) else repr(value)


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
    return _digest("".join(map(translated_lines, _texts(f"languages/{language}.po"))).encode())


@lru_cache(maxsize=1024)
def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()
